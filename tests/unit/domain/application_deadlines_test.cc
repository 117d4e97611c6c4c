// The deadlines of applications: rules 30, 34, 38, 64.
#include "domain/application_deadlines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/timestamps.h"
#include "tests/unit/domain/application_desk.h"

namespace chengxin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

v1::Application ApplicationIn(v1::ApplicationKind kind, v1::ApplicationState state,
                              std::string_view received_on) {
  v1::Application application;
  application.set_name("applications/7-1");
  application.set_organization("organizations/52530102MJT000045W");
  application.set_authority("authorities/km-wuhua");
  application.set_kind(kind);
  application.set_state(state);
  application.set_received_on(std::string(received_on));
  return application;
}

class Deadlines : public testing::Test {
 protected:
  std::vector<v1::Deadline> Of(const v1::Application& application, std::string_view today) const {
    return domain::DeadlinesOf(application, *bureau_.view().catalogue(),
                               domain::CivilDay::Parse(today).value());
  }

  const Bureau bureau_;
};

TEST_F(Deadlines, Rule34ARepairIsAcceptedInThreeWorkingDays) {
  // A Thursday: Friday, then Monday and Tuesday.
  const v1::Application filed =
      ApplicationIn(v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_STATE_FILED, "2026-11-26");
  auto deadlines = Of(filed, "2026-12-01");
  ASSERT_THAT(deadlines, SizeIs(1));
  EXPECT_EQ(deadlines[0].kind(), v1::DEADLINE_KIND_APPLICATION_ACCEPTANCE);
  EXPECT_EQ(deadlines[0].due_on(), "2026-12-01");
  EXPECT_EQ(deadlines[0].resource(), "applications/7-1");
  EXPECT_EQ(deadlines[0].organization(), "organizations/52530102MJT000045W");
  EXPECT_EQ(deadlines[0].authority(), "authorities/km-wuhua");
  EXPECT_EQ(deadlines[0].legal_basis(), "信用修复管理办法");
  EXPECT_FALSE(deadlines[0].overdue());
  EXPECT_FALSE(deadlines[0].provisional());
  deadlines = Of(filed, "2026-12-02");
  EXPECT_TRUE(deadlines.at(0).overdue());
}

TEST_F(Deadlines, Rule34ItIsAnsweredTenWorkingDaysAfterAcceptance) {
  v1::Application accepted =
      ApplicationIn(v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_STATE_ACCEPTED, "2026-11-20");
  accepted.set_accepted_on("2026-11-24");
  const auto deadlines = Of(accepted, "2026-11-24");
  ASSERT_THAT(deadlines, SizeIs(1));
  EXPECT_EQ(deadlines[0].kind(), v1::DEADLINE_KIND_APPLICATION_ANSWER);
  EXPECT_EQ(deadlines[0].due_on(), "2026-12-08");
}

TEST_F(Deadlines, Rule38AnObjectionIsAnsweredTenWorkingDaysAfterItCame) {
  // Over the National Day holiday: 1 to 7 October are off, Saturday the 10th is worked.
  v1::Application objection =
      ApplicationIn(v1::APPLICATION_KIND_OBJECTION, v1::APPLICATION_STATE_FILED, "2026-09-28");
  const auto filed = Of(objection, "2026-10-16");
  ASSERT_THAT(filed, SizeIs(1));
  EXPECT_EQ(filed[0].kind(), v1::DEADLINE_KIND_APPLICATION_ANSWER);
  EXPECT_EQ(filed[0].due_on(), "2026-10-19");
  EXPECT_EQ(filed[0].legal_basis(), "社会组织信用信息管理办法");
  // Acceptance gives no further time.
  objection.set_state(v1::APPLICATION_STATE_ACCEPTED);
  objection.set_accepted_on("2026-10-10");
  EXPECT_EQ(Of(objection, "2026-10-16").at(0).due_on(), "2026-10-19");
}

TEST_F(Deadlines, Rule30ARemovalIsDueFiveWorkingDaysAfterVerification) {
  v1::Application granted =
      ApplicationIn(v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_STATE_GRANTED, "2026-11-10");
  granted.set_verified_on("2026-11-13");
  granted.set_answered_on("2026-11-20");
  domain::SetTimestamp(InstantOn("2026-11-20"), *granted.mutable_update_time());
  auto deadlines = Of(granted, "2026-12-31");
  ASSERT_THAT(deadlines, SizeIs(1));
  EXPECT_EQ(deadlines[0].kind(), v1::DEADLINE_KIND_REMOVAL);
  EXPECT_EQ(deadlines[0].due_on(), "2026-11-20");
  EXPECT_EQ(domain::TimeOf(deadlines[0].met()), InstantOn("2026-11-20"));
  EXPECT_FALSE(deadlines[0].overdue());
  granted.set_answered_on("2026-11-23");
  EXPECT_TRUE(Of(granted, "2026-12-31").at(0).overdue());
}

TEST_F(Deadlines, Rule64WithoutTheCalendarOfTheYearTheyWait) {
  const auto deadlines = Of(
      ApplicationIn(v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_STATE_FILED, "2026-12-30"), "2027-02-01");
  ASSERT_THAT(deadlines, SizeIs(1));
  EXPECT_TRUE(deadlines[0].provisional());
  EXPECT_EQ(deadlines[0].due_on(), "");
  EXPECT_FALSE(deadlines[0].overdue());
}

TEST_F(Deadlines, WhatHasEndedHasNone) {
  for (const v1::ApplicationState state :
       {v1::APPLICATION_STATE_REJECTED, v1::APPLICATION_STATE_REFUSED, v1::APPLICATION_STATE_REVOKED}) {
    EXPECT_THAT(Of(ApplicationIn(v1::APPLICATION_KIND_REMOVAL, state, "2026-11-24"), "2026-12-31"),
                IsEmpty());
  }
  EXPECT_THAT(Of(ApplicationIn(v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_STATE_GRANTED, "2026-11-24"),
                 "2026-12-31"),
              IsEmpty());
}

}  // namespace
}  // namespace chengxin
