#include "domain/listing_deadlines.h"

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "domain/procedure.h"
#include "domain/timestamps.h"
#include "domain/working_calendar.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kDisplayBasis = "《失信行为纠正后的信用信息修复管理办法》关于最长公示期的规定";
constexpr std::string_view kExOfficioBasis = "《社会组织信用信息管理办法》第十四条";
constexpr std::string_view kEscalationBasis = "《社会组织信用信息管理办法》第十五条第（一）项";

class DeadlineList {
 public:
  DeadlineList(const v1::Listing& listing, CivilDay today) : listing_(listing), today_(today) {}

  void Add(v1::DeadlineKind kind, WorkingCalendar::LastDay due, std::string_view basis,
           std::string_view authority) {
    v1::Deadline& deadline = deadlines_.emplace_back();
    deadline.set_kind(kind);
    deadline.set_due_on(due.day.ToString());
    deadline.set_provisional(due.provisional);
    deadline.set_resource(listing_.name());
    deadline.set_organization(listing_.organization());
    deadline.set_authority(std::string(authority));
    deadline.set_legal_basis(std::string(basis));
    deadline.set_overdue(due.day < today_);
  }
  std::vector<v1::Deadline> Take() { return std::move(deadlines_); }

 private:
  const v1::Listing& listing_;
  const CivilDay today_;
  std::vector<v1::Deadline> deadlines_;
};

}  // namespace

std::vector<v1::Deadline> DeadlinesOf(const v1::Listing& listing, const CompiledCatalogue& catalogue,
                                      CivilDay today) {
  DeadlineList list(listing, today);
  if (listing.state() != v1::LISTING_STATE_LISTED) return list.Take();
  if (listing.has_display_until() && !listing.display_ended()) {
    const CivilDay last = DayOf(TimeOf(listing.display_until()) - absl::Nanoseconds(1));
    list.Add(v1::DEADLINE_KIND_DISPLAY_END, {.day = last}, kDisplayBasis, "");
  }
  if (const auto day = CivilDay::Parse(listing.ex_officio_removal_on()); day.ok()) {
    list.Add(v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL, catalogue.calendar().LastDayOf(*day), kExOfficioBasis, "");
  }
  if (const auto day = CivilDay::Parse(listing.escalation_case_on());
      day.ok() && listing.escalation_case().empty()) {
    list.Add(v1::DEADLINE_KIND_ESCALATION_CASE, {.day = *day}, kEscalationBasis, "");
  }
  if (const auto day = CivilDay::Parse(listing.escalation_on()); day.ok()) {
    const bool automatic = ProcedureOf(catalogue).escalation_automatic();
    list.Add(v1::DEADLINE_KIND_ESCALATION, catalogue.calendar().LastDayOf(*day), kEscalationBasis,
             automatic ? std::string_view() : std::string_view(listing.authority()));
  }
  return list.Take();
}

}  // namespace chengxin::domain
