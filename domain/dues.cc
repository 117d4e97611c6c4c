#include "domain/dues.h"

#include <optional>

#include "absl/time/time.h"
#include "base/strings.h"
#include "domain/case_workflow.h"
#include "domain/civil_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

class DueList {
 public:
  explicit DueList(const std::string& resource) : resource_(resource) {}

  void Add(v1::DeadlineKind kind, absl::Time nominal) {
    log::v1::Due& due = dues_.emplace_back();
    due.set_nominal_ns(absl::ToUnixNanos(nominal));
    due.set_kind(kind);
    due.set_resource(resource_);
  }
  // On the day itself.
  void AddFrom(v1::DeadlineKind kind, const std::string& day) {
    if (const auto parsed = CivilDay::Parse(day); parsed.ok()) Add(kind, StartOfDay(*parsed));
  }
  // Once the day is over.
  void AddAfter(v1::DeadlineKind kind, const std::string& day) {
    if (const auto parsed = CivilDay::Parse(day); parsed.ok()) Add(kind, EndOfDay(*parsed));
  }
  std::vector<log::v1::Due> Take() { return std::move(dues_); }

 private:
  const std::string& resource_;
  std::vector<log::v1::Due> dues_;
};

std::vector<log::v1::Due> DuesOf(const v1::Listing& listing) {
  DueList dues(listing.name());
  if (listing.state() != v1::LISTING_STATE_LISTED) return {};
  if (listing.has_display_until() && !listing.display_ended()) {
    dues.Add(v1::DEADLINE_KIND_DISPLAY_END, TimeOf(listing.display_until()));
  }
  dues.AddAfter(v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL, listing.ex_officio_removal_on());
  if (listing.escalation_case().empty()) {
    dues.AddFrom(v1::DEADLINE_KIND_ESCALATION_CASE, listing.escalation_case_on());
  }
  dues.AddAfter(v1::DEADLINE_KIND_ESCALATION, listing.escalation_on());
  return dues.Take();
}

std::vector<log::v1::Due> DuesOf(const v1::Case& the_case) {
  DueList dues(the_case.name());
  if (the_case.origin() == v1::CASE_ORIGIN_REDECISION && IsOpen(the_case)) {
    dues.AddAfter(v1::DEADLINE_KIND_REDECISION, the_case.received_on());
  }
  return dues.Take();
}

}  // namespace

std::vector<log::v1::Due> DuesOf(const log::v1::Event& event) {
  if (event.has_listing()) return DuesOf(event.listing().listing());
  if (event.has_case_()) return DuesOf(event.case_());
  return {};
}

std::string_view WaitedFor(const log::v1::Event& event) {
  if (!event.has_case_()) return {};
  const v1::Case& the_case = event.case_();
  const bool ended = the_case.origin() == v1::CASE_ORIGIN_REDECISION && !IsOpen(the_case);
  return ended ? std::string_view(the_case.listing()) : std::string_view();
}

std::string RequestIdOf(const log::v1::Due& due) {
  return StrCat("due-", static_cast<int>(due.kind()), "-", due.nominal_ns(), "-", due.resource());
}

}  // namespace chengxin::domain
