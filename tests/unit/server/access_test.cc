#include "server/access.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/strings.h"
#include "chengxin/v1/admin_service.pb.h"
#include "chengxin/v1/audit_service.pb.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "google/protobuf/descriptor.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::server {
namespace {

constexpr v1::Role kAllRoles[] = {v1::ROLE_PUBLIC, v1::ROLE_ORGANIZATION,  v1::ROLE_PURCHASER,
                                  v1::ROLE_AGENCY, v1::ROLE_CIVIL_AFFAIRS, v1::ROLE_FINANCE,
                                  v1::ROLE_AUDIT,  v1::ROLE_SYNC,          v1::ROLE_ADMIN};

// Full names of every rpc that the contract has.
std::set<std::string> ContractMethods() {
  std::set<std::string> names;
  for (const google::protobuf::FileDescriptor* file :
       {v1::GetStatusRequest::descriptor()->file(), v1::CheckEligibilityRequest::descriptor()->file(),
        v1::GetListingRequest::descriptor()->file(), v1::GetOrganizationRequest::descriptor()->file(),
        v1::GetRecordRequest::descriptor()->file(), v1::GetCaseRequest::descriptor()->file(),
        v1::GetAwardRequest::descriptor()->file(), v1::ListAuditEntriesRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      const google::protobuf::ServiceDescriptor* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m)
        names.insert(StrCat(service->full_name(), "/", service->method(m)->name()));
    }
  }
  return names;
}

std::set<v1::Role> RolesOf(Method method) {
  std::set<v1::Role> roles;
  for (const v1::Role role : kAllRoles)
    if (MayCall(role, method)) roles.insert(role);
  return roles;
}

v1::Principal CivilAffairs(std::string_view authority) {
  v1::Principal principal;
  principal.set_role(v1::ROLE_CIVIL_AFFAIRS);
  principal.set_authority(StrCat("authorities/", authority));
  return principal;
}

TEST(Rule61, EveryMethodOfTheContractHasARowAndNoneBesides) {
  const std::set<std::string> contract = ContractMethods();
  const std::set<std::string> table(kMethodNames.begin(), kMethodNames.end());
  EXPECT_EQ(table, contract);
  EXPECT_EQ(table.size(), kMethodCount);
}

TEST(Rule61, WhoHasNoRoleMayDoNothing) {
  for (size_t m = 0; m < kMethodCount; ++m) {
    EXPECT_FALSE(MayCall(v1::ROLE_UNSPECIFIED, static_cast<Method>(m))) << kMethodNames[m];
    EXPECT_FALSE(MayCall(static_cast<v1::Role>(10), static_cast<Method>(m))) << kMethodNames[m];
    EXPECT_FALSE(MayCall(static_cast<v1::Role>(-1), static_cast<Method>(m))) << kMethodNames[m];
  }
}

TEST(Rule61, WhoHasNoRoleHasNoScope) {
  for (size_t m = 0; m < kMethodCount; ++m) {
    for (const int role : {-1, 0, 10})
      EXPECT_EQ(ScopeOf(static_cast<v1::Role>(role), static_cast<Method>(m)), Scope::kNothing)
          << kMethodNames[m];
  }
}

// What is open is open to everybody, at least as it is to the public.
TEST(Rule61, NobodySeesLessThanThePublic) {
  int open = 0;
  for (size_t m = 0; m < kMethodCount; ++m) {
    const auto method = static_cast<Method>(m);
    const Scope of_public = ScopeOf(v1::ROLE_PUBLIC, method);
    EXPECT_TRUE(of_public == Scope::kNothing || of_public == Scope::kPublished) << kMethodNames[m];
    EXPECT_EQ(of_public == Scope::kPublished, AuditOf(method) != Audit::kRecorded) << kMethodNames[m];
    open += of_public == Scope::kPublished ? 1 : 0;
    for (const v1::Role role : kAllRoles)
      EXPECT_TRUE(of_public == Scope::kNothing || MayCall(role, method)) << kMethodNames[m] << role;
  }
  EXPECT_GT(open, 0);
}

TEST(Rule61, WhoIsBoundToNothingHasNothingOfItsOwn) {
  for (size_t m = 0; m < kMethodCount; ++m) {
    for (const v1::Role role : {v1::ROLE_PUBLIC, v1::ROLE_AUDIT, v1::ROLE_ADMIN}) {
      const Scope scope = ScopeOf(role, static_cast<Method>(m));
      EXPECT_TRUE(scope != Scope::kOwn && scope != Scope::kBelow) << kMethodNames[m] << role;
    }
    // Only authorities have others below them.
    for (const v1::Role role : {v1::ROLE_ORGANIZATION, v1::ROLE_PURCHASER, v1::ROLE_AGENCY, v1::ROLE_SYNC})
      EXPECT_NE(ScopeOf(role, static_cast<Method>(m)), Scope::kBelow) << kMethodNames[m] << role;
  }
}

TEST(Rule62, ThePublicAndWhoeverSupervisesNeverSeesWhatIsSealed) {
  for (size_t m = 0; m < kMethodCount; ++m) {
    const auto method = static_cast<Method>(m);
    for (const v1::Role role : {v1::ROLE_PUBLIC, v1::ROLE_PURCHASER, v1::ROLE_AGENCY, v1::ROLE_FINANCE,
                                v1::ROLE_AUDIT, v1::ROLE_SYNC, v1::ROLE_ADMIN})
      EXPECT_FALSE(MaySeeSealed(role, method)) << kMethodNames[m] << role;
    EXPECT_TRUE(MaySeeSealed(v1::ROLE_CIVIL_AFFAIRS, method)) << kMethodNames[m];
  }
  EXPECT_TRUE(MaySeeSealed(v1::ROLE_ORGANIZATION, Method::kGetApplication)) << "what it handed in itself";
  EXPECT_FALSE(MaySeeSealed(v1::ROLE_ORGANIZATION, Method::kGetRecord));
  EXPECT_FALSE(MaySeeSealed(v1::ROLE_ORGANIZATION, Method::kGetOrganization));
}

TEST(Rule56, TheListAndTheRegisterAreOpenToEverybody) {
  for (const Method method :
       {Method::kGetListing, Method::kListListings, Method::kDownloadListings, Method::kGetListState,
        Method::kWatchListings, Method::kGetOrganization, Method::kBatchGetOrganizations,
        Method::kListOrganizations, Method::kSearchOrganizations}) {
    EXPECT_EQ(RolesOf(method).size(), std::size(kAllRoles)) << MethodName(method);
  }
}

TEST(Rule61, OnlyAnAuthorityFilesRecordsAndOnlyTheAdministratorActivatesTheCatalogue) {
  EXPECT_EQ(RolesOf(Method::kCreateRecord), std::set<v1::Role>{v1::ROLE_CIVIL_AFFAIRS});
  EXPECT_EQ(RolesOf(Method::kActivateCatalogue), std::set<v1::Role>{v1::ROLE_ADMIN});
  EXPECT_EQ(RolesOf(Method::kAdvanceClock), std::set<v1::Role>{v1::ROLE_ADMIN});
}

TEST(Rule61, TheAdministratorAndTheSyncJobSeeNoCreditData) {
  for (const Method method : {Method::kGetRecord, Method::kListRecords, Method::kCheckEligibility,
                              Method::kBatchCheckEligibility, Method::kCheckConsortium}) {
    EXPECT_FALSE(MayCall(v1::ROLE_ADMIN, method)) << MethodName(method);
    EXPECT_FALSE(MayCall(v1::ROLE_SYNC, method)) << MethodName(method);
    EXPECT_FALSE(MayCall(v1::ROLE_PUBLIC, method)) << MethodName(method);
  }
}

TEST(Rule62, OnlyTheRegisteringAuthoritySeesWhatIsSealed) {
  EXPECT_TRUE(SeesSealed(CivilAffairs("km-wuhua"), "authorities/km-wuhua"));
  EXPECT_FALSE(SeesSealed(CivilAffairs("km-panlong"), "authorities/km-wuhua"));
  EXPECT_FALSE(SeesSealed(CivilAffairs("km"), "authorities/km-wuhua"));
  EXPECT_FALSE(SeesSealed(v1::Principal(), ""));
  v1::Principal finance = CivilAffairs("km-wuhua");
  finance.set_role(v1::ROLE_FINANCE);
  EXPECT_FALSE(SeesSealed(finance, "authorities/km-wuhua"));
}

TEST(Rule61, AnAuthorityReadsWhatIsRegisteredWithItAndBelow) {
  const auto catalogue = domain::CompiledCatalogue::Compile(LoadDeployedCatalogue());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const Subject subject{.code = "52530102MJT000010G", .registration_authority = "authorities/km-wuhua"};
  const auto reads = [&](std::string_view authority) {
    return ReadsArchiveOf(CivilAffairs(authority), subject, catalogue->get());
  };
  EXPECT_TRUE(reads("km-wuhua"));
  EXPECT_TRUE(reads("km"));
  EXPECT_TRUE(reads("yn"));
  EXPECT_TRUE(reads("mca"));
  EXPECT_FALSE(reads("km-panlong"));
  EXPECT_FALSE(reads("datong"));
  EXPECT_FALSE(ReadsArchiveOf(CivilAffairs("km-wuhua"),
                              {.code = subject.code, .registration_authority = "authorities/km"},
                              catalogue->get()))
      << "a subordinate does not read its superior's";
}

TEST(Rule61, AnOrganizationReadsItsOwnRecordAlone) {
  v1::Principal organization;
  organization.set_role(v1::ROLE_ORGANIZATION);
  organization.set_unit("52530102MJT000010G");
  EXPECT_TRUE(ReadsArchiveOf(organization, {"52530102MJT000010G", "authorities/km-wuhua"}, nullptr));
  EXPECT_FALSE(ReadsArchiveOf(organization, {"52530102MJT000028R", "authorities/km-wuhua"}, nullptr));
}

v1::Principal Unit(v1::Role role, std::string_view unit) {
  v1::Principal principal;
  principal.set_role(role);
  principal.set_unit(std::string(unit));
  return principal;
}

TEST(Rule61, OnlyAnAuthorityMovesACaseAndOnlyAPurchaserAwards) {
  for (const Method method :
       {Method::kAcceptCase, Method::kReturnCase, Method::kDismissCase, Method::kForwardCase,
        Method::kServeNotice, Method::kRecordStatement, Method::kDecideCase, Method::kConfirmDecision,
        Method::kTransferCase, Method::kListDeadlines, Method::kAcceptApplication, Method::kRejectApplication,
        Method::kAnswerApplication, Method::kRevokeRepair, Method::kNoteReview,
        Method::kChangeOrganizationCode, Method::kMergeOrganization, Method::kListLateCaptures}) {
    EXPECT_EQ(RolesOf(method), std::set<v1::Role>{v1::ROLE_CIVIL_AFFAIRS}) << MethodName(method);
  }
  for (const Method method :
       {Method::kCreateAward, Method::kRenewAward, Method::kCloseAward, Method::kWatchAwards})
    EXPECT_EQ(RolesOf(method), std::set<v1::Role>{v1::ROLE_PURCHASER}) << MethodName(method);
  EXPECT_EQ(RolesOf(Method::kAdvanceClock), std::set<v1::Role>{v1::ROLE_ADMIN});
}

TEST(Rule46, ACaseIsSeenByItsReporterAndTheAuthorityItLiesWith) {
  const auto catalogue = domain::CompiledCatalogue::Compile(LoadDeployedCatalogue());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  v1::Case found;
  found.set_authority("authorities/km-wuhua");
  found.set_reporter("purchasers/km-culture");
  const auto sees = [&](const v1::Principal& who) { return SeesCase(who, found, catalogue->get()); };
  EXPECT_TRUE(sees(CivilAffairs("km-wuhua")));
  EXPECT_TRUE(sees(CivilAffairs("km")));
  EXPECT_FALSE(sees(CivilAffairs("km-panlong")));
  EXPECT_TRUE(sees(Unit(v1::ROLE_PURCHASER, "purchasers/km-culture")));
  EXPECT_FALSE(sees(Unit(v1::ROLE_PURCHASER, "purchasers/km-health")));
  // A unit of the same name in another role is somebody else.
  EXPECT_FALSE(sees(Unit(v1::ROLE_ORGANIZATION, "purchasers/km-culture")));
  found.clear_reporter();
  EXPECT_FALSE(sees(Unit(v1::ROLE_PURCHASER, "")));
  for (const v1::Role role : {v1::ROLE_PUBLIC, v1::ROLE_FINANCE, v1::ROLE_AUDIT, v1::ROLE_ADMIN})
    EXPECT_FALSE(sees(Unit(role, ""))) << role;
}

TEST(Rule61, AnAgencySeesWhatItReportedOrAskedForItself) {
  v1::Case found;
  found.set_authority("authorities/km-wuhua");
  found.set_reporter("purchasers/km-culture");
  v1::CaseMove& opened = *found.add_moves();
  opened.set_role(v1::ROLE_AGENCY);
  opened.set_by("purchasers/km-agency");
  v1::Receipt receipt;
  receipt.set_purchaser("purchasers/km-culture");
  receipt.set_agency("purchasers/km-agency");
  v1::Award award;
  award.set_purchaser("purchasers/km-culture");
  const v1::Principal agency = Unit(v1::ROLE_AGENCY, "purchasers/km-agency");
  EXPECT_TRUE(SeesCase(agency, found, nullptr));
  EXPECT_TRUE(SeesReceipt(agency, receipt));
  EXPECT_FALSE(SeesWholeAward(agency, award));
  // The purchaser's own name in the other's role, and the agency's in the purchaser's, is somebody else.
  for (const v1::Principal& other :
       {Unit(v1::ROLE_AGENCY, "purchasers/km-culture"), Unit(v1::ROLE_PURCHASER, "purchasers/km-agency")}) {
    EXPECT_FALSE(SeesCase(other, found, nullptr)) << other.ShortDebugString();
    EXPECT_FALSE(SeesReceipt(other, receipt)) << other.ShortDebugString();
    EXPECT_FALSE(SeesWholeAward(other, award)) << other.ShortDebugString();
  }
  v1::Principal entrusted = Unit(v1::ROLE_AGENCY, "purchasers/km-other");
  entrusted.add_entrustments("purchasers/km-culture");
  EXPECT_FALSE(SeesCase(entrusted, found, nullptr)) << "another agency reported it";
  EXPECT_FALSE(SeesReceipt(entrusted, receipt));
}

TEST(Rule61, AFinanceDepartmentReadsWhatIsRegisteredAtItsLevelAndBelow) {
  const auto catalogue = domain::CompiledCatalogue::Compile(LoadDeployedCatalogue());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const Subject subject{.code = "52530102MJT000010G", .registration_authority = "authorities/km-wuhua"};
  const auto reads = [&](std::string_view authority) {
    v1::Principal finance = CivilAffairs(authority);
    finance.set_role(v1::ROLE_FINANCE);
    return ReadsArchiveOf(finance, subject, catalogue->get());
  };
  EXPECT_TRUE(reads("km-wuhua"));
  EXPECT_TRUE(reads("km"));
  EXPECT_FALSE(reads("km-panlong"));
  EXPECT_FALSE(ReadsArchiveOf(Unit(v1::ROLE_FINANCE, ""), subject, catalogue->get())) << "bound to none";
}

TEST(Rule46, WhatAnUndecidedCaseLeavesIsSeenByTheRegisteringAuthorityAndThoseAbove) {
  const auto catalogue = domain::CompiledCatalogue::Compile(LoadDeployedCatalogue());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const auto sees = [&](const v1::Principal& who) {
    return SeesOpenCases(who, "authorities/km-wuhua", catalogue->get());
  };
  EXPECT_TRUE(sees(CivilAffairs("km-wuhua")));
  EXPECT_TRUE(sees(CivilAffairs("km")));
  EXPECT_FALSE(sees(CivilAffairs("km-panlong")));
  EXPECT_FALSE(SeesOpenCases(CivilAffairs("km-wuhua"), "", catalogue->get())) << "registered nowhere known";
  EXPECT_FALSE(sees(Unit(v1::ROLE_ORGANIZATION, "52530102MJT000010G"))) << "not even the one it is about";
  for (const v1::Role role : {v1::ROLE_PUBLIC, v1::ROLE_PURCHASER, v1::ROLE_AGENCY, v1::ROLE_FINANCE,
                              v1::ROLE_AUDIT, v1::ROLE_SYNC, v1::ROLE_ADMIN})
    EXPECT_FALSE(sees(Unit(role, "purchasers/km-culture"))) << role;
}

TEST(Rule61, AnApplicationIsSeenByItsOrganizationAndItsAuthority) {
  v1::Application application;
  application.set_organization("organizations/52530102MJT000010G");
  application.set_authority("authorities/km-wuhua");
  const v1::Principal own = Unit(v1::ROLE_ORGANIZATION, "52530102MJT000010G");
  EXPECT_TRUE(SeesApplication(own, own.unit(), application, nullptr));
  EXPECT_FALSE(SeesApplication(own, "52530102MJT000029A", application, nullptr));
  EXPECT_TRUE(SeesApplication(CivilAffairs("km-wuhua"), "", application, nullptr));
  EXPECT_FALSE(SeesApplication(CivilAffairs("km-panlong"), "", application, nullptr));
}

TEST(Rule61, AReceiptAndAnAwardAreReadByWhomTheyBelongToAndBySupervision) {
  v1::Receipt receipt;
  receipt.set_purchaser("purchasers/km-culture");
  v1::Award award;
  award.set_purchaser("purchasers/km-culture");
  const v1::Principal own = Unit(v1::ROLE_PURCHASER, "purchasers/km-culture");
  const v1::Principal other = Unit(v1::ROLE_PURCHASER, "purchasers/km-health");
  EXPECT_TRUE(SeesReceipt(own, receipt));
  EXPECT_FALSE(SeesReceipt(other, receipt));
  EXPECT_TRUE(SeesWholeAward(own, award));
  EXPECT_FALSE(SeesWholeAward(other, award));
  for (const v1::Role role : {v1::ROLE_FINANCE, v1::ROLE_AUDIT}) {
    EXPECT_TRUE(SeesReceipt(Unit(role, ""), receipt));
    EXPECT_TRUE(SeesWholeAward(Unit(role, ""), award));
  }
  EXPECT_FALSE(SeesReceipt(Unit(v1::ROLE_AGENCY, ""), receipt)) << "no agency asked for it";
  EXPECT_FALSE(SeesReceipt(CivilAffairs("km-wuhua"), receipt));
  EXPECT_FALSE(SeesWholeAward(Unit(v1::ROLE_PUBLIC, ""), award));
}

TEST(Rule63, OnlyThePublicsReadsOfWhatIsPublishedLeaveNoEntry) {
  const std::set<Method> same_for_all = {Method::kGetCatalogue, Method::kGetStatus, Method::kGetListState};
  std::set<Method> unrecorded;
  for (size_t m = 0; m < kMethodCount; ++m) {
    const auto method = static_cast<Method>(m);
    for (const v1::Role role : kAllRoles) {
      if (role == v1::ROLE_PUBLIC) continue;
      EXPECT_EQ(LeavesEntry(role, method), !same_for_all.contains(method)) << kMethodNames[m] << role;
    }
    if (!LeavesEntry(v1::ROLE_PUBLIC, method)) unrecorded.insert(method);
  }
  EXPECT_EQ(unrecorded,
            (std::set<Method>{
                Method::kGetCatalogue, Method::kGetStatus, Method::kGetAward, Method::kListAwards,
                Method::kGetListing, Method::kListListings, Method::kDownloadListings, Method::kGetListState,
                Method::kWatchListings, Method::kGetOrganization, Method::kBatchGetOrganizations,
                Method::kListOrganizations, Method::kSearchOrganizations, Method::kGetCreditReport}));
}

}  // namespace
}  // namespace chengxin::server
