#include "domain/organization_lookup.h"

#include <string>
#include <utility>

#include "base/status.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

absl::StatusOr<std::optional<v1::Organization>> FindByAnyCode(std::string_view code, const View& view) {
  // Most organizations have had one code only, and bear it as their name.
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> found, view.FindOrganization(code));
  if (found.has_value()) return found;
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<std::string> first, view.FirstCodeOf(code));
  if (!first.has_value()) return std::nullopt;
  return view.FindOrganization(*first);
}

absl::StatusOr<std::vector<v1::Organization>> WithSuccessors(v1::Organization organization,
                                                             const View& view) {
  std::vector<v1::Organization> all;
  all.push_back(std::move(organization));
  while (!all.back().successor().empty()) {
    const std::string code(ParseOrganizationName(all.back().successor()).value_or(""));
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> next, view.FindOrganization(code));
    if (!next.has_value()) break;
    all.push_back(*std::move(next));
  }
  return all;
}

}  // namespace chengxin::domain
