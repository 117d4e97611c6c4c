#include "domain/apply.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/civil_day.h"
#include "domain/item_standing.h"
#include "domain/listing_rules.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// Nanoseconds since 1970; what lies outside 1677 to 2262 becomes the nearest that can be held.
int64_t NanosecondsOf(const google::protobuf::Timestamp& stamp) { return absl::ToUnixNanos(TimeOf(stamp)); }

// The same for an end, where 0 would mean "open".
int64_t EndNanosecondsOf(const google::protobuf::Timestamp& stamp) {
  const int64_t ns = NanosecondsOf(stamp);
  return ns == 0 ? -1 : ns;
}

// Days since 1970; 0 where none is given.
int32_t DayNumberOf(const std::string& day) {
  const auto parsed = CivilDay::Parse(day);
  return parsed.ok() ? parsed->number() : 0;
}

std::string IdOf(const std::optional<std::string_view>& id) { return std::string(id.value_or("")); }

// The day since when the register's status holds.
int32_t StatusDayOf(const v1::Organization& organization, const log::v1::Standing& standing) {
  if (!organization.status_since().empty()) return DayNumberOf(organization.status_since());
  // Nothing says since when it is active. Where something else was known before, all that is known is the
  // day on which the platform learned of the change; reaching back to the establishment would wipe it out.
  const int spans = standing.statuses_size();
  const bool changed = spans > 0 && standing.statuses(spans - 1).status() != organization.status();
  if (changed && organization.has_update_time()) {
    return DayOf(TimeOf(organization.update_time())).number();
  }
  return DayNumberOf(organization.established_on());
}

// Puts a status that holds from `day` on over what was known: what is known now replaces the spans from that
// day on.
void PutStatus(v1::RegistrationStatus status, int32_t day, bool day_is_given, log::v1::Standing& standing) {
  auto& spans = *standing.mutable_statuses();
  if (!spans.empty() && spans.rbegin()->status() == status) {
    // The same status again. Without a day nothing new is said; with one, its start is corrected. Only a
    // first span of activity keeps its earlier start: nothing else is known of the time before.
    if (!day_is_given) return;
    if (spans.size() == 1 && status == v1::REGISTRATION_STATUS_ACTIVE) {
      spans.rbegin()->set_from_day(std::min(spans.rbegin()->from_day(), day));
      return;
    }
    spans.RemoveLast();
  }
  while (!spans.empty() && spans.rbegin()->from_day() >= day) spans.RemoveLast();
  if (!spans.empty() && spans.rbegin()->status() == status) return;
  log::v1::StatusSpan& span = *spans.Add();
  span.set_status(status);
  span.set_from_day(day);
}

void ApplyOrganization(const v1::Organization& organization, log::v1::Standing& standing) {
  standing.set_code(IdOf(ParseOrganizationName(organization.name())));
  standing.set_authority(IdOf(ParseAuthorityName(organization.registration_authority())));
  standing.set_source(IdOf(ParseSourceName(organization.source())));
  standing.set_certificate_form(organization.certificate_form());
  standing.set_established_day(DayNumberOf(organization.established_on()));
  standing.set_type(organization.type());
  // Organizations that came before this was kept have none, and stay without.
  if (organization.has_first_known_time())
    standing.set_first_known_ns(NanosecondsOf(organization.first_known_time()));
  PutStatus(organization.status(), StatusDayOf(organization, standing), !organization.status_since().empty(),
            standing);
}

std::vector<log::v1::StandingFact> FactsOf(const v1::CreditRecord& record) {
  std::vector<log::v1::StandingFact> facts;
  for (const v1::Effect& effect : record.effects()) {
    log::v1::StandingFact& fact = facts.emplace_back();
    fact.set_ground(effect.ground());
    fact.set_from_ns(NanosecondsOf(effect.from()));
    if (effect.has_until()) fact.set_until_ns(EndNanosecondsOf(effect.until()));
    fact.set_reference(record.name());
    if (record.has_penalty()) fact.set_conduct_day(DayNumberOf(record.penalty().conduct_on()));
    fact.set_subject(effect.subject());
  }
  return facts;
}

// A time in nanoseconds since 1970, its end not included.
struct Span {
  int64_t from_ns = 0;
  int64_t until_ns = kOpen;

  static constexpr int64_t kOpen = std::numeric_limits<int64_t>::max();
};

// The start of a day; where none is given, never.
int64_t StartOf(const std::string& day) {
  const auto parsed = CivilDay::Parse(day);
  return parsed.ok() ? absl::ToUnixNanos(StartOfDay(*parsed)) : Span::kOpen;
}

// When a ground of the entry bars nothing although it has not ended: while its execution is suspended
// (rule 40), and while repairs of the entry stood that were revoked later (rule 37).
std::vector<Span> GapsOf(const v1::Listing& listing, const v1::ListingGround& ground) {
  std::vector<Span> gaps;
  for (const v1::ReviewMark& review : listing.reviews()) {
    if (!Suspends(review, ground)) continue;
    gaps.push_back({StartOf(review.suspended_on()), StartOf(review.suspension_ended_on())});
  }
  for (const v1::RepairMark* repair : RepairsOf(listing.repair())) {
    if (!repair->has_revoked()) continue;
    gaps.push_back({NanosecondsOf(repair->since()), NanosecondsOf(repair->revoked())});
  }
  return gaps;
}

std::vector<Span> Without(const Span& gap, const std::vector<Span>& spans) {
  std::vector<Span> left;
  for (const Span& span : spans) {
    const Span before{span.from_ns, std::min(span.until_ns, gap.from_ns)};
    const Span after{std::max(span.from_ns, gap.until_ns), span.until_ns};
    if (before.from_ns < before.until_ns) left.push_back(before);
    if (after.from_ns < after.until_ns) left.push_back(after);
  }
  return left;
}

std::vector<log::v1::StandingFact> FactsOf(const v1::Listing& listing) {
  std::vector<log::v1::StandingFact> facts;
  for (const v1::ListingGround& ground : listing.grounds()) {
    Span whole{NanosecondsOf(ground.effective_from())};
    if (listing.has_ended()) whole.until_ns = EndNanosecondsOf(listing.ended());
    if (ground.has_withdrawn()) {
      whole.until_ns = std::min(whole.until_ns, EndNanosecondsOf(ground.withdrawn()));
    }
    std::vector<Span> spans = {whole};
    for (const Span& gap : GapsOf(listing, ground)) spans = Without(gap, spans);
    for (const Span& span : spans) {
      log::v1::StandingFact& fact = facts.emplace_back();
      fact.set_ground(ground.ground());
      fact.set_from_ns(span.from_ns);
      if (span.until_ns != Span::kOpen) fact.set_until_ns(span.until_ns);
      fact.set_reference(listing.name());
      fact.set_conduct_day(DayNumberOf(ground.conduct_on()));
    }
  }
  return facts;
}

// Replaces the facts that rest on one resource and restores the order.
void ReplaceFacts(std::string_view reference, std::vector<log::v1::StandingFact> with,
                  log::v1::Standing& standing) {
  auto& facts = *standing.mutable_facts();
  facts.erase(
      std::remove_if(facts.begin(), facts.end(),
                     [&](const log::v1::StandingFact& fact) { return fact.reference() == reference; }),
      facts.end());
  for (log::v1::StandingFact& fact : with) *facts.Add() = std::move(fact);
  // Time and subject come last so that the order is total, and the same on every node.
  const auto key = [](const log::v1::StandingFact& fact) {
    return std::tie(fact.reference(), fact.ground());
  };
  std::stable_sort(facts.begin(), facts.end(),
                   [&](const log::v1::StandingFact& a, const log::v1::StandingFact& b) {
                     if (key(a) != key(b)) return key(a) < key(b);
                     if (a.from_ns() != b.from_ns()) return a.from_ns() < b.from_ns();
                     return a.subject() < b.subject();
                   });
}

}  // namespace

std::string_view OrganizationCodeOf(const log::v1::Event& event) {
  std::string_view name;
  switch (event.outcome_case()) {
    case log::v1::Event::kOrganization:
      name = event.organization().name();
      break;
    case log::v1::Event::kRecord:
      name = event.record().name();
      if (const size_t records = name.find("/records/"); records != std::string_view::npos) {
        name = name.substr(0, records);
      }
      break;
    case log::v1::Event::kListing:
      name = event.listing().listing().organization();
      break;
    case log::v1::Event::kCase:
    case log::v1::Event::kApplication:
    case log::v1::Event::kAward:
    case log::v1::Event::kReceipt:
    case log::v1::Event::kCatalogue:
    case log::v1::Event::kSourceRead:
    case log::v1::Event::kDestruction:
    case log::v1::Event::OUTCOME_NOT_SET:
      return {};
  }
  return ParseOrganizationName(name).value_or(std::string_view());
}

void Apply(const log::v1::Event& event, log::v1::Standing& standing) {
  switch (event.outcome_case()) {
    case log::v1::Event::kOrganization:
      ApplyOrganization(event.organization(), standing);
      return;
    case log::v1::Event::kRecord:
      ReplaceFacts(event.record().name(), FactsOf(event.record()), standing);
      return;
    case log::v1::Event::kListing:
      ReplaceFacts(event.listing().listing().name(), FactsOf(event.listing().listing()), standing);
      return;
    case log::v1::Event::kCase:
    case log::v1::Event::kApplication:
    case log::v1::Event::kAward:
    case log::v1::Event::kReceipt:
    case log::v1::Event::kCatalogue:
    case log::v1::Event::kSourceRead:
    case log::v1::Event::kDestruction:
    case log::v1::Event::OUTCOME_NOT_SET:
      return;
  }
}

}  // namespace chengxin::domain
