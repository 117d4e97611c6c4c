#include "client/cli/exit_codes.h"

#include <gtest/gtest.h>

namespace chengxin::cli {
namespace {

// Scripts rely on these numbers.
TEST(ExitCode, OfEachVerdict) {
  EXPECT_EQ(ExitCodeOf(v1::VERDICT_ELIGIBLE), 0);
  EXPECT_EQ(ExitCodeOf(v1::VERDICT_INELIGIBLE), 10);
  EXPECT_EQ(ExitCodeOf(v1::VERDICT_UNKNOWN), 11);
  EXPECT_EQ(ExitCodeOf(v1::VERDICT_REVIEW), 12);
}

TEST(ExitCode, AVerdictOfTomorrowIsNeverTakenForEligible) {
  EXPECT_EQ(ExitCodeOf(v1::VERDICT_UNSPECIFIED), 1);
  EXPECT_EQ(ExitCodeOf(static_cast<v1::Verdict>(99)), 1);
  EXPECT_TRUE(WorseThan(static_cast<v1::Verdict>(99), v1::VERDICT_INELIGIBLE));
}

TEST(ExitCode, OfEachKindOfFailure) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCodeOf(absl::InternalError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("")), 1);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::OutOfRangeError("")), 2);
  EXPECT_EQ(ExitCodeOf(absl::FailedPreconditionError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::PermissionDeniedError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::UnauthenticatedError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("")), 3);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("")), 4);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), 5);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), 5);
  EXPECT_EQ(ExitCodeOf(absl::ResourceExhaustedError("")), 5);
}

TEST(WorseThan, InTheOrderOfTheVerdicts) {
  EXPECT_TRUE(WorseThan(v1::VERDICT_INELIGIBLE, v1::VERDICT_UNKNOWN));
  EXPECT_TRUE(WorseThan(v1::VERDICT_UNKNOWN, v1::VERDICT_REVIEW));
  EXPECT_TRUE(WorseThan(v1::VERDICT_REVIEW, v1::VERDICT_ELIGIBLE));
  EXPECT_FALSE(WorseThan(v1::VERDICT_ELIGIBLE, v1::VERDICT_ELIGIBLE));
}

}  // namespace
}  // namespace chengxin::cli
