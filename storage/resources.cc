#include "storage/resources.h"

#include <utility>

#include "domain/seal.h"
#include "storage/digest.h"
#include "storage/keys.h"
#include "storage/sealed_parts.h"
#include "storage/status.h"

namespace chengxin::storage {

absl::Status Unreadable(Table table, std::string_view key) {
  return absl::DataLossError(
      StrCat("a row of ", TableName(table), " does not parse: key ", KeyForPeople(key)));
}

absl::Status MergeSealed(const Rows& rows, uint64_t revision, uint32_t ordinal,
                         google::protobuf::Message& resource) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::SealedPart> part,
                            ReadSealedPart(rows, revision, ordinal));
  if (part.has_value() && !domain::UnsealResource(part->content(), resource)) {
    return Unreadable(Table::kSealed, SealedKey(revision, ordinal));
  }
  return absl::OkStatus();
}

absl::Status DocketStatus(const rocksdb::Iterator& docket) {
  return ToStatus(docket.status(), "read parties");
}

absl::StatusOr<std::optional<std::string>> ReadFirstCode(const Rows& rows, std::string_view code,
                                                         uint64_t at) {
  if (code.size() != kCodeSize) return std::nullopt;
  const RowIterator row = rows.Iterate(Table::kStandings);
  CHENGXIN_ASSIGN_OR_RETURN(const bool is_first, SeekVersion(*row, code, at));
  if (is_first) return std::string(code);
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows.Get(Table::kAliases, code, value));
  if (!found) return std::nullopt;
  std::optional<Alias> alias = ParseAliasValue(value);
  if (!alias.has_value()) return Unreadable(Table::kAliases, code);
  if (alias->revision > at) return std::nullopt;
  return std::move(alias->first_code);
}

absl::StatusOr<std::optional<log::v1::SourceRead>> ReadSourceRead(const Rows& rows, std::string_view source) {
  uint64_t complete_revision = 0;
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<log::v1::SourceRead> complete,
      ReadResource<log::v1::SourceRead>(rows, Table::kSources, SourceResource(source, true), kNewest,
                                        Sealed::kLeaveOut, &complete_revision));
  uint64_t partial_revision = 0;
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<log::v1::SourceRead> partial,
      ReadResource<log::v1::SourceRead>(rows, Table::kSources, SourceResource(source, false), kNewest,
                                        Sealed::kLeaveOut, &partial_revision));
  return complete_revision >= partial_revision ? std::move(complete) : std::move(partial);
}

absl::StatusOr<std::optional<v1::CreditRecord>> ReadRecordByKey(const Rows& rows, std::string_view code,
                                                                std::string_view source,
                                                                std::string_view source_key) {
  if (code.size() != kCodeSize) return std::nullopt;
  const std::string key = RecordKeyKey(code, source, source_key);
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows.Get(Table::kRecordKeys, key, value));
  if (!found) return std::nullopt;
  const std::optional<domain::RecordId> id = ParseRecordIdValue(value);
  if (!id.has_value()) return Unreadable(Table::kRecordKeys, key);
  return ReadResource<v1::CreditRecord>(rows, Table::kRecords, RecordResource(code, *id), kNewest,
                                        Sealed::kMerge);
}

absl::StatusOr<std::string> ReadChangeBytes(const Rows& rows, uint64_t revision) {
  std::string bytes;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows.Get(Table::kLog, RevisionKey(revision), bytes));
  if (!found) return absl::NotFoundError(StrCat("the log has no revision ", revision));
  return bytes;
}

absl::StatusOr<log::v1::Change> ReadWholeChange(const Rows& rows, uint64_t revision) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string bytes, ReadChangeBytes(rows, revision));
  log::v1::Change change;
  if (!change.ParseFromString(bytes)) return Unreadable(Table::kLog, RevisionKey(revision));
  for (int i = 0; i < change.events_size(); ++i) {
    log::v1::Event& event = *change.mutable_events(i);
    if (event.sealed_digest().empty()) continue;
    const auto ordinal = static_cast<uint32_t>(i) + 1;
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::SealedPart> part,
                              ReadSealedPart(rows, revision, ordinal));
    if (part.has_value() && !domain::Unseal(part->content(), event)) {
      return Unreadable(Table::kSealed, SealedKey(revision, ordinal));
    }
  }
  return change;
}

absl::StatusOr<std::optional<PastRequest>> ReadRequest(const Rows& rows, std::string_view subject,
                                                       std::string_view request_id, std::string_view request,
                                                       absl::Time now) {
  const std::string key = RequestKey(subject, request_id);
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows.Get(Table::kRequests, key, value));
  if (!found) return std::nullopt;
  const std::optional<RequestRow> row = ParseRequestValue(value);
  if (!row.has_value()) return Unreadable(Table::kRequests, key);
  const absl::Time stamp = absl::FromUnixNanos(row->stamp_ns);
  if (stamp + kRequestRetention <= now) return std::nullopt;

  PastRequest past{.revision = row->revision, .stamp = stamp, .same_body = false};
  // Without its salt a request cannot be told from another: it was destroyed with what the request said.
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::SealedPart> header,
                            ReadSealedPart(rows, row->revision, 0));
  past.same_body = header.has_value() && Sha256(header->salt(), request) == row->digest;
  return past;
}

}  // namespace chengxin::storage
