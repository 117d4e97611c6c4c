// Who the caller says it is, in development mode: request metadata that the server believes on loopback only.
#ifndef CHENGXIN_CLIENT_IDENTITY_H_
#define CHENGXIN_CLIENT_IDENTITY_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace chengxin::client {

struct Identity {
  std::string role;       // "civil-affairs"; empty: public
  std::string authority;  // "authorities/km-wuhua"
  std::string unit;       // "purchasers/km-culture", "sources/registry-kunming", or an organization's code
  std::string subject;    // stable identifier, never a person's name; empty: the server takes role and bound

  // A bearer token, sent instead of all of the above: over TLS alone.
  std::string token;

  // An agency's: "purchasers/km-culture", or one project of it, "purchasers/km-culture/projects/KMZC-2026-1".
  std::vector<std::string> entrustments;

  // From ROLE or ROLE:BOUND, as on the command line: public, organization:CODE, purchaser:UNIT, agency:UNIT,
  // civil-affairs:AUTHORITY, finance:AUTHORITY, audit, sync:SOURCE, admin. BOUND may carry its prefix
  // ("authorities/km-wuhua"). InvalidArgument saying what was expected.
  static absl::StatusOr<Identity> Parse(std::string_view text);

  // Adds whom the agency acts for: UNIT or UNIT/projects/PROJECT, with or without "purchasers/". The project
  // has visible ASCII but commas: it travels in metadata. InvalidArgument saying what was expected.
  absl::Status Entrust(std::string_view text);

  // The metadata to send: the token as authorization, or keys chengxin-subject, chengxin-role,
  // chengxin-authority, chengxin-unit, chengxin-entrustments, those that are not empty.
  std::vector<std::pair<std::string, std::string>> Metadata() const;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IDENTITY_H_
