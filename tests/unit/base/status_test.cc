#include "base/status.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace chengxin {
namespace {

absl::StatusOr<std::unique_ptr<int>> Make(int number) {
  if (number < 0) return absl::OutOfRangeError("negative");
  return std::make_unique<int>(number);
}

// The sum of two numbers, each made anew; `steps` counts how far it came.
absl::StatusOr<int> Sum(int a, int b, int& steps) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::unique_ptr<int> first, Make(a));
  ++steps;
  std::unique_ptr<int> second;
  CHENGXIN_ASSIGN_OR_RETURN(second, Make(b));
  ++steps;
  return *first + *second;
}

TEST(AssignOrReturn, MovesTheValueOut) {
  int steps = 0;
  EXPECT_EQ(*Sum(2, 3, steps), 5);
  EXPECT_EQ(steps, 2);
}

TEST(AssignOrReturn, ReturnsTheFirstFailureAndGoesNoFurther) {
  int steps = 0;
  EXPECT_EQ(Sum(-1, 3, steps).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(steps, 0);
  EXPECT_EQ(Sum(1, -3, steps).status().message(), "negative");
  EXPECT_EQ(steps, 1);
}

absl::Status First(absl::Status status, bool& went_on) {
  CHENGXIN_RETURN_IF_ERROR(std::move(status));
  went_on = true;
  return absl::OkStatus();
}

TEST(ReturnIfError, GoesOnOnlyWhereAllIsWell) {
  bool went_on = false;
  EXPECT_EQ(First(absl::AbortedError("stale"), went_on).code(), absl::StatusCode::kAborted);
  EXPECT_FALSE(went_on);
  EXPECT_TRUE(First(absl::OkStatus(), went_on).ok());
  EXPECT_TRUE(went_on);
}

}  // namespace
}  // namespace chengxin
