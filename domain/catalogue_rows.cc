#include "domain/catalogue_rows.h"

#include <algorithm>

#include "base/strings.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

namespace {

constexpr size_t kMaximumIdLength = 63;  // characters

// "S", or several joined: "S+D".
bool IsMark(std::string_view mark) {
  if (mark.size() % 2 == 0) return false;
  for (size_t i = 0; i < mark.size(); ++i) {
    const std::string_view allowed = i % 2 == 0 ? "VSDMC" : "+";
    if (allowed.find(mark[i]) == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

bool IsLowerId(std::string_view id) {
  return !id.empty() && id.size() <= kMaximumIdLength && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool IsGroundId(std::string_view id) {
  return !id.empty() && id.size() <= kMaximumIdLength && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void RowChecks::CheckBasis(const v1::LegalBasis& basis, bool given, const std::string& at) {
  if (!given || basis.zh().empty() || basis.en().empty()) {
    Add(at, "缺少法律依据（中英文） (the legal basis is missing, in Chinese or in English)");
    return;
  }
  Require(IsMark(basis.mark()), at + ".mark",
          "应为V、S、D、M、C或其组合，如S+D (expected V, S, D, M, C or some joined, as S+D)");
}

void RowChecks::CheckPeriod(const std::string& period, const std::string& at) {
  if (period.empty()) return;
  if (const auto parsed = Period::Parse(period); !parsed.ok()) Add(at, ToStd(parsed.status().message()));
}

std::optional<DaysInForce> RowChecks::CheckValidity(const std::string& id, const v1::Validity& validity,
                                                    Seen& seen, const std::string& at) {
  const absl::StatusOr<DaysInForce> days = ParseValidity(validity);
  if (!days.ok()) {
    Add(at, ToStd(days.status().message()));
    return std::nullopt;
  }
  const auto [first, last] = seen.equal_range(id);
  for (auto other = first; other != last; ++other) {
    if (days->from <= other->second.through && other->second.from <= days->through) {
      Add(at, StrCat(id, "的各行有效期重叠 (rows of ", id, " overlap in time)"));
      return std::nullopt;
    }
  }
  seen.emplace(id, *days);
  return *days;
}

}  // namespace chengxin::domain
