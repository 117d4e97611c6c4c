// The compact form of a standing that the read index keeps for every organization, and that answers are
// computed from.
#ifndef CHENGXIN_DOMAIN_STANDING_H_
#define CHENGXIN_DOMAIN_STANDING_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "chengxin/log/v1/standing.pb.h"
#include "chengxin/v1/organization.pb.h"

namespace chengxin::domain {

// A fact with a ground and the time in which it holds; as log.v1.StandingFact.
struct Fact {
  std::string ground;
  std::string reference;
  std::string subject;
  int64_t from_ns = 0;
  int64_t until_ns = 0;  // 0: open
  int32_t conduct_day = 0;
};

struct StatusSpan {
  v1::RegistrationStatus status = v1::REGISTRATION_STATUS_UNSPECIFIED;
  int32_t from_day = 0;
};

// What most organizations do not have: facts, or more than one status. Immutable and shared.
struct StandingDetails {
  std::vector<StatusSpan> statuses;  // all spans, oldest first
  std::vector<Fact> facts;
};

// One organization as decisions see it. Small: there are a million of it in memory.
struct Standing {
  uint64_t revision = 0;                           // of its last change
  const std::string* source = nullptr;             // the register's source id; interned, never null
  std::shared_ptr<const StandingDetails> details;  // null for most
  int32_t established_day = 0;
  int32_t status_since_day = 0;  // of the last span
  uint8_t status = 0;            // v1::RegistrationStatus of the last span
  uint8_t certificate_form = 0;  // v1::CertificateForm
  uint8_t type = 0;              // v1::OrganizationType
  // When the platform first knew of it, in whole seconds since 1970 UTC; 0: before this was kept.
  uint32_t first_known_seconds = 0;
};
// A million of them: what is added must fit into what is left free.
static_assert(sizeof(Standing) <= 48);

// The compact form of a stored standing. `source` is the interned string equal to message.source().
Standing Compact(const log::v1::Standing& message, uint64_t revision, const std::string* source);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_STANDING_H_
