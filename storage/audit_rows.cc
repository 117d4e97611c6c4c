#include "storage/audit_rows.h"

#include "absl/status/status.h"
#include "base/strings.h"
#include "domain/timestamps.h"
#include "storage/audit_store.h"
#include "storage/keys.h"

namespace chengxin::storage {

namespace {

constexpr size_t kFrameHeadSize = 12;
constexpr size_t kEndsSize = 28 + kDigestSize;

absl::Status Damaged(uint64_t sequence) {
  return absl::DataLossError(StrCat("audit trail, row ", sequence, ": cannot be read"));
}

}  // namespace

std::string AuditEndsRow(const AuditEnds& ends) {
  std::string row;
  AppendBigEndian32(kAuditFormatVersion, row);
  AppendBigEndian64(ends.first, row);
  AppendBigEndian64(ends.next, row);
  AppendBigEndian64(static_cast<uint64_t>(absl::ToUnixNanos(ends.kept_from)), row);
  return row + ends.last_digest;
}

absl::StatusOr<AuditEnds> ParseAuditEnds(std::string_view row) {
  if (row.size() < 4) return Damaged(0);
  if (const uint32_t version = ReadBigEndian32(row); version != kAuditFormatVersion) {
    return absl::FailedPreconditionError(StrCat("the audit trail has format version ", version,
                                                "; this program reads format version ", kAuditFormatVersion));
  }
  if (row.size() != kEndsSize) return Damaged(0);
  AuditEnds ends{.first = ReadBigEndian64(row.substr(4)),
                 .next = ReadBigEndian64(row.substr(12)),
                 .kept_from = absl::FromUnixNanos(static_cast<int64_t>(ReadBigEndian64(row.substr(20)))),
                 .last_digest = std::string(row.substr(28))};
  if (ends.first == 0 || ends.first > ends.next) return Damaged(0);
  return ends;
}

std::string AuditKey(uint64_t sequence) {
  std::string key;
  AppendBigEndian64(sequence, key);
  return key;
}

uint64_t AuditSequenceOf(std::string_view key) { return key.size() == 8 ? ReadBigEndian64(key) : 0; }

void AppendFrame(const AuditFrame& frame, std::string& row) {
  AppendBigEndian64(static_cast<uint64_t>(absl::ToUnixNanos(frame.time)), row);
  AppendBigEndian32(static_cast<uint32_t>(frame.bytes.size()), row);
  row.append(frame.bytes);
}

absl::StatusOr<std::vector<AuditFrame>> FramesOf(uint64_t sequence, std::string_view row) {
  if (row.size() < kDigestSize + kFrameHeadSize) return Damaged(sequence);
  row.remove_prefix(kDigestSize);
  std::vector<AuditFrame> frames;
  while (!row.empty()) {
    if (row.size() < kFrameHeadSize) return Damaged(sequence);
    const auto time = absl::FromUnixNanos(static_cast<int64_t>(ReadBigEndian64(row)));
    const size_t size = ReadBigEndian32(row.substr(8));
    row.remove_prefix(kFrameHeadSize);
    if (row.size() < size) return Damaged(sequence);
    frames.push_back({.time = time, .bytes = row.substr(0, size)});
    row.remove_prefix(size);
  }
  return frames;
}

absl::StatusOr<absl::Time> FirstTimeOf(uint64_t sequence, std::string_view row) {
  if (row.size() < kDigestSize + kFrameHeadSize) return Damaged(sequence);
  return absl::FromUnixNanos(static_cast<int64_t>(ReadBigEndian64(row.substr(kDigestSize))));
}

absl::StatusOr<v1::AuditEntry> EntryOf(uint64_t sequence, const AuditFrame& frame) {
  v1::AuditEntry entry;
  if (!entry.ParseFromArray(frame.bytes.data(), static_cast<int>(frame.bytes.size())))
    return Damaged(sequence);
  entry.set_sequence(sequence);
  domain::SetTimestamp(frame.time, *entry.mutable_time());
  return entry;
}

}  // namespace chengxin::storage
