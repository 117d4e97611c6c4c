// The registry copy is imported: rules 1 to 5, idempotence, freshness.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "tests/support/bureau.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What became of one row; a rejected one as "field: reason".
std::string Imported(Bureau& bureau, const v1::Organization& row,
                     const v1::Principal& principal = Bureau::Sync()) {
  const auto decision = bureau.Try(principal, bureau.Batch({row}));
  if (!decision.ok()) return decision.status().ToString();
  if (decision->tally->outcomes(0) == v1::IMPORT_OUTCOME_REJECTED) {
    const v1::ImportResult& rejection = decision->tally->rejections(0);
    return rejection.field() + ": " + rejection.reason();
  }
  return v1::ImportOutcome_Name(decision->tally->outcomes(0));
}

constexpr char kCreated[] = "IMPORT_OUTCOME_CREATED";
constexpr char kUpdated[] = "IMPORT_OUTCOME_UPDATED";
constexpr char kUnchanged[] = "IMPORT_OUTCOME_UNCHANGED";
constexpr char kOutdated[] = "IMPORT_OUTCOME_OUTDATED";

v1::Organization Stored(const Bureau& bureau, const std::string& code) {
  const auto found = bureau.view().FindOrganization(code);
  return found->value_or(v1::Organization());
}

TEST(Import, ARowBecomesAnOrganization) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_name("organizations/somewhere-else");
  row.add_former_codes("x");
  row.add_warnings("x");
  EXPECT_EQ(Imported(bureau, row), kCreated);
  const v1::Organization stored = Stored(bureau, row.code());
  EXPECT_EQ(stored.name(), "organizations/" + row.code());
  EXPECT_EQ(stored.type(), v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  EXPECT_EQ(stored.source(), "sources/registry-kunming");
  EXPECT_EQ(stored.revision(), bureau.revision());
  EXPECT_FALSE(stored.etag().empty());
  EXPECT_TRUE(stored.has_create_time());
  EXPECT_TRUE(stored.has_update_time());
  EXPECT_THAT(stored.former_codes(), IsEmpty());
  EXPECT_THAT(stored.warnings(), IsEmpty());
}

TEST(Import, ABatchOfWhatIsKnownChangesNothing) {
  Bureau bureau;
  const v1::Organization row = Bureau::OrganizationOf(1);
  EXPECT_EQ(Imported(bureau, row), kCreated);
  const uint64_t revision = bureau.revision();
  EXPECT_EQ(Imported(bureau, row), kUnchanged);
  EXPECT_EQ(bureau.revision(), revision);
}

// Whatever a register may say of an organization is compared: a field that is added later must be too.
TEST(Import, AChangeOfAnyFieldIsAnUpdate) {
  using google::protobuf::FieldDescriptor;
  const auto* descriptor = v1::Organization::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    const std::string& name = field->name();
    // The code is the identity, the type its consequence, and the rest is output only.
    if (name == "name" || name == "code" || name == "type" || name == "source" || name == "former_codes" ||
        name == "create_time" || name == "update_time" || name == "revision" || name == "etag" ||
        name == "warnings" || name == "code_confirmation" || name == "first_known_time" ||
        name == "successor" || name == "predecessors" || name == "former_authorities" ||
        name == "successions") {
      continue;
    }
    Bureau bureau;
    v1::Organization row = Bureau::OrganizationOf(1);
    ASSERT_EQ(Imported(bureau, row), kCreated);
    if (name == "registration_authority") {
      row.set_registration_authority("authorities/km-panlong");
    } else if (name == "status") {
      row.set_status(v1::REGISTRATION_STATUS_SUSPENDED);
      row.set_status_since("2026-11-01");
    } else if (name == "status_since" || name == "established_on") {
      row.GetReflection()->SetString(&row, field, "2015-05-05");
    } else if (name == "certificate_form") {
      row.set_certificate_form(v1::CERTIFICATE_FORM_PARTNERSHIP);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      row.GetReflection()->SetString(&row, field, "另一值");
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
      row.GetReflection()->SetInt64(&row, field, 7);
    } else {
      row.GetReflection()->SetUInt64(&row, field, 7);
    }
    EXPECT_EQ(Imported(bureau, row), kUpdated) << name;
  }
}

TEST(Import, AVersionOfTheSourceIsTakenOnceAndNeverAnOlderOne) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_source_version(5);
  EXPECT_EQ(Imported(bureau, row), kCreated);
  EXPECT_EQ(Imported(bureau, row), kUnchanged);
  v1::Organization older = row;
  older.set_source_version(4);
  older.set_display_name("五华区旧名称（样例）");
  EXPECT_EQ(Imported(bureau, older), kOutdated);
  EXPECT_EQ(Stored(bureau, row.code()).display_name(), row.display_name());
  v1::Organization contradicting = row;
  contradicting.set_display_name("五华区另一名称（样例）");
  EXPECT_THAT(Imported(bureau, contradicting), HasSubstr("source_version: "));
  contradicting.set_source_version(6);
  EXPECT_EQ(Imported(bureau, contradicting), kUpdated);
}

TEST(Import, OneBatchMayNameAnOrganizationTwice) {
  Bureau bureau;
  v1::Organization first = Bureau::OrganizationOf(1);
  v1::Organization second = first;
  second.set_display_name("五华区后一名称（样例）");
  const auto decision = bureau.Try(Bureau::Sync(), bureau.Batch({first, second, second}));
  ASSERT_TRUE(decision.ok()) << decision.status();
  EXPECT_THAT(decision->tally->outcomes(), ElementsAre(v1::IMPORT_OUTCOME_CREATED, v1::IMPORT_OUTCOME_UPDATED,
                                                       v1::IMPORT_OUTCOME_UNCHANGED));
  EXPECT_EQ(decision->events.size(), 1u);
  EXPECT_EQ(Stored(bureau, first.code()).display_name(), second.display_name());
}

TEST(Import, ABadRowIsAResultAndTheOthersAreTaken) {
  Bureau bureau;
  v1::Organization bad = Bureau::OrganizationOf(2);
  bad.clear_display_name();
  const auto decision =
      bureau.Try(Bureau::Sync(), bureau.Batch({Bureau::OrganizationOf(1), bad, Bureau::OrganizationOf(3)}));
  ASSERT_TRUE(decision.ok()) << decision.status();
  EXPECT_THAT(
      decision->tally->outcomes(),
      ElementsAre(v1::IMPORT_OUTCOME_CREATED, v1::IMPORT_OUTCOME_REJECTED, v1::IMPORT_OUTCOME_CREATED));
  ASSERT_EQ(decision->tally->rejections_size(), 1);
  EXPECT_EQ(decision->tally->rejections(0).field(), "display_name");
}

TEST(Import, AThousandRowsAreOneBatchAndLookedUpOnceEach) {
  Bureau bureau;
  std::vector<v1::Organization> rows;
  for (int i = 0; i < domain::kMaximumImportRows; ++i) rows.push_back(Bureau::OrganizationOf(i));
  const int before = bureau.view().organizations_read();
  ASSERT_TRUE(bureau.Try(Bureau::Sync(), bureau.Batch(rows)).ok());
  EXPECT_EQ(bureau.view().organizations_read() - before, domain::kMaximumImportRows);
  rows.push_back(Bureau::OrganizationOf(domain::kMaximumImportRows));
  const auto refused = bureau.Try(Bureau::Sync(), bureau.Batch(rows));
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("organizations"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("1000"));
}

v1::Organization MissingRow(const std::string& code, std::string_view since = "2026-11-24") {
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_code(code);
  row.set_display_name("名称以登记库为准");
  row.set_status(v1::REGISTRATION_STATUS_NOT_IN_REGISTER);
  row.set_status_since(std::string(since));
  return row;
}

TEST(Rule50, AnOrganizationThatTheRegisterNoLongerHasIsMarkedAndNothingElseOfItChanges) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_phone("0871-60000000");
  row.set_source_version(3);
  ASSERT_EQ(Imported(bureau, row), kCreated);
  const v1::Organization before = Stored(bureau, row.code());
  EXPECT_EQ(Imported(bureau, MissingRow(row.code())), kUpdated);
  v1::Organization after = Stored(bureau, row.code());
  EXPECT_EQ(after.status(), v1::REGISTRATION_STATUS_NOT_IN_REGISTER);
  EXPECT_EQ(after.status_since(), "2026-11-24");
  EXPECT_EQ(after.phone(), "0871-60000000") << "who says so does not see what is sealed";
  EXPECT_EQ(after.display_name(), before.display_name());
  EXPECT_EQ(after.first_known_time().seconds(), before.first_known_time().seconds());
  EXPECT_EQ(Imported(bureau, MissingRow(row.code(), "2026-11-20")), kUnchanged) << "told once";
  EXPECT_EQ(Imported(bureau, row), kUpdated) << "it is back, with the version it had";
  after = Stored(bureau, row.code());
  EXPECT_EQ(after.status(), v1::REGISTRATION_STATUS_ACTIVE);
  EXPECT_EQ(after.status_since(), "");
}

TEST(Rule50, OnlyWhatTheSourceItselfDeliveredCanBeMissingFromIt) {
  Bureau bureau;
  EXPECT_THAT(Imported(bureau, MissingRow(Bureau::CodeOf(1).ToString())),
              HasSubstr("code: 不在登记信息副本中"));
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("a second register");
  request.mutable_catalogue()->set_version("second");
  // 五华区's register comes from a source of its own from now on.
  for (v1::Source& source : *request.mutable_catalogue()->mutable_sources()) {
    auto& authorities = *source.mutable_authorities();
    if (source.id() == "registry-kunming")
      authorities.erase(std::remove(authorities.begin(), authorities.end(), "km-wuhua"), authorities.end());
    if (source.id() == "registry-national") source.add_authorities("km-wuhua");
  }
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Admin(), request).ok());
  v1::ImportOrganizationsRequest batch = bureau.Batch({MissingRow(code)});
  batch.set_source("sources/registry-national");
  const auto decision = bureau.Try(Bureau::Sync(batch.source()), batch);
  ASSERT_TRUE(decision.ok()) << decision.status();
  ASSERT_EQ(decision->tally->rejections_size(), 1);
  EXPECT_EQ(decision->tally->rejections(0).field(), "status");
}

TEST(Rule33, WhatIsCancelledOrRevokedStaysSoThoughTheRegisterLeavesItOut) {
  for (const auto status : {v1::REGISTRATION_STATUS_CANCELLED, v1::REGISTRATION_STATUS_REGISTRATION_REVOKED,
                            v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED}) {
    Bureau bureau;
    v1::Organization row = Bureau::OrganizationOf(1);
    row.set_status(status);
    row.set_status_since("2026-10-01");
    ASSERT_EQ(Imported(bureau, row), kCreated);
    EXPECT_EQ(Imported(bureau, MissingRow(row.code())), kUnchanged);
    EXPECT_EQ(Stored(bureau, row.code()).status(), status);
  }
}

TEST(Import, WhenAnOrganizationWasFirstKnownIsSetOnce) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.mutable_first_known_time()->set_seconds(1);  // not the source's to say
  ASSERT_EQ(Imported(bureau, row), kCreated);
  const auto first = domain::TimeOf(Stored(bureau, row.code()).first_known_time());
  EXPECT_EQ(first, domain::TimeOf(Stored(bureau, row.code()).create_time()));
  bureau.SetNow(bureau.now() + absl::Hours(48));
  row.set_display_name("改名后的服务中心");
  ASSERT_EQ(Imported(bureau, row), kUpdated);
  EXPECT_EQ(domain::TimeOf(Stored(bureau, row.code()).first_known_time()), first);
}

TEST(Rule1, ACodeIsTrimmedAndWrittenInCapitals) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  const std::string code = row.code();
  for (char& c : *row.mutable_code()) c = static_cast<char>(std::tolower(c));
  row.set_code("  " + row.code() + "\n");
  EXPECT_EQ(Imported(bureau, row), kCreated);
  EXPECT_EQ(Stored(bureau, code).code(), code);
  EXPECT_EQ(Imported(bureau, row), kUnchanged);
}

TEST(Rule3, TheFirstCharacterIsFive) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_code("12100000400009127B");  // an institution's
  EXPECT_THAT(Imported(bureau, row), HasSubstr("code: "));
  row.set_code("91350100M000100Y43");  // an enterprise's
  EXPECT_THAT(Imported(bureau, row), HasSubstr("code: "));
}

TEST(Rule3, TheTypeIsTheSecondCharactersAndMayNotContradictIt) {
  Bureau bureau;
  const std::pair<std::string_view, v1::OrganizationType> types[] = {
      {"1", v1::ORGANIZATION_TYPE_SOCIAL_GROUP},
      {"2", v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION},
      {"3", v1::ORGANIZATION_TYPE_FOUNDATION},
      {"9", v1::ORGANIZATION_TYPE_OTHER},
  };
  for (const auto& [category, type] : types) {
    v1::Organization row = Bureau::OrganizationOf(1);
    row.set_code(Bureau::CodeOf(1, category).ToString());
    row.set_type(type == v1::ORGANIZATION_TYPE_OTHER ? v1::ORGANIZATION_TYPE_SOCIAL_GROUP
                                                     : v1::ORGANIZATION_TYPE_OTHER);
    EXPECT_THAT(Imported(bureau, row), HasSubstr("type: ")) << category;
    row.clear_type();
    EXPECT_EQ(Imported(bureau, row), kCreated) << category;
    EXPECT_EQ(Stored(bureau, row.code()).type(), type);
    row.set_type(type);
    EXPECT_EQ(Imported(bureau, row), kUnchanged);
  }
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_code(domain::Uscc::WithChecks("54530102", "MJT00001").value().ToString());
  EXPECT_THAT(Imported(bureau, row), HasSubstr("code: "));
}

TEST(Rule4, ADivisionThatWasOnceListedStaysGood) {
  Bureau bureau;
  for (const int division : {530122, 530121}) {  // 晋宁县, 呈贡县
    v1::Organization row = Bureau::OrganizationOf(1);
    row.set_code(Bureau::CodeOf(1, "2", division).ToString());
    EXPECT_EQ(Imported(bureau, row), kCreated) << division;
  }
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_code(Bureau::CodeOf(1, "2", 530199).ToString());
  EXPECT_THAT(Imported(bureau, row), HasSubstr("530199"));
}

TEST(Rule4, TheAuthorityIsNeverInferredFromTheCode) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);  // a code of 五华区
  row.set_registration_authority("authorities/km-anning");
  EXPECT_EQ(Imported(bureau, row), kCreated);
  EXPECT_EQ(Stored(bureau, row.code()).registration_authority(), "authorities/km-anning");
  row.clear_registration_authority();
  EXPECT_THAT(Imported(bureau, row), HasSubstr("registration_authority: "));
}

TEST(Import, AnAuthorityIsKnownAndTheSources) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  for (const std::string_view authority : {"authorities/nowhere", "km-wuhua", "authorities/mca"}) {
    row.set_registration_authority(std::string(authority));
    EXPECT_THAT(Imported(bureau, row), HasSubstr("registration_authority: ")) << authority;
  }
}

TEST(Import, AFoundationOfACountyIsRemarkedOnNotRefused) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_code(Bureau::CodeOf(1, "3").ToString());
  EXPECT_EQ(Imported(bureau, row), kCreated);
  EXPECT_EQ(Stored(bureau, row.code()).warnings_size(), 1);
  EXPECT_EQ(Imported(bureau, row), kUnchanged);
}

TEST(Rule5, AFailingCheckCharacterIsTakenOnlyWithTheRegistrysConfirmation) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  std::string code = row.code();
  code[17] = code[17] == '1' ? '2' : '1';
  row.set_code(code);
  EXPECT_THAT(Imported(bureau, row), HasSubstr("GB 32100"));
  v1::CodeConfirmation& confirmation = *row.mutable_code_confirmation();
  confirmation.set_actor("officer-of-wuhua");
  confirmation.set_reason("证书原件如此，经档案核对");
  EXPECT_THAT(Imported(bureau, row), HasSubstr("code_confirmation.registry: "));
  confirmation.set_registry("authorities/km-wuhua");
  confirmation.clear_actor();
  EXPECT_THAT(Imported(bureau, row), HasSubstr("code_confirmation.actor: "));
  confirmation.set_actor("officer-of-wuhua");
  confirmation.clear_reason();
  EXPECT_THAT(Imported(bureau, row), HasSubstr("code_confirmation.reason: "));
  confirmation.set_reason("证书原件如此，经档案核对");
  EXPECT_EQ(Imported(bureau, row), kCreated);
  EXPECT_EQ(Stored(bureau, code).code_confirmation().actor(), "officer-of-wuhua");
  // Records can be filed on it.
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04")).ok());
}

TEST(Rule5, BothFailingChecksAreNamed) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_code("51100000500000024G");
  EXPECT_THAT(Imported(bureau, row), testing::AllOf(HasSubstr("GB 11714"), HasSubstr("GB 32100")));
}

TEST(Rule5, WhatIsRightNeedsNoConfirmation) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.mutable_code_confirmation()->set_registry("authorities/km-wuhua");
  row.mutable_code_confirmation()->set_actor("officer-of-wuhua");
  row.mutable_code_confirmation()->set_reason("多余");
  EXPECT_THAT(Imported(bureau, row), HasSubstr("code_confirmation.registry: "));
}

TEST(Import, StatusAndDaysMustFit) {
  Bureau bureau;
  const auto with = [&](v1::RegistrationStatus status, std::string_view since) {
    v1::Organization row = Bureau::OrganizationOf(1);
    row.set_status(status);
    row.set_status_since(std::string(since));
    return Imported(bureau, row);
  };
  EXPECT_THAT(with(v1::REGISTRATION_STATUS_UNSPECIFIED, ""), HasSubstr("status: "));
  EXPECT_THAT(with(static_cast<v1::RegistrationStatus>(77), ""), HasSubstr("status: "));
  EXPECT_THAT(with(v1::REGISTRATION_STATUS_CANCELLED, ""), HasSubstr("status_since: "));
  EXPECT_THAT(with(v1::REGISTRATION_STATUS_CANCELLED, "2026-11-25"), HasSubstr("status_since: "));
  EXPECT_THAT(with(v1::REGISTRATION_STATUS_CANCELLED, "2012-02-29"), HasSubstr("status_since: "));
  EXPECT_THAT(with(v1::REGISTRATION_STATUS_CANCELLED, "2026-02-29"), HasSubstr("status_since: "));
  EXPECT_EQ(with(v1::REGISTRATION_STATUS_CANCELLED, "2026-11-24"), kCreated);
  EXPECT_EQ(with(v1::REGISTRATION_STATUS_ACTIVE, ""), kUpdated);
}

TEST(Import, OnlyAServiceInstitutionMayBeAPartnership) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_certificate_form(v1::CERTIFICATE_FORM_PARTNERSHIP);
  EXPECT_EQ(Imported(bureau, row), kCreated);
  row.set_code(Bureau::CodeOf(1, "1").ToString());
  EXPECT_THAT(Imported(bureau, row), HasSubstr("certificate_form: "));
}

TEST(Import, WhoMayImport) {
  Bureau bureau;
  const v1::Organization row = Bureau::OrganizationOf(1);
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Public(), bureau.Batch({row}))), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Admin(), bureau.Batch({row}))), "ROLE_NOT_ALLOWED");
  EXPECT_THAT(Imported(bureau, row, Bureau::Panlong()), HasSubstr("registration_authority: "));
  EXPECT_EQ(Imported(bureau, row, Bureau::Wuhua()), kCreated);
  // That the whole city's register was read is not one district's to say.
  v1::ImportOrganizationsRequest end = bureau.Batch({});
  end.set_end_of_run(true);
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), end)), "ROLE_NOT_ALLOWED");
  v1::ImportOrganizationsRequest national = bureau.Batch({row});
  national.set_source("sources/registry-national");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), national)), "UNKNOWN_SOURCE");
}

TEST(Import, ASourceIsOneOfTheCataloguesRegisters) {
  Bureau bureau;
  v1::ImportOrganizationsRequest request = bureau.Batch({Bureau::OrganizationOf(1)});
  for (const std::string_view source : {"sources/elsewhere", "sources/credit-records", "sources/o60-lists"}) {
    request.set_source(std::string(source));
    EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Sync(source), request)), "UNKNOWN_SOURCE") << source;
  }
  request.set_source("registry-kunming");
  EXPECT_THAT(FieldsOf(bureau.Do(Bureau::Sync(), request).status()), ElementsAre("source"));
}

TEST(Import, TheEndOfARunIsTheSourcesFreshness) {
  Bureau bureau;
  v1::Organization bad = Bureau::OrganizationOf(2);
  bad.set_code("x");
  v1::ImportOrganizationsRequest request = bureau.Batch({Bureau::OrganizationOf(1), bad});
  request.set_end_of_run(true);
  request.set_complete(true);
  request.set_rejected_by_reader(3);
  request.set_identity_numbers_dropped(2);
  const auto decision = bureau.Try(Bureau::Sync(), request);
  ASSERT_TRUE(decision.ok()) << decision.status();
  ASSERT_EQ(decision->events.size(), 2u);
  const log::v1::SourceRead& read = decision->events[1].source_read();
  EXPECT_EQ(read.source(), "sources/registry-kunming");
  EXPECT_TRUE(read.complete());
  EXPECT_EQ(read.rejected(), 4);
  EXPECT_EQ(read.identity_numbers_dropped(), 2);
  EXPECT_EQ(domain::TimeOf(read.as_of()), domain::TimeOf(request.source_as_of()));
}

TEST(Import, AReadingSaysWhenItWasRecordedAndTheSameReadingAgainChangesNothing) {
  Bureau bureau;
  v1::ImportOrganizationsRequest end = bureau.Batch({});
  end.set_end_of_run(true);
  end.set_complete(true);
  const absl::Time stamp = bureau.now();
  ASSERT_TRUE(bureau.Try(Bureau::Sync(), end).ok());
  const auto read = *bureau.view().FindCompleteRead("registry-kunming");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(domain::TimeOf(read->recorded()), stamp);
  bureau.SetNow(bureau.now() + absl::Hours(1));
  end.set_request_id("again");
  const auto again = bureau.Try(Bureau::Sync(), end);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->events, IsEmpty());
}

TEST(Import, ASourceIsNotReadBackInTime) {
  Bureau bureau;
  const absl::Time early = bureau.now();
  bureau.SetDay("2026-11-25");
  v1::ImportOrganizationsRequest end = bureau.Batch({});
  end.set_end_of_run(true);
  end.set_complete(true);
  ASSERT_TRUE(bureau.Try(Bureau::Sync(), end).ok());
  v1::ImportOrganizationsRequest late = bureau.Batch({Bureau::OrganizationOf(1)});
  domain::SetTimestamp(early, *late.mutable_source_as_of());
  const auto refused = bureau.Do(Bureau::Sync(), late);
  EXPECT_EQ(ReasonOf(refused), "STALE_SOURCE");
  EXPECT_THAT(MetadataOf(refused, "known_as_of"), HasSubstr("2026-11-25T02:00:00"));
  // The same instant again is the same reading.
  const uint64_t revision = bureau.revision();
  end.set_request_id(bureau.NextRequestId());
  ASSERT_TRUE(bureau.Try(Bureau::Sync(), end).ok());
  EXPECT_EQ(bureau.revision(), revision);
}

TEST(Import, TheHeaderIsJudgedFieldByField) {
  Bureau bureau;
  v1::ImportOrganizationsRequest request = bureau.Batch({});
  domain::SetTimestamp(bureau.now() + absl::Nanoseconds(1), *request.mutable_source_as_of());
  request.set_complete(true);
  request.set_rejected_by_reader(-1);
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())),
              ElementsAre("source_as_of", "rejected_by_reader", "complete", "rejected_by_reader"));
  request.clear_source_as_of();
  request.clear_complete();
  request.clear_rejected_by_reader();
  EXPECT_THAT(FieldsOf(domain::Validate(request, bureau.now())), ElementsAre("source_as_of"));
}

TEST(Catalogue, OnlyTheAdministratorActivatesOne) {
  Bureau bureau(Bureau::Empty{});
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("1");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Sync(), request)), "ROLE_NOT_ALLOWED");
  EXPECT_TRUE(bureau.Try(Bureau::Admin(), request).ok());
}

TEST(Catalogue, AVersionStandsForOneContent) {
  Bureau bureau;
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("1");
  const auto again = bureau.Try(Bureau::Admin(), request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_THAT(again->events, IsEmpty());
  EXPECT_EQ(again->existing.size(), 1u);
  request.mutable_catalogue()->set_remedies_zh("另一表述");
  const auto other = bureau.Do(Bureau::Admin(), request);
  EXPECT_EQ(ReasonOf(other), "BAD_CATALOGUE");
  EXPECT_EQ(MetadataOf(other, "row"), "catalogue.version");
  request.mutable_catalogue()->set_version("next");
  EXPECT_TRUE(bureau.Try(Bureau::Admin(), request).ok());
  EXPECT_EQ(bureau.view().catalogue()->version(), "next");
}

TEST(Catalogue, AnAuthorityThatIsNamedDoesNotVanish) {
  Bureau bureau;
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("1");
  v1::Catalogue& catalogue = *request.mutable_catalogue();
  catalogue.set_version("next");
  for (v1::Source& source : *catalogue.mutable_sources()) {
    auto& authorities = *source.mutable_authorities();
    authorities.erase(std::remove(authorities.begin(), authorities.end(), "km-anning"), authorities.end());
  }
  auto& rows = *catalogue.mutable_authorities();
  rows.erase(
      std::remove_if(rows.begin(), rows.end(), [](const auto& row) { return row.id() == "km-anning"; }),
      rows.end());
  const auto refused = bureau.Do(Bureau::Admin(), request);
  EXPECT_EQ(ReasonOf(refused), "BAD_CATALOGUE");
  EXPECT_EQ(MetadataOf(refused, "row"), "catalogue.authorities");
}

TEST(Catalogue, ABadRowIsNamed) {
  Bureau bureau;
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("1");
  request.mutable_catalogue()->set_version("next");
  request.mutable_catalogue()->mutable_grounds(3)->clear_legal_basis();
  const auto refused = bureau.Do(Bureau::Admin(), request);
  EXPECT_EQ(ReasonOf(refused), "BAD_CATALOGUE");
  ASSERT_FALSE(FieldsOf(refused.status()).empty());
  EXPECT_THAT(FieldsOf(refused.status())[0], HasSubstr("catalogue.grounds[3].legal_basis"));
}

// Rules 47 and 52: neither may a bar by law be lightened, nor its list be left unread in silence.
TEST(Rule47, ABarThatDoesNotBarAndAListThatNoConditionNeedsAreNamed) {
  Bureau bureau;
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("1");
  request.mutable_catalogue()->set_version("next");
  std::vector<std::string> expected;
  auto& grounds = *request.mutable_catalogue()->mutable_grounds();
  for (int i = 0; i < grounds.size(); ++i) {
    if (grounds[i].id() != "GP-03") continue;
    grounds[i].set_outcome(v1::OUTCOME_REVIEW);
    expected.push_back("catalogue.grounds[" + std::to_string(i) + "].outcome");
  }
  auto& sources = *request.mutable_catalogue()->mutable_sources();
  for (int i = 0; i < sources.size(); ++i) {
    if (sources[i].id() != "court-defaulters") continue;
    sources[i].clear_required_by();
    sources[i].add_required_by(v1::CONDITION_SUPERVISION_AND_REPUTATION);
    expected.push_back("catalogue.sources[" + std::to_string(i) + "].required_by");
  }
  const auto refused = bureau.Do(Bureau::Admin(), request);
  EXPECT_EQ(ReasonOf(refused), "BAD_CATALOGUE");
  ASSERT_EQ(expected.size(), 2u);
  EXPECT_EQ(FieldsOf(refused.status()), expected);
}

TEST(Catalogue, TheKindsOfCommandsAreTheirMethods) {
  EXPECT_EQ(domain::KindOf(v1::CreateRecordRequest()), "chengxin.v1.RecordService/CreateRecord");
  EXPECT_EQ(domain::KindOf(v1::ImportRecordsRequest()), "chengxin.v1.RecordService/ImportRecords");
  EXPECT_EQ(domain::KindOf(v1::ImportOrganizationsRequest()),
            "chengxin.v1.OrganizationService/ImportOrganizations");
  EXPECT_EQ(domain::KindOf(v1::ActivateCatalogueRequest()), "chengxin.v1.AdminService/ActivateCatalogue");
}

}  // namespace
}  // namespace chengxin
