// The store's reads of cases, applications, awards and receipts, of dues, and of codes.
#include <utility>

#include "base/status.h"
#include "storage/derived_rows.h"
#include "storage/resources.h"
#include "storage/status.h"
#include "storage/store_impl.h"

namespace chengxin::storage {

absl::StatusOr<std::optional<v1::Case>> StoreImpl::FindCase(domain::RecordId id, uint64_t at,
                                                            Sealed sealed) const {
  return ReadResource<v1::Case>(*tables_, Table::kCases, RecordIdValue(id), at, sealed);
}

absl::StatusOr<std::optional<v1::Application>> StoreImpl::FindApplication(domain::RecordId id, uint64_t at,
                                                                          Sealed sealed) const {
  return ReadResource<v1::Application>(*tables_, Table::kApplications, RecordIdValue(id), at, sealed);
}

absl::StatusOr<std::optional<v1::Award>> StoreImpl::FindAward(domain::RecordId id, uint64_t at) const {
  return ReadResource<v1::Award>(*tables_, Table::kAwards, RecordIdValue(id), at, Sealed::kMerge);
}

absl::StatusOr<std::optional<v1::Receipt>> StoreImpl::FindReceipt(uint64_t revision, uint64_t at) const {
  return ReadResource<v1::Receipt>(*tables_, Table::kReceipts, RevisionKey(revision), at, Sealed::kMerge);
}

absl::Status StoreImpl::ScanCases(const Party& party, std::optional<domain::RecordId> after, bool only_open,
                                  uint64_t at, Sealed sealed,
                                  const std::function<bool(v1::Case)>& visit) const {
  return ScanDocket<v1::Case>(*tables_, Table::kCases, DocketPrefix(party, Docket::kCases, only_open), after,
                              at, sealed, visit);
}

absl::Status StoreImpl::ScanApplications(const Party& party, std::optional<domain::RecordId> after,
                                         bool only_open, uint64_t at, Sealed sealed,
                                         const std::function<bool(v1::Application)>& visit) const {
  return ScanDocket<v1::Application>(*tables_, Table::kApplications,
                                     DocketPrefix(party, Docket::kApplications, only_open), after, at, sealed,
                                     visit);
}

absl::Status StoreImpl::ScanAwards(const Party& party, std::optional<domain::RecordId> after, bool only_open,
                                   uint64_t at, const std::function<bool(v1::Award)>& visit) const {
  return ScanDocket<v1::Award>(*tables_, Table::kAwards, DocketPrefix(party, Docket::kAwards, only_open),
                               after, at, Sealed::kMerge, visit);
}

absl::Status StoreImpl::ScanReceipts(const Party& party, std::optional<uint64_t> after,
                                     const std::function<bool(v1::Receipt)>& visit) const {
  std::optional<domain::RecordId> after_id;
  if (after.has_value()) after_id = domain::RecordId{.revision = *after, .ordinal = 0};
  return ScanDocket<v1::Receipt>(*tables_, Table::kReceipts,
                                 DocketPrefix(party, Docket::kReceipts, /*only_open=*/false), after_id,
                                 kNewest, Sealed::kMerge, visit);
}

absl::Status StoreImpl::ScanLateCaptures(const std::string& authority,
                                         std::optional<domain::RecordName> after, uint64_t at, Sealed sealed,
                                         const std::function<bool(v1::CreditRecord)>& visit) const {
  const std::string prefix =
      DocketPrefix(Party::Authority(authority), Docket::kLateCaptures, /*only_open=*/false);
  const std::string start = after.has_value() ? DocketKey(prefix, after->id) + after->code : prefix;
  const RowIterator docket = tables_->Iterate(Table::kParties);
  for (docket->Seek(SliceOf(start)); docket->Valid(); docket->Next()) {
    const std::string_view key = ViewOf(docket->key());
    if (!key.starts_with(prefix)) break;
    if (after.has_value() && key == start) continue;
    const std::optional<domain::RecordName> name = RecordOfDocketKey(key.substr(prefix.size()));
    if (!name.has_value()) return Unreadable(Table::kParties, key);
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::CreditRecord> found,
                              FindRecord(name->code, name->id, at, sealed));
    if (found.has_value() && !visit(*std::move(found))) break;
  }
  return DocketStatus(*docket);
}

absl::Status StoreImpl::ScanDues(const std::optional<log::v1::Due>& from, absl::Time until,
                                 const std::function<bool(log::v1::Due)>& visit) const {
  const RowIterator rows = tables_->Iterate(Table::kDues);
  const int64_t until_ns = absl::ToUnixNanos(until);
  if (from.has_value()) {
    rows->Seek(DueKey(*from));
  } else {
    rows->SeekToFirst();
  }
  for (; rows->Valid(); rows->Next()) {
    std::optional<log::v1::Due> due = ParseDueKey(ViewOf(rows->key()));
    if (!due.has_value()) return Unreadable(Table::kDues, ViewOf(rows->key()));
    if (due->nominal_ns() > until_ns || !visit(*std::move(due))) break;
  }
  return ToStatus(rows->status(), "read dues");
}

absl::StatusOr<bool> StoreImpl::HasDue(const log::v1::Due& due) const {
  std::string value;
  return tables_->Get(Table::kDues, DueKey(due), value);
}

absl::StatusOr<std::optional<std::string>> StoreImpl::FindFirstCode(std::string_view code,
                                                                    uint64_t at) const {
  return ReadFirstCode(*tables_, code, at);
}

absl::Status StoreImpl::ScanAliases(
    const std::function<void(std::string_view code, std::string_view first_code, uint64_t revision)>& visit)
    const {
  const RowIterator rows = tables_->IterateAll(Table::kAliases, /*streaming=*/true);
  for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
    const std::string_view code = ViewOf(rows->key());
    const std::optional<Alias> alias = ParseAliasValue(ViewOf(rows->value()));
    if (!alias.has_value() || code.size() != kCodeSize) return Unreadable(Table::kAliases, code);
    visit(code, alias->first_code, alias->revision);
  }
  return ToStatus(rows->status(), "read aliases");
}

}  // namespace chengxin::storage
