// The progress of an import on a terminal.
#ifndef CHENGXIN_CLIENT_IMPORT_PROGRESS_BAR_H_
#define CHENGXIN_CLIENT_IMPORT_PROGRESS_BAR_H_

#include <ostream>

#include "absl/time/time.h"
#include "base/clock.h"
#include "client/import/importer.h"

namespace chengxin::client {

// Redraws one line at most ten times a second: a bar and percents by bytes where the file's size is known,
// rows, rows a second, rejected rows. For a terminal only: the caller asks isatty. Not thread-safe.
class ProgressBar final : public ImportObserver {
 public:
  // Both must outlive this.
  ProgressBar(std::ostream& out, Clock& clock) : out_(out), clock_(clock), started_(clock.Now()) {}
  // Clears the line, so that the counts stand in its place.
  ~ProgressBar() override;
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void OnProgress(const ImportProgress& progress) override;

 private:
  std::ostream& out_;
  Clock& clock_;
  const absl::Time started_;
  absl::Time drawn_ = absl::InfinitePast();
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_PROGRESS_BAR_H_
