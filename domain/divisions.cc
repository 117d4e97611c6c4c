#include "domain/divisions.h"

#include <limits>
#include <optional>

#include "base/strings.h"

namespace chengxin::domain {

namespace {

// "YYYY-MM" as year * 12 + month; nothing where it is none.
std::optional<int> ParseMonth(std::string_view text) {
  const auto day = CivilDay::Parse(StrCat(text, "-01"));
  if (!day.ok()) return std::nullopt;
  return day->year() * 12 + day->civil().month();
}

}  // namespace

absl::Status Divisions::Add(int code, std::string_view name, std::string_view first_listed,
                            std::string_view last_listed) {
  if (code < 100'000 || code > 999'999) {
    return absl::InvalidArgumentError(StrCat("division code ", code, "; expected six digits"));
  }
  const std::optional<int> first = ParseMonth(first_listed);
  const std::optional<int> last =
      last_listed.empty() ? std::numeric_limits<int>::max() : ParseMonth(last_listed);
  if (!first.has_value() || !last.has_value() || *last < *first) {
    return absl::InvalidArgumentError(StrCat("division ", code, " is listed from \"", first_listed,
                                             "\" to \"", last_listed,
                                             "\"; expected months YYYY-MM in order"));
  }
  rows_[code].push_back(Row{std::string(name), *first, *last});
  return absl::OkStatus();
}

std::string_view Divisions::NameOn(int code, CivilDay day) const {
  const auto found = rows_.find(code);
  if (found == rows_.end()) return {};
  const int month = day.year() * 12 + day.civil().month();
  for (const Row& row : found->second) {
    if (row.first_month <= month && month <= row.last_month) return row.name;
  }
  return {};
}

}  // namespace chengxin::domain
