// Reads resources from rows, the tables' or a group's. Private to storage.
//
// All answer DataLoss for rows that do not parse. Codes that are not 18 bytes long find nothing.
#ifndef CHENGXIN_STORAGE_RESOURCES_H_
#define CHENGXIN_STORAGE_RESOURCES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/status.h"
#include "base/strings.h"
#include "storage/derived_rows.h"
#include "storage/store.h"
#include "storage/tables.h"
#include "storage/versions.h"

namespace chengxin::storage {

absl::Status Unreadable(Table table, std::string_view key);

// Merges the sealed part of a version back in, where it is there; one that was destroyed leaves the resource
// as it is.
absl::Status MergeSealed(const Rows& rows, uint64_t revision, uint32_t ordinal,
                         google::protobuf::Message& resource);

// Why an iterator over `parties` ended; Ok at the end of its rows.
absl::Status DocketStatus(const rocksdb::Iterator& docket);

// Parses the row of a version.
template <typename Resource>
absl::Status ParseVersion(const Rows& rows, Table table, std::string_view resource, uint64_t revision,
                          std::string_view value, Sealed sealed, Resource& out) {
  const std::optional<Version> version = ReadVersion(value);
  if (!version.has_value() ||
      !out.ParseFromArray(version->bytes.data(), static_cast<int>(version->bytes.size()))) {
    return Unreadable(table, VersionKey(resource, revision));
  }
  if (sealed == Sealed::kLeaveOut || !version->sealed) return absl::OkStatus();
  return MergeSealed(rows, revision, version->ordinal, out);
}

// The newest version at or before `at`; sets `revision` to its own where it is not null.
template <typename Resource>
absl::StatusOr<std::optional<Resource>> ReadResource(const Rows& rows, Table table, std::string_view resource,
                                                     uint64_t at, Sealed sealed,
                                                     uint64_t* revision = nullptr) {
  const RowIterator row = rows.Iterate(table);
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, SeekVersion(*row, resource, at));
  if (!found) return std::nullopt;
  const uint64_t found_revision = RevisionOf(ViewOf(row->key()));
  if (revision != nullptr) *revision = found_revision;
  std::optional<Resource> message(std::in_place);
  CHENGXIN_RETURN_IF_ERROR(
      ParseVersion(rows, table, resource, found_revision, ViewOf(row->value()), sealed, *message));
  return message;
}

// Visits the newest versions at or before `at` of resources from `from` on whose keys begin with `prefix`.
template <typename Resource>
absl::Status ScanResources(const Rows& rows, rocksdb::Iterator& iterator, Table table, std::string_view from,
                           std::string_view prefix, uint64_t at, Sealed sealed,
                           absl::FunctionRef<bool(Resource)> visit) {
  absl::Status failure;
  const absl::Status scanned = ScanVersions(
      iterator, from, prefix, at, [&](std::string_view resource, uint64_t revision, std::string_view value) {
        Resource message;
        failure = ParseVersion(rows, table, resource, revision, value, sealed, message);
        return failure.ok() && visit(std::move(message));
      });
  return failure.ok() ? scanned : failure;
}

// Visits what a party has on a docket, newest first, after `after`. `prefix` is DocketPrefix's; the resources
// are those of `table` at or before `at`, and one that was not there then is passed over.
template <typename Resource>
absl::Status ScanDocket(const Rows& rows, Table table, std::string_view prefix,
                        std::optional<domain::RecordId> after, uint64_t at, Sealed sealed,
                        absl::FunctionRef<bool(Resource)> visit) {
  const RowIterator docket = rows.Iterate(Table::kParties);
  const std::string start = after.has_value() ? DocketKey(std::string(prefix), *after) : std::string(prefix);
  for (docket->Seek(SliceOf(start)); docket->Valid(); docket->Next()) {
    const std::string_view key = ViewOf(docket->key());
    if (!key.starts_with(prefix)) break;
    if (after.has_value() && key == start) continue;
    const std::optional<domain::RecordId> id = IdOfDocketKey(key.substr(prefix.size()));
    if (!id.has_value()) return Unreadable(Table::kParties, key);
    const std::string resource = table == Table::kReceipts ? RevisionKey(id->revision) : RecordIdValue(*id);
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<Resource> found,
                              ReadResource<Resource>(rows, table, resource, at, sealed));
    if (found.has_value() && !visit(*std::move(found))) break;
  }
  return DocketStatus(*docket);
}

// The code by which the organization of `code` was first known, as known at a revision; nothing where none
// had it.
absl::StatusOr<std::optional<std::string>> ReadFirstCode(const Rows& rows, std::string_view code,
                                                         uint64_t at);

// The last reading of a source, complete or not; nothing where there is none.
absl::StatusOr<std::optional<log::v1::SourceRead>> ReadSourceRead(const Rows& rows, std::string_view source);

// The record made from a source's key.
absl::StatusOr<std::optional<v1::CreditRecord>> ReadRecordByKey(const Rows& rows, std::string_view code,
                                                                std::string_view source,
                                                                std::string_view source_key);

// NotFound where the log does not have the revision.
absl::StatusOr<std::string> ReadChangeBytes(const Rows& rows, uint64_t revision);
absl::StatusOr<log::v1::Change> ReadWholeChange(const Rows& rows, uint64_t revision);

absl::StatusOr<std::optional<PastRequest>> ReadRequest(const Rows& rows, std::string_view subject,
                                                       std::string_view request_id, std::string_view request,
                                                       absl::Time now);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_RESOURCES_H_
