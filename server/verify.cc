#include "server/verify.h"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/status.h"
#include "base/strings.h"
#include "server/sealing_keys_file.h"
#include "storage/audit_store.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kShowEvery = absl::Milliseconds(200);

// A folder that goes with this object.
class TemporaryFolder {
 public:
  static absl::StatusOr<std::string> Make(const std::string& beside) {
    // "/var/lib/data/" and "/var/lib/data" are the same folder.
    fs::path folder = fs::path(beside).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    std::string pattern = folder.string() + ".verify-XXXXXX";
    if (::mkdtemp(pattern.data()) != nullptr) return pattern;
    return absl::UnavailableError(StrCat(
        "无法建立核对用的目录", pattern,
        " (cannot create the scratch folder; --scratch-folder names another): ", std::strerror(errno)));
  }
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

 private:
  const std::string path_;
};

// One line on a terminal, written over and over, and cleared at the end.
class ProgressLine {
 public:
  ProgressLine() : shown_(::isatty(STDERR_FILENO) == 1) {}
  ~ProgressLine() {
    if (shown_ && drawn_) std::fputs("\r\033[K", stderr);
  }
  void Show(uint64_t revision, uint64_t head) {
    const absl::Time now = absl::Now();
    if (!shown_ || (now - last_ < kShowEvery && revision != head)) return;
    last_ = now;
    drawn_ = true;
    const double percent =
        head == 0 ? 100 : 100.0 * static_cast<double>(revision) / static_cast<double>(head);
    std::fprintf(stderr, "\r\033[K核对 (verifying) %" PRIu64 " / %" PRIu64 "  %.0f %%", revision, head,
                 percent);
    std::fflush(stderr);
  }

 private:
  const bool shown_;
  bool drawn_ = false;
  absl::Time last_ = absl::InfinitePast();
};

// The trail beside the log, where there is one.
absl::Status VerifyAuditTrail(const std::string& data_folder) {
  const std::string folder = storage::AuditFolderOf(data_folder);
  if (!fs::exists(folder + "/CURRENT")) return absl::OkStatus();
  CHENGXIN_ASSIGN_OR_RETURN(const std::unique_ptr<storage::AuditStore> store,
                            storage::AuditStore::Open({.folder = folder}, SystemClock()));
  CHENGXIN_ASSIGN_OR_RETURN(const uint64_t entries, store->Verify());
  std::printf("审计日志完整：%" PRIu64 " 条 (verified: the audit trail of %" PRIu64
              " entries has no gap and no altered row)\n",
              entries, entries);
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifyDataFolder(const config::v1::ServerConfig& config, const std::string& scratch_folder) {
  std::string made;
  // A folder that is not there would be made beside: a wrong path is told first.
  if (!fs::is_directory(config.data_folder())) {
    return absl::NotFoundError(
        StrCat("没有数据目录", config.data_folder(), " (there is no such data folder)"));
  }
  CHENGXIN_ASSIGN_OR_RETURN(std::shared_ptr<const storage::SealingKeys> sealing_keys,
                            ReadSealingKeys(config.sealing_keys_file()));
  if (scratch_folder.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(made, TemporaryFolder::Make(config.data_folder()));
  }
  const TemporaryFolder removed_at_the_end(made);
  uint64_t head_revision = 0;
  absl::Status verified;
  {
    ProgressLine progress;
    verified = storage::Verify({.folder = config.data_folder(),
                                .block_cache_bytes = static_cast<uint64_t>(config.block_cache_mib()) << 20,
                                .env = nullptr,
                                .sealing_keys = std::move(sealing_keys)},
                               scratch_folder.empty() ? made : scratch_folder,
                               [&](uint64_t revision, uint64_t head) {
                                 head_revision = head;
                                 progress.Show(revision, head);
                               });
  }
  if (verified.ok()) {
    std::printf("核对一致：至第 %" PRIu64
                " 版，各视图与日志逐字节相同 (verified: every view equals the fold of "
                "the log up to revision %" PRIu64 ")\n",
                head_revision, head_revision);
  } else if (absl::IsDataLoss(verified)) {
    const std::string why(verified.message());
    std::printf("核对不一致：%s (not verified: the data folder differs from the fold of its log)\n",
                why.c_str());
  }
  CHENGXIN_RETURN_IF_ERROR(verified);
  const absl::Status audited = VerifyAuditTrail(config.data_folder());
  if (absl::IsDataLoss(audited)) {
    const std::string why(audited.message());
    std::printf("审计日志不完整：%s (not verified: the audit trail was altered)\n", why.c_str());
  }
  return audited;
}

}  // namespace chengxin::server
