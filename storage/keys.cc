#include "storage/keys.h"

#include "absl/strings/escaping.h"
#include "base/strings.h"
#include "google/protobuf/io/coded_stream.h"

namespace chengxin::storage {

namespace {

constexpr size_t kRecordIdSize = 12;
constexpr size_t kListingResourceSize = kCodeSize + 1 + 4;
constexpr size_t kVersionHeader = 5;
constexpr size_t kDueHeader = 9;
constexpr char kHasSealedPart = 1;

constexpr std::array<std::string_view, kTableCount> kTableNames = {
    "log",      "sealed",          "stamps",       "organizations", "records",  "record_keys",
    "listings", "listing_changes", "standings",    "names",         "requests", "catalogues",
    "sources",  "cases",           "applications", "awards",        "receipts", "parties",
    "dues",     "aliases",         "meta",
};

}  // namespace

std::string_view TableName(Table table) { return kTableNames[static_cast<size_t>(table)]; }

bool IsAddition(Table table) { return table >= Table::kCases && table <= Table::kAliases; }

void AppendBigEndian32(uint32_t number, std::string& out) {
  const char bytes[4] = {static_cast<char>(number >> 24), static_cast<char>(number >> 16),
                         static_cast<char>(number >> 8), static_cast<char>(number)};
  out.append(bytes, sizeof(bytes));
}

void AppendBigEndian64(uint64_t number, std::string& out) {
  AppendBigEndian32(static_cast<uint32_t>(number >> 32), out);
  AppendBigEndian32(static_cast<uint32_t>(number), out);
}

uint32_t ReadBigEndian32(std::string_view bytes) {
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

uint64_t ReadBigEndian64(std::string_view bytes) {
  return uint64_t{ReadBigEndian32(bytes)} << 32 | ReadBigEndian32(bytes.substr(4));
}

std::string RevisionKey(uint64_t revision) {
  std::string key;
  AppendBigEndian64(revision, key);
  return key;
}

std::string SealedKey(uint64_t revision, uint32_t ordinal) {
  std::string key;
  AppendBigEndian64(revision, key);
  AppendBigEndian32(ordinal, key);
  return key;
}

std::string StampKey(int64_t stamp_ns) { return RevisionKey(static_cast<uint64_t>(stamp_ns)); }

std::string ListingChangeKey(uint64_t revision, uint32_t ordinal) { return SealedKey(revision, ordinal); }

std::string RecordKeyKey(std::string_view code, std::string_view source, std::string_view source_key) {
  constexpr std::string_view kCollection = "sources/";
  if (source.starts_with(kCollection)) source.remove_prefix(kCollection.size());
  std::string key;
  key.reserve(code.size() + source.size() + 1 + source_key.size());
  key.append(code).append(source).append(1, '\0').append(source_key);
  return key;
}

std::string DueKey(const log::v1::Due& due) {
  std::string key;
  key.reserve(kDueHeader + due.resource().size());
  AppendBigEndian64(static_cast<uint64_t>(due.nominal_ns()), key);
  key.append(1, static_cast<char>(due.kind())).append(due.resource());
  return key;
}

std::optional<log::v1::Due> ParseDueKey(std::string_view key) {
  if (key.size() <= kDueHeader || !v1::DeadlineKind_IsValid(key[kDueHeader - 1])) return std::nullopt;
  std::optional<log::v1::Due> due(std::in_place);
  due->set_nominal_ns(static_cast<int64_t>(ReadBigEndian64(key)));
  due->set_kind(static_cast<v1::DeadlineKind>(key[kDueHeader - 1]));
  due->set_resource(std::string(key.substr(kDueHeader)));
  return due;
}

std::string AliasValue(const Alias& alias) { return alias.first_code + RevisionKey(alias.revision); }

std::optional<Alias> ParseAliasValue(std::string_view value) {
  if (value.size() != kCodeSize + kRevisionSize) return std::nullopt;
  return Alias{.first_code = std::string(value.substr(0, kCodeSize)),
               .revision = ReadBigEndian64(value.substr(kCodeSize))};
}

std::string RecordResource(std::string_view code, domain::RecordId id) {
  std::string resource;
  resource.reserve(kCodeSize + kRecordIdSize + kRevisionSize);
  resource.append(code);
  AppendBigEndian64(id.revision, resource);
  AppendBigEndian32(id.ordinal, resource);
  return resource;
}

std::string ListingResource(const domain::ListingId& id) {
  std::string resource;
  resource.reserve(kListingResourceSize + kRevisionSize);
  resource.append(id.code).append(1, static_cast<char>(id.list));
  AppendBigEndian32(id.episode, resource);
  return resource;
}

std::string SourceResource(std::string_view id, bool complete) {
  std::string resource(id);
  resource.append(1, '\0').append(1, complete ? '\1' : '\0');
  return resource;
}

std::optional<domain::ListingId> ParseListingResource(std::string_view resource) {
  if (resource.size() != kListingResourceSize || !v1::ListKind_IsValid(resource[kCodeSize]))
    return std::nullopt;
  return domain::ListingId{.code = std::string(resource.substr(0, kCodeSize)),
                           .list = static_cast<v1::ListKind>(resource[kCodeSize]),
                           .episode = ReadBigEndian32(resource.substr(kCodeSize + 1))};
}

std::string RecordIdValue(domain::RecordId id) { return RecordResource("", id); }

std::optional<domain::RecordId> ParseRecordIdValue(std::string_view value) {
  if (value.size() != kRecordIdSize) return std::nullopt;
  return domain::RecordId{.revision = ReadBigEndian64(value), .ordinal = ReadBigEndian32(value.substr(8))};
}

std::string VersionKey(std::string_view resource, uint64_t revision) {
  std::string key;
  key.reserve(resource.size() + kRevisionSize);
  key.append(resource);
  AppendBigEndian64(~revision, key);
  return key;
}

void WriteVersion(uint32_t ordinal, bool sealed, const google::protobuf::Message& resource,
                  std::string& out) {
  out.clear();
  AppendBigEndian32(ordinal, out);
  out.append(1, sealed ? kHasSealedPart : '\0');
  AppendDeterministic(resource, out);
}

std::optional<Version> ReadVersion(std::string_view value) {
  if (value.size() < kVersionHeader) return std::nullopt;
  return Version{.ordinal = ReadBigEndian32(value),
                 .sealed = value[kVersionHeader - 1] == kHasSealedPart,
                 .bytes = value.substr(kVersionHeader)};
}

std::string RequestValue(const RequestRow& row) {
  std::string value;
  value.reserve(16 + row.digest.size());
  AppendBigEndian64(row.revision, value);
  AppendBigEndian64(static_cast<uint64_t>(row.stamp_ns), value);
  value.append(row.digest);
  return value;
}

std::optional<RequestRow> ParseRequestValue(std::string_view value) {
  if (value.size() != 16 + kDigestSize) return std::nullopt;
  return RequestRow{.revision = ReadBigEndian64(value),
                    .stamp_ns = static_cast<int64_t>(ReadBigEndian64(value.substr(8))),
                    .digest = value.substr(16)};
}

void AppendDeterministic(const google::protobuf::Message& message, std::string& out) {
  const size_t start = out.size();
  const size_t size = message.ByteSizeLong();
  out.resize(start + size);
  google::protobuf::io::ArrayOutputStream stream(out.data() + start, static_cast<int>(size));
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
}

std::string KeyForPeople(std::string_view key) { return absl::CHexEscape(ToAbsl(key)); }

}  // namespace chengxin::storage
