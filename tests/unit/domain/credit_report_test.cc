// The credit report: what stands where, as of when, and how it is handed out.
#include "domain/credit_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/credit_report_document.h"
#include "domain/timestamps.h"
#include "google/protobuf/util/json_util.h"
#include "tests/unit/domain/evaluation_case.h"

namespace chengxin::domain {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CreditReportTest : public testing::Test {
 protected:
  CreditReportTest() {
    subject.organization.set_name("organizations/" + known.code);
    subject.organization.set_code(known.code);
    subject.organization.set_display_name("五华区某社会工作服务中心（样例）");
    subject.organization.set_registration_authority("authorities/km-wuhua");
    subject.organization.set_status(v1::REGISTRATION_STATUS_ACTIVE);
    subject.organization.set_legal_representative("法人甲");
    subject.organization.set_phone("0871-00000000");
    subject.organization.set_bank_account("6222000000000000");
  }

  v1::CreditRecord& Add() {
    v1::CreditRecord& record = subject.records.emplace_back();
    record.set_name("organizations/" + known.code + "/records/" + std::to_string(subject.records.size()) +
                    "-1");
    return record;
  }
  v1::CreditRecord& AddPenalty(std::string_view day) {
    v1::CreditRecord& record = Add();
    record.set_category(v1::RECORD_CATEGORY_PENALTY);
    record.mutable_penalty()->add_kinds(v1::PENALTY_KIND_FINE);
    record.mutable_penalty()->set_fine_fen(4'999'999);
    record.mutable_penalty()->set_decided_on(std::string(day));
    record.mutable_penalty()->set_decision_number("五民罚〔2026〕3号");
    record.mutable_penalty()->set_organ("昆明市五华区民政局");
    record.mutable_penalty()->set_basis("民办非企业单位登记管理暂行条例第二十五条");
    record.mutable_penalty()->set_facts("超出章程规定的业务范围");
    return record;
  }
  void AddLevel(int level, std::string_view until) {
    v1::AssessmentLevel& content = *Add().mutable_assessment_level();
    content.set_level(level);
    content.set_valid_from("2024-01-01");
    content.set_valid_until(std::string(until));
    content.set_organ("昆明市民政局");
  }
  v1::Listing& AddListing() {
    v1::Listing& listing = subject.listings.emplace_back();
    listing.set_name("listings/" + known.code + "-A1");
    listing.set_list(v1::LIST_KIND_ABNORMAL);
    listing.set_state(v1::LISTING_STATE_LISTED);
    SetTimestamp(DayBegins("2026-03-01"), *listing.mutable_effective_from());
    v1::ListingGround& ground = *listing.add_grounds();
    ground.set_ground("ABN-05");
    ground.set_ground_zh("受到警告或者不满5万元罚款处罚");
    ground.set_legal_basis("社会组织信用信息管理办法第十一条");
    ground.mutable_decision()->set_number("五民列〔2026〕1号");
    return listing;
  }
  v1::CreditReport Report(ArchiveAccess archive = ArchiveAccess::kNone) const {
    return MakeCreditReport(subject, *known.Known(), known.asked_at, archive);
  }
  std::string Document(v1::ReportFormat format, ArchiveAccess archive = ArchiveAccess::kNone) const {
    return ReportDocument(Report(archive), format, known.catalogue.get()).value();
  }

  EvaluationCase known;
  ReportSubject subject;
};

template <typename Records>
std::vector<std::string> NamesOf(const Records& records) {
  std::vector<std::string> names;
  for (const v1::CreditRecord& record : records) {
    names.push_back(record.name().substr(record.name().rfind('/') + 1));
  }
  return names;
}

TEST_F(CreditReportTest, Rule60AdverseAndGoodStandSideBySide) {
  AddPenalty("2026-05-01");
  AddLevel(4, "2028-12-31");
  AddLevel(5, "2025-12-31");  // expired
  AddPenalty("2026-06-01");
  v1::AnnualInspection& inspection = *Add().mutable_annual_inspection();
  inspection.set_year(2025);
  inspection.set_conclusion(v1::ANNUAL_CONCLUSION_QUALIFIED);
  inspection.set_concluded_on("2026-06-30");
  const v1::CreditReport report = Report();
  EXPECT_THAT(NamesOf(report.adverse_records()), ElementsAre("4-1", "1-1"));  // newest first
  EXPECT_THAT(NamesOf(report.favourable_records()), ElementsAre("2-1"));
  EXPECT_THAT(NamesOf(report.other_records()), ElementsAre("5-1", "3-1"));
  ASSERT_EQ(report.merits_size(), 1);
  EXPECT_THAT(report.merits(0).message_zh(), HasSubstr("4A"));
  EXPECT_EQ(report.basis().catalogue_version(), known.catalogue->version());
  EXPECT_THAT(Document(v1::REPORT_FORMAT_HTML),
              AllOf(HasSubstr("class=\"beside\""), HasSubstr("罚款49,999.99元"), HasSubstr("评估等级4A")));
}

TEST_F(CreditReportTest, ALevelBelow3ADoesNotSpeakForIt) {
  AddLevel(2, "2028-12-31");
  EXPECT_THAT(NamesOf(Report().other_records()), ElementsAre("1-1"));
}

// Rule 35: repaired and withdrawn items are gone but for the archive; a revoked repair brings one back (37).
TEST_F(CreditReportTest, Rule35RepairedAndWithdrawnItemsAreArchiveOnly) {
  AddPenalty("2026-05-01").mutable_repair()->set_application("applications/9-1");
  AddPenalty("2026-05-02").mutable_withdrawal()->set_reason("处罚决定被撤销");
  v1::RepairMark& revoked = *AddPenalty("2026-05-03").mutable_repair();
  SetTimestamp(DayBegins("2026-07-01"), *revoked.mutable_revoked());
  const v1::CreditReport report = Report();
  EXPECT_THAT(NamesOf(report.adverse_records()), ElementsAre("3-1"));
  EXPECT_THAT(report.archived_records(), IsEmpty());
  EXPECT_THAT(Document(v1::REPORT_FORMAT_HTML), Not(HasSubstr("处罚决定被撤销")));
  EXPECT_THAT(NamesOf(Report(ArchiveAccess::kRead).archived_records()), ElementsAre("2-1", "1-1"));
  EXPECT_THAT(Document(v1::REPORT_FORMAT_HTML, ArchiveAccess::kRead),
              AllOf(HasSubstr("处罚决定被撤销"), HasSubstr("档案")));
}

// Rule 36: the end of display hides what holds no longer; what still bars stays.
TEST_F(CreditReportTest, Rule36TheEndOfDisplayIsAnInstant) {
  SetTimestamp(known.asked_at, *AddPenalty("2026-05-01").mutable_display_until());
  SetTimestamp(known.asked_at + absl::Nanoseconds(1), *AddPenalty("2026-05-02").mutable_display_until());
  v1::CreditRecord& bars = AddPenalty("2026-05-03");
  SetTimestamp(known.asked_at, *bars.mutable_display_until());
  v1::Effect& effect = *bars.add_effects();
  effect.set_ground("GP-04");
  SetTimestamp(DayBegins("2026-05-03"), *effect.mutable_from());
  const v1::CreditReport report = Report(ArchiveAccess::kRead);
  EXPECT_THAT(NamesOf(report.adverse_records()), ElementsAre("3-1", "2-1"));
  EXPECT_THAT(NamesOf(report.archived_records()), ElementsAre("1-1"));
}

// Rule 42: as of an instant, what came later is not there.
TEST_F(CreditReportTest, Rule42AsOfAnInstant) {
  AddPenalty("2026-05-01");
  v1::Listing& listing = AddListing();
  listing.set_state(v1::LISTING_STATE_ENDED);
  listing.set_end_reason(v1::LISTING_END_REASON_REMOVED);
  SetTimestamp(DayBegins("2026-09-01"), *listing.mutable_ended());
  EXPECT_EQ(Report(ArchiveAccess::kRead).archived_listings_size(), 1);
  EXPECT_EQ(Report(ArchiveAccess::kRead).listings_size(), 0);
  EXPECT_EQ(Report().archived_listings_size(), 0);
  known.asked_at = DayBegins("2026-04-30");
  EXPECT_EQ(Report().listings_size(), 1);
  EXPECT_THAT(Report().adverse_records(), IsEmpty());
  known.asked_at = DayBegins("2026-02-28");
  EXPECT_EQ(Report(ArchiveAccess::kRead).listings_size(), 0);
  EXPECT_EQ(Report(ArchiveAccess::kRead).archived_listings_size(), 0);
}

// Rules 38, 40: objections, reviews and duties are shown on the item.
TEST_F(CreditReportTest, Rule38ItemsCarryTheirMarks) {
  v1::CreditRecord& record = AddPenalty("2026-05-01");
  v1::ObjectionMark& objection = *record.add_objections();
  objection.set_application("applications/7-1");
  SetTimestamp(DayBegins("2026-05-10"), *objection.mutable_since());
  v1::Listing& listing = AddListing();
  listing.set_duty_outstanding(true);
  v1::ReviewMark& review = *listing.add_reviews();
  review.set_kind(v1::REVIEW_KIND_LITIGATION);
  review.set_number("（2026）云0102行初3号");
  review.set_organ("五华区人民法院");
  review.set_since("2026-06-01");
  const std::string html = Document(v1::REPORT_FORMAT_HTML);
  EXPECT_THAT(html, AllOf(HasSubstr("异议标注：自2026-05-10 00:00:00起，applications/7-1，核实中"),
                          HasSubstr("行政诉讼：（2026）云0102行初3号，五华区人民法院"),
                          HasSubstr("仍有应履行或者整改的义务")));
  EXPECT_THAT(html, AllOf(HasSubstr("五民罚〔2026〕3号"), HasSubstr("昆明市五华区民政局"),
                          HasSubstr("民办非企业单位登记管理暂行条例第二十五条"), HasSubstr("2026-05-01"),
                          HasSubstr("社会组织信用信息管理办法第十一条"), HasSubstr("五民列〔2026〕1号")));
}

// Rule 62: no personal field is in any form of it.
TEST_F(CreditReportTest, Rule62HoldsNoPersonalFields) {
  v1::CreditRecord& record = AddPenalty("2026-05-01");
  record.set_deciding_officer("经办人乙");
  record.set_internal_note("内部备注");
  const v1::CreditReport report = Report(ArchiveAccess::kRead);
  for (const std::string& text :
       {report.SerializeAsString(), Document(v1::REPORT_FORMAT_JSON), Document(v1::REPORT_FORMAT_HTML)}) {
    for (const std::string_view secret :
         {"法人甲", "0871-00000000", "6222000000000000", "经办人乙", "内部备注"}) {
      EXPECT_THAT(text, Not(HasSubstr(std::string(secret))));
    }
  }
}

TEST_F(CreditReportTest, TheHtmlEscapesWhateverWasEntered) {
  const std::string attack = "<script>alert('x')</script>\"&";
  subject.organization.set_display_name(attack);
  v1::CreditRecord& record = AddPenalty("2026-05-01");
  for (const auto& set :
       {&v1::Penalty::mutable_facts, &v1::Penalty::mutable_basis, &v1::Penalty::mutable_organ,
        &v1::Penalty::mutable_decision_number, &v1::Penalty::mutable_result}) {
    *(record.mutable_penalty()->*set)() = attack;
  }
  record.set_name(attack);
  record.set_recorded_by(attack);
  record.add_objections()->set_application(attack);
  record.add_reviews()->set_organ(attack);
  record.mutable_correction()->set_reason(attack);
  Add().mutable_honour()->set_title(attack);
  v1::Listing& listing = AddListing();
  listing.set_name(attack);
  listing.mutable_grounds(0)->set_legal_basis(attack);
  listing.mutable_grounds(0)->set_ground_zh(attack);
  listing.mutable_grounds(0)->mutable_decision()->set_facts(attack);
  listing.set_authority_display_name(attack);
  const std::string html = Document(v1::REPORT_FORMAT_HTML);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("alert('x')")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"));
}

TEST_F(CreditReportTest, TheHtmlIsOnePageThatLoadsNothing) {
  const std::string html = Document(v1::REPORT_FORMAT_HTML);
  EXPECT_THAT(html, AllOf(HasSubstr("<!DOCTYPE html>"), HasSubstr("lang=\"zh-CN\""), HasSubstr("size: A4"),
                          HasSubstr("五华区某社会工作服务中心（样例）"), HasSubstr("昆明市五华区民政局")));
  for (const char* outside : {"http://", "https://", "src=", "href=", "url(", "@import", "<script"}) {
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  }
}

TEST_F(CreditReportTest, TheJsonReadsBackAsTheReport) {
  AddPenalty("2026-05-01");
  AddListing();
  const std::string json = Document(v1::REPORT_FORMAT_JSON);
  EXPECT_THAT(json, AllOf(HasSubstr("五华区某社会工作服务中心（样例）"), HasSubstr("\"PENALTY_KIND_FINE\""),
                          HasSubstr("\"adverse_records\"")));
  v1::CreditReport read;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(json, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), Report().SerializeAsString());
}

TEST_F(CreditReportTest, WithoutAFormatThereIsNoDocument) {
  EXPECT_EQ(Document(v1::REPORT_FORMAT_UNSPECIFIED), "");
}

}  // namespace
}  // namespace chengxin::domain
