#include "storage/audit_store.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/timestamps.h"
#include "rocksdb/db.h"
#include "storage/audit_rows.h"
#include "storage/digest.h"
#include "storage/folder.h"
#include "storage/options.h"
#include "storage/status.h"
#include "storage/tables.h"

namespace chengxin::storage {

namespace {

using rocksdb::Slice;

// Rows are long and are read in order, seldom: they need little of either.
constexpr uint64_t kBlockCacheBytes = 8u << 20;
constexpr uint64_t kWriteBufferBytes = 16u << 20;

bool Matches(const v1::AuditFilter& filter, const v1::AuditEntry& entry) {
  if (!filter.subject().empty() && entry.principal().subject() != filter.subject()) return false;
  if (!filter.method().empty() && entry.method() != filter.method()) return false;
  return filter.on().empty() ||
         std::find(entry.subjects().begin(), entry.subjects().end(), filter.on()) != entry.subjects().end();
}

// The entries of one Read, as they are found.
class Reading {
 public:
  explicit Reading(const AuditQuery& query)
      : query_(query),
        from_(query.filter.has_from() ? domain::TimeOf(query.filter.from()) : absl::InfinitePast()),
        until_(query.filter.has_until() ? domain::TimeOf(query.filter.until()) : absl::InfiniteFuture()) {}

  bool TooEarly(absl::Time time) const { return time < from_; }
  bool TooLate(absl::Time time) const { return time >= until_; }
  bool full() const {
    return page_.entries.size() >= static_cast<size_t>(query_.limit) || looked_ >= kAuditEntriesLookedAt;
  }
  // Takes the entry where it is asked for.
  absl::Status Look(uint64_t sequence, const AuditFrame& frame) {
    ++looked_;
    CHENGXIN_ASSIGN_OR_RETURN(v1::AuditEntry entry, EntryOf(sequence, frame));
    if (Matches(query_.filter, entry)) page_.entries.push_back(std::move(entry));
    return absl::OkStatus();
  }
  AuditPage EndAt(uint64_t next) {
    page_.next = next;
    return std::move(page_);
  }

 private:
  const AuditQuery& query_;
  const absl::Time from_;
  const absl::Time until_;
  int looked_ = 0;
  AuditPage page_;
};

}  // namespace

std::string AuditFolderOf(const std::string& data_folder) { return data_folder + "/audit"; }

AuditStore::AuditStore(std::unique_ptr<rocksdb::DB> db, Clock& clock) : db_(std::move(db)), clock_(clock) {}

AuditStore::~AuditStore() { db_->Close(); }

absl::StatusOr<std::unique_ptr<AuditStore>> AuditStore::Open(const AuditStoreOptions& options, Clock& clock) {
  rocksdb::Options database(DatabaseOptions({.folder = options.folder,
                                             .block_cache_bytes = kBlockCacheBytes,
                                             .write_buffer_bytes = kWriteBufferBytes,
                                             .env = options.env}),
                            AuditTableOptions(kBlockCacheBytes, kWriteBufferBytes));
  CHENGXIN_RETURN_IF_ERROR(CreateFolder(options.folder, options.env));
  rocksdb::DB* opened = nullptr;
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rocksdb::DB::Open(database, options.folder, &opened),
                                    StrCat("open the audit trail ", options.folder)));
  std::unique_ptr<AuditStore> store(new AuditStore(std::unique_ptr<rocksdb::DB>(opened), clock));
  CHENGXIN_RETURN_IF_ERROR(store->ReadEnds());
  CHENGXIN_RETURN_IF_ERROR(store->CheckLastRow());
  return store;
}

absl::Status AuditStore::ReadEnds() {
  std::string row;
  const rocksdb::Status found = db_->Get({}, AuditKey(0), &row);
  MutexLock lock(mu_);
  if (found.ok()) {
    CHENGXIN_ASSIGN_OR_RETURN(ends_, ParseAuditEnds(row));
    return absl::OkStatus();
  }
  if (!found.IsNotFound()) return ToStatus(found, "read the audit trail's row 0");
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}));
  rows->SeekToFirst();
  if (rows->Valid())
    return absl::FailedPreconditionError("the folder of the audit trail holds something else");
  ends_.kept_from = clock_.Now();
  ends_.last_digest = std::string(kDigestSize, '\0');
  return ToStatus(db_->Put(Synced(), AuditKey(0), AuditEndsRow(ends_)), "begin the audit trail");
}

absl::Status AuditStore::CheckLastRow() {
  const AuditEnds at = ends();
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}));
  rows->SeekToLast();
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read the audit trail"));
  if (at.first == at.next) return absl::OkStatus();
  const uint64_t key = rows->Valid() ? AuditSequenceOf(ViewOf(rows->key())) : 0;
  if (key == 0) return absl::DataLossError("the audit trail has lost its last row");
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<AuditFrame> frames, FramesOf(key, ViewOf(rows->value())));
  if (key + frames.size() != at.next ||
      Sha256(ViewOf(rows->key()), ViewOf(rows->value())) != at.last_digest) {
    return absl::DataLossError(
        StrCat("the audit trail's last row, ", key, ", is not the one that was written last"));
  }
  last_time_ = frames.back().time;
  return absl::OkStatus();
}

AuditEnds AuditStore::ends() const {
  MutexLock lock(mu_);
  return ends_;
}

uint64_t AuditStore::last() const { return ends().next - 1; }

absl::Time AuditStore::kept_from() const { return ends().kept_from; }

absl::Status AuditStore::Append(absl::Span<const NewAuditEntry> entries) {
  if (entries.empty()) return absl::OkStatus();
  AuditEnds after = ends();
  absl::Time time = last_time_;
  rocksdb::WriteBatch batch;
  for (size_t begin = 0; begin < entries.size(); begin += kAuditRowEntries) {
    const auto part = entries.subspan(begin, kAuditRowEntries);
    std::string row = after.last_digest;
    for (const NewAuditEntry& entry : part) {
      time = std::max(time, entry.time);
      AppendFrame({.time = time, .bytes = entry.bytes}, row);
    }
    const std::string key = AuditKey(after.next);
    CHENGXIN_RETURN_IF_ERROR(ToStatus(batch.Put(key, row), "append to the audit trail"));
    after.last_digest = Sha256(key, row);
    after.next += part.size();
  }
  CHENGXIN_RETURN_IF_ERROR(Write(batch, after, "append to the audit trail"));
  last_time_ = time;
  return absl::OkStatus();
}

absl::Status AuditStore::Write(rocksdb::WriteBatch& batch, const AuditEnds& after, std::string_view what) {
  CHENGXIN_RETURN_IF_ERROR(write_error_);
  rocksdb::Status written = batch.Put(AuditKey(0), AuditEndsRow(after));
  if (written.ok()) written = db_->Write(Synced(), &batch);
  // Whether it is there is unknown until the trail is opened again: nothing may follow it.
  write_error_ = ToStatus(written, what);
  if (!write_error_.ok()) return write_error_;
  MutexLock lock(mu_);
  ends_ = after;
  return absl::OkStatus();
}

absl::Status AuditStore::DropBefore(absl::Time instant) {
  AuditEnds after = ends();
  instant = std::min(instant, clock_.Now() - kLeastAuditAge);
  if (instant <= after.kept_from) return absl::OkStatus();
  // The row in which the instant lies stays, unless all of it is older.
  CHENGXIN_ASSIGN_OR_RETURN(uint64_t first, LastRowBefore(after, instant));
  if (first != 0) {
    std::string row;
    CHENGXIN_RETURN_IF_ERROR(ToStatus(db_->Get({}, AuditKey(first), &row), "read the audit trail"));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<AuditFrame> frames, FramesOf(first, row));
    if (frames.back().time < instant) first += frames.size();
  }
  rocksdb::WriteBatch batch;
  if (first > after.first) {
    const std::string begin = AuditKey(after.first);
    const std::string end = AuditKey(first);
    CHENGXIN_RETURN_IF_ERROR(
        ToStatus(batch.DeleteRange(Slice(begin), Slice(end)), "drop from the audit trail"));
    after.first = first;
  }
  after.kept_from = instant;
  return Write(batch, after, "drop from the audit trail");
}

absl::StatusOr<uint64_t> AuditStore::LastRowBefore(const AuditEnds& ends, absl::Time instant) const {
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}));
  uint64_t found = 0;
  uint64_t low = ends.first;
  uint64_t high = ends.next;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    rows->SeekForPrev(AuditKey(middle));
    CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "search the audit trail"));
    const uint64_t row = rows->Valid() ? AuditSequenceOf(ViewOf(rows->key())) : 0;
    if (row < ends.first) {  // dropped meanwhile
      low = middle + 1;
      continue;
    }
    CHENGXIN_ASSIGN_OR_RETURN(const absl::Time time, FirstTimeOf(row, ViewOf(rows->value())));
    if (time < instant) {
      found = row;
      low = middle + 1;
    } else {
      high = row;
    }
  }
  return found;
}

absl::StatusOr<AuditPage> AuditStore::Read(const AuditQuery& query) const {
  const AuditEnds at = ends();
  return query.newest_first ? ReadNewestFirst(query, at) : ReadOldestFirst(query, at);
}

absl::StatusOr<AuditPage> AuditStore::ReadNewestFirst(const AuditQuery& query, const AuditEnds& at) const {
  Reading reading(query);
  const uint64_t newest = query.from == 0 ? at.next - 1 : std::min(query.from, at.next - 1);
  uint64_t begin = newest;
  if (query.filter.has_until()) {
    CHENGXIN_ASSIGN_OR_RETURN(const uint64_t row, LastRowBefore(at, domain::TimeOf(query.filter.until())));
    begin = std::min(begin, row);
  }
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}));
  for (rows->SeekForPrev(AuditKey(begin)); rows->Valid(); rows->Prev()) {
    const uint64_t row = AuditSequenceOf(ViewOf(rows->key()));
    if (row < at.first) break;
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<AuditFrame> frames, FramesOf(row, ViewOf(rows->value())));
    for (size_t i = frames.size(); i-- > 0;) {
      const uint64_t sequence = row + i;
      if (sequence > newest || reading.TooLate(frames[i].time)) continue;
      if (reading.TooEarly(frames[i].time)) return reading.EndAt(0);
      if (reading.full()) return reading.EndAt(sequence);
      CHENGXIN_RETURN_IF_ERROR(reading.Look(sequence, frames[i]));
    }
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read the audit trail"));
  return reading.EndAt(0);
}

absl::StatusOr<AuditPage> AuditStore::ReadOldestFirst(const AuditQuery& query, const AuditEnds& at) const {
  Reading reading(query);
  const uint64_t oldest = std::max(query.from, at.first);
  uint64_t begin = oldest;
  if (query.filter.has_from()) {
    CHENGXIN_ASSIGN_OR_RETURN(const uint64_t row, LastRowBefore(at, domain::TimeOf(query.filter.from())));
    begin = std::max(begin, row);
  }
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}));
  rows->SeekForPrev(AuditKey(begin));
  // The row 0 where what was sought was dropped meanwhile.
  if (rows->Valid() && AuditSequenceOf(ViewOf(rows->key())) == 0) rows->Next();
  for (; rows->Valid(); rows->Next()) {
    const uint64_t row = AuditSequenceOf(ViewOf(rows->key()));
    if (row >= at.next) break;
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<AuditFrame> frames, FramesOf(row, ViewOf(rows->value())));
    for (size_t i = 0; i < frames.size(); ++i) {
      const uint64_t sequence = row + i;
      if (sequence < oldest || reading.TooEarly(frames[i].time)) continue;
      if (reading.TooLate(frames[i].time)) return reading.EndAt(0);
      if (reading.full()) return reading.EndAt(sequence);
      CHENGXIN_RETURN_IF_ERROR(reading.Look(sequence, frames[i]));
    }
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read the audit trail"));
  return reading.EndAt(0);
}

absl::StatusOr<uint64_t> AuditStore::Verify() const {
  const AuditEnds at = ends();
  uint64_t expected = at.first;
  // What was before the first row kept is gone, and its digest cannot be compared.
  std::string digest = at.first == 1 ? std::string(kDigestSize, '\0') : std::string();
  absl::Time time = absl::InfinitePast();
  const auto loss = [](uint64_t row, std::string_view what) {
    return absl::DataLossError(StrCat("audit trail, row ", row, ": ", what));
  };
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator({}));
  for (rows->Seek(AuditKey(1)); rows->Valid(); rows->Next()) {
    const uint64_t row = AuditSequenceOf(ViewOf(rows->key()));
    if (row != expected) return loss(expected, StrCat("is missing; the next one found is ", row));
    const std::string_view value = ViewOf(rows->value());
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<AuditFrame> frames, FramesOf(row, value));
    if (!digest.empty() && value.substr(0, kDigestSize) != digest)
      return loss(row, "does not follow the row before; one of the two was altered");
    for (size_t i = 0; i < frames.size(); ++i) {
      CHENGXIN_RETURN_IF_ERROR(EntryOf(row + i, frames[i]).status());
      if (frames[i].time < time) return loss(row, "goes back in time");
      time = frames[i].time;
    }
    digest = Sha256(ViewOf(rows->key()), value);
    expected = row + frames.size();
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read the audit trail"));
  if (expected != at.next) return loss(expected, "is missing; the trail ended later");
  if (at.first != at.next && digest != at.last_digest) return loss(expected - 1, "the last row was altered");
  return at.next - at.first;
}

}  // namespace chengxin::storage
