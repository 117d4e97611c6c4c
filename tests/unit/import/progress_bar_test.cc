#include "client/import/progress_bar.h"

#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"

namespace chengxin::client {
namespace {

using testing::HasSubstr;

size_t Draws(const std::string& text) {
  size_t draws = 0;
  for (size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1)) ++draws;
  return draws;
}

TEST(ProgressBar, ShowsPercentsByBytesAndRowsASecond) {
  FakeClock clock(absl::UnixEpoch());
  std::ostringstream out;
  ProgressBar bar(out, clock);
  clock.Advance(absl::Seconds(2));
  bar.OnProgress({600, 500, 3, 250, 1'000});
  EXPECT_THAT(out.str(), HasSubstr("[######..................] 25% 500 行  250 行/秒  退回 3"));
}

TEST(ProgressBar, ShowsRowsAloneWhereTheSizeIsNotKnown) {
  FakeClock clock(absl::UnixEpoch());
  std::ostringstream out;
  ProgressBar bar(out, clock);
  bar.OnProgress({600, 500, 0, 250, std::nullopt});
  EXPECT_THAT(out.str(), testing::Not(HasSubstr("%")));
  EXPECT_THAT(out.str(), HasSubstr("500 行"));
}

TEST(ProgressBar, RedrawsAtMostTenTimesASecondAndClearsItsLine) {
  FakeClock clock(absl::UnixEpoch());
  std::ostringstream out;
  {
    ProgressBar bar(out, clock);
    for (int i = 0; i < 1'000; ++i) {
      bar.OnProgress({i, i, 0, 0, 10});
      clock.Advance(absl::Milliseconds(1));
    }
    EXPECT_EQ(Draws(out.str()), 10u);
  }
  EXPECT_EQ(out.str().substr(out.str().size() - 4), "\r\x1b[K");
}

}  // namespace
}  // namespace chengxin::client
