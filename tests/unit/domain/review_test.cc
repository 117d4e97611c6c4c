// Reviews and litigation (行政复议、行政诉讼) are noted: rule 40.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/domain/application_desk.h"

namespace chengxin {
namespace {

using testing::ElementsAre;

class Rule40Review : public testing::Test {
 protected:
  v1::NoteReviewRequest Note(std::string_view item, std::string_view etag) {
    v1::NoteReviewRequest request;
    request.set_item(std::string(item));
    request.set_etag(std::string(etag));
    request.set_request_id(bureau_.NextRequestId());
    v1::ReviewMark& review = *request.mutable_review();
    review.set_kind(v1::REVIEW_KIND_LITIGATION);
    review.set_number("（2026）云0102行初1号");
    review.set_organ("昆明市五华区人民法院");
    review.set_since("2026-11-23");
    return request;
  }
  v1::NoteReviewRequest NoteOnEntry() { return Note(entry_, Entry().etag()); }
  v1::Listing Entry() const { return ListingNamed(bureau_, code_, entry_); }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
  const std::string entry_ = List(bureau_, code_, kBorderFine, "2026-11-20", "SER-04");
  const std::string record_ = bureau_.RecordsOf(code_).at(0).name();
};

TEST_F(Rule40Review, APendingReviewIsShownAndSuspendsNothing) {
  const auto noted = bureau_.Try(Bureau::Wuhua(), NoteOnEntry());
  ASSERT_TRUE(noted.ok()) << noted.status();
  ASSERT_EQ(noted->events.size(), 1u);
  EXPECT_EQ(noted->events[0].listing().transition(), v1::LISTING_TRANSITION_ANNOTATED);
  ASSERT_EQ(Entry().reviews_size(), 1);
  EXPECT_EQ(Entry().reviews(0).organ(), "昆明市五华区人民法院");
  EXPECT_FALSE(Entry().suspended());
  EXPECT_EQ(Entry().state(), v1::LISTING_STATE_LISTED);
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-04"));
}

TEST_F(Rule40Review, AnOrderToSuspendEndsTheBarUntilItIsLifted) {
  v1::NoteReviewRequest ordered = NoteOnEntry();
  ordered.mutable_review()->set_suspended_on("2026-11-24");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), ordered).ok());
  EXPECT_TRUE(Entry().suspended());
  EXPECT_EQ(Entry().state(), v1::LISTING_STATE_LISTED);
  EXPECT_FALSE(HoldsNow(bureau_, code_, "SER-04"));
  EXPECT_TRUE(Holds(bureau_, code_, "SER-04", InstantOn("2026-11-23")));

  bureau_.SetDay("2027-02-28");
  v1::NoteReviewRequest lifted = NoteOnEntry();
  lifted.mutable_review()->set_suspended_on("2026-11-24");
  lifted.mutable_review()->set_suspension_ended_on("2027-02-28");
  lifted.mutable_review()->set_ended_on("2027-02-28");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), lifted).ok());
  ASSERT_EQ(Entry().reviews_size(), 1);
  EXPECT_FALSE(Entry().suspended());
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-04"));
  EXPECT_FALSE(Holds(bureau_, code_, "SER-04", InstantOn("2027-02-27")));
  EXPECT_FALSE(Holds(bureau_, code_, "SER-04", InstantOn("2026-11-24")));
  EXPECT_TRUE(Holds(bureau_, code_, "SER-04", InstantOn("2026-11-23")));
}

TEST_F(Rule40Review, ASecondOrderHoldsThoughTheFirstIsLifted) {
  v1::NoteReviewRequest first = NoteOnEntry();
  first.mutable_review()->set_suspended_on("2026-11-24");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), first).ok());
  v1::NoteReviewRequest second = NoteOnEntry();
  second.mutable_review()->set_kind(v1::REVIEW_KIND_ADMINISTRATIVE_REVIEW);
  second.mutable_review()->set_suspended_on("2026-11-24");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), second).ok());
  ASSERT_EQ(Entry().reviews_size(), 2);
  first = NoteOnEntry();
  first.mutable_review()->set_suspended_on("2026-11-24");
  first.mutable_review()->set_suspension_ended_on("2026-11-24");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), first).ok());
  EXPECT_TRUE(Entry().suspended());
  EXPECT_FALSE(HoldsNow(bureau_, code_, "SER-04"));
}

// Rules 40, 44: what was decided later, nobody suspended.
TEST_F(Rule40Review, AnOrderToSuspendLiftsNoGroundThatIsDecidedLater) {
  v1::NoteReviewRequest ordered = NoteOnEntry();
  ordered.mutable_review()->set_suspended_on("2026-11-24");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), ordered).ok());
  ASSERT_FALSE(HoldsNow(bureau_, code_, "SER-04"));
  bureau_.SetDay("2026-12-01");
  ASSERT_EQ(List(bureau_, code_, kBorderFine + 1, "2026-12-01", "SER-04"), entry_);
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-04"));
  EXPECT_FALSE(Holds(bureau_, code_, "SER-04", InstantOn("2026-11-30")));
  // One ground of the entry is suspended still.
  EXPECT_TRUE(Entry().suspended());
}

// An order from before every ground of the entry, in a review of the penalty it rests on, suspends none of
// them.
TEST_F(Rule40Review, TheEntryIsShownSuspendedOnlyWhereAGroundIs) {
  const std::string code = bureau_.Register(2);
  v1::CreateRecordRequest penalty = bureau_.Penalty(code, kBorderFine, "2026-11-17", "SER-04");
  penalty.mutable_listing_decision()->set_decided_on("2026-11-20");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), penalty).ok());
  const v1::Listing entry = bureau_.Listings(code).at(0);
  v1::NoteReviewRequest ordered = Note(entry.name(), entry.etag());
  ordered.mutable_review()->set_since("2026-11-18");
  ordered.mutable_review()->set_suspended_on("2026-11-19");
  const auto noted = bureau_.Try(Bureau::Wuhua(), ordered);
  ASSERT_TRUE(noted.ok()) << noted.status();
  EXPECT_FALSE(bureau_.Listings(code).at(0).suspended());
  EXPECT_TRUE(HoldsNow(bureau_, code, "SER-04"));
}

TEST_F(Rule40Review, NothingIsReviewedBeforeItWasDecided) {
  for (const std::string& item : {entry_, record_}) {
    const std::string etag = item == entry_ ? Entry().etag() : RecordNamed(bureau_, code_, record_).etag();
    v1::NoteReviewRequest request = Note(item, etag);
    request.mutable_review()->set_since("2026-11-19");
    const auto refused = bureau_.Do(Bureau::Wuhua(), request);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << item;
    EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("review.since")) << item;
    request.mutable_review()->set_since("2026-11-20");
    EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok()) << item;
  }
}

// The keeper's decision is not known here, only when its list had the entry.
TEST_F(Rule40Review, AReviewOfWhatAnotherKeepsMayBeOlderThanItsEntry) {
  v1::CreditRecord record;
  record.set_formed_on("2026-11-20");
  v1::ExternalListing& kept = *record.mutable_external_listing();
  kept.set_ground("GP-03");
  kept.set_entry_number("财库〔2026〕1号");
  kept.set_listed_on("2026-11-20");
  kept.set_basis("提供虚假材料谋取中标");
  kept.set_organ("财政部");
  const auto imported = bureau_.Try(Bureau::Sync("sources/procurement-violations"),
                                    bureau_.Records("sources/procurement-violations", code_, {record}));
  ASSERT_TRUE(imported.ok()) << imported.status();
  const v1::CreditRecord entry = bureau_.RecordsOf(code_).at(1);
  v1::NoteReviewRequest request = Note(entry.name(), entry.etag());
  request.mutable_review()->set_since("2026-06-01");
  const auto noted = bureau_.Try(Bureau::Wuhua(), request);
  EXPECT_TRUE(noted.ok()) << noted.status();
}

TEST_F(Rule40Review, ARecordShowsItToo) {
  const v1::CreditRecord before = RecordNamed(bureau_, code_, record_);
  const auto noted = bureau_.Try(Bureau::Wuhua(), Note(record_, before.etag()));
  ASSERT_TRUE(noted.ok()) << noted.status();
  const v1::CreditRecord after = RecordNamed(bureau_, code_, record_);
  EXPECT_EQ(after.reviews_size(), 1);
  EXPECT_NE(after.etag(), before.etag());
  EXPECT_EQ(after.effects_size(), before.effects_size());
  // The entry that rests on it is not touched.
  EXPECT_EQ(Entry().reviews_size(), 0);
}

TEST_F(Rule40Review, ASuspensionIsNotedOnTheListingAndNotOnTheRecord) {
  v1::NoteReviewRequest request = Note(record_, RecordNamed(bureau_, code_, record_).etag());
  request.mutable_review()->set_suspended_on("2026-11-24");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()), ElementsAre("review.suspended_on"));
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-04"));
}

TEST_F(Rule40Review, TheSameAgainChangesNothing) {
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), NoteOnEntry()).ok());
  const auto again = bureau_.Try(Bureau::Wuhua(), NoteOnEntry());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->events.empty());
  ASSERT_EQ(again->existing.size(), 1u);
  EXPECT_EQ(again->existing[0].listing().listing().name(), entry_);
}

TEST_F(Rule40Review, OnlyTheRegisteringAuthorityNotesItOnWhatItSaw) {
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Panlong(), NoteOnEntry())), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Own(code_), NoteOnEntry())), "ROLE_NOT_ALLOWED");
  const auto stale = bureau_.Try(Bureau::Wuhua(), Note(entry_, "r1"));
  EXPECT_EQ(stale.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(stale), "STALE_ETAG");
  EXPECT_EQ(bureau_.Do(Bureau::Wuhua(), Note("listings/" + code_ + "-A1", "r1")).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(Rule40Review, DaysFollowEachOther) {
  v1::NoteReviewRequest request = NoteOnEntry();
  v1::ReviewMark& review = *request.mutable_review();
  review.clear_number();
  review.set_suspended_on("2026-11-22");         // before it began
  review.set_suspension_ended_on("2026-11-21");  // before it was ordered
  review.set_ended_on("2026-11-25");             // tomorrow
  EXPECT_THAT(
      FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()),
      ElementsAre("review.number", "review.ended_on", "review.suspended_on", "review.suspension_ended_on"));
  request = NoteOnEntry();
  request.mutable_review()->set_suspension_ended_on("2026-11-24");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()),
              ElementsAre("review.suspension_ended_on"));
  request = NoteOnEntry();
  request.mutable_review()->set_suspended_on("2026-11-23");
  request.mutable_review()->set_ended_on("2026-11-23");
  request.mutable_review()->set_suspension_ended_on("2026-11-24");  // after the review
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()), ElementsAre("review.ended_on"));
  request.mutable_review()->set_ended_on("2026-11-24");
  EXPECT_TRUE(bureau_.Try(Bureau::Wuhua(), request).ok());
  // A review that has ended suspends no longer.
  request = NoteOnEntry();
  request.mutable_review()->set_suspended_on("2026-11-23");
  request.mutable_review()->set_ended_on("2026-11-24");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), request).status()),
              ElementsAre("review.suspension_ended_on"));
}

}  // namespace
}  // namespace chengxin
