#include "storage/overlay.h"

#include "base/strings.h"
#include "storage/status.h"

namespace chengxin::storage {

namespace {

enum class Reading { kIterated, kGot, kNone };

Reading ReadingOf(Table table) {
  switch (table) {
    case Table::kOrganizations:
    case Table::kRecords:
    case Table::kListings:
    case Table::kStandings:
    case Table::kCatalogues:
    case Table::kSources:
    case Table::kStamps:
    case Table::kCases:
    case Table::kApplications:
    case Table::kAwards:
    case Table::kReceipts:
    case Table::kParties:
      return Reading::kIterated;
    case Table::kLog:
    case Table::kSealed:
    case Table::kRecordKeys:
    case Table::kRequests:
    case Table::kAliases:
      return Reading::kGot;
    case Table::kNames:
    case Table::kListingChanges:
    case Table::kDues:
    case Table::kMeta:
      return Reading::kNone;
  }
  return Reading::kNone;
}

}  // namespace

Overlay::Overlay(const Tables& tables)
    : tables_(tables), batch_(rocksdb::BytewiseComparator(), /*reserved_bytes=*/0, /*overwrite_key=*/true) {}

RowIterator Overlay::Iterate(Table table) const {
  std::unique_ptr<rocksdb::Iterator>& iterator = iterators_[static_cast<size_t>(table)];
  if (iterator == nullptr) {
    iterator.reset(batch_.NewIteratorWithBase(tables_.handle(table), tables_.Iterate(table).release()));
  }
  return RowIterator(iterator.get(), ReleaseRows{.owned = false});
}

absl::StatusOr<bool> Overlay::Get(Table table, std::string_view key, std::string& value) const {
  const auto& got = got_[static_cast<size_t>(table)];
  if (const auto it = got.find(ToAbsl(key)); it != got.end()) {
    if (!it->second.has_value()) return false;
    value = *it->second;
    return true;
  }
  return tables_.Get(table, key, value);
}

void Overlay::Put(Table table, std::string_view key, std::string_view value) {
  rocksdb::ColumnFamilyHandle* const handle = tables_.handle(table);
  const Reading reading = ReadingOf(table);
  if (reading == Reading::kIterated) {
    Note(batch_.Put(handle, SliceOf(key), SliceOf(value)));
    return;
  }
  Note(batch_.GetWriteBatch()->Put(handle, SliceOf(key), SliceOf(value)));
  if (reading == Reading::kGot)
    got_[static_cast<size_t>(table)].insert_or_assign(std::string(key), std::string(value));
}

void Overlay::Delete(Table table, std::string_view key) {
  rocksdb::ColumnFamilyHandle* const handle = tables_.handle(table);
  const Reading reading = ReadingOf(table);
  if (reading == Reading::kIterated) {
    Note(batch_.Delete(handle, SliceOf(key)));
    return;
  }
  Note(batch_.GetWriteBatch()->Delete(handle, SliceOf(key)));
  if (reading == Reading::kGot)
    got_[static_cast<size_t>(table)].insert_or_assign(std::string(key), std::nullopt);
}

absl::StatusOr<rocksdb::WriteBatch*> Overlay::batch() {
  if (!failure_.ok()) return failure_;
  return batch_.GetWriteBatch();
}

void Overlay::Forget() {
  for (auto& iterator : iterators_) iterator.reset();
  for (auto& table : got_) table.clear();
  batch_.Clear();
}

void Overlay::Note(const rocksdb::Status& status) {
  if (failure_.ok()) failure_ = ToStatus(status, "put into the group's batch");
}

}  // namespace chengxin::storage
