// Resource names of the API: "organizations/{code}", "organizations/{code}/records/{id}", "listings/{id}",
// "cases/{id}", "applications/{id}", "awards/{id}", "receipts/{number}", "authorities/{id}", "sources/{id}",
// "purchasers/{id}". One place builds and takes them apart.
#ifndef CHENGXIN_DOMAIN_RESOURCE_NAMES_H_
#define CHENGXIN_DOMAIN_RESOURCE_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chengxin/v1/listing.pb.h"

namespace chengxin::domain {

// Identifies a record within its organization, a case, an application or an award: the revision that made it
// and its ordinal there. Written "{revision}-{ordinal}".
struct RecordId {
  uint64_t revision = 0;
  uint32_t ordinal = 0;
  bool operator==(const RecordId&) const = default;
};

struct RecordName {
  std::string code;
  RecordId id;
};

// Identifies a listing: the organization's first code, the list, and the episode counted from 1 (per
// organization and list). Written "{code}-{A|S}{episode}".
struct ListingId {
  std::string code;
  v1::ListKind list = v1::LIST_KIND_UNSPECIFIED;
  uint32_t episode = 0;
  bool operator==(const ListingId&) const = default;
};

std::string OrganizationName(std::string_view code);
std::string RecordNameOf(std::string_view code, RecordId id);
std::string ListingNameOf(const ListingId& id);
std::string CaseNameOf(RecordId id);
std::string ApplicationNameOf(RecordId id);
std::string AwardNameOf(RecordId id);
// "receipts/CX{year}-{revision}", the year in Asia/Shanghai and the revision in nine digits or more.
std::string ReceiptNameOf(int year, uint64_t revision);
std::string AuthorityName(std::string_view id);
std::string SourceName(std::string_view id);

// Each answers nothing where the text is not exactly of the form above. Codes within the names of records and
// listings are as stored (upper case, no white space); ids of authorities, sources and purchasing units are 1
// to 63 lower-case letters, digits and hyphens.

// The code as it was written: callers that take it from outside parse it with Uscc, which says what is wrong.
std::optional<std::string_view> ParseOrganizationName(std::string_view name);
std::optional<RecordName> ParseRecordName(std::string_view name);
// Whether two names of records are of the same organization.
bool AreOfOneOrganization(std::string_view record, std::string_view other);
std::optional<ListingId> ParseListingName(std::string_view name);
std::optional<RecordId> ParseCaseName(std::string_view name);
std::optional<RecordId> ParseApplicationName(std::string_view name);
std::optional<RecordId> ParseAwardName(std::string_view name);
// The revision that made the receipt; its year is part of the name and is not looked at.
std::optional<uint64_t> ParseReceiptName(std::string_view name);
std::optional<std::string_view> ParseAuthorityName(std::string_view name);
std::optional<std::string_view> ParseSourceName(std::string_view name);
std::optional<std::string_view> ParsePurchaserName(std::string_view name);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RESOURCE_NAMES_H_
