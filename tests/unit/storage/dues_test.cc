// What falls due: rows that come and go with the state of their resource.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "storage/store.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DuesTest : public testing::Test {
 protected:
  static absl::Time Day(int day) { return domain::StartOfDay(domain::CivilDay(2027, 1, day)); }
  log::v1::Event Listed(int number, int display_until_day, uint64_t revision,
                        v1::ListingTransition transition = v1::LISTING_TRANSITION_LISTED) {
    return ShownUntil(ListingEvent(IdOf(number), transition, revision), Day(display_until_day));
  }
  static domain::ListingId IdOf(int number) { return {CodeOfNumber(number), v1::LIST_KIND_SEVERE, 1}; }
  static std::string NameOf(int number) { return domain::ListingNameOf(IdOf(number)); }

  std::vector<std::string> Dues(absl::Time until, std::optional<log::v1::Due> from = std::nullopt) {
    std::vector<std::string> found;
    EXPECT_TRUE(store_
                    ->ScanDues(from, until,
                               [&](const log::v1::Due& due) {
                                 found.push_back(due.resource());
                                 return true;
                               })
                    .ok());
    return found;
  }
  void Commit(std::vector<log::v1::Event> events) {
    const auto committed = CommitNext(*store_, std::move(events));
    ASSERT_TRUE(committed.ok()) << committed.status();
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_ = *Store::Open(SmallOptions(folder_.path() + "/data"));
};

TEST_F(DuesTest, ComeInTheOrderOfTheirInstants) {
  Commit({Listed(1, 20, 1), Listed(2, 10, 1), Listed(3, 30, 1)});
  EXPECT_THAT(Dues(Day(31)), ElementsAre(NameOf(2), NameOf(1), NameOf(3)));
  EXPECT_THAT(Dues(Day(20)), ElementsAre(NameOf(2), NameOf(1))) << "the instant itself is included";
  EXPECT_THAT(Dues(Day(20) - absl::Nanoseconds(1)), ElementsAre(NameOf(2)));
  EXPECT_THAT(Dues(Day(1)), IsEmpty());
  log::v1::Due from;
  from.set_nominal_ns(absl::ToUnixNanos(Day(20)));
  from.set_kind(v1::DEADLINE_KIND_DISPLAY_END);
  from.set_resource(NameOf(1));
  EXPECT_THAT(Dues(Day(31), from), ElementsAre(NameOf(1), NameOf(3)));
  EXPECT_TRUE(*store_->HasDue(from));
  from.mutable_resource()->push_back('\0');
  EXPECT_THAT(Dues(Day(31), from), ElementsAre(NameOf(3)));
  EXPECT_FALSE(*store_->HasDue(from));
}

TEST_F(DuesTest, OneKindAfterTheOtherAtOneInstant) {
  log::v1::Event event = Listed(1, 11, 1);
  event.mutable_listing()->mutable_listing()->set_escalation_case_on("2027-01-11");
  event.mutable_listing()->mutable_listing()->set_ex_officio_removal_on("2027-01-10");
  Commit({event});
  std::vector<v1::DeadlineKind> kinds;
  ASSERT_TRUE(store_
                  ->ScanDues(std::nullopt, Day(11),
                             [&](const log::v1::Due& due) {
                               kinds.push_back(due.kind());
                               return true;
                             })
                  .ok());
  EXPECT_THAT(kinds, ElementsAre(v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL, v1::DEADLINE_KIND_DISPLAY_END,
                                 v1::DEADLINE_KIND_ESCALATION_CASE));
}

TEST_F(DuesTest, MoveAndGoWithTheStateOfTheListing) {
  Commit({Listed(1, 10, 1)});
  Commit({Listed(1, 20, 2, v1::LISTING_TRANSITION_PERIOD_RESTARTED)});
  EXPECT_THAT(Dues(Day(10)), IsEmpty());
  EXPECT_THAT(Dues(Day(20)), ElementsAre(NameOf(1)));
  // A change that leaves the day leaves the row.
  Commit({Listed(1, 20, 3, v1::LISTING_TRANSITION_PERIOD_RESTARTED)});
  EXPECT_THAT(Dues(Day(20)), ElementsAre(NameOf(1)));
  Commit({Listed(1, 20, 4, v1::LISTING_TRANSITION_ENDED)});
  EXPECT_THAT(Dues(absl::InfiniteFuture()), IsEmpty());
}

TEST_F(DuesTest, OfTwoStatesInOneChangeOrOneGroupTheLaterCounts) {
  Commit({Listed(1, 10, 1), Listed(1, 20, 1, v1::LISTING_TRANSITION_PERIOD_RESTARTED)});
  EXPECT_THAT(Dues(Day(10)), IsEmpty());
  {
    const auto group = store_->BeginGroup();
    ASSERT_TRUE(group->Append(ChangeOf(2, {Listed(1, 5, 2, v1::LISTING_TRANSITION_PERIOD_RESTARTED)})).ok());
    ASSERT_TRUE(group->Append(ChangeOf(3, {Listed(1, 6, 3, v1::LISTING_TRANSITION_PERIOD_RESTARTED)})).ok());
    ASSERT_TRUE(store_->Commit(*group).ok());
  }
  EXPECT_THAT(Dues(Day(5)), IsEmpty());
  EXPECT_THAT(Dues(Day(31)), ElementsAre(NameOf(1)));
  store_.reset();
  const absl::Status verified =
      Verify(SmallOptions(folder_.path() + "/data"), folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

// Rule 39: a re-decision falls due while its case is open.
TEST_F(DuesTest, ARedecisionIsDueWhileItsCaseIsOpen) {
  log::v1::Event opened = CaseEvent({1, 1}, CodeOfNumber(1), v1::CASE_STATE_ACCEPTED);
  opened.mutable_case_()->set_origin(v1::CASE_ORIGIN_REDECISION);
  opened.mutable_case_()->set_received_on("2027-01-04");
  Commit({opened});
  EXPECT_THAT(Dues(Day(5)), ElementsAre("cases/1-1"));
  opened.mutable_case_()->set_state(v1::CASE_STATE_DECIDED);
  Commit({opened});
  EXPECT_THAT(Dues(Day(31)), IsEmpty());
}

TEST_F(DuesTest, AreThereAfterTheFolderIsOpenedAgain) {
  Commit({Listed(1, 10, 1)});
  store_.reset();
  store_ = *Store::Open(SmallOptions(folder_.path() + "/data"));
  EXPECT_THAT(Dues(Day(10)), ElementsAre(NameOf(1)));
}

}  // namespace
}  // namespace chengxin::storage
