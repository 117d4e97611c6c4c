// Objections (异议) to a listing or a record: rule 38.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/timestamps.h"
#include "tests/unit/domain/application_desk.h"

namespace chengxin {
namespace {

constexpr v1::ApplicationKind kObjection = v1::APPLICATION_KIND_OBJECTION;

class Rule38Objection : public testing::Test {
 protected:
  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
  const std::string entry_ = List(bureau_, code_, kBorderFine, "2026-11-20", "SER-04");
  const std::string record_ = bureau_.RecordsOf(code_).at(0).name();
};

TEST_F(Rule38Objection, TheEntryShowsItAtOnceAndStays) {
  v1::FileApplicationRequest request = ApplicationFor(bureau_, kObjection, entry_);
  request.mutable_application()->clear_proofs();  // words are enough
  const absl::Time at = bureau_.now();
  const auto filed = bureau_.Try(Bureau::Own(code_), request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  ASSERT_EQ(filed->events.size(), 2u);
  EXPECT_EQ(filed->events[1].listing().transition(), v1::LISTING_TRANSITION_ANNOTATED);
  const v1::Listing listing = ListingNamed(bureau_, code_, entry_);
  ASSERT_EQ(listing.objections_size(), 1);
  EXPECT_EQ(listing.objections(0).application(), ApplicationOf(filed).name());
  EXPECT_EQ(domain::TimeOf(listing.objections(0).since()), at);
  EXPECT_FALSE(listing.objections(0).has_answered());
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_LISTED);
  EXPECT_EQ(listing.etag(), ApplicationOf(filed).etag());
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-04"));
}

TEST_F(Rule38Objection, SoDoesTheRecord) {
  const v1::Application filed = Filed(bureau_, kObjection, record_);
  const v1::CreditRecord record = RecordNamed(bureau_, code_, record_);
  ASSERT_EQ(record.objections_size(), 1);
  EXPECT_EQ(record.objections(0).application(), filed.name());
  EXPECT_EQ(record.etag(), filed.etag());
  EXPECT_EQ(record.listing(), entry_);
  EXPECT_EQ(record.deciding_officer(), "经办人甲");
}

TEST_F(Rule38Objection, UpheldItIsMarkedAndNothingIsDeletedByItself) {
  const v1::Application accepted = Accepted(bureau_, kObjection, entry_);
  const absl::Time at = bureau_.now();
  // Nothing is to be verified as performed.
  const auto answered = bureau_.Try(Bureau::Wuhua(), Answer(bureau_, accepted, true));
  ASSERT_TRUE(answered.ok()) << answered.status();
  ASSERT_EQ(answered->events.size(), 2u);
  EXPECT_EQ(ApplicationOf(answered).state(), v1::APPLICATION_STATE_GRANTED);
  EXPECT_EQ(answered->events[1].listing().transition(), v1::LISTING_TRANSITION_ANNOTATED);
  const v1::Listing listing = ListingNamed(bureau_, code_, entry_);
  ASSERT_EQ(listing.objections_size(), 1);
  EXPECT_TRUE(listing.objections(0).upheld());
  EXPECT_EQ(domain::TimeOf(listing.objections(0).answered()), at);
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_LISTED);
  EXPECT_TRUE(HoldsNow(bureau_, code_, "SER-04"));
}

TEST_F(Rule38Objection, NotUpheldOrNotAcceptedItIsAnsweredAllTheSame) {
  const v1::Application accepted = Accepted(bureau_, kObjection, record_);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Answer(bureau_, accepted, false)).ok());
  const v1::Application filed = Filed(bureau_, kObjection, record_);
  const auto rejected = bureau_.Try(Bureau::Wuhua(), Rejection(bureau_, filed));
  ASSERT_TRUE(rejected.ok()) << rejected.status();
  EXPECT_EQ(rejected->events.size(), 2u);
  const v1::CreditRecord record = RecordNamed(bureau_, code_, record_);
  ASSERT_EQ(record.objections_size(), 2);
  for (const v1::ObjectionMark& mark : record.objections()) {
    EXPECT_TRUE(mark.has_answered());
    EXPECT_FALSE(mark.upheld());
  }
}

// An entry that ended meanwhile: the answer is still given, and shown in the archive.
TEST_F(Rule38Objection, TheAnswerComesThoughTheItemHasEnded) {
  const v1::Application accepted = Accepted(bureau_, kObjection, entry_);
  bureau_.SetDay("2028-11-21");
  Granted(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Answer(bureau_, accepted, true)).ok());
  const v1::Listing listing = ListingNamed(bureau_, code_, entry_);
  EXPECT_TRUE(listing.objections(0).upheld());
  EXPECT_EQ(listing.state(), v1::LISTING_STATE_ENDED);
  EXPECT_FALSE(HoldsNow(bureau_, code_, "SER-04"));
  // A new one is refused.
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Own(code_), ApplicationFor(bureau_, kObjection, entry_))),
            "ITEM_ENDED");
}

}  // namespace
}  // namespace chengxin
