#include "storage/overlay.h"

#include <utility>

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

Overlay::Overlay(const Tables& tables, std::shared_ptr<const Overlay> below)
    : tables_(tables),
      below_(std::move(below)),
      batch_(rocksdb::BytewiseComparator(), /*reserved_bytes=*/0, /*overwrite_key=*/true) {}

std::unique_ptr<rocksdb::Iterator> Overlay::NewIterator(Table table) const {
  std::unique_ptr<rocksdb::Iterator> base(below_ != nullptr ? below_->NewIterator(table).release()
                                                            : tables_.Iterate(table).release());
  if (!touched_[static_cast<size_t>(table)]) return base;
  return std::unique_ptr<rocksdb::Iterator>(
      batch_.NewIteratorWithBase(tables_.handle(table), base.release()));
}

RowIterator Overlay::Iterate(Table table) const {
  std::unique_ptr<rocksdb::Iterator>& iterator = iterators_[static_cast<size_t>(table)];
  if (iterator == nullptr) iterator = NewIterator(table);
  return RowIterator(iterator.get(), ReleaseRows{.owned = false});
}

const std::optional<std::string>* Overlay::FindGot(Table table, std::string_view key) const {
  const auto& got = got_[static_cast<size_t>(table)];
  if (const auto it = got.find(ToAbsl(key)); it != got.end()) return &it->second;
  return below_ != nullptr ? below_->FindGot(table, key) : nullptr;
}

absl::StatusOr<bool> Overlay::Get(Table table, std::string_view key, std::string& value) const {
  const std::optional<std::string>* got = FindGot(table, key);
  if (got == nullptr) return tables_.Get(table, key, value);
  if (!got->has_value()) return false;
  value = **got;
  return true;
}

void Overlay::Touch(Table table) {
  if (touched_[static_cast<size_t>(table)]) return;
  touched_[static_cast<size_t>(table)] = true;
  iterators_[static_cast<size_t>(table)].reset();
}

void Overlay::Put(Table table, std::string_view key, std::string_view value) {
  rocksdb::ColumnFamilyHandle* const handle = tables_.handle(table);
  const Reading reading = ReadingOf(table);
  if (reading == Reading::kIterated) {
    Touch(table);
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
    Touch(table);
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
  touched_.fill(false);
  batch_.Clear();
}

void Overlay::LetGo() {
  for (auto& iterator : iterators_) iterator.reset();
  below_.reset();
}

void Overlay::Note(const rocksdb::Status& status) {
  if (failure_.ok()) failure_ = ToStatus(status, "put into the group's batch");
}

}  // namespace chengxin::storage
