// Finds an organization by any code it was ever known by (换码). Private to domain.
#ifndef CHENGXIN_DOMAIN_ORGANIZATION_LOOKUP_H_
#define CHENGXIN_DOMAIN_ORGANIZATION_LOOKUP_H_

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/v1/organization.pb.h"
#include "domain/view.h"

namespace chengxin::domain {

// The organization, or nothing where none ever had the code. Errors: the view's.
absl::StatusOr<std::optional<v1::Organization>> FindByAnyCode(std::string_view code, const View& view);

// The organization of that name and those it was merged into, one after the other: whoever may hold listings
// that rest on its records. Errors: the view's.
absl::StatusOr<std::vector<v1::Organization>> WithSuccessors(v1::Organization organization, const View& view);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_ORGANIZATION_LOOKUP_H_
