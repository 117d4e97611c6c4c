#include "storage/sealed_parts.h"

#include <set>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/resource_names.h"
#include "storage/aead.h"
#include "storage/fold.h"
#include "storage/resources.h"
#include "storage/status.h"
#include "storage/versions.h"

namespace chengxin::storage {

namespace {

// Every version of one resource.
struct Versions {
  Table table;
  std::string resource;
};

std::optional<Versions> VersionsOf(std::string_view name) {
  if (const auto record = domain::ParseRecordName(name)) {
    return Versions{Table::kRecords, RecordResource(record->code, record->id)};
  }
  if (const auto code = domain::ParseOrganizationName(name)) {
    return Versions{Table::kOrganizations, std::string(*code)};
  }
  if (const auto id = domain::ParseCaseName(name)) return Versions{Table::kCases, RecordIdValue(*id)};
  if (const auto id = domain::ParseApplicationName(name)) {
    return Versions{Table::kApplications, RecordIdValue(*id)};
  }
  return std::nullopt;
}

// Whether there is a part at the place that was not destroyed.
absl::StatusOr<bool> IsThere(const Rows& rows, uint64_t revision, uint32_t ordinal) {
  const std::string key = SealedKey(revision, ordinal);
  std::string row;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows.Get(Table::kSealed, key, row));
  if (!found) return false;
  log::v1::SealedPart part;
  if (!part.ParseFromString(row)) return Unreadable(Table::kSealed, key);
  return part.destroyed_by() == 0;
}

absl::StatusOr<std::string> OpenWith(const SealingKey& wrapping, const log::v1::SealedPart& part,
                                     std::string_view key) {
  const AeadAlgorithm* const algorithm = FindAead(part.algorithm());
  if (algorithm == nullptr || wrapping.algorithm != part.algorithm()) {
    return absl::DataLossError(StrCat("it is encrypted with \"", part.algorithm(), "\""));
  }
  CHENGXIN_ASSIGN_OR_RETURN(const std::string own, Decrypt(*algorithm, wrapping.bytes, key, part.key()));
  return Decrypt(*algorithm, own, key, part.content());
}

}  // namespace

size_t RandomPerPart(const SealingKeys* keys) {
  if (keys == nullptr) return kDigestSize;
  // Salt, the part's own key, and a nonce for each of the two.
  return kDigestSize + FindAead(keys->newest().algorithm)->key_bytes + 2 * kNonceSize;
}

absl::StatusOr<std::string> SealedRow(std::string_view key, std::string_view random, std::string_view content,
                                      const SealingKeys* keys) {
  log::v1::SealedPart part;
  part.set_salt(random.data(), kDigestSize);
  part.set_content(content.data(), content.size());
  std::string row;
  AppendDeterministic(part, row);
  if (keys == nullptr) return row;

  const SealingKey& wrapping = keys->newest();
  const AeadAlgorithm& algorithm = *FindAead(wrapping.algorithm);
  const std::string_view own = random.substr(kDigestSize, algorithm.key_bytes);
  const std::string_view nonces = random.substr(kDigestSize + algorithm.key_bytes);
  log::v1::SealedPart encrypted;
  CHENGXIN_ASSIGN_OR_RETURN(*encrypted.mutable_content(),
                            Encrypt(algorithm, own, nonces.substr(0, kNonceSize), key, row));
  CHENGXIN_ASSIGN_OR_RETURN(
      *encrypted.mutable_key(),
      Encrypt(algorithm, wrapping.bytes, nonces.substr(kNonceSize, kNonceSize), key, own));
  encrypted.set_algorithm(wrapping.algorithm);
  encrypted.set_wrapped_by(wrapping.id);
  row.clear();
  AppendDeterministic(encrypted, row);
  return row;
}

std::string DestroyedRow(uint64_t revision) {
  log::v1::SealedPart part;
  part.set_destroyed_by(revision);
  std::string row;
  AppendDeterministic(part, row);
  return row;
}

absl::StatusOr<std::optional<log::v1::SealedPart>> OpenSealedRow(std::string_view key, std::string_view row,
                                                                 const SealingKeys* keys) {
  std::optional<log::v1::SealedPart> part(std::in_place);
  if (!part->ParseFromArray(row.data(), static_cast<int>(row.size()))) {
    return Unreadable(Table::kSealed, key);
  }
  if (part->destroyed_by() != 0) return std::nullopt;
  if (part->algorithm().empty()) return part;
  const SealingKey* const wrapping = keys == nullptr ? nullptr : keys->Find(part->wrapped_by());
  if (wrapping == nullptr) {
    return absl::FailedPreconditionError(StrCat("密钥文件中没有密钥", part->wrapped_by(),
                                                "，密封内容无法读取 (what is sealed cannot be read: the key ",
                                                part->wrapped_by(), " is not among the sealing keys)"));
  }
  const absl::StatusOr<std::string> opened = OpenWith(*wrapping, *part, key);
  if (absl::IsDataLoss(opened.status())) {
    return absl::DataLossError(StrCat("a row of ", TableName(Table::kSealed),
                                      " is not what was sealed there (", opened.status().message(), "): key ",
                                      KeyForPeople(key)));
  }
  if (!opened.ok()) return opened.status();
  if (!part->ParseFromString(*opened)) return Unreadable(Table::kSealed, key);
  return part;
}

absl::StatusOr<std::optional<log::v1::SealedPart>> ReadSealedPart(const Rows& rows, uint64_t revision,
                                                                  uint32_t ordinal) {
  const std::string key = SealedKey(revision, ordinal);
  std::string row;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows.Get(Table::kSealed, key, row));
  if (!found) return std::nullopt;
  return OpenSealedRow(key, row, rows.sealing_keys());
}

absl::StatusOr<std::vector<log::v1::SealedPlace>> ReadSealedPlaces(const Rows& rows, std::string_view name) {
  std::vector<log::v1::SealedPlace> places;
  const std::optional<Versions> versions = VersionsOf(name);
  if (!versions.has_value()) return places;
  const RowIterator row = rows.Iterate(versions->table);
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions, ListRevisions(*row, versions->resource));
  std::set<std::pair<uint64_t, uint32_t>> found;
  for (const uint64_t revision : revisions) {
    // The Change, not the version alone: of several events of one resource only the last has a version.
    CHENGXIN_ASSIGN_OR_RETURN(const std::string bytes, ReadChangeBytes(rows, revision));
    log::v1::Change change;
    if (!change.ParseFromString(bytes)) return Unreadable(Table::kLog, RevisionKey(revision));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<Place> of_events, PlacesOf(change));
    for (size_t i = 0; i < of_events.size(); ++i) {
      if (of_events[i].table != versions->table || of_events[i].resource != versions->resource) continue;
      if (change.events(static_cast<int>(i)).sealed_digest().empty()) continue;
      found.insert({revision, static_cast<uint32_t>(i) + 1});
      found.insert({revision, 0});
    }
  }
  for (const auto& [revision, ordinal] : found) {
    CHENGXIN_ASSIGN_OR_RETURN(const bool there, IsThere(rows, revision, ordinal));
    if (!there) continue;
    log::v1::SealedPlace& place = places.emplace_back();
    place.set_revision(revision);
    place.set_ordinal(ordinal);
  }
  return places;
}

}  // namespace chengxin::storage
