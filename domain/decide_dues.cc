// What falls due by itself: rules 26, 30, 36, 39, 64. The platform does here what the law leaves to nobody's
// discretion, and opens a case where somebody is to decide.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/case_file.h"
#include "domain/case_opening.h"
#include "domain/case_redecision.h"
#include "domain/case_workflow.h"
#include "domain/deciders.h"
#include "domain/dues.h"
#include "domain/ground_standing.h"
#include "domain/item_standing.h"
#include "domain/listing_clocks.h"
#include "domain/listing_rules.h"
#include "domain/listing_ruling.h"
#include "domain/listing_withdrawal.h"
#include "domain/procedure.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// The platform itself, as the timer speaks.
constexpr std::string_view kSystem = "system";

log::v1::Event ListingEvent(log::v1::ListingOutcome outcome) {
  log::v1::Event event;
  *event.mutable_listing() = std::move(outcome);
  return event;
}

// Whether the due is still one of the resource: it may have changed since the timer read it.
bool IsDueOf(const log::v1::Due& due, const log::v1::Event& event) {
  const std::vector<log::v1::Due> dues = DuesOf(event);
  return std::any_of(dues.begin(), dues.end(), [&](const log::v1::Due& one) {
    return one.kind() == due.kind() && one.nominal_ns() == due.nominal_ns() &&
           one.resource() == due.resource();
  });
}

// Lets one due of an entry in force happen.
class ListingDue {
 public:
  ListingDue(const CommandContext& context, const View& view, const v1::Organization& organization,
             std::vector<v1::Listing> listings, const v1::Listing& listing)
      : context_(context),
        view_(view),
        catalogue_(view.catalogue()),
        organization_(organization),
        listings_(std::move(listings)),
        listing_(listing) {}

  absl::StatusOr<Decision> Run(v1::DeadlineKind kind) {
    switch (kind) {
      case v1::DEADLINE_KIND_DISPLAY_END:
        EndDisplay();
        break;
      case v1::DEADLINE_KIND_EX_OFFICIO_REMOVAL:
        Remove();
        break;
      case v1::DEADLINE_KIND_ESCALATION_CASE:
        CHENGXIN_RETURN_IF_ERROR(OpenEscalation());
        break;
      case v1::DEADLINE_KIND_ESCALATION:
        CHENGXIN_RETURN_IF_ERROR(Escalate());
        break;
      default:
        break;
    }
    return std::move(decision_);
  }

 private:
  ListingContext Context() const {
    return {.catalogue = *catalogue_,
            .organization = organization_,
            .revision = context_.revision,
            .stamp = context_.stamp};
  }
  uint32_t NextOrdinal() const { return static_cast<uint32_t>(decision_.events.size() + 1); }

  // The first instant after the last day of a period that nominally ends on the day; nothing while that lies
  // ahead, or the calendar of its year is not loaded (rule 64).
  std::optional<absl::Time> EndOfPeriodOn(const std::string& day) const {
    const WorkingCalendar::LastDay last = catalogue_->calendar().LastDayOf(DayAt(day));
    if (last.provisional || context_.stamp < EndOfDay(last.day)) return std::nullopt;
    return EndOfDay(last.day);
  }

  // The ground that holds and took effect last.
  const v1::ListingGround& LastGround() const;
  // The provision on how long the entry is displayed: the class of that period, else the ground's own.
  std::string DisplayBasis() const;
  std::string RemovalBasis() const;

  v1::Case Open(v1::CaseOrigin origin, std::string ground, std::string facts) const {
    return OpenByPlatform({.origin = origin,
                           .proposed_ground = std::move(ground),
                           .record = LastGround().record(),
                           .listing = listing_.name(),
                           .conduct_on = LastGround().conduct_on(),
                           .facts = std::move(facts)},
                          organization_, *catalogue_, context_.revision, context_.stamp, NextOrdinal());
  }
  void EndDisplay();
  void Remove();
  absl::Status OpenEscalation();
  absl::Status Escalate();
  absl::StatusOr<std::vector<v1::Case>> Cases() const;
  // The open case on two years of this entry, or nothing.
  std::optional<v1::Case> FindEscalationCase(const std::vector<v1::Case>& cases) const;
  // It ends as decided: what it was to decide has happened by itself.
  void EndEscalationCase(v1::Case the_case, const DecidedGround& ground, const std::string& severe);

  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  const v1::Organization& organization_;
  const std::vector<v1::Listing> listings_;
  const v1::Listing& listing_;
  Decision decision_;
};

const v1::ListingGround& ListingDue::LastGround() const {
  const v1::ListingGround* last = &*listing_.grounds().begin();
  for (const v1::ListingGround& ground : listing_.grounds()) {
    const bool later = TimeOf(last->effective_from()) <= TimeOf(ground.effective_from());
    if (Holds(ground) && (later || !Holds(*last))) last = &ground;
  }
  return *last;
}

std::string ListingDue::DisplayBasis() const {
  const v1::Ground* row = RowOf(LastGround(), *catalogue_);
  if (row == nullptr) return LastGround().legal_basis();
  for (const v1::DisplayClass& row_of_class : catalogue_->message().display_classes()) {
    if (row_of_class.maximum_display() == row->maximum_display()) return row_of_class.legal_basis().zh();
  }
  return row->legal_basis().zh();
}

std::string ListingDue::RemovalBasis() const {
  const v1::Ground* row = RowOf(LastGround(), *catalogue_);
  return row == nullptr ? LastGround().legal_basis()
                        : StrCat(row->legal_basis().zh(), "：", row->removal_zh());
}

// Rule 36: hides, ends neither membership nor bar, and gives the authority something to decide.
void ListingDue::EndDisplay() {
  if (context_.stamp < TimeOf(listing_.display_until())) return;
  v1::Listing hidden = listing_;
  hidden.set_display_ended(true);
  decision_.legal_basis = DisplayBasis();
  decision_.events.push_back(
      ListingEvent(OutcomeOf(v1::LISTING_TRANSITION_DISPLAY_ENDED, std::move(hidden), Context())));
  decision_.events.push_back(EventOf(
      Open(v1::CASE_ORIGIN_DISPLAY_ENDED, "",
           StrCat("公示期限届满，已停止公示；仍在名录内，自", listing_.first_listed_on(), "首次列入"))));
}

// Rule 30. What is outstanding has no day; the entry is then not due.
void ListingDue::Remove() {
  const std::optional<absl::Time> ended = EndOfPeriodOn(listing_.ex_officio_removal_on());
  if (!ended.has_value() || listing_.duty_outstanding()) return;
  decision_.legal_basis = RemovalBasis();
  decision_.events.push_back(
      ListingEvent(EndEntry(listing_, v1::LISTING_END_REASON_REMOVED, *ended, "", Context())));
}

absl::StatusOr<std::vector<v1::Case>> ListingDue::Cases() const {
  return view_.ListCases(ParseOrganizationName(organization_.name()).value_or(""));
}

std::optional<v1::Case> ListingDue::FindEscalationCase(const std::vector<v1::Case>& cases) const {
  const auto found = std::find_if(cases.begin(), cases.end(), [&](const v1::Case& one) {
    return IsOpen(one) && one.origin() == v1::CASE_ORIGIN_ESCALATION && one.listing() == listing_.name();
  });
  return found == cases.end() ? std::nullopt : std::optional(*found);
}

// Rule 26: ahead of the two years, so that there is time for notice and statement (rule 20). Not while a
// ground is decided again (rule 39): the due stays, and is asked for again when that has ended.
absl::Status ListingDue::OpenEscalation() {
  if (context_.stamp < StartOfDay(DayAt(listing_.escalation_case_on()))) return absl::OkStatus();
  const std::string ground = ProcedureOf(*catalogue_).escalation_ground();
  const v1::Ground* row = catalogue_->FindGround(ground, DayOf(context_.stamp));
  if (row == nullptr) return absl::OkStatus();
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Case> cases, Cases());
  if (FindRedecision(cases, listing_) != nullptr) return absl::OkStatus();
  v1::Listing marked = listing_;
  // One that was opened before the clock restarted is still the one to decide.
  const std::optional<v1::Case> open = FindEscalationCase(cases);
  if (open.has_value()) {
    marked.set_escalation_case(open->name());
  } else {
    v1::Case opened =
        Open(v1::CASE_ORIGIN_ESCALATION, ground,
             StrCat("列入活动异常名录至", listing_.escalation_on(), "满规定期限，届满前未移出"));
    marked.set_escalation_case(opened.name());
    decision_.events.push_back(EventOf(std::move(opened)));
  }
  decision_.legal_basis = row->legal_basis().zh();
  decision_.events.push_back(
      ListingEvent(OutcomeOf(v1::LISTING_TRANSITION_ANNOTATED, std::move(marked), Context())));
  return absl::OkStatus();
}

// Rule 26: without the catalogue's switch the move is the authority's to decide, however long it takes. With
// it, the move waits while a ground is decided again (rule 39); where the ground stands, the two years were
// full on their day all the same, and the move takes effect from there.
absl::Status ListingDue::Escalate() {
  const v1::Procedure procedure = ProcedureOf(*catalogue_);
  if (!procedure.escalation_automatic()) return absl::OkStatus();
  const std::optional<absl::Time> full = EndOfPeriodOn(listing_.escalation_on());
  if (!full.has_value()) return absl::OkStatus();
  const CivilDay effective_on = DayOf(*full);
  const v1::Ground* row = catalogue_->FindGround(procedure.escalation_ground(), effective_on);
  if (row == nullptr) return absl::OkStatus();
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Case> cases, Cases());
  if (FindRedecision(cases, listing_) != nullptr) return absl::OkStatus();
  std::optional<v1::Case> open = FindEscalationCase(cases);
  v1::ListingDecision decision;
  decision.set_number(StrCat("依目录自动移入-", listing_.name()));
  decision.set_ground(row->id());
  decision.set_decided_on(DayOf(context_.stamp).ToString());
  decision.set_effective_on(effective_on.ToString());
  decision.set_facts(StrCat("自", listing_.first_listed_on(), "首次列入活动异常名录，至",
                            listing_.escalation_on(), "满规定期限"));
  DecidedGround ground =
      DecidedOn(*row, std::move(decision), /*record=*/"", effective_on, organization_, *catalogue_);
  ground.in_case = listing_.escalation_case();
  std::vector<log::v1::ListingOutcome> outcomes = AddGround(ground, listings_, Context());
  decision_.legal_basis = StrCat(procedure.legal_basis().zh(), "；", row->legal_basis().zh());
  const std::string severe = outcomes.front().listing().name();
  for (log::v1::ListingOutcome& outcome : outcomes)
    decision_.events.push_back(ListingEvent(std::move(outcome)));
  if (open.has_value()) EndEscalationCase(*std::move(open), ground, severe);
  return absl::OkStatus();
}

void ListingDue::EndEscalationCase(v1::Case the_case, const DecidedGround& ground,
                                   const std::string& severe) {
  v1::CaseDecision& decision = *the_case.mutable_decision();
  decision.set_finding(v1::CASE_FINDING_LISTED);
  decision.set_number(ground.decision.number());
  decision.set_decided_on(ground.decision.decided_on());
  decision.set_ground(ground.row->id());
  decision.set_effective_on(ground.decision.effective_on());
  decision.set_facts(ground.decision.facts());
  decision.set_basis(decision_.legal_basis);
  decision.set_remedies(ground.decision.remedies());
  the_case.set_result_listing(severe);
  v1::CaseMove move;
  move.set_verb(v1::CASE_VERB_DECIDE);
  move.set_state(v1::CASE_STATE_DECIDED);
  MoveCase(std::move(move),
           {.catalogue = *catalogue_,
            .organization = organization_,
            .actor = {},
            .revision = context_.revision,
            .stamp = context_.stamp},
           the_case);
  decision_.events.push_back(EventOf(std::move(the_case)));
}

absl::StatusOr<Decision> LetListingDueHappen(const log::v1::Due& due, const CommandContext& context,
                                             const View& view) {
  const auto id = ParseListingName(due.resource());
  if (!id.has_value()) return Decision();
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> organization,
                            view.FindOrganization(id->code));
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Listing> listings, view.ListListings(id->code));
  const auto found = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& listing) {
    return listing.name() == due.resource();
  });
  if (!organization.has_value() || found == listings.end() || found->grounds().empty()) return Decision();
  log::v1::Event current;
  *current.mutable_listing()->mutable_listing() = *found;
  if (!IsDueOf(due, current)) return Decision();
  const v1::Listing listing = *found;
  return ListingDue(context, view, *organization, std::move(listings), listing).Run(due.kind());
}

// Rule 39: nobody decided in time on what rested on a withdrawn record.
class Redecision {
 public:
  Redecision(const CommandContext& context, const View& view, v1::Case the_case)
      : context_(context), view_(view), catalogue_(view.catalogue()), case_(std::move(the_case)) {}

  absl::StatusOr<Decision> Run() {
    const auto last = WorkingDayAfter(*catalogue_, DayAt(case_.received_on()),
                                      ProcedureOf(*catalogue_).withdrawal_working_days());
    if (!last.has_value() || context_.stamp < EndOfDay(*last)) return std::move(decision_);
    const std::string code(ParseOrganizationName(case_.organization()).value_or(""));
    CHENGXIN_ASSIGN_OR_RETURN(organization_, view_.FindOrganization(code));
    if (!organization_.has_value()) return std::move(decision_);
    CHENGXIN_RETURN_IF_ERROR(ReadWhatIsLeft());
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, view_.ListListings(code));
    const auto listing = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& one) {
      return one.name() == case_.listing() && one.state() == v1::LISTING_STATE_LISTED;
    });
    // Overdue then, and open until a person decides.
    if (listing != listings.end() && AwaitsPerson(*listing)) return std::move(decision_);
    const auto falling = [&](const v1::ListingGround& ground) {
      return FallsWith(case_.record(), ground, *listing, foundation_.left(), *catalogue_);
    };
    const bool falls = listing != listings.end() &&
                       std::any_of(listing->grounds().begin(), listing->grounds().end(), falling);
    if (falls) {
      std::vector<log::v1::ListingOutcome> outcomes =
          WithdrawGrounds(*listing, falling, EndOfDay(*last), listings, Context());
      v1::Listing& changed = *outcomes.front().mutable_listing();
      if (changed.state() == v1::LISTING_STATE_ENDED) changed.set_ended_by(case_.name());
      for (log::v1::ListingOutcome& one : outcomes) decision_.events.push_back(ListingEvent(std::move(one)));
    }
    EndCase(falls);
    return std::move(decision_);
  }

 private:
  ListingContext Context() const {
    return {.catalogue = *catalogue_,
            .organization = *organization_,
            .revision = context_.revision,
            .stamp = context_.stamp};
  }

  absl::Status ReadWhatIsLeft() {
    CHENGXIN_ASSIGN_OR_RETURN(foundation_, ReadFoundationOf(case_.record(), view_));
    const auto found =
        std::find_if(foundation_.records.begin(), foundation_.records.end(),
                     [&](const v1::CreditRecord& record) { return record.name() == case_.record(); });
    if (found == foundation_.records.end()) return absl::OkStatus();
    withdrawn_ = found->has_withdrawal();
    basis_ = found->withdrawal().basis();
    return absl::OkStatus();
  }

  // A ground that no penalty meets rests on a record that was corrected and still stands: whether what it
  // says now bears the finding is for the authority alone (rules 20, 31).
  bool AwaitsPerson(const v1::Listing& listing) const {
    return !withdrawn_ && std::any_of(listing.grounds().begin(), listing.grounds().end(),
                                      [&](const v1::ListingGround& ground) {
                                        return RestsOn(ground, case_.record()) &&
                                               StandingOf(ground, listing, case_.record(), foundation_.left(),
                                                          *catalogue_) == GroundStanding::kInDoubt;
                                      });
  }

  void EndCase(bool fell) {
    if (basis_.empty()) basis_ = ProcedureOf(*catalogue_).legal_basis().zh();
    const v1::Ground* row = catalogue_->FindGround(case_.proposed_ground(), DayAt(case_.conduct_on()));
    if (basis_.empty() && row != nullptr) basis_ = row->legal_basis().zh();
    decision_.legal_basis = basis_;
    v1::CaseDecision& decision = *case_.mutable_decision();
    decision.set_finding(fell ? v1::CASE_FINDING_NOT_SUBSTANTIATED : v1::CASE_FINDING_NO_MEASURE);
    decision.set_number(StrCat("逾期未决-", case_.name()));
    decision.set_decided_on(DayOf(context_.stamp).ToString());
    decision.set_facts(fell ? "列入所依据的记录已撤回或者更正，逾期未重新决定，该情形不再成立"
                            : "列入情形另有记录支持，或者已不在列");
    decision.set_basis(basis_);
    if (fell) case_.set_result_listing(case_.listing());
    v1::CaseMove move;
    move.set_verb(v1::CASE_VERB_DECIDE);
    move.set_state(v1::CASE_STATE_DECIDED);
    MoveCase(std::move(move),
             {.catalogue = *catalogue_,
              .organization = *organization_,
              .actor = {},
              .revision = context_.revision,
              .stamp = context_.stamp},
             case_);
    decision_.events.push_back(EventOf(case_));
  }

  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  v1::Case case_;
  std::optional<v1::Organization> organization_;
  Foundation foundation_;
  bool withdrawn_ = false;
  std::string basis_;
  Decision decision_;
};

absl::StatusOr<Decision> LetCaseDueHappen(const log::v1::Due& due, const CommandContext& context,
                                          const View& view) {
  const auto id = ParseCaseName(due.resource());
  if (!id.has_value() || due.kind() != v1::DEADLINE_KIND_REDECISION) return Decision();
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Case> found, view.FindCase(*id));
  if (!found.has_value() || !IsDueOf(due, EventOf(*found))) return Decision();
  return Redecision(context, view, *std::move(found)).Run();
}

}  // namespace

void CheckCommand(const log::v1::LetDueHappen& request, absl::Time now, const FieldChecks& checks) {
  checks.Check(request.request_id() == RequestIdOf(request.due()), "request_id",
               "应由到期事项得出 (expected the one that follows from the due)");
}

absl::StatusOr<Decision> DecideCommand(const log::v1::LetDueHappen& request, const CommandContext& context,
                                       const View& view) {
  const v1::Principal& principal = context.principal;
  if (principal.role() != v1::ROLE_UNSPECIFIED || principal.subject() != kSystem)
    return Refuse(RoleNotAllowed(principal.role()));
  const std::string_view resource = request.due().resource();
  return ParseCaseName(resource).has_value() ? LetCaseDueHappen(request.due(), context, view)
                                             : LetListingDueHappen(request.due(), context, view);
}

}  // namespace chengxin::domain
