// Keys and values of the tables, byte by byte. docs/storage-format.md is the prose of this file; whoever
// changes one changes the other and kFormatVersion, or makes an addition (additions.h).
//
// Numbers are big endian, so that the order of bytes is the order of numbers. A version of a resource has the
// key resource ‖ BE64(~revision): the newest version of a resource is its first row, and the one known at a
// revision the first row at or after resource ‖ BE64(~that revision).
#ifndef CHENGXIN_STORAGE_KEYS_H_
#define CHENGXIN_STORAGE_KEYS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chengxin/log/v1/due.pb.h"
#include "domain/resource_names.h"
#include "google/protobuf/message.h"

namespace chengxin::storage {

// The tables; each is a column family of its own.
enum class Table : uint8_t {
  kLog,
  kSealed,
  kStamps,
  kOrganizations,
  kRecords,
  kRecordKeys,
  kListings,
  kListingChanges,
  kStandings,
  kNames,
  kRequests,
  kCatalogues,
  kSources,
  kCases,
  kApplications,
  kAwards,
  kReceipts,
  kParties,
  kDues,
  kAliases,
  kMeta,
};
inline constexpr size_t kTableCount = static_cast<size_t>(Table::kMeta) + 1;

// The column family's name, for example "listing_changes".
std::string_view TableName(Table table);
// Whether the table came after the first folders of this format version: a folder may lack it until it is
// opened again (additions.h).
bool IsAddition(Table table);

// Bytes of a unified social credit code in a key.
inline constexpr size_t kCodeSize = 18;
// Bytes of a revision in a key.
inline constexpr size_t kRevisionSize = 8;
// Bytes of a SHA-256 digest and of a salt.
inline constexpr size_t kDigestSize = 32;

// Keys of the table `meta`.
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kHeadKey = "head";
inline constexpr std::string_view kViewsKey = "views";
inline constexpr std::string_view kRequestHorizonKey = "request_horizon";
inline constexpr std::string_view kAdditionsKey = "additions";
inline constexpr std::string_view kSimulatedClockKey = "simulated_clock";
// Begins the key of a Change whose destruction is not yet carried through (purge.h).
inline constexpr std::string_view kPurgePrefix = "purge ";

void AppendBigEndian32(uint32_t number, std::string& out);
void AppendBigEndian64(uint64_t number, std::string& out);
// Each reads the first bytes of `bytes`, which must hold as many.
uint32_t ReadBigEndian32(std::string_view bytes);
uint64_t ReadBigEndian64(std::string_view bytes);

std::string RevisionKey(uint64_t revision);                         // log
std::string SealedKey(uint64_t revision, uint32_t ordinal);         // sealed
std::string StampKey(int64_t stamp_ns);                             // stamps
std::string ListingChangeKey(uint64_t revision, uint32_t ordinal);  // listing_changes
// record_keys. `source` with or without "sources/"; empty for an officer's.
std::string RecordKeyKey(std::string_view code, std::string_view source, std::string_view source_key);

// dues. Nominal instants before 1970 have no place in the order of dues; none is.
std::string DueKey(const log::v1::Due& due);
std::optional<log::v1::Due> ParseDueKey(std::string_view key);
// aliases: the code an organization was first known by, and the revision that first told of the alias.
struct Alias {
  std::string first_code;
  uint64_t revision = 0;
};
std::string AliasValue(const Alias& alias);
std::optional<Alias> ParseAliasValue(std::string_view value);

// Resources of the tables of versions. A catalogue's is empty, an organization's and a standing's the code
// itself, a case's, an application's and an award's RecordIdValue, a receipt's RevisionKey.
std::string RecordResource(std::string_view code, domain::RecordId id);
std::string ListingResource(const domain::ListingId& id);
std::string SourceResource(std::string_view id, bool complete);
// Nothing where the bytes are not exactly a listing's resource.
std::optional<domain::ListingId> ParseListingResource(std::string_view resource);
// The value of record_keys.
std::string RecordIdValue(domain::RecordId id);
std::optional<domain::RecordId> ParseRecordIdValue(std::string_view value);

// The key of a version, and the parts of such a key, which must have at least kRevisionSize bytes.
std::string VersionKey(std::string_view resource, uint64_t revision);
inline std::string_view ResourceOf(std::string_view key) { return key.substr(0, key.size() - kRevisionSize); }
inline uint64_t RevisionOf(std::string_view key) {
  return ~ReadBigEndian64(key.substr(key.size() - kRevisionSize));
}

// What a version's row holds.
struct Version {
  // Of the event in its Change, from 1.
  uint32_t ordinal = 0;
  // The event has a sealed part, at SealedKey(revision, ordinal) unless it was destroyed.
  bool sealed = false;
  // The resource's serialized envelope.
  std::string_view bytes;
};
// Replaces `out` by the value of a version.
void WriteVersion(uint32_t ordinal, bool sealed, const google::protobuf::Message& resource, std::string& out);
// Nothing where the value is too short.
std::optional<Version> ReadVersion(std::string_view value);

// What the table `requests` holds of a request.
struct RequestRow {
  uint64_t revision = 0;
  int64_t stamp_ns = 0;
  std::string_view digest;
};
std::string RequestValue(const RequestRow& row);
std::optional<RequestRow> ParseRequestValue(std::string_view value);

// Appends the message's bytes, with maps in order.
void AppendDeterministic(const google::protobuf::Message& message, std::string& out);

// A key for people: printable bytes as they are, others as \xHH.
std::string KeyForPeople(std::string_view key);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_KEYS_H_
