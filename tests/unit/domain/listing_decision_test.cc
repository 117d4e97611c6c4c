// A penalty comes to a listing: by which ground, on which list, from when, and what becomes of the entries
// that are there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/timestamps.h"
#include "tests/support/bureau.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const v1::Listing& ListingOf(const absl::StatusOr<domain::Decision>& decision, size_t event) {
  return decision->events.at(event).listing().listing();
}
v1::ListingTransition TransitionOf(const absl::StatusOr<domain::Decision>& decision, size_t event) {
  return decision->events.at(event).listing().transition();
}
absl::Time InstantOf(std::string_view day) {
  return domain::StartOfDay(domain::CivilDay::Parse(day).value());
}

TEST(Rule24, AFineOfExactlyFiftyThousandYuanIsSevere) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  ASSERT_EQ(filed->events.size(), 2u);
  const v1::CreditRecord& record = filed->events[0].record();
  const v1::Listing& listing = ListingOf(filed, 1);
  EXPECT_EQ(TransitionOf(filed, 1), v1::LISTING_TRANSITION_LISTED);
  EXPECT_EQ(listing.name(), "listings/" + code + "-S1");
  EXPECT_EQ(record.listing(), listing.name());
  EXPECT_FALSE(record.has_proposal());
  EXPECT_EQ(listing.list(), v1::LIST_KIND_SEVERE);
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_LISTED);
  EXPECT_EQ(listing.organization_code(), code);
  EXPECT_EQ(listing.authority(), "authorities/km-wuhua");
  EXPECT_FALSE(listing.authority_display_name().empty());
  EXPECT_EQ(listing.first_listed_on(), "2026-11-20");
  EXPECT_EQ(listing.period_start(), "2026-11-20");
  EXPECT_EQ(listing.minimum_period_end(), "2028-11-20");
  EXPECT_EQ(domain::TimeOf(listing.effective_from()), InstantOf("2026-11-20"));
  // Three years of display, their last day included.
  EXPECT_EQ(domain::TimeOf(listing.display_until()), InstantOf("2029-11-21"));
  ASSERT_EQ(listing.grounds_size(), 1);
  const v1::ListingGround& ground = listing.grounds(0);
  EXPECT_EQ(ground.ground(), "SER-04");
  EXPECT_EQ(ground.record(), record.name());
  EXPECT_EQ(ground.conduct_on(), "2026-11-20");
  EXPECT_THAT(ground.legal_basis(), HasSubstr("第十五条"));
  EXPECT_EQ(ground.decision().authority(), "authorities/km-wuhua");
  EXPECT_EQ(ground.decision().effective_on(), "2026-11-20");
  EXPECT_THAT(ground.decision().remedies(), HasSubstr("60日"));
}

TEST(Rule24, OneFenLessIsAbnormal) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-11-20", "ABN-05"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(ListingOf(filed, 1).list(), v1::LIST_KIND_ABNORMAL);
  EXPECT_EQ(ListingOf(filed, 1).name(), "listings/" + code + "-A1");
  EXPECT_EQ(ListingOf(filed, 1).minimum_period_end(), "2027-05-20");
  EXPECT_FALSE(ListingOf(filed, 1).has_display_until());
}

TEST(Rule24, AWarningIsAbnormal) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, 0, "2026-11-20", "ABN-05")).ok());
}

TEST(Rule24, AWarningTogetherWithALargeFineIsSevere) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", "ABN-05");
  request.mutable_record()->mutable_penalty()->add_kinds(v1::PENALTY_KIND_WARNING);
  const auto refused = bureau.Do(Bureau::Wuhua(), request);
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "SER-04");
}

TEST(Rule24, AGroundThatThePenaltyDoesNotMeetIsRefusedAndTheRightOneNamed) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto refused = bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-11-20", "SER-04"));
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "ABN-05");
  EXPECT_THAT(MetadataOf(refused, "article"), HasSubstr("第十一条"));
  EXPECT_THAT(bureau.Listings(code), IsEmpty());
  EXPECT_THAT(bureau.RecordsOf(code), IsEmpty());
}

TEST(Rule24, AConfiscationAloneMeetsNoGround) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, 0, "2026-11-20", "ABN-05");
  request.mutable_record()->mutable_penalty()->set_kinds(0, v1::PENALTY_KIND_CONFISCATION);
  const auto refused = bureau.Do(Bureau::Wuhua(), request);
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "");
}

struct KindAndGround {
  v1::PenaltyKind kind;
  std::string_view ground;
};
TEST(Rule19, EachKindOfPenaltyLeadsToItsGround) {
  for (const auto& [kind, ground] : {KindAndGround{v1::PENALTY_KIND_CHANGE_REGISTRATION_REVOKED, "SER-02"},
                                     {v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY, "SER-03"},
                                     {v1::PENALTY_KIND_REVOCATION, "SER-07"}}) {
    Bureau bureau;
    const std::string code = bureau.Register(1);
    v1::CreateRecordRequest request = bureau.Penalty(code, 0, "2026-11-20", ground);
    request.mutable_record()->mutable_penalty()->set_kinds(0, kind);
    const auto filed = bureau.Try(Bureau::Wuhua(), request);
    ASSERT_TRUE(filed.ok()) << ground << ": " << filed.status();
    EXPECT_EQ(ListingOf(filed, 1).list(), v1::LIST_KIND_SEVERE);
  }
}

TEST(Rule19, AnInventedGroundIsAWrongField) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  for (const std::string_view ground : {"SER-09", "不诚信", "GP-01", "KM-03"}) {
    const auto refused = bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20", ground));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << ground;
    EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("listing_decision.ground"));
  }
}

TEST(Rule19, TheResidualGroundNeedsACitedLaw) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  for (const std::string_view ground : {"ABN-07", "SER-08"}) {
    v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", ground);
    EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), request)), "RESIDUAL_GROUND_WITHOUT_LAW") << ground;
    request.mutable_listing_decision()->set_cited_law("《慈善法》第一百零六条");
    EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), request)), "NOTICE_REQUIRED") << ground;
  }
}

TEST(Rule20, GroundsThatNoPenaltyMeetsNeedNoticeFirst) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  for (const std::string_view ground :
       {"ABN-01", "ABN-02", "ABN-03", "ABN-04", "ABN-06", "SER-01", "SER-06"}) {
    EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20", ground))),
              "NOTICE_REQUIRED")
        << ground;
  }
}

TEST(Rule20, APenaltyAloneProposesAndDoesNotList) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  ASSERT_EQ(filed->events.size(), 2u);
  EXPECT_EQ(filed->events[1].case_().origin(), v1::CASE_ORIGIN_PENALTY);
  const v1::ListingProposal& proposal = filed->events[0].record().proposal();
  EXPECT_EQ(proposal.ground(), "SER-04");
  EXPECT_EQ(proposal.authority(), "authorities/km-wuhua");
  EXPECT_THAT(proposal.legal_basis(), HasSubstr("第十五条"));
  EXPECT_THAT(bureau.Listings(code), IsEmpty());
}

TEST(Rule20, TheAuthorityDecidesOnAProposalByFilingThePenaltyWithItsDecision) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest decided = bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04");
  // The penalty came first from elsewhere, in other words.
  v1::CreditRecord imported = decided.record();
  imported.clear_deciding_officer();
  imported.mutable_penalty()->set_facts("另一种表述");
  imported.mutable_penalty()->set_decision_number("五民罚[2026]1号");
  ASSERT_TRUE(bureau
                  .Try(Bureau::Sync("sources/credit-records"),
                       bureau.Records("sources/credit-records", code, {imported}))
                  .ok());
  ASSERT_EQ(bureau.RecordsOf(code).at(0).proposal().ground(), "SER-04");

  const auto listed = bureau.Try(Bureau::Wuhua(), decided);
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(bureau.RecordsOf(code).size(), 1u);
  const v1::CreditRecord record = bureau.RecordsOf(code)[0];
  EXPECT_FALSE(record.has_proposal());
  EXPECT_EQ(record.listing(), "listings/" + code + "-S1");
  EXPECT_EQ(record.source(), "sources/credit-records");
  EXPECT_EQ(record.deciding_officer(), "经办人甲");
  EXPECT_EQ(bureau.Listings(code).at(0).grounds(0).record(), record.name());
}

TEST(Rule25, TwoSmallFinesWithinThreeYearsMoveTheEntryToTheSevereList) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2025-03-10", "ABN-05")).ok());
  const auto second = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, 0, "2026-11-20", "SER-05"));
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->events.size(), 3u);
  const v1::Listing& severe = ListingOf(second, 1);
  const v1::Listing& abnormal = ListingOf(second, 2);
  EXPECT_EQ(TransitionOf(second, 1), v1::LISTING_TRANSITION_LISTED);
  EXPECT_THAT(severe.grounds(0).further_records(), ElementsAre(bureau.RecordsOf(code)[0].name()));
  // Rule 25 prevails over rule 27: the entry ends, its period does not restart.
  EXPECT_EQ(TransitionOf(second, 2), v1::LISTING_TRANSITION_ENDED);
  EXPECT_EQ(abnormal.state(), v1::LISTING_STATE_ENDED);
  EXPECT_EQ(abnormal.end_reason(), v1::LISTING_END_REASON_MOVED_TO_SEVERE);
  EXPECT_EQ(abnormal.moved_to(), severe.name());
  EXPECT_EQ(abnormal.period_start(), "2025-03-10");
  EXPECT_EQ(domain::TimeOf(abnormal.ended()), InstantOf("2026-11-20"));
}

struct TwoDecisions {
  std::string_view first;
  std::string_view second;
  std::string_view ground;  // of the second
};
TEST(Rule25, TheThreeYearsAreCountedByDecisionDateWithBothEndsIncluded) {
  for (const auto& [first, second, ground] : {
           TwoDecisions{"2023-06-01", "2026-06-01", "SER-05"},  // exactly three years
           TwoDecisions{"2023-06-01", "2026-06-02", "ABN-05"},
           TwoDecisions{"2024-02-29", "2026-02-28", "SER-05"},
           TwoDecisions{"2020-02-29", "2023-02-28", "SER-05"},  // no 29 February: the month's last day
           TwoDecisions{"2020-02-29", "2023-03-01", "ABN-05"},
           TwoDecisions{"2026-06-01", "2026-06-01", "SER-05"},  // two decisions of one day
       }) {
    Bureau bureau;
    const std::string code = bureau.Register(1);
    ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, first)).ok());
    const auto decided = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, second, ground));
    EXPECT_TRUE(decided.ok()) << first << ", " << second << ": " << decided.status();
  }
}

TEST(Rule25, WithTwoPenaltiesTheAbnormalListIsNoLongerTheRightOne) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, 0, "2025-03-10")).ok());
  const auto refused = bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, 0, "2026-11-20", "ABN-05"));
  EXPECT_EQ(ReasonOf(refused), "GROUND_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "expected"), "SER-05");
}

TEST(Rule25, LargeFinesDoNotCount) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-01-10")).ok());
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-11-20", "ABN-05")).ok());
}

TEST(Rule25, ALateEnteredEarlierPenaltyCountsToo) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-10-10", "ABN-05")).ok());
  v1::CreateRecordRequest late = bureau.Penalty(code, kSmallFine, "2025-06-10", "SER-05");
  // Decided when only one of the two penalties was there: that one alone is what the decision can rest on.
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), late)), "GROUND_MISMATCH");
  late.mutable_listing_decision()->set_decided_on("2026-11-20");
  late.set_request_id(bureau.NextRequestId());
  const auto decided = bureau.Try(Bureau::Wuhua(), late);
  ASSERT_TRUE(decided.ok()) << decided.status();
  EXPECT_EQ(TransitionOf(decided, 2), v1::LISTING_TRANSITION_ENDED);
}

TEST(Rule27, ANewGroundOnTheSameListRestartsThePeriodAndKeepsTheFirstDay) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2025-03-10", "SER-04")).ok());
  const auto second = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->events.size(), 2u);
  const v1::Listing& listing = ListingOf(second, 1);
  EXPECT_EQ(TransitionOf(second, 1), v1::LISTING_TRANSITION_GROUND_ADDED);
  EXPECT_EQ(listing.name(), "listings/" + code + "-S1");
  EXPECT_EQ(listing.grounds_size(), 2);
  EXPECT_EQ(listing.first_listed_on(), "2025-03-10");
  EXPECT_EQ(domain::TimeOf(listing.effective_from()), InstantOf("2025-03-10"));
  EXPECT_EQ(listing.period_start(), "2026-11-20");
  EXPECT_EQ(listing.minimum_period_end(), "2028-11-20");
  EXPECT_EQ(domain::TimeOf(listing.display_until()), InstantOf("2029-11-21"));
  EXPECT_EQ(bureau.Listings(code).size(), 1u);
}

TEST(Rule27, ANewGroundOnOneListRestartsThePeriodOnTheOther) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-08-31", "ABN-05")).ok());
  const auto severe = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(severe.ok()) << severe.status();
  ASSERT_EQ(severe->events.size(), 3u);
  EXPECT_EQ(TransitionOf(severe, 2), v1::LISTING_TRANSITION_PERIOD_RESTARTED);
  const v1::Listing& abnormal = ListingOf(severe, 2);
  EXPECT_EQ(abnormal.state(), v1::LISTING_STATE_LISTED);
  EXPECT_EQ(abnormal.first_listed_on(), "2026-08-31");
  EXPECT_EQ(abnormal.period_start(), "2026-11-20");
  EXPECT_EQ(abnormal.minimum_period_end(), "2027-05-20");
}

TEST(Rule27, APeriodThatStartsAtAMonthsEndEndsWithAShorterMonth) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-08-31", "ABN-05"));
  ASSERT_TRUE(filed.ok());
  EXPECT_EQ(ListingOf(filed, 1).minimum_period_end(), "2027-02-28");
}

TEST(Rule27, WithTheSwitchOffThePeriodGoesOn) {
  Bureau bureau;
  v1::ActivateCatalogueRequest other;
  *other.mutable_catalogue() = LoadDeployedCatalogue();
  other.mutable_catalogue()->set_version("without-restart");
  other.mutable_catalogue()->set_restart_period_on_new_ground(false);
  other.set_request_id("switch");
  ASSERT_TRUE(bureau.Try(Bureau::Admin(), other).ok());
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-08-31", "ABN-05")).ok());
  const auto severe = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04"));
  ASSERT_TRUE(severe.ok()) << severe.status();
  EXPECT_EQ(severe->events.size(), 2u);
  EXPECT_EQ(bureau.Listings(code).at(0).period_start(), "2026-08-31");
}

// A catalogue in which the border of the two lists is raised to 100,000 yuan from 2026 on.
v1::Catalogue WithARaisedBorder(int64_t border) {
  v1::Catalogue catalogue = LoadDeployedCatalogue();
  catalogue.set_version("raised-border");
  std::vector<v1::Ground> later;
  for (v1::Ground& ground : *catalogue.mutable_grounds()) {
    if (ground.id() != "SER-04" && ground.id() != "ABN-05") continue;
    ground.mutable_validity()->set_through("2025-12-31");
    v1::Ground& next = later.emplace_back(ground);
    next.mutable_validity()->set_from("2026-01-01");
    next.mutable_validity()->clear_through();
    if (ground.id() == "SER-04") {
      next.mutable_penalty()->set_fine_at_least_fen(border);
    } else {
      next.mutable_penalty()->set_fine_below_fen(border);
    }
  }
  for (v1::Ground& ground : later) *catalogue.add_grounds() = std::move(ground);
  return catalogue;
}

std::string GroundFor(int64_t border, std::string_view conduct_on) {
  Bureau bureau;
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = WithARaisedBorder(border);
  request.set_request_id("border");
  const auto activated = bureau.Try(Bureau::Admin(), request);
  EXPECT_TRUE(activated.ok()) << activated.status();
  v1::CreateRecordRequest filing = bureau.Penalty(bureau.Register(1), 6'000'000, "2026-11-20");
  filing.mutable_record()->mutable_penalty()->set_conduct_on(std::string(conduct_on));
  const auto filed = bureau.Try(Bureau::Wuhua(), filing);
  EXPECT_TRUE(filed.ok()) << filed.status();
  return filed.ok() ? filed->events.at(0).record().proposal().ground() : "";
}

TEST(Rule29, TheRuleInForceOnTheDayOfTheConductIsAppliedUnlessALaterOneIsLighter) {
  // Raised from 50,000 to 100,000 yuan: the later rule is lighter, and prevails for earlier conduct too.
  EXPECT_EQ(GroundFor(10'000'000, "2025-12-31"), "ABN-05");
  EXPECT_EQ(GroundFor(10'000'000, "2026-01-01"), "ABN-05");
}

TEST(Rule29, AStricterLaterRuleDoesNotReachBack) {
  Bureau bureau;
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = WithARaisedBorder(1'000'000);  // lowered to 10,000 yuan
  request.set_request_id("border");
  ASSERT_TRUE(bureau.Try(Bureau::Admin(), request).ok());
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest before = bureau.Penalty(code, kSmallFine, "2026-11-20", "ABN-05");
  before.mutable_record()->mutable_penalty()->set_conduct_on("2025-12-31");
  const auto listed = bureau.Try(Bureau::Wuhua(), before);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_EQ(ListingOf(listed, 1).grounds(0).conduct_on(), "2025-12-31");

  const std::string other = bureau.Register(2);
  v1::CreateRecordRequest after = bureau.Penalty(other, kSmallFine, "2026-11-20", "SER-04");
  after.mutable_record()->mutable_penalty()->set_conduct_on("2026-01-01");
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), after).ok());
}

TEST(ListingDays, ADecisionBeforeThePenaltyIsRefused) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04");
  request.mutable_listing_decision()->set_decided_on("2026-11-19");
  const auto refused = bureau.Do(Bureau::Wuhua(), request);
  EXPECT_EQ(ReasonOf(refused), "DECISION_DATE");
  EXPECT_EQ(MetadataOf(refused, "earliest"), "2026-11-20");
}

TEST(ListingDays, AListingDoesNotTakeEffectBeforeItsDecision) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20", "SER-04");
  request.mutable_listing_decision()->set_effective_on("2026-11-19");
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), request)), "DECISION_DATE");
  request.mutable_listing_decision()->set_effective_on("2026-11-22");
  const auto filed = bureau.Try(Bureau::Wuhua(), request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(ListingOf(filed, 1).first_listed_on(), "2026-11-22");
}

TEST(ListingDays, AnEntryIsNotMovedBeforeItBegan) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  v1::CreateRecordRequest first = bureau.Penalty(code, kSmallFine, "2026-10-01", "ABN-05");
  first.mutable_listing_decision()->set_decided_on("2026-11-10");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), first).ok());
  const auto refused = bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, kSmallFine, "2026-11-01", "SER-05"));
  EXPECT_EQ(ReasonOf(refused), "DECISION_DATE");
  EXPECT_EQ(MetadataOf(refused, "earliest"), "2026-11-10");
}

TEST(ListingDays, TheDayIsShanghais) {
  Bureau bureau;
  // 00:30 on the 25th in Shanghai is still the 24th in UTC.
  bureau.SetNow(domain::StartOfDay(domain::CivilDay(2026, 11, 25)) + absl::Minutes(30));
  const std::string code = bureau.Register(1);
  EXPECT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-25", "SER-04")).ok());
  const auto future = bureau.Do(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-26", "SER-04"));
  EXPECT_THAT(FieldsOf(future.status()),
              ElementsAre("record.penalty.decided_on", "record.formed_on", "listing_decision.decided_on"));
}

TEST(EndedOrganization, ACancelledOneIsNeitherListedNorProposed) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  row.set_status_since("2026-11-01");
  ASSERT_TRUE(bureau.Try(Bureau::Sync(), bureau.Batch({row})).ok());
  EXPECT_EQ(
      ReasonOf(bureau.Do(Bureau::Wuhua(), bureau.Penalty(row.code(), kBorderFine, "2026-10-20", "SER-04"))),
      "ORGANIZATION_ENDED");
  const auto alone = bureau.Try(Bureau::Wuhua(), bureau.Penalty(row.code(), kBorderFine, "2026-10-20"));
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_FALSE(alone->events[0].record().has_proposal());
}

TEST(EndedOrganization, ARevokedOneIsListedForItsRevocationAlone) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_status(v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED);
  row.set_status_since("2026-11-20");
  ASSERT_TRUE(bureau.Try(Bureau::Sync(), bureau.Batch({row})).ok());
  EXPECT_EQ(ReasonOf(bureau.Do(Bureau::Wuhua(), bureau.Penalty(row.code(), 0, "2026-10-20", "ABN-05"))),
            "ORGANIZATION_ENDED");
  v1::CreateRecordRequest revocation = bureau.Penalty(row.code(), 0, "2026-11-20", "SER-07");
  revocation.mutable_record()->mutable_penalty()->set_kinds(0, v1::PENALTY_KIND_REVOCATION);
  const auto listed = bureau.Try(Bureau::Wuhua(), revocation);
  ASSERT_TRUE(listed.ok()) << listed.status();
  // Rule 33: it leaves the list only when it is cancelled, after no fixed time.
  EXPECT_EQ(ListingOf(listed, 1).minimum_period_end(), "");
}

}  // namespace
}  // namespace chengxin
