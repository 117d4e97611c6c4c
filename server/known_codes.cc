#include "server/known_codes.h"

#include <optional>
#include <utility>

#include "base/status.h"
#include "server/request_fields.h"

namespace chengxin::server {

absl::StatusOr<std::string> FirstCodeOf(const ServiceContext& service, std::string_view code) {
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<std::string> first,
                            service.engine.store().FindFirstCode(code, service.engine.revision()));
  return first.has_value() ? *std::move(first) : std::string(code);
}

absl::StatusOr<std::string> RequireFirstCode(const ServiceContext& service, std::string_view field,
                                             std::string_view text) {
  CHENGXIN_ASSIGN_OR_RETURN(const domain::Uscc code, RequireCode(service.engine, field, text));
  return FirstCodeOf(service, code.ToString());
}

absl::StatusOr<v1::Principal> WithFirstCode(const ServiceContext& service, v1::Principal principal) {
  if (principal.role() != v1::ROLE_ORGANIZATION) return principal;
  CHENGXIN_ASSIGN_OR_RETURN(*principal.mutable_unit(), FirstCodeOf(service, principal.unit()));
  return principal;
}

}  // namespace chengxin::server
