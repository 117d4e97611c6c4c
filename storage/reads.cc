#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/status.h"
#include "base/strings.h"
#include "storage/name_index.h"
#include "storage/resources.h"
#include "storage/status.h"
#include "storage/store_impl.h"

namespace chengxin::storage {

namespace {

// Keys of the index that one search looks at, at most.
constexpr int kMaximumNameKeys = 100'000;
// Stored names that one search for a text longer than the indexed suffixes looks at, at most.
constexpr int kMaximumNamesRead = 2'000;

}  // namespace

absl::StatusOr<std::string> StoreImpl::ReadChangeBytes(uint64_t revision) const {
  return storage::ReadChangeBytes(*tables_, revision);
}

absl::StatusOr<log::v1::Change> StoreImpl::ReadWholeChange(uint64_t revision) const {
  return storage::ReadWholeChange(*tables_, revision);
}

absl::StatusOr<uint64_t> StoreImpl::RevisionAt(absl::Time instant) const {
  const int64_t ns = absl::ToUnixNanos(instant);
  if (ns <= 0) return 0;
  const RowIterator rows = tables_->Iterate(Table::kStamps);
  rows->SeekForPrev(StampKey(ns));
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read stamps"));
  if (!rows->Valid()) return 0;
  if (rows->value().size() < kRevisionSize) return Unreadable(Table::kStamps, ViewOf(rows->key()));
  return ReadBigEndian64(ViewOf(rows->value()));
}

absl::StatusOr<std::optional<v1::Organization>> StoreImpl::FindOrganization(std::string_view code,
                                                                            uint64_t at,
                                                                            Sealed sealed) const {
  if (code.size() != kCodeSize) return std::nullopt;
  return ReadResource<v1::Organization>(*tables_, Table::kOrganizations, code, at, sealed);
}

absl::StatusOr<std::optional<v1::CreditRecord>> StoreImpl::FindRecord(std::string_view code,
                                                                      domain::RecordId id, uint64_t at,
                                                                      Sealed sealed) const {
  if (code.size() != kCodeSize) return std::nullopt;
  return ReadResource<v1::CreditRecord>(*tables_, Table::kRecords, RecordResource(code, id), at, sealed);
}

absl::StatusOr<std::optional<v1::Listing>> StoreImpl::FindListing(const domain::ListingId& id,
                                                                  uint64_t at) const {
  if (id.code.size() != kCodeSize) return std::nullopt;
  return ReadResource<v1::Listing>(*tables_, Table::kListings, ListingResource(id), at, Sealed::kMerge);
}

absl::StatusOr<std::optional<Store::StandingAt>> StoreImpl::FindStanding(std::string_view code,
                                                                         uint64_t at) const {
  if (code.size() != kCodeSize) return std::nullopt;
  uint64_t revision = 0;
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<log::v1::Standing> standing,
      ReadResource<log::v1::Standing>(*tables_, Table::kStandings, code, at, Sealed::kLeaveOut, &revision));
  if (!standing.has_value()) return std::nullopt;
  return StandingAt{*std::move(standing), revision};
}

absl::StatusOr<std::optional<Store::CatalogueAt>> StoreImpl::FindCatalogue(uint64_t at) const {
  uint64_t revision = 0;
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<v1::Catalogue> catalogue,
      ReadResource<v1::Catalogue>(*tables_, Table::kCatalogues, "", at, Sealed::kLeaveOut, &revision));
  if (!catalogue.has_value()) return std::nullopt;
  return CatalogueAt{*std::move(catalogue), revision};
}

absl::StatusOr<std::optional<log::v1::SourceRead>> StoreImpl::FindCompleteRead(std::string_view source,
                                                                               uint64_t at) const {
  return ReadResource<log::v1::SourceRead>(*tables_, Table::kSources, SourceResource(source, true), at,
                                           Sealed::kLeaveOut);
}

absl::Status StoreImpl::ScanOrganizations(std::string_view after_code, uint64_t at, Sealed sealed,
                                          const std::function<bool(v1::Organization)>& visit) const {
  const RowIterator rows = tables_->IterateAll(Table::kOrganizations, /*streaming=*/false);
  const std::string from = after_code.empty() ? "" : AfterResource(after_code);
  return ScanResources<v1::Organization>(*tables_, *rows, Table::kOrganizations, from, "", at, sealed, visit);
}

absl::Status StoreImpl::ScanRecords(std::string_view code, std::optional<domain::RecordId> after, uint64_t at,
                                    Sealed sealed, const std::function<bool(v1::CreditRecord)>& visit) const {
  if (code.size() != kCodeSize) return absl::OkStatus();
  const RowIterator rows = tables_->Iterate(Table::kRecords);
  const std::string from =
      after.has_value() ? AfterResource(RecordResource(code, *after)) : std::string(code);
  return ScanResources<v1::CreditRecord>(*tables_, *rows, Table::kRecords, from, code, at, sealed, visit);
}

absl::Status StoreImpl::ScanListings(std::optional<domain::ListingId> after, uint64_t at,
                                     const std::function<bool(v1::Listing)>& visit) const {
  const RowIterator rows = tables_->IterateAll(Table::kListings, /*streaming=*/false);
  const std::string from = after.has_value() ? AfterResource(ListingResource(*after)) : "";
  return ScanResources<v1::Listing>(*tables_, *rows, Table::kListings, from, "", at, Sealed::kMerge, visit);
}

absl::StatusOr<std::vector<domain::ListingId>> StoreImpl::ListingsChangedBetween(uint64_t from,
                                                                                 uint64_t to) const {
  std::vector<domain::ListingId> listings;
  if (from >= to) return listings;
  absl::flat_hash_set<std::string> seen;
  const RowIterator rows = tables_->Iterate(Table::kListingChanges);
  for (rows->Seek(ListingChangeKey(from + 1, 0)); rows->Valid(); rows->Next()) {
    const std::string_view key = ViewOf(rows->key());
    if (key.size() < kRevisionSize) return Unreadable(Table::kListingChanges, key);
    if (ReadBigEndian64(key) > to) break;
    if (!seen.insert(std::string(ViewOf(rows->value()))).second) continue;
    std::optional<domain::ListingId> id = ParseListingResource(ViewOf(rows->value()));
    if (!id.has_value()) return Unreadable(Table::kListingChanges, key);
    listings.push_back(*std::move(id));
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read listing changes"));
  return listings;
}

absl::Status StoreImpl::ScanStandings(
    const std::function<void(const log::v1::Standing&, uint64_t revision)>& visit) const {
  const RowIterator rows = tables_->IterateAll(Table::kStandings, /*streaming=*/true);
  // One message for all: its strings keep their memory from row to row.
  log::v1::Standing standing;
  absl::Status failure;
  const absl::Status scanned = ScanVersions(
      *rows, "", "", kNewest, [&](std::string_view code, uint64_t revision, std::string_view value) {
        failure =
            ParseVersion(*tables_, Table::kStandings, code, revision, value, Sealed::kLeaveOut, standing);
        if (failure.ok()) visit(standing, revision);
        return failure.ok();
      });
  return failure.ok() ? scanned : failure;
}

absl::StatusOr<Store::NameSearch> StoreImpl::SearchNames(std::string_view text, int limit) const {
  const std::string folded = FoldName(text);
  if (CountCharacters(folded) < kMinimumSearchCharacters) {
    return absl::InvalidArgumentError(
        StrCat("a search for names needs at least ", kMinimumSearchCharacters, " characters"));
  }
  const std::string_view prefix = FirstCharacters(folded, kIndexedCharacters);
  const bool look_at_names = prefix.size() < folded.size();
  NameSearch found;
  absl::flat_hash_set<std::string> seen;
  int keys = 0;
  int names = 0;
  const RowIterator rows = tables_->Iterate(Table::kNames);
  for (rows->Seek(SliceOf(prefix)); rows->Valid(); rows->Next()) {
    const std::string_view key = ViewOf(rows->key());
    if (!key.starts_with(prefix)) break;
    const std::optional<std::string_view> code = CodeOfNameKey(key);
    if (!code.has_value()) return Unreadable(Table::kNames, key);
    if (++keys > kMaximumNameKeys) {
      found.truncated = true;
      break;
    }
    // The same name holds the text more than once.
    if (!seen.insert(std::string(*code)).second) continue;
    if (look_at_names) {
      if (++names > kMaximumNamesRead) {
        found.truncated = true;
        break;
      }
      CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> organization,
                                FindOrganization(*code, kNewest, Sealed::kLeaveOut));
      if (!organization.has_value() ||
          FoldName(organization->display_name()).find(folded) == std::string::npos)
        continue;
    }
    if (static_cast<int>(found.codes.size()) >= limit) {
      found.truncated = true;
      break;
    }
    found.codes.emplace_back(*code);
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read names"));
  return found;
}

}  // namespace chengxin::storage
