// Verify: the log folded again, beside the views it is compared with.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "rocksdb/env.h"
#include "storage/digest.h"
#include "storage/fold.h"
#include "storage/head.h"
#include "storage/resources.h"
#include "storage/sealed_parts.h"
#include "storage/status.h"
#include "storage/tables.h"

namespace chengxin::storage {

namespace {

// Bytes folded before they are written to the scratch folder.
constexpr size_t kBatchBytes = size_t{8} << 20;
// Revisions between two reports.
constexpr uint64_t kReportEvery = 1'000;

constexpr Table kViews[] = {
    Table::kStamps,       Table::kOrganizations,  Table::kRecords,   Table::kRecordKeys,
    Table::kListings,     Table::kListingChanges, Table::kStandings, Table::kNames,
    Table::kRequests,     Table::kCatalogues,     Table::kSources,   Table::kCases,
    Table::kApplications, Table::kAwards,         Table::kReceipts,  Table::kParties,
    Table::kDues,         Table::kAliases,        Table::kMeta};

absl::Status Loss(uint64_t revision, std::string_view what) {
  return absl::DataLossError(StrCat("revision ", revision, ": ", what));
}

absl::StatusOr<std::unique_ptr<Tables>> OpenExisting(const StoreOptions& options) {
  rocksdb::Env* const env = options.env != nullptr ? options.env : rocksdb::Env::Default();
  if (!env->FileExists(options.folder + "/CURRENT").ok()) {
    return absl::NotFoundError(StrCat("folder ", options.folder, " holds no data folder"));
  }
  return Tables::Open(options);
}

absl::StatusOr<std::unique_ptr<Tables>> OpenScratch(const StoreOptions& options, const std::string& scratch) {
  StoreOptions scratch_options = options;
  scratch_options.folder = scratch;
  rocksdb::Env* const env = options.env != nullptr ? options.env : rocksdb::Env::Default();
  std::vector<std::string> names;
  if (env->FileExists(scratch).ok()) {
    CHENGXIN_RETURN_IF_ERROR(ToStatus(env->GetChildren(scratch, &names), StrCat("list ", scratch)));
  }
  std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
  if (!names.empty()) return absl::FailedPreconditionError(StrCat("folder ", scratch, " is not empty"));
  return Tables::Open(scratch_options);
}

// Reads the sealed parts beside the log, Change by Change: each must belong to an event and match its digest.
// One that is not there is missed by nothing, which is no fault.
class SealedCheck {
 public:
  explicit SealedCheck(const Tables& tables)
      : tables_(tables), rows_(tables.IterateAll(Table::kSealed, /*streaming=*/true)) {
    rows_->SeekToFirst();
  }

  absl::Status Check(const log::v1::Change& change) {
    for (; rows_->Valid(); rows_->Next()) {
      const std::string_view key = ViewOf(rows_->key());
      if (key.size() != kRevisionSize + 4) return Unreadable(Table::kSealed, key);
      if (ReadBigEndian64(key) > change.revision()) return absl::OkStatus();
      if (ReadBigEndian64(key) < change.revision()) return Stray();
      CHENGXIN_RETURN_IF_ERROR(CheckRow(change, ReadBigEndian32(key.substr(kRevisionSize))));
    }
    return ToStatus(rows_->status(), "read sealed");
  }

  // After the last Change.
  absl::Status CheckEnd() {
    if (rows_->Valid()) return Stray();
    return ToStatus(rows_->status(), "read sealed");
  }

  // Whether exactly those parts were destroyed that the log orders to be: `folded` holds what is left of
  // them.
  absl::Status CheckDestroyed(const Tables& folded) {
    const RowIterator ordered = folded.IterateAll(Table::kSealed, /*streaming=*/true);
    for (ordered->SeekToFirst(); ordered->Valid(); ordered->Next()) {
      std::string row;
      CHENGXIN_ASSIGN_OR_RETURN(const bool found, tables_.Get(Table::kSealed, ViewOf(ordered->key()), row));
      if (!found) continue;
      if (row != ViewOf(ordered->value())) {
        return absl::DataLossError(StrCat("sealed keeps a part that the log orders to be destroyed: key ",
                                          KeyForPeople(ViewOf(ordered->key()))));
      }
      --destroyed_;
    }
    CHENGXIN_RETURN_IF_ERROR(ToStatus(ordered->status(), "read the scratch folder"));
    if (destroyed_ == 0) return absl::OkStatus();
    return absl::DataLossError("sealed lacks a part that the log does not order to be destroyed");
  }

 private:
  absl::Status Stray() const {
    return absl::DataLossError(
        StrCat("sealed has a row without a Change: key ", KeyForPeople(ViewOf(rows_->key()))));
  }

  absl::Status CheckRow(const log::v1::Change& change, uint32_t ordinal) {
    CHENGXIN_ASSIGN_OR_RETURN(
        const std::optional<log::v1::SealedPart> part,
        OpenSealedRow(ViewOf(rows_->key()), ViewOf(rows_->value()), tables_.sealing_keys()));
    if (!part.has_value()) {
      ++destroyed_;
      return absl::OkStatus();
    }
    // The header holds the salt of a request that is not kept: nothing to compare it with.
    if (ordinal == 0) return absl::OkStatus();
    if (ordinal > static_cast<uint32_t>(change.events_size())) return Stray();
    const std::string& digest = change.events(static_cast<int>(ordinal) - 1).sealed_digest();
    if (Sha256(part->salt(), part->content()) != digest) {
      return Loss(change.revision(),
                  StrCat("the sealed part of event ", ordinal, " does not match its digest"));
    }
    return absl::OkStatus();
  }

  const Tables& tables_;
  RowIterator rows_;
  int64_t destroyed_ = 0;
};

// Folds the log of one folder into another.
class Refold {
 public:
  Refold(const Tables& from, Tables& into, uint64_t head,
         const std::function<void(uint64_t, uint64_t)>& report)
      : from_(from), into_(into), head_revision_(head), report_(report), overlay_(into), sealed_(from) {}

  absl::Status Run() {
    const RowIterator rows = from_.IterateAll(Table::kLog, /*streaming=*/true);
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
      CHENGXIN_RETURN_IF_ERROR(FoldOne(ViewOf(rows->key()), ViewOf(rows->value())));
      if (overlay_.bytes() >= kBatchBytes) CHENGXIN_RETURN_IF_ERROR(Write());
      if (report_ && (last_.revision % kReportEvery == 0 || last_.revision == head_revision_)) {
        report_(last_.revision, head_revision_);
      }
    }
    CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read the log"));
    CHENGXIN_RETURN_IF_ERROR(sealed_.CheckEnd());
    if (last_.revision == 0) return absl::OkStatus();
    PutFoldState(state_, last_.revision, overlay_);
    PutHead(last_, overlay_);
    CHENGXIN_RETURN_IF_ERROR(Write());
    return sealed_.CheckDestroyed(into_);
  }

 private:
  absl::Status FoldOne(std::string_view key, std::string_view bytes) {
    const uint64_t revision = last_.revision + 1;
    log::v1::Change change;
    if (key.size() != kRevisionSize || ReadBigEndian64(key) != revision) {
      return Loss(revision, StrCat("the log goes on with key ", KeyForPeople(key)));
    }
    if (!change.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return Unreadable(Table::kLog, key);
    }
    if (change.revision() != revision) return Loss(revision, "the Change names another revision");
    const absl::Time stamp = absl::FromUnixNanos(StampOf(change));
    if (stamp <= last_.stamp) return Loss(revision, "its stamp is not later than that of the Change before");
    if (change.previous_leaf_hash() != last_.leaf_hash)
      return Loss(revision, "it does not follow the Change before");
    CHENGXIN_RETURN_IF_ERROR(sealed_.Check(change));
    const absl::StatusOr<std::vector<Place>> places = PlacesOf(change);
    if (!places.ok()) return Loss(revision, ToStd(places.status().message()));
    std::vector<log::v1::Standing> standings;
    if (absl::Status folded = Fold(change, *places, overlay_, state_, standings); !folded.ok()) {
      return Loss(revision, ToStd(folded.message()));
    }
    last_ = Head{.revision = revision, .stamp = stamp, .leaf_hash = LeafHash(bytes)};
    return absl::OkStatus();
  }

  absl::Status Write() {
    CHENGXIN_ASSIGN_OR_RETURN(rocksdb::WriteBatch* const batch, overlay_.batch());
    rocksdb::WriteOptions scratch;
    scratch.disableWAL = true;
    CHENGXIN_RETURN_IF_ERROR(ToStatus(into_.db().Write(scratch, batch), "write to the scratch folder"));
    overlay_.Forget();
    return absl::OkStatus();
  }

  const Tables& from_;
  Tables& into_;
  const uint64_t head_revision_;
  const std::function<void(uint64_t, uint64_t)>& report_;
  Overlay overlay_;
  SealedCheck sealed_;
  FoldState state_;
  Head last_{.revision = 0, .stamp = absl::InfinitePast(), .leaf_hash = ""};
};

// Moves on to the next row that the log gives, or may: which clock a folder keeps does not follow from it,
// nor what is still to be purged.
void SkipUncompared(Table table, rocksdb::Iterator& rows) {
  if (table != Table::kMeta) return;
  while (rows.Valid() &&
         (ViewOf(rows.key()) == kSimulatedClockKey || ViewOf(rows.key()).starts_with(kPurgePrefix))) {
    rows.Next();
  }
}

absl::Status CompareTable(const Tables& stored, const Tables& folded, Table table) {
  const RowIterator a = stored.IterateAll(table, /*streaming=*/true);
  const RowIterator b = folded.IterateAll(table, /*streaming=*/true);
  const auto difference = [&](std::string_view what, const rocksdb::Iterator& at) {
    return absl::DataLossError(
        StrCat("view ", TableName(table), " ", what, ": key ", KeyForPeople(ViewOf(at.key()))));
  };
  const auto skip = [&] {
    SkipUncompared(table, *a);
    SkipUncompared(table, *b);
  };
  a->SeekToFirst();
  b->SeekToFirst();
  for (skip(); a->Valid() && b->Valid(); a->Next(), b->Next(), skip()) {
    const int order = a->key().compare(b->key());
    if (order < 0) return difference("has a row that the log does not give", *a);
    if (order > 0) return difference("lacks a row that the log gives", *b);
    if (a->value() != b->value()) return difference("has another value than the log gives", *a);
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(a->status(), StrCat("read ", TableName(table))));
  CHENGXIN_RETURN_IF_ERROR(ToStatus(b->status(), "read the scratch folder"));
  if (a->Valid()) return difference("has a row that the log does not give", *a);
  if (b->Valid()) return difference("lacks a row that the log gives", *b);
  return absl::OkStatus();
}

}  // namespace

absl::Status Verify(const StoreOptions& folder, const std::string& scratch,
                    const std::function<void(uint64_t revision, uint64_t head)>& report) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::unique_ptr<Tables> stored, OpenExisting(folder));
  CHENGXIN_ASSIGN_OR_RETURN(const Head head, ReadHead(*stored));
  CHENGXIN_ASSIGN_OR_RETURN(const std::unique_ptr<Tables> folded, OpenScratch(folder, scratch));
  CHENGXIN_RETURN_IF_ERROR(Refold(*stored, *folded, head.revision, report).Run());
  for (const Table table : kViews) CHENGXIN_RETURN_IF_ERROR(CompareTable(*stored, *folded, table));
  return absl::OkStatus();
}

}  // namespace chengxin::storage
