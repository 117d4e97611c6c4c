#include "client/import/progress_bar.h"

#include <algorithm>
#include <string>

#include "base/strings.h"

namespace chengxin::client {
namespace {

constexpr absl::Duration kBetweenDraws = absl::Milliseconds(100);
constexpr int kCells = 24;
// Back to the start of the line, and clears what stands there.
constexpr char kFreshLine[] = "\r\x1b[K";

}  // namespace

ProgressBar::~ProgressBar() {
  if (drawn_ != absl::InfinitePast()) out_ << kFreshLine << std::flush;
}

void ProgressBar::OnProgress(const ImportProgress& progress) {
  const absl::Time now = clock_.Now();
  // A clock that went back draws, rather than standing still until it has caught up.
  if (now >= drawn_ && now - drawn_ < kBetweenDraws) return;
  drawn_ = now;
  std::string line = kFreshLine;
  if (progress.bytes.has_value() && *progress.bytes > 0) {
    const double share =
        std::min(1.0, static_cast<double>(progress.bytes_read) / static_cast<double>(*progress.bytes));
    const int filled = static_cast<int>(share * kCells);
    StrAppend(&line, "[", std::string(static_cast<size_t>(filled), '#'),
              std::string(static_cast<size_t>(kCells - filled), '.'), "] ", static_cast<int>(share * 100),
              "% ");
  }
  const double seconds = absl::ToDoubleSeconds(now - started_);
  const auto speed =
      seconds > 0 ? static_cast<int64_t>(static_cast<double>(progress.rows_acknowledged) / seconds) : 0;
  StrAppend(&line, progress.rows_acknowledged, " 行  ", speed, " 行/秒  退回 ", progress.rows_rejected);
  out_ << line << std::flush;
}

}  // namespace chengxin::client
