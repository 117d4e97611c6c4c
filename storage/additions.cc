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

}  // namespace

void PutAdditions(const Tables& tables, rocksdb::WriteBatch& batch) {
  batch.Put(tables.handle(Table::kMeta), SliceOf(kAdditionsKey), AdditionsValue());
}

absl::Status AddWhatIsMissing(const Tables& tables) {
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool noted, tables.Get(Table::kMeta, kAdditionsKey, value));
  if (noted) {
    if (value == AdditionsValue()) return absl::OkStatus();
    return absl::FailedPreconditionError("the folder has tables that this program does not know");
  }
  // The programs that wrote such a folder knew neither cases nor changes of a code: of all that was added
  // only the dues of listings follow from its log.
  rocksdb::WriteBatch batch;
  const RowIterator listings = tables.IterateAll(Table::kListings, /*streaming=*/true);
  CHENGXIN_RETURN_IF_ERROR(ScanResources<v1::Listing>(
      tables, *listings, Table::kListings, "", "", kNewest, Sealed::kLeaveOut, [&](v1::Listing listing) {
        log::v1::Event event;
        *event.mutable_listing()->mutable_listing() = std::move(listing);
        for (const DerivedRow& row : DerivedRowsOf(event)) batch.Put(tables.handle(row.table), row.key, "");
        return true;
      }));
  PutAdditions(tables, batch);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  return ToStatus(tables.db().Write(synced, &batch), "add the tables the folder lacks");
}

}  // namespace chengxin::storage
