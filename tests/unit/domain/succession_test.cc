// Codes change, organizations merge, registers hand over (docs/decisions/0006-succession.md).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/timestamps.h"
#include "tests/unit/domain/passing_time.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Succession : public testing::Test {
 protected:
  v1::Organization Of(std::string_view code) { return **bureau_.view().FindOrganization(code); }
  v1::ChangeOrganizationCodeRequest Recode(std::string_view code, const std::string& to) {
    v1::ChangeOrganizationCodeRequest request;
    request.set_organization_code(std::string(code));
    request.set_new_code(to);
    request.set_reason("区划调整换发证书");
    request.set_etag(Of(code_).etag());
    request.set_request_id(bureau_.NextRequestId());
    return request;
  }
  v1::MergeOrganizationRequest Merge(std::string_view into, std::string_view merged_on = "2026-11-20") {
    v1::MergeOrganizationRequest request;
    request.set_organization_code(code_);
    request.set_successor_code(std::string(into));
    request.set_merged_on(std::string(merged_on));
    request.set_number("五民准〔2026〕3号");
    request.set_etag(Of(code_).etag());
    request.set_request_id(bureau_.NextRequestId());
    return request;
  }
  void List(std::string_view code, std::string_view decided_on, std::string_view ground) {
    const int64_t fine = ground == "SER-04" ? kBorderFine : kSmallFine;
    const auto filed = bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code, fine, decided_on, ground));
    ASSERT_TRUE(filed.ok()) << filed.status();
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
  const std::string new_code_ = Bureau::CodeOf(501).ToString();
};

TEST_F(Succession, AnotherAccountOfTheSameMergerIsRefused) {
  const std::string into = bureau_.Register(2);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(into)).ok());
  const auto same = bureau_.Try(Bureau::Wuhua(), Merge(into));
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_THAT(same->events, IsEmpty());
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(into, "2026-11-19"))), "SUCCESSION");
  v1::MergeOrganizationRequest other = Merge(into);
  other.set_not_inherited_reason("不承继");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), other)), "SUCCESSION");
}

TEST_F(Succession, NothingIsMergedBeforeItWasThere) {
  const std::string into = bureau_.Register(2);
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), Merge(into, "1949-01-01")).status()),
              ElementsAre("merged_on"));
}

TEST_F(Succession, EveryFormerCodeLeadsToTheSameOrganization) {
  List(code_, "2026-11-20", "SER-04");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Recode(code_, new_code_)).ok());
  const v1::Organization recoded = Of(code_);
  EXPECT_EQ(recoded.name(), "organizations/" + code_);
  EXPECT_EQ(recoded.code(), new_code_);
  EXPECT_THAT(recoded.former_codes(), ElementsAre(code_));
  ASSERT_EQ(recoded.successions_size(), 1);
  EXPECT_EQ(recoded.successions(0).former_code(), code_);
  EXPECT_EQ(recoded.successions(0).reason(), "区划调整换发证书");
  EXPECT_EQ(recoded.successions(0).authority(), "authorities/km-wuhua");
  // The published entry shows the code in force (rule 56).
  EXPECT_EQ(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).organization_code(), new_code_);
  EXPECT_EQ(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).name(), "listings/" + code_ + "-S1");
  // Filing, importing and changing again by either code reach it.
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(new_code_, 0, "2026-11-23")).ok());
  const auto both = bureau_.Try(
      Bureau::Sync("sources/credit-records"),
      bureau_.Records("sources/credit-records", code_, {bureau_.Penalty(code_, 0, "2026-11-22").record()}));
  ASSERT_TRUE(both.ok()) << both.status();
  EXPECT_THAT(bureau_.RecordsOf(code_), SizeIs(3));
  const std::string third = Bureau::CodeOf(502).ToString();
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Recode(code_, third)).ok());
  EXPECT_THAT(Of(code_).former_codes(), ElementsAre(code_, new_code_));
  EXPECT_EQ(**bureau_.view().FirstCodeOf(new_code_), code_);
}

TEST_F(Succession, ImportsThatNameAFormerCodeReachTheSameOrganization) {
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Recode(code_, new_code_)).ok());
  v1::Organization by_former = Bureau::OrganizationOf(1);
  by_former.set_display_name("五华区更名后的社会工作服务中心（样例）");
  v1::Organization by_current = by_former;
  by_current.set_code(new_code_);
  by_current.set_domicile("五华区华山西路1号");
  const auto imported = bureau_.Try(Bureau::Sync(), bureau_.Batch({by_former, by_current, by_current}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(imported->tally->outcomes(), ElementsAre(v1::IMPORT_OUTCOME_UPDATED, v1::IMPORT_OUTCOME_UPDATED,
                                                       v1::IMPORT_OUTCOME_UNCHANGED));
  ASSERT_THAT(imported->events, SizeIs(1));
  EXPECT_EQ(Of(code_).code(), new_code_);
  EXPECT_EQ(Of(code_).domicile(), "五华区华山西路1号");
  EXPECT_THAT(Of(code_).former_codes(), ElementsAre(code_));
  EXPECT_EQ(Of(code_).successions_size(), 1);
  EXPECT_FALSE(bureau_.view().FindOrganization(new_code_)->has_value());
}

// Rules 1 to 5.
TEST_F(Succession, TheNewCodeIsJudgedLikeAnyOther) {
  std::string wrong = new_code_;
  wrong[17] = wrong[17] == '1' ? '2' : '1';
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Recode(code_, wrong))), "CHECK_DIGIT_UNCONFIRMED");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), Recode(code_, "525301")).status()),
              ElementsAre("new_code"));
  const std::string group = Bureau::CodeOf(501, "1").ToString();
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), Recode(code_, group)).status()), ElementsAre("new_code"));
  const std::string nowhere = Bureau::CodeOf(501, "2", 999999).ToString();
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), Recode(code_, nowhere)).status()),
              ElementsAre("new_code"));
  EXPECT_THAT(Of(code_).former_codes(), IsEmpty());
}

TEST_F(Succession, ACodeOfAnotherOrganizationIsRefused) {
  const std::string other = bureau_.Register(2);
  const auto refused = bureau_.Do(Bureau::Wuhua(), Recode(code_, other));
  EXPECT_EQ(ReasonOf(refused), "SUCCESSION");
  EXPECT_EQ(MetadataOf(refused, "organization_code"), other);
  // A former one of it is its own still.
  v1::ChangeOrganizationCodeRequest away = Recode(other, new_code_);
  away.set_etag(Of(other).etag());
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), away).ok());
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Recode(code_, other))), "SUCCESSION");
}

// Rule 18.
TEST_F(Succession, OnlyTheRegisteringAuthorityThatSawTheLastState) {
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Panlong(), Recode(code_, new_code_))), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Sync(), Recode(code_, new_code_))), "ROLE_NOT_ALLOWED");
  v1::ChangeOrganizationCodeRequest stale = Recode(code_, new_code_);
  stale.set_etag("r0");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), stale)), "STALE_ETAG");
  const auto same = bureau_.Try(Bureau::Wuhua(), Recode(code_, code_));
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_THAT(same->events, IsEmpty());
}

TEST_F(Succession, TheSuccessorInheritsFromTheMergerOnWithTheClocksThatRan) {
  const std::string other = bureau_.Register(2);
  List(code_, "2026-03-02", "SER-04");
  const auto merged = bureau_.Try(Bureau::Wuhua(), Merge(other));
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(Of(code_).status(), v1::REGISTRATION_STATUS_CANCELLED);
  EXPECT_EQ(Of(code_).status_since(), "2026-11-20");
  EXPECT_EQ(Of(code_).successor(), "organizations/" + other);
  EXPECT_EQ(Of(code_).successions(0).number(), "五民准〔2026〕3号");
  EXPECT_THAT(Of(other).predecessors(), ElementsAre("organizations/" + code_));

  const v1::Listing inherited = InForce(bureau_, other, v1::LIST_KIND_SEVERE);
  EXPECT_EQ(inherited.organization_code(), other);
  EXPECT_EQ(inherited.first_listed_on(), "2026-03-02");
  EXPECT_EQ(inherited.period_start(), "2026-03-02");
  EXPECT_EQ(inherited.minimum_period_end(), "2028-03-02");
  EXPECT_EQ(inherited.grounds(0).decision().decided_on(), "2026-03-02");
  EXPECT_EQ(inherited.grounds(0).record(), bureau_.RecordsOf(code_)[0].name());
  // Not before: an answer for an earlier day does not find the successor listed.
  ASSERT_EQ(bureau_.view().StandingOf(other).facts_size(), 1);
  EXPECT_EQ(bureau_.view().StandingOf(other).facts(0).from_ns(), absl::ToUnixNanos(StartOf("2026-11-20")));
  ASSERT_THAT(bureau_.Listings(code_), SizeIs(1));
  const v1::Listing ended = bureau_.Listings(code_)[0];
  EXPECT_EQ(ended.end_reason(), v1::LISTING_END_REASON_REMOVED);
  EXPECT_EQ(ended.moved_to(), inherited.name());
  EXPECT_EQ(ended.ended_by(), "organizations/" + other);
  EXPECT_EQ(domain::TimeOf(ended.ended()), StartOf("2026-11-20"));
}

TEST_F(Succession, AnEntryOfBothCountsFromTheOlderListingAndTheLaterPeriod) {
  const std::string other = bureau_.Register(2);
  List(code_, "2025-03-03", "ABN-05");
  List(other, "2026-03-02", "ABN-05");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(other)).ok());
  const v1::Listing joined = InForce(bureau_, other, v1::LIST_KIND_ABNORMAL);
  EXPECT_EQ(joined.name(), "listings/" + other + "-A1");
  EXPECT_EQ(joined.grounds_size(), 2);
  EXPECT_EQ(joined.first_listed_on(), "2025-03-03");
  EXPECT_EQ(joined.period_start(), "2026-03-02");
  EXPECT_EQ(joined.escalation_on(), "2027-03-03");
}

TEST_F(Succession, WithAReasonTheSuccessorDoesNotInherit) {
  const std::string other = bureau_.Register(2);
  List(code_, "2026-03-02", "SER-04");
  v1::MergeOrganizationRequest request = Merge(other);
  request.set_not_inherited_reason("合并协议由新设主体承担，经审批不承继");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  EXPECT_THAT(bureau_.Listings(other), IsEmpty());
  EXPECT_EQ(bureau_.Listings(code_)[0].moved_to(), "");
  EXPECT_EQ(bureau_.Listings(code_)[0].state(), v1::LISTING_STATE_ENDED);
  EXPECT_EQ(Of(code_).successions(0).reason(), "合并协议由新设主体承担，经审批不承继");
}

TEST_F(Succession, WhoHasEndedCannotSucceedAndNobodyMergesTwice) {
  v1::Organization cancelled = Bureau::OrganizationOf(2);
  cancelled.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  cancelled.set_status_since("2026-01-05");
  ASSERT_TRUE(bureau_.Try(Bureau::Sync(), bureau_.Batch({cancelled})).ok());
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(cancelled.code()))), "SUCCESSION");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(code_))), "SUCCESSION");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(Bureau::CodeOf(77).ToString()))),
            "ORGANIZATION_NOT_FOUND");
  const std::string third = bureau_.Register(3), fourth = bureau_.Register(4);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Panlong(), Merge(third))), "NOT_REGISTERING_AUTHORITY");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(third)).ok());
  EXPECT_THAT(bureau_.Try(Bureau::Wuhua(), Merge(third))->events, IsEmpty());
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(fourth))), "SUCCESSION");
  // Its register lags behind: it does not come back to life.
  const auto lags = bureau_.Try(Bureau::Sync(), bureau_.Batch({Bureau::OrganizationOf(1)}));
  ASSERT_TRUE(lags.ok()) << lags.status();
  EXPECT_EQ(lags->tally->rejections(0).field(), "status");
}

// A case of an organization that is gone could be decided by nobody.
TEST_F(Succession, WhileACaseIsOpenThereIsNoMerger) {
  const std::string other = bureau_.Register(2);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kBorderFine, "2026-11-20")).ok());
  v1::Case open = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY).at(0);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(other))), "SUCCESSION");
  open.set_state(v1::CASE_STATE_DECIDED);
  log::v1::Event decided;
  *decided.mutable_case_() = open;
  bureau_.Fold(decided);
  EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(other)).ok());
}

// Rule 33: what ends with 注销登记 alone is not handed to one that goes on.
TEST_F(Succession, ARevokedOrganizationIsDeregisteredNotMerged) {
  const std::string other = bureau_.Register(2);
  v1::CreateRecordRequest revoked = bureau_.Penalty(code_, 0, "2026-11-20", "SER-07");
  revoked.mutable_record()->mutable_penalty()->set_kinds(0, v1::PENALTY_KIND_REVOCATION);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), revoked).ok());
  // The register may lag behind the entry.
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(other))), "SUCCESSION");
  v1::Organization organization = Bureau::OrganizationOf(3);
  organization.set_status(v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED);
  organization.set_status_since("2026-11-20");
  ASSERT_TRUE(bureau_.Try(Bureau::Sync(), bureau_.Batch({organization})).ok());
  v1::MergeOrganizationRequest request = Merge(other);
  request.set_organization_code(organization.code());
  request.set_etag(Of(organization.code()).etag());
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), request)), "SUCCESSION");
  EXPECT_THAT(bureau_.Listings(other), IsEmpty());
}

// Rules 40, 44.
TEST_F(Succession, ASuspensionOfOneIsNotJoinedWithAnEntryOfTheOther) {
  const std::string other = bureau_.Register(2);
  List(code_, "2026-03-02", "SER-04");
  List(other, "2026-03-02", "SER-04");
  v1::NoteReviewRequest note;
  note.set_item("listings/" + code_ + "-S1");
  v1::ReviewMark& review = *note.mutable_review();
  review.set_kind(v1::REVIEW_KIND_LITIGATION);
  review.set_number("（2026）云0102行初1号");
  review.set_organ("昆明市五华区人民法院");
  review.set_since("2026-04-01");
  review.set_suspended_on("2026-04-02");
  const auto put = [&] {
    note.set_request_id(bureau_.NextRequestId());
    note.set_etag(InForce(bureau_, code_, v1::LIST_KIND_SEVERE).etag());
    ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), note).ok());
  };
  put();
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), Merge(other))), "SUCCESSION");
  // Once it has ended it leaves what the successor was barred by as it was.
  review.set_suspension_ended_on("2026-05-06");
  put();
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(other)).ok());
  EXPECT_EQ(InForce(bureau_, other, v1::LIST_KIND_SEVERE).grounds_size(), 2);
  const log::v1::Standing standing = bureau_.view().StandingOf(other);
  for (const log::v1::StandingFact& fact : standing.facts()) {
    EXPECT_EQ(fact.until_ns(), 0);
  }
}

// Rule 40, after a merger: what is reviewed may be the predecessor's decision.
TEST_F(Succession, AReviewOfThePredecessorsDecisionIsNotedOnTheSuccessorsEntry) {
  const std::string other = bureau_.Register(2);
  List(code_, "2026-03-02", "SER-04");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(other)).ok());
  const v1::Listing entry = InForce(bureau_, other, v1::LIST_KIND_SEVERE);
  v1::NoteReviewRequest note;
  note.set_item(entry.name());
  note.set_etag(entry.etag());
  note.set_request_id(bureau_.NextRequestId());
  v1::ReviewMark& review = *note.mutable_review();
  review.set_kind(v1::REVIEW_KIND_LITIGATION);
  review.set_number("（2026）云0102行初1号");
  review.set_organ("昆明市五华区人民法院");
  review.set_since("2026-03-01");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), note).status()), ElementsAre("review.since"));
  review.set_since("2026-03-02");
  const auto noted = bureau_.Try(Bureau::Wuhua(), note);
  EXPECT_TRUE(noted.ok()) << noted.status();
}

// Rule 39, after a merger.
TEST_F(Succession, AWithdrawnRecordOfThePredecessorReachesTheSuccessorsEntry) {
  const std::string other = bureau_.Register(2);
  List(code_, "2026-03-02", "SER-04");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(other)).ok());
  const v1::CreditRecord record = bureau_.RecordsOf(code_)[0];
  v1::WithdrawRecordRequest request;
  request.set_name(record.name());
  request.set_etag(record.etag());
  request.set_request_id(bureau_.NextRequestId());
  request.mutable_withdrawal()->set_reason("处罚决定撤销");
  request.mutable_withdrawal()->set_basis("《行政处罚法》第四十八条");
  request.mutable_withdrawal()->set_decided_on("2026-11-24");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  const auto cases = OpenCases(bureau_, other, v1::CASE_ORIGIN_REDECISION);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].listing(), "listings/" + other + "-S1");
  bureau_.SetDay("2026-12-01");
  ASSERT_TRUE(LetHappen(bureau_, DueOf(cases[0], v1::DEADLINE_KIND_REDECISION)).ok());
  EXPECT_EQ(bureau_.Listings(other)[0].end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
}

// Rules 26, 39: the two years that a successor inherits rest on the predecessor's records all the same.
TEST_F(Succession, InheritedTwoYearsAreDecidedAgainWhereTheyStandNoMore) {
  bureau_.SetDay("2024-03-11");
  const std::string other = bureau_.Register(2);
  List(code_, "2024-03-11", "ABN-05");
  bureau_.SetDay("2025-01-06");
  v1::CreateRecordRequest second = bureau_.Penalty(code_, kSmallFine, "2020-06-01", "ABN-05");
  second.mutable_listing_decision()->set_decided_on("2025-01-06");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), second).ok());
  ChangeCatalogue(bureau_, [](v1::Catalogue& catalogue) {
    catalogue.mutable_procedure()->set_escalation_automatic(true);
    v1::LegalBasis& basis = *catalogue.mutable_procedure()->mutable_legal_basis();
    basis.set_zh("某省规定第九条");
    basis.set_en("A province's rule, art 9");
    basis.set_mark("C");
  });
  bureau_.SetNow(StartOf("2026-03-12"));
  ASSERT_FALSE(
      LetHappen(bureau_, DueOf(InForce(bureau_, code_, v1::LIST_KIND_ABNORMAL), v1::DEADLINE_KIND_ESCALATION))
          ->events.empty());
  bureau_.SetDay("2026-11-24");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Merge(other)).ok());
  const std::vector<v1::CreditRecord> records = bureau_.RecordsOf(code_);
  WithdrawRecord(bureau_, records.at(1));
  EXPECT_THAT(OpenCases(bureau_, other, v1::CASE_ORIGIN_REDECISION), IsEmpty());
  WithdrawRecord(bureau_, records.at(0));
  const auto cases = OpenCases(bureau_, other, v1::CASE_ORIGIN_REDECISION);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].listing(), "listings/" + other + "-S1");
  bureau_.SetDay("2026-12-01");
  ASSERT_TRUE(LetHappen(bureau_, DueOf(cases[0], v1::DEADLINE_KIND_REDECISION)).ok());
  EXPECT_EQ(bureau_.Listings(other)[0].end_reason(), v1::LISTING_END_REASON_WITHDRAWN);
}

// Rules 17, 18: what is open or in force goes over to the new authority.
TEST_F(Succession, AChangedRegisteringAuthorityTakesOverWhatIsOpen) {
  List(code_, "2026-11-20", "ABN-05");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kBorderFine, "2026-11-23")).ok());
  const auto open = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY);
  ASSERT_THAT(open, SizeIs(1));
  v1::Organization moved = Bureau::OrganizationOf(1);
  moved.set_registration_authority("authorities/km-panlong");
  const auto imported = bureau_.Try(Bureau::Sync(), bureau_.Batch({moved}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(imported->tally->outcomes(), ElementsAre(v1::IMPORT_OUTCOME_UPDATED));
  EXPECT_THAT(Of(code_).former_authorities(), ElementsAre("authorities/km-wuhua"));
  const v1::Listing entry = InForce(bureau_, code_, v1::LIST_KIND_ABNORMAL);
  EXPECT_EQ(entry.authority(), "authorities/km-panlong");
  EXPECT_EQ(entry.grounds(0).decision().authority(), "authorities/km-wuhua");
  const auto cases = OpenCases(bureau_, code_, v1::CASE_ORIGIN_PENALTY);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].authority(), "authorities/km-panlong");
  EXPECT_EQ(cases[0].state(), open[0].state());
  const v1::CaseMove& move = *cases[0].moves().rbegin();
  EXPECT_EQ(move.verb(), v1::CASE_VERB_FORWARD);
  EXPECT_EQ(move.role(), v1::ROLE_UNSPECIFIED);
  EXPECT_EQ(move.to_authority(), "authorities/km-panlong");
  // The old one has no say any more.
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Wuhua(), bureau_.Penalty(code_, 0, "2026-11-23"))),
            "NOT_REGISTERING_AUTHORITY");
  // A further import of the same register moves nothing again.
  EXPECT_THAT(bureau_.Try(Bureau::Sync(), bureau_.Batch({moved}))->events, IsEmpty());
  EXPECT_THAT(Of(code_).former_authorities(), SizeIs(1));
}

}  // namespace
}  // namespace chengxin
