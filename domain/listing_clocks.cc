#include "domain/listing_clocks.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/item_standing.h"
#include "domain/procedure.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

std::string TextOf(const std::optional<CivilDay>& day) { return day.has_value() ? day->ToString() : ""; }

// The day that lies the period before another: on the corresponding day, or the last of a shorter month.
std::optional<CivilDay> Ahead(CivilDay day, std::string_view text) {
  const auto period = Period::Parse(text);
  if (!period.ok()) return std::nullopt;
  const absl::CivilMonth month = absl::CivilMonth(day.civil()) - (period->years * 12 + period->months);
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  const int in_month = std::min(day.civil().day(), last.day());
  return CivilDay(absl::CivilDay(month.year(), month.month(), in_month)) - period->days;
}

class EntryClocks {
 public:
  EntryClocks(const CompiledCatalogue& catalogue, v1::Listing& listing)
      : catalogue_(catalogue),
        restarts_(catalogue.message().restart_period_on_new_ground()),
        listing_(listing) {}

  void SetMinimumPeriodEnd() {
    std::optional<CivilDay> end;
    for (const v1::ListingGround& ground : listing_.grounds()) {
      if (!Holds(ground)) continue;
      end = std::max(end, EndOf(ground, &v1::Ground::minimum_period));
    }
    listing_.set_minimum_period_end(TextOf(end));
  }

  void SetDisplayUntil(absl::Time stamp) {
    const v1::ListingGround* last = nullptr;
    for (const v1::ListingGround& ground : listing_.grounds()) {
      if (!Holds(ground)) continue;
      if (last == nullptr || EffectiveDayOf(*last) <= EffectiveDayOf(ground)) last = &ground;
    }
    listing_.clear_display_until();
    const v1::Ground* row = last == nullptr ? nullptr : RowOf(*last, catalogue_);
    if (row == nullptr) return;
    if (const auto end = NominalEnd(SinceRestored(EffectiveDayOf(*last)), row->maximum_display())) {
      SetTimestamp(EndOfDay(*end), *listing_.mutable_display_until());
      if (EndOfDay(*end) > stamp) listing_.set_display_ended(false);
    } else {
      listing_.set_display_ended(false);
    }
  }

  void SetExOfficioRemoval() {
    listing_.clear_ex_officio_removal_on();
    if (listing_.list() != v1::LIST_KIND_ABNORMAL || listing_.duty_outstanding()) return;
    std::optional<CivilDay> end;
    for (const v1::ListingGround& ground : listing_.grounds()) {
      if (!Holds(ground)) continue;
      const auto own = EndOf(ground, &v1::Ground::ex_officio_removal);
      if (!own.has_value()) return;  // removed on application alone
      end = std::max(end, own);
    }
    listing_.set_ex_officio_removal_on(TextOf(end));
  }

  void SetEscalation() {
    const auto known = DayIn(listing_.escalation_on());
    listing_.clear_escalation_on();
    listing_.clear_escalation_case_on();
    if (listing_.list() != v1::LIST_KIND_ABNORMAL) return;
    const v1::Procedure procedure = ProcedureOf(catalogue_);
    const auto start =
        DayIn(procedure.escalation_clock_restarts() ? listing_.period_start() : listing_.first_listed_on());
    if (!start.has_value()) return;
    const auto full = NominalEnd(SinceRestored(*start), procedure.escalation_period());
    if (!full.has_value()) return;
    listing_.set_escalation_on(full->ToString());
    listing_.set_escalation_case_on(TextOf(Ahead(*full, procedure.escalation_lead())));
    if (known.has_value() && *known < *full) listing_.clear_escalation_case();
  }

 private:
  // The day, but not before the entry came back.
  CivilDay SinceRestored(CivilDay day) const {
    if (!listing_.repair().has_revoked()) return day;
    return std::max(day, DayOf(TimeOf(listing_.repair().revoked())));
  }

  // The end of a period of the ground's row.
  std::optional<CivilDay> EndOf(const v1::ListingGround& ground,
                                const std::string& (v1::Ground::*period)() const) const {
    const v1::Ground* row = RowOf(ground, catalogue_);
    const auto start = restarts_ ? DayIn(listing_.period_start()) : EffectiveDayOf(ground);
    if (row == nullptr || !start.has_value()) return std::nullopt;
    return NominalEnd(*start, (row->*period)());
  }

  const CompiledCatalogue& catalogue_;
  const bool restarts_;
  v1::Listing& listing_;
};

}  // namespace

const v1::Ground* RowOf(const v1::ListingGround& ground, const CompiledCatalogue& catalogue) {
  return catalogue.FindGround(ground.ground(), DayAt(ground.conduct_on()));
}

CivilDay EffectiveDayOf(const v1::ListingGround& ground) { return DayAt(ground.decision().effective_on()); }

bool HasElapsed(const CompiledCatalogue& catalogue, CivilDay last, CivilDay today) {
  return today > catalogue.calendar().LastDayOf(last).day;
}

void RestartPeriod(CivilDay effective_on, v1::Listing& listing) {
  const auto start = DayIn(listing.period_start());
  listing.set_period_start((start.has_value() ? std::max(*start, effective_on) : effective_on).ToString());
}

void SetClocks(const CompiledCatalogue& catalogue, absl::Time stamp, v1::Listing& listing) {
  if (listing.state() != v1::LISTING_STATE_LISTED) return;
  EntryClocks clocks(catalogue, listing);
  clocks.SetMinimumPeriodEnd();
  clocks.SetDisplayUntil(stamp);
  clocks.SetExOfficioRemoval();
  clocks.SetEscalation();
}

}  // namespace chengxin::domain
