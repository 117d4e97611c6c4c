#include "domain/resource_names.h"

#include <algorithm>
#include <limits>

#include "base/strings.h"
#include "domain/uscc.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kOrganizations = "organizations/";
constexpr std::string_view kRecords = "/records/";
constexpr std::string_view kListings = "listings/";
constexpr std::string_view kCases = "cases/";
constexpr std::string_view kApplications = "applications/";
constexpr std::string_view kAwards = "awards/";
constexpr std::string_view kReceipts = "receipts/CX";
constexpr std::string_view kAuthorities = "authorities/";
constexpr std::string_view kSources = "sources/";
constexpr std::string_view kPurchasers = "purchasers/";

// Longest identifier of an authority, a source or a purchasing unit, in characters.
constexpr size_t kMaximumIdLength = 63;

// Digits of a receipt's number, at least.
constexpr size_t kReceiptDigits = 9;

bool TakePrefix(std::string_view prefix, std::string_view& text) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// A number from 1 on, in the one way it is written: no sign, no leading zero.
template <typename Number>
std::optional<Number> ParseNumber(std::string_view text) {
  if (text.empty() || text.front() == '0') return std::nullopt;
  Number number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<Number>(c - '0');
    if (number > (std::numeric_limits<Number>::max() - digit) / 10) return std::nullopt;
    number = static_cast<Number>(number * 10 + digit);
  }
  return number;
}

// A code in the one way it is stored: upper case, without white space. Its check characters may fail: a
// registry may have confirmed it (rule 5).
bool IsStoredCode(std::string_view text) {
  if (text.size() != kUsccLength) return false;
  const std::optional<Uscc> code = Uscc::Inspect(text).code;
  return code.has_value() && code->ToString() == text;
}

bool IsId(std::string_view text) {
  return !text.empty() && text.size() <= kMaximumIdLength &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::string NameUnder(std::string_view collection, RecordId id) {
  return StrCat(collection, id.revision, "-", id.ordinal);
}

// "{revision}-{ordinal}".
std::optional<RecordId> ParseRecordId(std::string_view text) {
  const size_t hyphen = text.find('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  const std::optional<uint64_t> revision = ParseNumber<uint64_t>(text.substr(0, hyphen));
  const std::string_view ordinal_text = text.substr(hyphen + 1);
  const std::optional<uint32_t> ordinal =
      ordinal_text == "0" ? std::optional<uint32_t>(0) : ParseNumber<uint32_t>(ordinal_text);
  if (!revision.has_value() || !ordinal.has_value()) return std::nullopt;
  return RecordId{*revision, *ordinal};
}

std::optional<RecordId> ParseRecordIdUnder(std::string_view collection, std::string_view name) {
  if (!TakePrefix(collection, name)) return std::nullopt;
  return ParseRecordId(name);
}

std::optional<std::string_view> ParseIdUnder(std::string_view collection, std::string_view name) {
  if (!TakePrefix(collection, name) || !IsId(name)) return std::nullopt;
  return name;
}

}  // namespace

std::string OrganizationName(std::string_view code) { return StrCat(kOrganizations, code); }

std::string RecordNameOf(std::string_view code, RecordId id) {
  return StrCat(kOrganizations, code, kRecords, id.revision, "-", id.ordinal);
}

std::string ListingNameOf(const ListingId& id) {
  return StrCat(kListings, id.code, id.list == v1::LIST_KIND_SEVERE ? "-S" : "-A", id.episode);
}

std::string CaseNameOf(RecordId id) { return NameUnder(kCases, id); }
std::string ApplicationNameOf(RecordId id) { return NameUnder(kApplications, id); }
std::string AwardNameOf(RecordId id) { return NameUnder(kAwards, id); }

std::string ReceiptNameOf(int year, uint64_t revision) {
  std::string digits = StrCat(revision);
  if (digits.size() < kReceiptDigits) digits.insert(0, kReceiptDigits - digits.size(), '0');
  return StrCat(kReceipts, year, "-", digits);
}

std::string AuthorityName(std::string_view id) { return StrCat(kAuthorities, id); }
std::string SourceName(std::string_view id) { return StrCat(kSources, id); }

std::optional<std::string_view> ParseOrganizationName(std::string_view name) {
  if (!TakePrefix(kOrganizations, name)) return std::nullopt;
  if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
  return name;
}

std::optional<RecordName> ParseRecordName(std::string_view name) {
  if (!TakePrefix(kOrganizations, name)) return std::nullopt;
  const std::string_view code = name.substr(0, kUsccLength);
  if (!IsStoredCode(code)) return std::nullopt;
  name.remove_prefix(kUsccLength);
  if (!TakePrefix(kRecords, name)) return std::nullopt;
  const std::optional<RecordId> id = ParseRecordId(name);
  if (!id.has_value()) return std::nullopt;
  return RecordName{std::string(code), *id};
}

bool AreOfOneOrganization(std::string_view record, std::string_view other) {
  const auto a = ParseRecordName(record);
  const auto b = ParseRecordName(other);
  return a.has_value() && b.has_value() && a->code == b->code;
}

std::optional<RecordId> ParseCaseName(std::string_view name) { return ParseRecordIdUnder(kCases, name); }
std::optional<RecordId> ParseApplicationName(std::string_view name) {
  return ParseRecordIdUnder(kApplications, name);
}
std::optional<RecordId> ParseAwardName(std::string_view name) { return ParseRecordIdUnder(kAwards, name); }

std::optional<uint64_t> ParseReceiptName(std::string_view name) {
  if (!TakePrefix(kReceipts, name)) return std::nullopt;
  const size_t hyphen = name.find('-');
  if (hyphen != 4 || !ParseNumber<uint32_t>(name.substr(0, hyphen)).has_value()) return std::nullopt;
  std::string_view digits = name.substr(hyphen + 1);
  if (digits.size() < kReceiptDigits || (digits.size() > kReceiptDigits && digits.front() == '0')) {
    return std::nullopt;
  }
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return ParseNumber<uint64_t>(digits);
}

std::optional<ListingId> ParseListingName(std::string_view name) {
  if (!TakePrefix(kListings, name)) return std::nullopt;
  const std::string_view code = name.substr(0, kUsccLength);
  if (!IsStoredCode(code)) return std::nullopt;
  name.remove_prefix(kUsccLength);
  ListingId id{.code = std::string(code)};
  if (TakePrefix("-A", name)) {
    id.list = v1::LIST_KIND_ABNORMAL;
  } else if (TakePrefix("-S", name)) {
    id.list = v1::LIST_KIND_SEVERE;
  } else {
    return std::nullopt;
  }
  const std::optional<uint32_t> episode = ParseNumber<uint32_t>(name);
  if (!episode.has_value()) return std::nullopt;
  id.episode = *episode;
  return id;
}

std::optional<std::string_view> ParseAuthorityName(std::string_view name) {
  return ParseIdUnder(kAuthorities, name);
}
std::optional<std::string_view> ParseSourceName(std::string_view name) {
  return ParseIdUnder(kSources, name);
}
std::optional<std::string_view> ParsePurchaserName(std::string_view name) {
  return ParseIdUnder(kPurchasers, name);
}

}  // namespace chengxin::domain
