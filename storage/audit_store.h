// The audit trail (审计日志) of one node, in a RocksDB of its own (rules 55, 61, 63): who read what is not
// public, and who wanted to change something. It is not the log: nothing is folded from it and it is never
// replicated. docs/storage-format.md says which bytes lie where.
//
// Entries are numbered 1, 2, 3, … without gaps and are only ever appended, or dropped at the old end. Many
// make up one row, and each row holds the SHA-256 of the row before, so that a row that was altered or taken
// out is found (Verify).
#ifndef CHENGXIN_STORAGE_AUDIT_STORE_H_
#define CHENGXIN_STORAGE_AUDIT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "chengxin/v1/audit.pb.h"
#include "storage/audit_rows.h"

namespace rocksdb {
class DB;
class Env;
class WriteBatch;
}  // namespace rocksdb

namespace chengxin::storage {

// Version of the layout; a trail of another version is refused.
inline constexpr uint32_t kAuditFormatVersion = 1;
// Entries of one row, at most.
inline constexpr size_t kAuditRowEntries = 500;
// Entries looked at for one Read that finds few; it then ends short and says where to go on.
inline constexpr int kAuditEntriesLookedAt = 20'000;
// Nothing younger is ever dropped: six months (网络安全法 art 23; rule 63) are 184 days where they are
// longest, from 1 March to 1 September.
inline constexpr absl::Duration kLeastAuditAge = absl::Hours(24 * 184);

struct AuditStoreOptions {
  // Created (mode 0700) where it does not exist.
  std::string folder;
  // Null: the file system.
  rocksdb::Env* env = nullptr;
};

// Where the trail of a data folder lies: "{data folder}/audit".
std::string AuditFolderOf(const std::string& data_folder);

// An entry to be appended.
struct NewAuditEntry {
  absl::Time time;
  // A serialized v1::AuditEntry without sequence and time.
  std::string bytes;
};

// Which entries to read, and where to begin.
struct AuditQuery {
  v1::AuditFilter filter = {};
  bool newest_first = true;
  // The first sequence that is looked at; 0: the end of the trail at which the reading begins.
  uint64_t from = 0;
  // Entries to give, at least 1.
  int limit = 1;
};

struct AuditPage {
  // In the order asked for.
  std::vector<v1::AuditEntry> entries = {};
  // The `from` with which to go on; 0: there is nothing more.
  uint64_t next = 0;
};

// Thread-safe; one thread at a time appends or drops.
class AuditStore {
 public:
  // FailedPrecondition: another format, or a folder of something else. DataLoss: the trail's end is not what
  // was written last. Unavailable: open elsewhere. `clock` must outlive the store.
  static absl::StatusOr<std::unique_ptr<AuditStore>> Open(const AuditStoreOptions& options, Clock& clock);
  ~AuditStore();

  // Appends all, in order, in one synced write. Times never go back: an entry has at least the time of the
  // one before. After an error what was written is unknown until the trail is opened again, and every later
  // write fails with it.
  absl::Status Append(absl::Span<const NewAuditEntry> entries);

  // Drops what is older than the instant, but nothing younger than kLeastAuditAge by the clock, whatever is
  // asked. Whole rows go, so a few entries before the instant may stay. Errors as Append.
  absl::Status DropBefore(absl::Time instant);

  // `filter.from` is inclusive, `filter.until` exclusive. DataLoss where a row cannot be read.
  absl::StatusOr<AuditPage> Read(const AuditQuery& query) const;

  // The last sequence; 0: there never was an entry.
  uint64_t last() const;
  // Everything from here on is kept: when the trail was begun, or the instant of the last drop.
  absl::Time kept_from() const;

  // Reads every row. DataLoss naming the first that was altered, is missing, or cannot be read. Ok answers
  // the number of entries.
  absl::StatusOr<uint64_t> Verify() const;

 private:
  AuditStore(std::unique_ptr<rocksdb::DB> db, Clock& clock);

  absl::Status ReadEnds();
  absl::Status CheckLastRow();
  AuditEnds ends() const;
  // Writes the batch with the row 0 as it is afterwards.
  absl::Status Write(rocksdb::WriteBatch& batch, const AuditEnds& after, std::string_view what);
  // The sequence of the last row whose first entry is before the instant; 0: there is none.
  absl::StatusOr<uint64_t> LastRowBefore(const AuditEnds& ends, absl::Time instant) const;
  absl::StatusOr<AuditPage> ReadNewestFirst(const AuditQuery& query, const AuditEnds& at) const;
  absl::StatusOr<AuditPage> ReadOldestFirst(const AuditQuery& query, const AuditEnds& at) const;

  const std::unique_ptr<rocksdb::DB> db_;
  Clock& clock_;
  // The appending thread's.
  absl::Time last_time_ = absl::InfinitePast();
  absl::Status write_error_;

  mutable Mutex mu_;
  AuditEnds ends_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_AUDIT_STORE_H_
