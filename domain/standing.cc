#include "domain/standing.h"

#include <algorithm>
#include <limits>

namespace chengxin::domain {

namespace {

uint32_t SecondsOf(int64_t ns) {
  constexpr int64_t kNanoseconds = 1'000'000'000;
  return static_cast<uint32_t>(
      std::clamp<int64_t>(ns / kNanoseconds, 0, std::numeric_limits<uint32_t>::max()));
}

}  // namespace

Standing Compact(const log::v1::Standing& message, uint64_t revision, const std::string* source) {
  Standing standing;
  standing.revision = revision;
  standing.source = source;
  standing.established_day = message.established_day();
  standing.certificate_form = static_cast<uint8_t>(message.certificate_form());
  standing.type = static_cast<uint8_t>(message.type());
  standing.first_known_seconds = SecondsOf(message.first_known_ns());
  if (message.statuses_size() > 0) {
    const log::v1::StatusSpan& last = message.statuses(message.statuses_size() - 1);
    standing.status = static_cast<uint8_t>(last.status());
    standing.status_since_day = last.from_day();
  }
  if (message.facts().empty() && message.statuses_size() <= 1) return standing;
  auto details = std::make_shared<StandingDetails>();
  details->statuses.reserve(static_cast<size_t>(message.statuses_size()));
  for (const log::v1::StatusSpan& span : message.statuses()) {
    details->statuses.push_back({.status = span.status(), .from_day = span.from_day()});
  }
  details->facts.reserve(static_cast<size_t>(message.facts_size()));
  for (const log::v1::StandingFact& fact : message.facts()) {
    details->facts.push_back({.ground = fact.ground(),
                              .reference = fact.reference(),
                              .subject = fact.subject(),
                              .from_ns = fact.from_ns(),
                              .until_ns = fact.until_ns(),
                              .conduct_day = fact.conduct_day()});
  }
  standing.details = std::move(details);
  return standing;
}

}  // namespace chengxin::domain
