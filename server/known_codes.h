// Codes as callers give them and as the platform keeps them: every code an organization was ever known by
// leads to the first (换码).
#ifndef CHENGXIN_SERVER_KNOWN_CODES_H_
#define CHENGXIN_SERVER_KNOWN_CODES_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "chengxin/v1/principal.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The first code of the organization of any of its codes; the code itself where the registry copy does not
// know it. Errors are the storage's.
absl::StatusOr<std::string> FirstCodeOf(const ServiceContext& service, std::string_view code);

// The first code a request is about. InvalidArgument naming the field where it is no code.
absl::StatusOr<std::string> RequireFirstCode(const ServiceContext& service, std::string_view field,
                                             std::string_view text);

// The principal with the first code of its own organization as its unit; unchanged for other roles.
absl::StatusOr<v1::Principal> WithFirstCode(const ServiceContext& service, v1::Principal principal);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_KNOWN_CODES_H_
