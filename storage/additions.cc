#include "storage/additions.h"

#include <string>

#include "base/status.h"
#include "base/strings.h"
#include "storage/derived_rows.h"
#include "storage/resources.h"
#include "storage/status.h"

namespace chengxin::storage {

namespace {

std::string AdditionsValue() {
  std::string value;
  AppendBigEndian32(kAdditions, value);
  return value;
}

// How many the folder has; 0 where it does not say.
absl::StatusOr<uint32_t> ReadAdditions(const Tables& tables) {
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool noted, tables.Get(Table::kMeta, kAdditionsKey, value));
  if (!noted) return 0;
  if (value.size() != 4) return Unreadable(Table::kMeta, kAdditionsKey);
  return ReadBigEndian32(value);
}

// The first addition. The programs that wrote a folder without it knew neither cases nor changes of a code:
// of all that was added only the dues of listings follow from its log.
absl::Status AddDues(const Tables& tables, rocksdb::WriteBatch& batch) {
  const RowIterator listings = tables.IterateAll(Table::kListings, /*streaming=*/true);
  return ScanResources<v1::Listing>(tables, *listings, Table::kListings, "", "", kNewest, Sealed::kLeaveOut,
                                    [&](v1::Listing listing) {
                                      log::v1::Event event;
                                      *event.mutable_listing()->mutable_listing() = std::move(listing);
                                      for (const DerivedRow& row : DerivedRowsOf(event))
                                        batch.Put(tables.handle(row.table), row.key, "");
                                      return true;
                                    });
}

}  // namespace

void PutAdditions(const Tables& tables, rocksdb::WriteBatch& batch) {
  batch.Put(tables.handle(Table::kMeta), SliceOf(kAdditionsKey), AdditionsValue());
}

absl::Status AddWhatIsMissing(const Tables& tables) {
  CHENGXIN_ASSIGN_OR_RETURN(const uint32_t noted, ReadAdditions(tables));
  if (noted == kAdditions) return absl::OkStatus();
  if (noted > kAdditions) {
    return absl::FailedPreconditionError("the folder has additions that this program does not know");
  }
  rocksdb::WriteBatch batch;
  if (noted < 1) CHENGXIN_RETURN_IF_ERROR(AddDues(tables, batch));
  PutAdditions(tables, batch);
  return ToStatus(tables.db().Write(Synced(), &batch), "add what the folder lacks");
}

}  // namespace chengxin::storage
