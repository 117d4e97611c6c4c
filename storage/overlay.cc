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

Overlay::Overlay(const Tables& tables, std::shared_ptr<const Overlay> below, TableIterators idle)
    : tables_(tables), below_(std::move(below)), idle_(std::move(idle)) {}

RowIterator Overlay::Iterate(Table table) const {
  const auto index = static_cast<size_t>(table);
  std::optional<LayeredRows>& rows = rows_[index];
  if (!rows.has_value()) {
    std::unique_ptr<rocksdb::Iterator>& iterator = iterators_[index];
    iterator = std::move(idle_[index]);
    if (iterator == nullptr || !iterator->Refresh().ok()) iterator.reset(tables_.Iterate(table).release());
    rows.emplace(*iterator, written_[index], below_ != nullptr ? &below_->written_[index] : nullptr);
  }
  return RowIterator(&*rows, ReleaseRows{.owned = false});
}

const std::optional<std::string>* Overlay::FindGot(Table table, std::string_view key) const {
  const auto& got = got_[static_cast<size_t>(table)];
  if (const auto it = got.find(ToAbsl(key)); it != got.end()) return &it->second;
  if (below_ == nullptr) return nullptr;
  // No further down: what lies beneath that is in the tables.
  const auto& below = below_->got_[static_cast<size_t>(table)];
  const auto it = below.find(ToAbsl(key));
  return it != below.end() ? &it->second : nullptr;
}

absl::StatusOr<bool> Overlay::Get(Table table, std::string_view key, std::string& value) const {
  const std::optional<std::string>* got = FindGot(table, key);
  if (got == nullptr) return tables_.Get(table, key, value);
  if (!got->has_value()) return false;
  value = **got;
  return true;
}

void Overlay::Put(Table table, std::string_view key, std::string_view value) {
  Note(batch_.Put(tables_.handle(table), SliceOf(key), SliceOf(value)));
  Write(table, key, value);
}

void Overlay::Delete(Table table, std::string_view key) {
  Note(batch_.Delete(tables_.handle(table), SliceOf(key)));
  Write(table, key, std::nullopt);
}

void Overlay::Write(Table table, std::string_view key, std::optional<std::string_view> value) {
  const auto index = static_cast<size_t>(table);
  switch (ReadingOf(table)) {
    case Reading::kIterated:
      written_[index].insert_or_assign(std::string(key), value);
      if (rows_[index].has_value()) rows_[index]->Changed();
      break;
    case Reading::kGot:
      got_[index].insert_or_assign(std::string(key), value);
      break;
    case Reading::kNone:
      break;
  }
}

absl::StatusOr<rocksdb::WriteBatch*> Overlay::batch() {
  if (!failure_.ok()) return failure_;
  return &batch_;
}

void Overlay::Forget() {
  for (std::optional<LayeredRows>& rows : rows_) rows.reset();
  iterators_ = {};
  for (auto& table : written_) table.clear();
  for (auto& table : got_) table.clear();
  batch_.Clear();
}

void Overlay::LetGo() { below_.reset(); }

TableIterators Overlay::TakeIterators() const {
  for (std::optional<LayeredRows>& rows : rows_) rows.reset();
  TableIterators taken = std::move(idle_);
  for (size_t i = 0; i < taken.size(); ++i) {
    if (iterators_[i] != nullptr) taken[i] = std::move(iterators_[i]);
  }
  return taken;
}

void Overlay::Note(const rocksdb::Status& status) {
  if (failure_.ok()) failure_ = ToStatus(status, "put into the group's batch");
}

}  // namespace chengxin::storage
