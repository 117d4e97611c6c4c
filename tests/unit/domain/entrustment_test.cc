#include "domain/entrustment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/strings.h"
#include "tests/unit/domain/case_office.h"
#include "tests/unit/domain/procurement_desk.h"

namespace chengxin::domain {
namespace {

using testing::ElementsAre;

v1::Principal Agency(std::initializer_list<const char*> entrustments) {
  v1::Principal agency = ProcurementDesk::Agency();
  agency.clear_entrustments();
  for (const char* one : entrustments) agency.add_entrustments(one);
  return agency;
}

TEST(Entrustment, IsAPurchaserOrOneProjectOfIt) {
  for (const char* right : {"purchasers/km-culture", "purchasers/km-culture/projects/KMZC-2026-0117",
                            "purchasers/km-culture/projects/昆采〔2026〕1号", "purchasers/x/projects/a/b"}) {
    EXPECT_TRUE(IsEntrustment(right)) << right;
  }
  for (const char* wrong :
       {"", "km-culture", "purchasers/", "purchasers/KM", "purchasers/km-culture/", "purchasers/km/project/1",
        "purchasers/km-culture/projects/", "authorities/km", "purchasers/km culture", "*", "purchasers/*"}) {
    EXPECT_FALSE(IsEntrustment(wrong)) << wrong;
  }
  const std::string longest(100, 'x');
  EXPECT_TRUE(IsEntrustment(StrCat("purchasers/x/projects/", longest)));
  EXPECT_FALSE(IsEntrustment(StrCat("purchasers/x/projects/", longest, "x")));
}

TEST(Entrustment, OnlyAnAgencyHasThemAndAtMostAHundred) {
  v1::Principal agency = Agency({});
  EXPECT_TRUE(HasValidEntrustments(agency)) << "none: it acts for nobody";
  while (agency.entrustments_size() < 100) agency.add_entrustments("purchasers/x");
  EXPECT_TRUE(HasValidEntrustments(agency));
  agency.add_entrustments("purchasers/x");
  EXPECT_FALSE(HasValidEntrustments(agency));
  EXPECT_FALSE(HasValidEntrustments(Agency({"purchasers/x", "x"})));
  v1::Principal purchaser = ProcurementDesk::Purchaser();
  EXPECT_TRUE(HasValidEntrustments(purchaser));
  purchaser.add_entrustments("purchasers/x");
  EXPECT_FALSE(HasValidEntrustments(purchaser));
}

TEST(Rule61, AnAgencyActsForThePurchaserOrTheProjectItIsEntrustedWith) {
  const auto may = [](const v1::Principal& agency, std::string_view purchaser, std::string_view project) {
    return !RefuseUnentrusted(agency, purchaser, project).has_value();
  };
  const v1::Principal all = Agency({"purchasers/km-culture"});
  EXPECT_TRUE(may(all, "purchasers/km-culture", "P1"));
  EXPECT_TRUE(may(all, "purchasers/km-culture", ""));
  EXPECT_FALSE(may(all, "purchasers/km-health", "P1"));
  EXPECT_FALSE(may(all, "purchasers/km-culture-2", "P1"));
  const v1::Principal one = Agency({"purchasers/km-culture/projects/P1", "purchasers/km-health"});
  EXPECT_TRUE(may(one, "purchasers/km-culture", "P1"));
  EXPECT_FALSE(may(one, "purchasers/km-culture", "P10"));
  EXPECT_FALSE(may(one, "purchasers/km-culture", ""));
  EXPECT_TRUE(may(one, "purchasers/km-health", "P10"));
  EXPECT_FALSE(may(Agency({}), "purchasers/km-culture", "P1"));
  EXPECT_FALSE(may(Agency({}), "", ""));
  EXPECT_TRUE(may(ProcurementDesk::Purchaser(), "purchasers/km-culture", "P1")) << "it is no agency";
}

TEST(Rule54, AnAgencyCertifiesForWhomItIsEntrustedBy) {
  ProcurementDesk desk;
  v1::CertifyRequest request = desk.Query({desk.Register(1)});
  request.mutable_context()->set_purchaser("purchasers/wuhua-mz");
  const auto refused = desk.bureau.Do(Agency({}), request);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(refused), "NOT_ENTRUSTED");
  EXPECT_EQ(MetadataOf(refused, "purchaser"), "purchasers/wuhua-mz");
  EXPECT_EQ(MetadataOf(refused, "project"), request.context().project());
  EXPECT_EQ(ReasonOf(desk.bureau.Do(Agency({"purchasers/wuhua-mz/projects/another"}), request)),
            "NOT_ENTRUSTED");
  const std::string project = StrCat("purchasers/wuhua-mz/projects/", request.context().project());
  EXPECT_TRUE(desk.bureau.Try(Agency({project.c_str()}), request).ok());
}

// An award of 五华区民政局 (a purchaser here) that an agency reports on.
class AgencyReports : public testing::Test {
 protected:
  v1::OpenCaseRequest Report() {
    v1::OpenCaseRequest request;
    request.set_organization_code(code_);
    request.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
    request.set_request_id(desk_.bureau.NextRequestId());
    v1::Case& report = *request.mutable_case_();
    report.set_conduct("subcontracting");
    report.set_conduct_on(DayOf(desk_.bureau.now()).ToString());
    report.set_facts("将项目整体转包给另一机构");
    *report.add_evidence() = CaseOffice::Evidence("转包协议");
    report.set_contract(award_.contract());
    report.set_award(award_.name());
    return request;
  }
  v1::Case Current() { return (*desk_.bureau.view().ListCases(code_)).at(0); }

  ProcurementDesk desk_;
  const std::string code_ = desk_.Register(1);
  const v1::Award award_ = desk_.Awarded(code_);
};

TEST_F(AgencyReports, ForThePurchaserOfAnEntrustedProject) {
  const std::string project = StrCat("purchasers/wuhua-mz/projects/", award_.project());
  const auto opened = desk_.bureau.Try(Agency({project.c_str()}), Report());
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(Current().reporter(), "purchasers/wuhua-mz");
  EXPECT_EQ(Current().opener(), Agency({}).subject());
  EXPECT_EQ(Current().moves(0).by(), "purchasers/km-agency");
  EXPECT_EQ(Current().moves(0).role(), v1::ROLE_AGENCY);
}

TEST_F(AgencyReports, ButForNobodyElseAndNotWithoutAnAward) {
  for (const auto& agency :
       {Agency({}), Agency({"purchasers/panlong-mz"}), Agency({"purchasers/wuhua-mz/projects/another"})}) {
    const auto refused = desk_.bureau.Do(agency, Report());
    EXPECT_EQ(ReasonOf(refused), "NOT_ENTRUSTED");
    EXPECT_EQ(MetadataOf(refused, "purchaser"), "") << "whose award it is, is not told";
  }
  v1::OpenCaseRequest request = Report();
  request.mutable_case_()->clear_award();
  EXPECT_EQ(ReasonOf(desk_.bureau.Do(Agency({"purchasers/wuhua-mz"}), request)), "NOT_ENTRUSTED");
  request.mutable_case_()->set_award("awards/999-1");
  EXPECT_EQ(ReasonOf(desk_.bureau.Do(Agency({"purchasers/wuhua-mz"}), request)), "NOT_ENTRUSTED");
}

TEST_F(AgencyReports, WhatItReportedItHandsInAgainWhileItIsEntrusted) {
  const v1::Principal agency = Agency({"purchasers/wuhua-mz"});
  ASSERT_TRUE(desk_.bureau.Try(agency, Report()).ok());
  v1::ReturnCaseRequest back;
  back.set_name(Current().name());
  back.set_etag(Current().etag());
  back.set_request_id(desk_.bureau.NextRequestId());
  back.set_reason("缺少验收报告");
  ASSERT_TRUE(desk_.bureau.Try(Bureau::Wuhua(), back).ok());
  v1::ResubmitCaseRequest again;
  again.set_name(Current().name());
  again.set_etag(Current().etag());
  again.set_request_id(desk_.bureau.NextRequestId());
  *again.mutable_case_() = Report().case_();
  v1::Principal other = agency;
  other.set_unit("purchasers/other-agency");
  EXPECT_EQ(desk_.bureau.Do(other, again).status().code(), absl::StatusCode::kNotFound);
  // A purchaser of the agency's name is somebody else.
  EXPECT_EQ(desk_.bureau.Do(ProcurementDesk::Purchaser("purchasers/km-agency"), again).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(desk_.bureau.Do(Agency({}), again)), "NOT_ENTRUSTED");
  EXPECT_TRUE(desk_.bureau.Try(agency, again).ok());
  EXPECT_EQ(Current().state(), v1::CASE_STATE_RECEIVED);
}

}  // namespace
}  // namespace chengxin::domain
