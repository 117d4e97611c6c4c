// What happens by itself when its day has come: removal at six months, the end of display; and what does not.
#include "domain/dues.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/civil_day.h"
#include "domain/listing_clocks.h"
#include "domain/timestamps.h"
#include "tests/support/catalogue_files.h"
#include "tests/unit/domain/passing_time.h"

namespace chengxin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// An organization that is put on the abnormal list for a small fine on the day.
class SixMonths : public testing::Test {
 protected:
  std::string ListOn(std::string_view day, int number = 1) {
    bureau_.SetDay(day);
    const std::string code = bureau_.Register(number);
    const auto filed = bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code, kSmallFine, day, "ABN-05"));
    EXPECT_TRUE(filed.ok()) << filed.status();
    return code;
  }
  v1::Listing Abnormal(const std::string& code) { return InForce(bureau_, code, v1::LIST_KIND_ABNORMAL); }
  absl::StatusOr<domain::Decision> RemoveAt(const std::string& code, absl::Time now) {
    bureau_.SetNow(now);
    return LetHappen(bureau_, DueOf(Abnormal(code), v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL));
  }
  // Nothing happens in the last second of the day before; at midnight in Shanghai the entry ends.
  void ExpectRemovedFrom(const std::string& code, std::string_view day) {
    const auto early = RemoveAt(code, StartOf(day) - absl::Nanoseconds(1));
    ASSERT_TRUE(early.ok()) << early.status();
    EXPECT_THAT(early->events, IsEmpty());
    const auto removed = RemoveAt(code, StartOf(day));
    ASSERT_TRUE(removed.ok()) << removed.status();
    ASSERT_THAT(removed->events, SizeIs(1));
    const v1::Listing& entry = removed->events[0].listing().listing();
    EXPECT_EQ(removed->events[0].listing().transition(), v1::LISTING_TRANSITION_ENDED);
    EXPECT_EQ(entry.end_reason(), v1::LISTING_END_REASON_REMOVED);
    EXPECT_EQ(domain::TimeOf(entry.ended()), StartOf(day));
    EXPECT_THAT(removed->legal_basis, HasSubstr("第十一条第（五）项"));
  }

  Bureau bureau_;
};

using Rule30Removals = SixMonths;

TEST_F(Rule30Removals, WithNoDutyOutstandingAnEntryIsRemovedAfterSixFullMonths) {
  const std::string code = ListOn("2026-01-09");
  EXPECT_EQ(Abnormal(code).ex_officio_removal_on(), "2026-07-09");
  ExpectRemovedFrom(code, "2026-07-10");
}

TEST_F(Rule30Removals, TheRemovalCountsFromItsDayThoughTheTimerComesLate) {
  const std::string code = ListOn("2026-01-09");
  const auto removed = RemoveAt(code, StartOf("2026-08-20"));
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_EQ(domain::TimeOf(removed->events.at(0).listing().listing().ended()), StartOf("2026-07-10"));
}

TEST_F(Rule30Removals, WithADutyOutstandingThereIsNoDay) {
  v1::Listing entry = Abnormal(ListOn("2026-01-09"));
  const auto catalogue = bureau_.view().catalogue();
  entry.set_duty_outstanding(true);
  domain::SetClocks(*catalogue, bureau_.now(), entry);
  EXPECT_EQ(entry.ex_officio_removal_on(), "");
  EXPECT_FALSE(DueOf(entry, v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL).has_due());
  // Performed: the six months have run meanwhile.
  entry.set_duty_outstanding(false);
  domain::SetClocks(*catalogue, bureau_.now(), entry);
  EXPECT_EQ(entry.ex_officio_removal_on(), "2026-07-09");
}

TEST_F(Rule30Removals, AGroundThatIsRemovedOnApplicationAloneKeepsTheEntry) {
  v1::Listing entry = Abnormal(ListOn("2026-01-09"));
  v1::ListingGround report = entry.grounds(0);
  report.set_ground("ABN-01");
  *entry.add_grounds() = report;
  domain::SetClocks(*bureau_.view().catalogue(), bureau_.now(), entry);
  EXPECT_EQ(entry.ex_officio_removal_on(), "");
}

TEST_F(Rule30Removals, TheSevereListHasNoRemovalExOfficio) {
  bureau_.SetDay("2026-01-09");
  const std::string code = bureau_.Register(1);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code, kBorderFine, "2026-01-09", "SER-04")).ok());
  const v1::Listing severe = InForce(bureau_, code, v1::LIST_KIND_SEVERE);
  EXPECT_EQ(severe.ex_officio_removal_on(), "");
  EXPECT_EQ(severe.escalation_on(), "");
}

using Rule64Clocks = SixMonths;

TEST_F(Rule64Clocks, SixMonthsThatEndOnANationalHolidayEndOnTheNextWorkingDay) {
  const std::string code = ListOn("2026-04-01");
  EXPECT_EQ(Abnormal(code).ex_officio_removal_on(), "2026-10-01");
  ExpectRemovedFrom(code, "2026-10-09");
}

TEST_F(Rule64Clocks, SixMonthsThatEndOnASundayEndOnMonday) {
  const std::string code = ListOn("2025-12-07");
  EXPECT_EQ(Abnormal(code).ex_officio_removal_on(), "2026-06-07");
  ExpectRemovedFrom(code, "2026-06-09");
}

TEST_F(Rule64Clocks, AMonthWithoutTheDayEndsOnItsLast) {
  // 2026-02-28 is a Saturday on which work is done.
  const std::string code = ListOn("2025-08-31");
  EXPECT_EQ(Abnormal(code).ex_officio_removal_on(), "2026-02-28");
  ExpectRemovedFrom(code, "2026-03-01");
}

TEST_F(Rule64Clocks, TwoYearsFromALeapDayEndWithFebruary) {
  const v1::Listing entry = Abnormal(ListOn("2024-02-29"));
  EXPECT_EQ(entry.escalation_on(), "2026-02-28");
  EXPECT_EQ(entry.ex_officio_removal_on(), "2024-08-29");
}

TEST_F(Rule64Clocks, WhereTheYearIsNotLoadedTheRemovalWaitsForItsCalendar) {
  const std::string code = ListOn("2026-08-10");
  EXPECT_EQ(Abnormal(code).ex_officio_removal_on(), "2027-02-10");
  const auto waits = RemoveAt(code, StartOf("2027-03-01"));
  ASSERT_TRUE(waits.ok()) << waits.status();
  EXPECT_THAT(waits->events, IsEmpty());
  ChangeCatalogue(bureau_, [](v1::Catalogue& catalogue) {
    v1::CalendarYear& year = *catalogue.add_calendar();
    year.set_year(2027);
    year.add_days_off("2027-02-10");
  });
  const auto removed = RemoveAt(code, StartOf("2027-03-02"));
  ASSERT_TRUE(removed.ok()) << removed.status();
  ASSERT_THAT(removed->events, SizeIs(1));
  EXPECT_EQ(domain::TimeOf(removed->events[0].listing().listing().ended()), StartOf("2027-02-12"));
}

using Rule27Clocks = SixMonths;

TEST_F(Rule27Clocks, ANewGroundMovesTheRemovalAndTheOldDueIsStale) {
  const std::string code = ListOn("2026-01-09");
  const log::v1::LetDueHappen old = DueOf(Abnormal(code), v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL);
  bureau_.SetDay("2026-05-11");
  // A penalty of more than three years before the first does not count with it (rule 25): the abnormal list
  // is met again.
  v1::CreateRecordRequest second = bureau_.Penalty(code, kSmallFine, "2022-12-30", "ABN-05");
  second.mutable_listing_decision()->set_decided_on("2026-05-11");
  const auto added = bureau_.Try(Bureau::Wuhua(), second);
  ASSERT_TRUE(added.ok()) << added.status();
  const v1::Listing entry = Abnormal(code);
  EXPECT_EQ(entry.first_listed_on(), "2026-01-09");
  EXPECT_EQ(entry.period_start(), "2026-05-11");
  EXPECT_EQ(entry.ex_officio_removal_on(), "2026-11-11");
  EXPECT_EQ(entry.escalation_on(), "2028-01-09");
  bureau_.SetDay("2026-07-20");
  const auto stale = LetHappen(bureau_, old);
  ASSERT_TRUE(stale.ok()) << stale.status();
  EXPECT_THAT(stale->events, IsEmpty());
  ExpectRemovedFrom(code, "2026-11-12");
}

TEST_F(Rule27Clocks, WithoutTheSwitchANewGroundRestartsNothing) {
  ChangeCatalogue(bureau_,
                  [](v1::Catalogue& catalogue) { catalogue.set_restart_period_on_new_ground(false); });
  const std::string code = ListOn("2026-01-09");
  bureau_.SetDay("2026-05-11");
  v1::CreateRecordRequest second = bureau_.Penalty(code, kSmallFine, "2022-12-30", "ABN-05");
  second.mutable_listing_decision()->set_decided_on("2026-05-11");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), second).ok());
  EXPECT_EQ(Abnormal(code).period_start(), "2026-01-09");
  // Each ground has its own six months.
  EXPECT_EQ(Abnormal(code).ex_officio_removal_on(), "2026-11-11");
}

TEST_F(SixMonths, OnlyThePlatformLetsADueHappen) {
  const std::string code = ListOn("2026-01-09");
  bureau_.SetDay("2026-08-01");
  const log::v1::LetDueHappen due = DueOf(Abnormal(code), v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL);
  v1::Principal stranger = System();
  stranger.set_subject("somebody");
  v1::Principal pretender = Bureau::Wuhua();
  pretender.set_subject("system");
  for (const v1::Principal& principal : {Bureau::Wuhua(), Bureau::Admin(), stranger, pretender}) {
    EXPECT_EQ(ReasonOf(bureau_.Do(principal, due)), "ROLE_NOT_ALLOWED") << principal.ShortDebugString();
  }
  EXPECT_TRUE(LetHappen(bureau_, due).ok());
}

TEST_F(SixMonths, ADueThatIsNobodysIsNothing) {
  log::v1::LetDueHappen due;
  due.mutable_due()->set_kind(v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL);
  for (const std::string_view resource : {"", "listings/x", "listings/51530102MJT000012A-A1", "cases/7-1"}) {
    due.mutable_due()->set_resource(std::string(resource));
    due.set_request_id(domain::RequestIdOf(due.due()));
    const auto decision = LetHappen(bureau_, due);
    ASSERT_TRUE(decision.ok()) << decision.status();
    EXPECT_THAT(decision->events, IsEmpty());
  }
  due.set_request_id("due-1");
  EXPECT_EQ(bureau_.Do(System(), due).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Rule36DisplayEnd, DisplayEndsByItselfAndNeitherMembershipNorBarWithIt) {
  Bureau bureau;
  bureau.SetDay("2023-05-04");
  const std::string code = bureau.Register(1);
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2023-05-04", "SER-04")).ok());
  const v1::Listing listed = InForce(bureau, code, v1::LIST_KIND_SEVERE);
  const log::v1::LetDueHappen due = DueOf(listed, v1::DEADLINE_KIND_DISPLAY_END);

  bureau.SetNow(StartOf("2026-05-05") - absl::Nanoseconds(1));
  EXPECT_THAT(LetHappen(bureau, due)->events, IsEmpty());
  bureau.SetNow(StartOf("2026-05-05"));
  const auto ended = LetHappen(bureau, due);
  ASSERT_TRUE(ended.ok()) << ended.status();
  ASSERT_THAT(ended->events, SizeIs(2));
  EXPECT_EQ(ended->events[0].listing().transition(), v1::LISTING_TRANSITION_DISPLAY_ENDED);
  EXPECT_THAT(ended->legal_basis, HasSubstr("信用修复管理办法"));
  const v1::Listing hidden = InForce(bureau, code, v1::LIST_KIND_SEVERE);
  EXPECT_TRUE(hidden.display_ended());
  EXPECT_FALSE(hidden.has_ended());
  ASSERT_EQ(bureau.view().StandingOf(code).facts_size(), 1);
  EXPECT_EQ(bureau.view().StandingOf(code).facts(0).until_ns(), 0);
  const auto cases = OpenCases(bureau, code, v1::CASE_ORIGIN_DISPLAY_ENDED);
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(cases[0].listing(), hidden.name());
  EXPECT_EQ(cases[0].authority(), "authorities/km-wuhua");
  // Once.
  EXPECT_THAT(LetHappen(bureau, due)->events, IsEmpty());
  EXPECT_FALSE(DueOf(hidden, v1::DEADLINE_KIND_DISPLAY_END).has_due());

  // A new ground is displayed, and the entry with it.
  bureau.SetDay("2026-06-01");
  ASSERT_TRUE(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-06-01", "SER-04")).ok());
  EXPECT_FALSE(InForce(bureau, code, v1::LIST_KIND_SEVERE).display_ended());
}

}  // namespace
}  // namespace chengxin
