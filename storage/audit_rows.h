// Keys and values of the audit trail, byte by byte. docs/storage-format.md is the prose of this file; whoever
// changes one changes the other and kAuditFormatVersion. Private to storage.
#ifndef CHENGXIN_STORAGE_AUDIT_ROWS_H_
#define CHENGXIN_STORAGE_AUDIT_ROWS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/v1/audit.pb.h"

namespace chengxin::storage {

// Where the trail begins and ends: the row 0.
struct AuditEnds {
  uint64_t first = 1;  // the oldest entry kept
  uint64_t next = 1;   // the sequence of the entry to come
  absl::Time kept_from;
  std::string last_digest;  // of the last row; 32 zeros before the first
};
std::string AuditEndsRow(const AuditEnds& ends);
// FailedPrecondition: another format version. DataLoss: no such row.
absl::StatusOr<AuditEnds> ParseAuditEnds(std::string_view row);

// The key of the row that begins with this entry, and back; 0: not a key.
std::string AuditKey(uint64_t sequence);
uint64_t AuditSequenceOf(std::string_view key);

// One entry in a row, which is the digest of the row before and its frames.
struct AuditFrame {
  absl::Time time;
  std::string_view bytes;  // a v1::AuditEntry without sequence and time
};
void AppendFrame(const AuditFrame& frame, std::string& row);
// At least one. They refer to `row`. DataLoss naming the sequence.
absl::StatusOr<std::vector<AuditFrame>> FramesOf(uint64_t sequence, std::string_view row);
// The time of the first frame alone.
absl::StatusOr<absl::Time> FirstTimeOf(uint64_t sequence, std::string_view row);
// The entry as it is read. DataLoss naming the sequence.
absl::StatusOr<v1::AuditEntry> EntryOf(uint64_t sequence, const AuditFrame& frame);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_AUDIT_ROWS_H_
