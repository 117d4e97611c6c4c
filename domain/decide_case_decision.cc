// The decision of the registering authority on a case, by one officer or two: rules 18 to 23, 26, 28, 39.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/case_desk.h"
#include "domain/case_file.h"
#include "domain/case_listing.h"
#include "domain/case_notice.h"
#include "domain/case_redecision.h"
#include "domain/deciders.h"
#include "domain/ground_standing.h"
#include "domain/listing_rules.h"
#include "domain/listing_withdrawal.h"
#include "domain/procedure.h"
#include "domain/record_filing.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

log::v1::Event EventOf(log::v1::ListingOutcome outcome) {
  log::v1::Event event;
  *event.mutable_listing() = std::move(outcome);
  return event;
}

// What is decided, and by whom.
struct Ruling {
  v1::CaseDecision decision;
  std::string deciding_officer;
  // Confirmed: the subject that proposed it, and the officer who confirms; empty where one officer decides.
  std::string proposer;
  std::string confirming_officer;
};

// Decides one case that is in hand.
class CaseDeciding {
 public:
  CaseDeciding(Ruling ruling, const CommandContext& context, const View& view, CaseInHand hand)
      : ruling_(std::move(ruling)),
        context_(context),
        view_(view),
        hand_(std::move(hand)),
        file_(hand_.organization, view),
        filer_("", context, *hand_.catalogue, decision_),
        decided_on_(DayAt(ruling_.decision.decided_on())) {}

  // The decision takes effect.
  absl::StatusOr<Decision> Run() {
    CHENGXIN_RETURN_IF_ERROR(Judge());
    if (decision_.refusal.has_value()) return std::move(decision_);
    *hand_.the_case.mutable_decision() = Completed();
    const bool confirmed = !ruling_.proposer.empty();
    log::v1::Event event =
        Moved(confirmed ? v1::CASE_VERB_CONFIRM : v1::CASE_VERB_DECIDE, std::move(hand_), context_);
    v1::Case& decided = *event.mutable_case_();
    decided.set_deciding_officer(ruling_.deciding_officer);
    decided.set_proposer(ruling_.proposer);
    decided.set_confirming_officer(ruling_.confirming_officer);
    decision_.events.push_back(std::move(event));
    return std::move(decision_);
  }

  // It waits for a second officer: judged in everything, and nothing of it has effect (双人决定).
  absl::StatusOr<Decision> Propose() {
    const v1::Case before = hand_.the_case;
    CHENGXIN_RETURN_IF_ERROR(Judge());
    if (decision_.refusal.has_value()) return std::move(decision_);
    v1::CaseDecision completed = Completed();
    hand_.the_case = before;
    hand_.next = before.state();
    Decision proposal;
    log::v1::Event& event =
        proposal.events.emplace_back(Moved(v1::CASE_VERB_DECIDE, std::move(hand_), context_));
    v1::Case& proposed = *event.mutable_case_();
    *proposed.mutable_proposed_decision() = std::move(completed);
    proposed.set_proposer(context_.principal.subject());
    proposed.set_deciding_officer(ruling_.deciding_officer);
    return proposal;
  }

 private:
  // Whether it may be decided so, and what follows: a refusal, or the events before the case's own.
  absl::Status Judge() {
    CHENGXIN_RETURN_IF_ERROR(CheckFinding());
    std::optional<Refusal> refusal = RefuseDay();
    if (!refusal.has_value()) refusal = RefuseUnanswered(hand_.the_case, ruling_.decision);
    if (!refusal.has_value()) {
      CHENGXIN_ASSIGN_OR_RETURN(refusal, Find());
    }
    if (refusal.has_value()) decision_ = Refuse(*std::move(refusal));
    return absl::OkStatus();
  }

  // What a case of this origin can end with.
  absl::Status CheckFinding() const {
    const auto findings = FindingsOf(hand_.the_case.origin());
    if (std::find(findings.begin(), findings.end(), ruling_.decision.finding()) != findings.end()) {
      return absl::OkStatus();
    }
    FieldViolations violations;
    violations.Add("decision.finding",
                   StrCat("本案的结论应为 (expected one of) ",
                          absl::StrJoin(findings, ", ", [](std::string* out, v1::CaseFinding finding) {
                            out->append(v1::CaseFinding_Name(finding));
                          })));
    return violations.ToStatus();
  }

  // No decision lies before what it is about, nor before a purchaser reported it.
  std::optional<Refusal> RefuseDay() const {
    const v1::Case& the_case = hand_.the_case;
    const bool report = the_case.origin() == v1::CASE_ORIGIN_PURCHASER_REPORT;
    const std::string& earliest = EarliestMoveDay(the_case);
    if (ruling_.decision.decided_on() >= earliest) return std::nullopt;
    return Refusal{.reason = v1::ERROR_REASON_DECISION_DATE,
                   .message = StrCat("决定早于", report ? "收到通报" : "行为", "，最早为", earliest,
                                     " (decided before it: not before ", earliest, ")"),
                   .metadata = {{"field", "decision.decided_on"}, {"earliest", earliest}}};
  }

  absl::StatusOr<std::optional<Refusal>> Find() {
    switch (ruling_.decision.finding()) {
      case v1::CASE_FINDING_LISTED:
        return List();
      case v1::CASE_FINDING_SUBSTANTIATED:
        return Substantiate();
      case v1::CASE_FINDING_NOT_RESPONSIBLE:
        return RefuseResponsible();
      default:
        break;
    }
    if (hand_.the_case.origin() == v1::CASE_ORIGIN_REDECISION) return DecideAgain();
    return std::optional<Refusal>();
  }

  ListingContext listing_context() const {
    return {.catalogue = *hand_.catalogue,
            .organization = hand_.organization,
            .revision = context_.revision,
            .stamp = context_.stamp};
  }

  absl::StatusOr<std::optional<Refusal>> List() {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, view_.ListListings(file_.code()));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Case> cases, view_.ListCases(file_.code()));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file_.Records());
    CHENGXIN_ASSIGN_OR_RETURN(ListingRuling ruling, RuleOnCase({.the_case = hand_.the_case,
                                                                .decision = ruling_.decision,
                                                                .organization = hand_.organization,
                                                                .records = *records,
                                                                .listings = listings,
                                                                .cases = cases,
                                                                .catalogue = *hand_.catalogue}));
    if (ruling.refusal.has_value()) return ruling.refusal;
    ruling.ground.in_case = hand_.the_case.name();
    ruling.ground.duty_outstanding = ruling_.decision.duty_outstanding();
    std::vector<log::v1::ListingOutcome> outcomes = AddGround(ruling.ground, listings, listing_context());
    const v1::Listing listing = outcomes.front().listing();
    hand_.the_case.set_result_listing(listing.name());
    CHENGXIN_RETURN_IF_ERROR(NameInRecord(ruling.ground, listing));
    for (log::v1::ListingOutcome& outcome : outcomes) decision_.events.push_back(EventOf(std::move(outcome)));
    return std::optional<Refusal>();
  }

  // The penalty that was decided on proposes no more; its own case, if that is another, is decided with it.
  absl::Status NameInRecord(const DecidedGround& ground, const v1::Listing& listing) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file_.Records());
    const auto found = std::find_if(records->begin(), records->end(), [&](const v1::CreditRecord& record) {
      return record.has_penalty() && record.name() == ground.record;
    });
    if (!ground.row->has_penalty() || found == records->end()) return absl::OkStatus();
    v1::CreditRecord record = *found;
    record.clear_proposal();
    record.set_listing(listing.name());
    record.set_deciding_officer(ruling_.deciding_officer);
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Case> other, FindOpenCase(record.case_(), view_));
    filer_.Put(std::move(record), file_);
    if (!other.has_value() || other->name() == hand_.the_case.name()) return absl::OkStatus();
    DecideByFiling(*listing.grounds().rbegin(), listing.name(), ruling_.deciding_officer,
                   {.catalogue = *hand_.catalogue,
                    .organization = hand_.organization,
                    .actor = context_.principal,
                    .revision = context_.revision,
                    .stamp = context_.stamp},
                   *other);
    decision_.events.push_back(domain::EventOf(*std::move(other)));
    return absl::OkStatus();
  }

  // 属实, but no ground of the lists: an adverse record all the same, so that hearing comes first.
  absl::StatusOr<std::optional<Refusal>> Substantiate() {
    if (auto refusal = RefuseUnheard(hand_.the_case, decided_on_, *hand_.catalogue)) return refusal;
    const v1::CaseDecision& decision = ruling_.decision;
    v1::CreditRecord record;
    record.set_formed_on(decision.decided_on());
    v1::SubstantiatedConduct& conduct = *record.mutable_substantiated_conduct();
    conduct.set_decision_number(decision.number());
    conduct.set_decided_on(decision.decided_on());
    conduct.set_facts(decision.facts());
    conduct.set_basis(decision.basis());
    conduct.set_until(decision.considered_until());
    CHENGXIN_ASSIGN_OR_RETURN(const Filing filing, filer_.File(record, /*propose=*/false, file_));
    if (filing.outcome != v1::IMPORT_OUTCOME_CREATED) {
      return std::optional(Refusal{.reason = v1::ERROR_REASON_CONFLICTING_RECORD,
                                   .message = StrCat(filing.record.name(),
                                                     "：此文号的认定已有记录 (a finding of this number is "
                                                     "recorded already)"),
                                   .metadata = {{"record", filing.record.name()}}});
    }
    hand_.the_case.set_result_record(filing.record.name());
    return std::optional<Refusal>();
  }

  // Rule 28: the certificate lets the authority decline a listing on the abnormal list, and no other.
  absl::StatusOr<std::optional<Refusal>> RefuseResponsible() const {
    const v1::Case& the_case = hand_.the_case;
    const std::string& ground =
        the_case.has_notice() ? the_case.notice().ground() : the_case.proposed_ground();
    const v1::Ground* row = hand_.catalogue->FindGround(ground, DayAt(the_case.conduct_on()));
    if (row != nullptr && row->list() == v1::LIST_KIND_ABNORMAL) return std::optional<Refusal>();
    return std::optional(
        Refusal{.reason = v1::ERROR_REASON_GROUND_MISMATCH,
                .message = StrCat("无直接责任只适用于活动异常名录的情形，本案为“", ground,
                                  "” (no direct responsibility: for grounds of the abnormal list only)"),
                .metadata = {{"expected", "LIST_KIND_ABNORMAL"},
                             {"ground", ground},
                             {"article", "社会组织信用信息管理办法第十二条"}}});
  }

  // Rule 39: the grounds fall that do not stand on what is left, or other records support them.
  absl::StatusOr<std::optional<Refusal>> DecideAgain() {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, view_.ListListings(file_.code()));
    const auto listing = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& entry) {
      return entry.name() == hand_.the_case.listing() && entry.state() == v1::LISTING_STATE_LISTED;
    });
    const std::string& record = hand_.the_case.record();
    const bool rests = listing != listings.end() &&
                       std::any_of(listing->grounds().begin(), listing->grounds().end(),
                                   [&](const v1::ListingGround& ground) { return RestsOn(ground, record); });
    // It ended in the meantime, or what rested on the record fell by itself.
    if (!rests) return std::optional<Refusal>();
    hand_.the_case.set_result_listing(listing->name());
    CHENGXIN_ASSIGN_OR_RETURN(const Foundation foundation, ReadFoundationOf(record, view_));
    if (ruling_.decision.finding() == v1::CASE_FINDING_NOT_SUBSTANTIATED) {
      const auto falling = [&](const v1::ListingGround& ground) {
        return FallsWith(record, ground, *listing, foundation.left(), *hand_.catalogue);
      };
      if (std::none_of(listing->grounds().begin(), listing->grounds().end(), falling)) {
        return std::optional(NothingFalls(*listing));
      }
      std::vector<log::v1::ListingOutcome> outcomes =
          WithdrawGrounds(*listing, falling, context_.stamp, listings, listing_context());
      if (v1::Listing& entry = *outcomes.front().mutable_listing();
          entry.state() == v1::LISTING_STATE_ENDED) {
        entry.set_ended_by(hand_.the_case.name());
      }
      for (log::v1::ListingOutcome& one : outcomes) decision_.events.push_back(EventOf(std::move(one)));
      return std::optional<Refusal>();
    }
    Keeping keeping = KeepGrounds(*listing, record, decided_on_, foundation.left(), listing_context());
    if (keeping.outcome.has_value()) decision_.events.push_back(EventOf(*std::move(keeping.outcome)));
    return keeping.refusal;
  }

  // What a decision says by law beside what the officer wrote (rules 22, 23).
  v1::CaseDecision Completed() const {
    v1::CaseDecision decision = ruling_.decision;
    decision.clear_remedies();
    decision.clear_review_until();
    decision.clear_litigation_until();
    CompleteService(*hand_.catalogue, *decision.mutable_service());
    const bool adverse =
        decision.finding() == v1::CASE_FINDING_LISTED || decision.finding() == v1::CASE_FINDING_SUBSTANTIATED;
    if (decision.finding() == v1::CASE_FINDING_LISTED && decision.effective_on().empty()) {
      decision.set_effective_on(decision.decided_on());
    }
    if (!adverse) return decision;
    decision.set_remedies(hand_.catalogue->message().remedies_zh());
    const v1::Procedure procedure = ProcedureOf(*hand_.catalogue);
    const CivilDay known_on = EffectiveOf(decision.service(), *hand_.catalogue).day;
    if (const auto last = LastDayOfPeriod(*hand_.catalogue, known_on, procedure.review_period())) {
      decision.set_review_until(last->day.ToString());
    }
    if (const auto last = LastDayOfPeriod(*hand_.catalogue, known_on, procedure.litigation_period())) {
      decision.set_litigation_until(last->day.ToString());
    }
    return decision;
  }

  const Ruling ruling_;
  const CommandContext& context_;
  const View& view_;
  CaseInHand hand_;
  Decision decision_;
  OrganizationFile file_;
  RecordFiler filer_;
  const CivilDay decided_on_;
};

// The first officer alone does not confirm what he proposed (双人决定).
std::optional<Refusal> RefuseProposer(const v1::Case& the_case, const v1::Principal& principal) {
  if (the_case.proposer() != principal.subject()) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_SECOND_OFFICER_NEEDED,
                 .message =
                     "该决定由您提出，应当由另一名经办人确认 (you proposed this decision: another "
                     "officer confirms it)",
                 .metadata = {{"case", the_case.name()}}};
}

}  // namespace

absl::StatusOr<Decision> DecideCommand(const v1::DecideCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(CaseInHand hand,
                            TakeInHand(v1::CASE_VERB_DECIDE, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  const bool proposes = hand.catalogue->message().procedure().decisions_need_two_officers();
  CaseDeciding deciding({.decision = request.decision(),
                         .deciding_officer = request.deciding_officer(),
                         .proposer = {},
                         .confirming_officer = {}},
                        context, view, std::move(hand));
  return proposes ? deciding.Propose() : deciding.Run();
}

absl::StatusOr<Decision> DecideCommand(const v1::ConfirmDecisionRequest& request,
                                       const CommandContext& context, const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(CaseInHand hand,
                            TakeInHand(v1::CASE_VERB_CONFIRM, request.name(), request.etag(), context, view));
  if (!hand.refusal.has_value()) hand.refusal = RefuseProposer(hand.the_case, context.principal);
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  Ruling ruling{.decision = hand.the_case.proposed_decision(),
                .deciding_officer = hand.the_case.deciding_officer(),
                .proposer = hand.the_case.proposer(),
                .confirming_officer = request.confirming_officer()};
  return CaseDeciding(std::move(ruling), context, view, std::move(hand)).Run();
}

}  // namespace chengxin::domain
