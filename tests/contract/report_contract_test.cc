// Credit reports over real gRPC: adverse and good side by side, each reader's share of them.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/law_world.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ReportContract : public LawContract {
 protected:
  ReportContract() { world_.Register(1); }

  static v1::GetCreditReportRequest RequestOf(int number) {
    v1::GetCreditReportRequest request;
    request.set_organization_code(World::CodeOf(number).ToString());
    return request;
  }
  v1::CreditRecord FileHonour(const std::string& title) {
    v1::CreateRecordRequest request;
    request.set_organization_code(World::CodeOf(1).ToString());
    request.set_request_id(world_.NextRequestId());
    request.mutable_record()->set_formed_on(Today());
    v1::Honour& honour = *request.mutable_record()->mutable_honour();
    honour.set_title(title);
    honour.set_organ("昆明市民政局");
    honour.set_conferred_on(Today());
    return Expect(Ask(kWuhua, &Records::CreateRecord, request)).record();
  }
};

TEST_F(ReportContract, Rule60AdverseAndGoodStandSideBySide) {
  FileHonour("优秀社会组织");
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  for (const std::string_view who : {kWuhua, kKunming, kCulture, std::string_view("audit")}) {
    const v1::CreditReport report = ReportOf(who, 1);
    EXPECT_EQ(report.organization().code(), World::CodeOf(1).ToString()) << who;
    EXPECT_EQ(report.adverse_records_size(), 1) << who;
    EXPECT_EQ(report.favourable_records_size(), 1) << who;
    EXPECT_EQ(report.merits_size(), 1) << who;
    EXPECT_EQ(report.listings_size(), 1) << who;
    EXPECT_EQ(report.basis().revision(), served_.engine().revision()) << who;
  }
}

TEST_F(ReportContract, Rule62NamesAndNotesAreInNobodysReport) {
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  for (const std::string_view who :
       {kWuhua, kKunming, kCulture, std::string_view("audit"), std::string_view("public")})
    EXPECT_THAT(ReportOf(who, 1).SerializeAsString(), Not(HasSubstr("经办人甲"))) << who;
}

TEST_F(ReportContract, AReportOfThePastIsAsItStoodAndNotForThePublic) {
  world_.clock().Advance(absl::Hours(1));
  const absl::Time before = world_.clock().Now();
  world_.clock().Advance(absl::Hours(1));
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  v1::GetCreditReportRequest request = RequestOf(1);
  domain::SetTimestamp(before, *request.mutable_as_of()->mutable_instant());
  for (const std::string_view who : {kWuhua, kCulture})
    EXPECT_EQ(Expect(Ask(who, &Records::GetCreditReport, request)).report().listings_size(), 0) << who;
  EXPECT_EQ(Ask("public", &Records::GetCreditReport, request).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReportOf(kWuhua, 1).listings_size(), 1);
}

// What a report says is said by the catalogue of its time, whose version it names (design: law as data).
TEST_F(ReportContract, AReportOfThePastIsMadeByTheCatalogueKnownThen) {
  v1::CreateRecordRequest request;
  request.set_organization_code(World::CodeOf(1).ToString());
  request.set_request_id(world_.NextRequestId());
  request.mutable_record()->set_formed_on(Today());
  v1::TaxStanding& standing = *request.mutable_record()->mutable_tax_standing();
  standing.set_good(false);
  standing.set_as_of(Today());
  standing.set_organ("国家税务总局昆明市税务局");
  standing.set_basis("《税收征收管理法》第三十二条");
  const v1::CreditRecord record = Expect(Ask(kWuhua, &Records::CreateRecord, request)).record();
  ASSERT_EQ(record.effects_size(), 1);
  const std::string ground = record.effects(0).ground();
  world_.clock().Advance(absl::Hours(1));
  const absl::Time before = world_.clock().Now();
  world_.clock().Advance(absl::Hours(1));

  // By the next catalogue the ground speaks against nobody, and has another name.
  v1::ActivateCatalogueRequest next;
  *next.mutable_catalogue() = LoadDeployedCatalogue();
  const std::string version = next.catalogue().version();
  next.mutable_catalogue()->set_version(version + ".next");
  for (v1::Ground& row : *next.mutable_catalogue()->mutable_grounds()) {
    if (row.id() != ground) continue;
    row.set_outcome(v1::OUTCOME_PASS);
    row.set_zh("改名后的情形");
  }
  next.set_request_id(world_.NextRequestId());
  const auto activated =
      ServedWorld::Ask("admin", served_.admin(), &v1::AdminService::Stub::ActivateCatalogue, next);
  ASSERT_TRUE(activated.ok()) << activated.status.error_message();

  v1::GetCreditReportRequest asked = RequestOf(1);
  asked.set_format(v1::REPORT_FORMAT_HTML);
  const auto now = Ask(kWuhua, &Records::GetCreditReport, asked);
  EXPECT_EQ(Expect(now).report().basis().catalogue_version(), version + ".next");
  EXPECT_EQ(now.response.report().adverse_records_size(), 0);
  EXPECT_EQ(now.response.report().other_records_size(), 1);
  EXPECT_THAT(now.response.document(), HasSubstr("改名后的情形"));
  domain::SetTimestamp(before, *asked.mutable_as_of()->mutable_instant());
  const auto then = Ask(kWuhua, &Records::GetCreditReport, asked);
  EXPECT_EQ(Expect(then).report().basis().catalogue_version(), version);
  EXPECT_EQ(then.response.report().adverse_records_size(), 1);
  EXPECT_EQ(then.response.report().other_records_size(), 0);
  EXPECT_THAT(then.response.document(), Not(HasSubstr("改名后的情形")));
}

TEST_F(ReportContract, Rule35AWithdrawnRecordIsInTheArchiveAlone) {
  const v1::CreditRecord honour = FileHonour("优秀社会组织");
  v1::WithdrawRecordRequest request;
  request.mutable_withdrawal()->set_reason("表彰被撤销");
  request.mutable_withdrawal()->set_basis("《国家功勋荣誉表彰条例》");
  request.mutable_withdrawal()->set_decided_on(Today());
  ASSERT_TRUE(Move(kWuhua, &Records::WithdrawRecord, honour, request).ok());
  const v1::CreditReport authoritys = ReportOf(kWuhua, 1);
  EXPECT_EQ(authoritys.favourable_records_size(), 0);
  EXPECT_EQ(authoritys.merits_size(), 0);
  ASSERT_EQ(authoritys.archived_records_size(), 1);
  EXPECT_EQ(authoritys.archived_records(0).withdrawal().reason(), "表彰被撤销");
  EXPECT_THAT(ReportOf(kCulture, 1).SerializeAsString(), Not(HasSubstr("优秀社会组织")));
  EXPECT_THAT(ReportOf("public", 1).SerializeAsString(), Not(HasSubstr("优秀社会组织")));
}

TEST_F(ReportContract, TheReportPrintsAsHtmlAndJson) {
  FileHonour("<b>优秀</b> & \"先进\"");
  ListByPenalty(1, kFiftyThousandYuan, "SER-04");
  v1::GetCreditReportRequest request = RequestOf(1);
  request.set_format(v1::REPORT_FORMAT_HTML);
  const std::string html = Expect(Ask(kWuhua, &Records::GetCreditReport, request)).document();
  EXPECT_THAT(html, HasSubstr("<!DOCTYPE html>"));
  EXPECT_THAT(html, HasSubstr(World::CodeOf(1).ToString()));
  EXPECT_THAT(html, HasSubstr("SER-04"));
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;优秀&lt;/b&gt; &amp; &quot;先进&quot;"));
  EXPECT_THAT(html, Not(HasSubstr("<b>优秀")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  request.set_format(v1::REPORT_FORMAT_JSON);
  const auto json = Ask(kWuhua, &Records::GetCreditReport, request);
  v1::CreditReport parsed;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(Expect(json).document(), &parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), json.response.report().SerializeAsString());
  request.set_format(static_cast<v1::ReportFormat>(9));
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Records::GetCreditReport, request).status), ElementsAre("format"));
}

TEST_F(ReportContract, WhatIsNotInTheRegisterHasNoReport) {
  EXPECT_EQ(Ask(kWuhua, &Records::GetCreditReport, RequestOf(9)).status.error_code(),
            grpc::StatusCode::NOT_FOUND);
  v1::GetCreditReportRequest wrong;
  wrong.set_organization_code("x");
  EXPECT_THAT(FieldsOf(Ask(kWuhua, &Records::GetCreditReport, wrong).status),
              ElementsAre("organization_code"));
}

// Rule 36 for records: in years whose calendar is loaded.
class DisplayContract : public LawContract {
 protected:
  DisplayContract() : LawContract(domain::CivilDay(2021, 3, 1)) { world_.Register(1); }
};

TEST_F(DisplayContract, Rule36APenaltyIsDisplayedForAYearAtMostAndStaysReadableInTheArchive) {
  const auto filed = Ask(kWuhua, &Records::CreateRecord,
                         world_.PenaltyRequest(World::CodeOf(1), kSmallFine, "ABN-05", Today()));
  ASSERT_TRUE(Expect(filed).record().has_display_until());
  EXPECT_EQ(ReportOf("public", 1).adverse_records_size(), 1);
  GoToEndOf(domain::CivilDay(2022, 3, 1));
  EXPECT_EQ(ReportOf("public", 1).adverse_records_size(), 1) << "the last day counts to its end";
  GoToStartOf(domain::CivilDay(2022, 3, 2));
  EXPECT_EQ(ReportOf("public", 1).adverse_records_size(), 0);
  const v1::CreditReport archive = ReportOf(kWuhua, 1);
  EXPECT_EQ(archive.archived_records_size(), 1);
}

}  // namespace
}  // namespace chengxin
