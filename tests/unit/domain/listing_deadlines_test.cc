// What an entry of the lists has to wait for: rules 26, 30, 36, 64.
#include "domain/listing_deadlines.h"

#include <gtest/gtest.h>

#include <map>

#include "domain/timestamps.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::domain {
namespace {

class ListingDeadlines : public testing::Test {
 protected:
  ListingDeadlines() {
    listing_.set_name("listings/52530102MJT000010G-A1");
    listing_.set_organization("organizations/52530102MJT000010G");
    listing_.set_authority("authorities/km-wuhua");
    listing_.set_state(v1::LISTING_STATE_LISTED);
  }
  std::map<v1::DeadlineKind, v1::Deadline> On(CivilDay today) {
    std::map<v1::DeadlineKind, v1::Deadline> found;
    for (const v1::Deadline& deadline : DeadlinesOf(listing_, *catalogue_, today))
      EXPECT_TRUE(found.emplace(deadline.kind(), deadline).second);
    return found;
  }

  const std::shared_ptr<const CompiledCatalogue> catalogue_ =
      *CompiledCatalogue::Compile(LoadDeployedCatalogue());
  v1::Listing listing_;
};

TEST_F(ListingDeadlines, Rule36DisplayEndsWithItsLastDayAndByItself) {
  SetTimestamp(EndOfDay(CivilDay(2024, 3, 1)), *listing_.mutable_display_until());
  const v1::Deadline due = On(CivilDay(2024, 3, 1)).at(v1::DEADLINE_KIND_DISPLAY_END);
  EXPECT_EQ(due.due_on(), "2024-03-01");
  EXPECT_EQ(due.authority(), "");
  EXPECT_FALSE(due.overdue());
  EXPECT_TRUE(On(CivilDay(2024, 3, 2)).at(v1::DEADLINE_KIND_DISPLAY_END).overdue());
  listing_.set_display_ended(true);
  EXPECT_TRUE(On(CivilDay(2024, 3, 2)).empty());
}

TEST_F(ListingDeadlines, Rule64ALastDayOffIsPutOffAndOneBeyondTheCalendarIsProvisional) {
  // A Saturday.
  listing_.set_ex_officio_removal_on("2024-06-01");
  EXPECT_EQ(On(CivilDay(2024, 5, 1)).at(v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL).due_on(), "2024-06-03");
  listing_.set_ex_officio_removal_on("2099-06-06");
  const v1::Deadline far = On(CivilDay(2024, 5, 1)).at(v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL);
  EXPECT_EQ(far.due_on(), "2099-06-06");
  EXPECT_TRUE(far.provisional());
}

TEST_F(ListingDeadlines, Rule26TheCaseOpensByItselfAndTheMoveIsTheAuthoritysToDecide) {
  listing_.set_escalation_case_on("2023-01-02");
  listing_.set_escalation_on("2023-03-01");
  auto due = On(CivilDay(2022, 12, 1));
  EXPECT_EQ(due.at(v1::DEADLINE_KIND_ESCALATION_CASE).due_on(), "2023-01-02");
  EXPECT_EQ(due.at(v1::DEADLINE_KIND_ESCALATION_CASE).authority(), "");
  EXPECT_EQ(due.at(v1::DEADLINE_KIND_ESCALATION).due_on(), "2023-03-01");
  EXPECT_EQ(due.at(v1::DEADLINE_KIND_ESCALATION).authority(), "authorities/km-wuhua");
  EXPECT_NE(due.at(v1::DEADLINE_KIND_ESCALATION).legal_basis(), "");
  listing_.set_escalation_case("cases/9-1");
  due = On(CivilDay(2023, 1, 3));
  EXPECT_EQ(due.count(v1::DEADLINE_KIND_ESCALATION_CASE), 0u);
  EXPECT_EQ(due.count(v1::DEADLINE_KIND_ESCALATION), 1u);
}

TEST_F(ListingDeadlines, WhatHasEndedWaitsForNothing) {
  listing_.set_escalation_on("2023-03-01");
  listing_.set_state(v1::LISTING_STATE_ENDED);
  EXPECT_TRUE(On(CivilDay(2022, 12, 1)).empty());
}

}  // namespace
}  // namespace chengxin::domain
