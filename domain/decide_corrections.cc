// Corrections and withdrawals of records: rules 13, 25, 39.
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
#include "domain/case_workflow.h"
#include "domain/deciders.h"
#include "domain/field_checks.h"
#include "domain/ground_standing.h"
#include "domain/listing_withdrawal.h"
#include "domain/organization_lookup.h"
#include "domain/procedure.h"
#include "domain/record_filing.h"
#include "domain/record_identity.h"
#include "domain/resource_names.h"
#include "domain/validate_record.h"

namespace chengxin::domain {

namespace {

void CheckRecordName(std::string_view name, const FieldChecks& checks) {
  checks.Check(ParseRecordName(name).has_value(), "name",
               "应为\"organizations/{code}/records/{id}\" (expected "
               "\"organizations/{code}/records/{id}\")");
}

absl::Status RecordNotFound(std::string_view name) {
  return absl::NotFoundError(StrCat(name, "：没有此记录 (no such record)"));
}

// Decides one revision of a record that is there.
class RecordRevision {
 public:
  RecordRevision(const CommandContext& context, const View& view, v1::Organization organization,
                 v1::CreditRecord known)
      : context_(context),
        view_(view),
        catalogue_(view.catalogue()),
        known_(std::move(known)),
        file_(std::move(organization), view),
        filer_(known_.source(), context, *catalogue_, decision_) {}

  absl::StatusOr<Decision> Correct(const v1::CorrectRecordRequest& request);
  absl::StatusOr<Decision> Withdraw(const v1::WithdrawRecordRequest& request);

 private:
  CivilDay today() const { return DayOf(context_.stamp); }

  // The registering authority corrects and withdraws what is recorded of its organizations (rule 18), a
  // source what it delivered itself; the lists and bans of others are their sources' alone.
  std::optional<Decision> RefusePrincipal(const std::string& etag) const;
  // Who revises it, "authorities/{id}" or "sources/{id}".
  std::string Reviser() const {
    return context_.principal.role() == v1::ROLE_SYNC ? known_.source() : context_.principal.authority();
  }
  absl::Status CheckCorrection(const v1::CreditRecord& corrected) const;
  // Another record that the corrected one would be the same decision as (rule 12).
  absl::StatusOr<std::optional<Decision>> RefuseTwin(const v1::CreditRecord& corrected);
  bool Says(const v1::CreditRecord& corrected) const;
  // Puts the new state in place with all that follows from it.
  absl::Status Revise(v1::CreditRecord next);
  // Opens a case for each listing in force, of the organization and of those it was merged into, that has a
  // ground resting on the record which is to be decided again (rule 39).
  template <typename Concerns>
  absl::Status OpenCases(std::string_view facts, const Concerns& concerns);
  absl::StatusOr<bool> HasOpenCase(std::string_view code, const std::string& listing) const;

  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  const v1::CreditRecord known_;
  Decision decision_;
  OrganizationFile file_;
  RecordFiler filer_;
};

std::optional<Decision> RecordRevision::RefusePrincipal(const std::string& etag) const {
  const v1::Principal& principal = context_.principal;
  if (principal.role() == v1::ROLE_SYNC) {
    if (known_.source().empty() || known_.source() != principal.unit()) {
      return Refuse(RoleNotAllowed(principal.role()));
    }
  } else if (auto refusal = RefuseElsewhere(principal, file_.organization())) {
    return Refuse(*std::move(refusal));
  } else if (known_.has_external_listing()) {
    return SourceOnly();
  }
  if (auto refusal = RefuseStale(etag, known_.etag())) return Refuse(*std::move(refusal));
  if (known_.has_withdrawal()) {
    return Refuse(v1::ERROR_REASON_ITEM_ENDED, StrCat(known_.name(), "：已撤回 (withdrawn already)"),
                  {{"record", known_.name()}});
  }
  return std::nullopt;
}

absl::Status RecordRevision::CheckCorrection(const v1::CreditRecord& corrected) const {
  FieldViolations violations;
  const FieldChecks checks("record", today(), violations);
  checks.Check(corrected.content_case() == known_.content_case(), "content",
               "更正不能改变记录的种类 (a correction keeps the kind of the record)");
  CheckAgainstCatalogue(corrected, *catalogue_, checks);
  return violations.ToStatus();
}

absl::StatusOr<std::optional<Decision>> RecordRevision::RefuseTwin(const v1::CreditRecord& corrected) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file_.Records());
  const auto twin = std::find_if(records->begin(), records->end(), [&](const v1::CreditRecord& other) {
    return other.name() != known_.name() && other.has_penalty() && corrected.has_penalty() &&
           SameDecision(other.penalty(), corrected.penalty());
  });
  if (twin == records->end()) return std::nullopt;
  return Refuse(v1::ERROR_REASON_CONFLICTING_RECORD,
                StrCat(twin->name(), "：已是该机关此文号的记录 (is the record of this decision already)"),
                {{"record", twin->name()}});
}

bool RecordRevision::Says(const v1::CreditRecord& corrected) const {
  return SameContent(known_, corrected) && known_.formed_on() == corrected.formed_on() &&
         known_.internal_note() == corrected.internal_note();
}

absl::Status RecordRevision::Revise(v1::CreditRecord next) {
  // Every record of the organization is loaded before one is replaced.
  CHENGXIN_RETURN_IF_ERROR(file_.Records().status());
  return filer_.Revise(std::move(next), file_);
}

absl::StatusOr<bool> RecordRevision::HasOpenCase(std::string_view code, const std::string& listing) const {
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Case> cases, view_.ListCases(code));
  return std::any_of(cases.begin(), cases.end(), [&](const v1::Case& one) {
    return IsOpen(one) && one.origin() == v1::CASE_ORIGIN_REDECISION && one.listing() == listing &&
           one.record() == known_.name();
  });
}

template <typename Concerns>
absl::Status RecordRevision::OpenCases(std::string_view facts, const Concerns& concerns) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Organization> holders,
                            WithSuccessors(file_.organization(), view_));
  for (const v1::Organization& holder : holders) {
    const std::string code(ParseOrganizationName(holder.name()).value_or(""));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, view_.ListListings(code));
    for (const v1::Listing& listing : listings) {
      if (listing.state() != v1::LISTING_STATE_LISTED) continue;
      const auto ground =
          std::find_if(listing.grounds().begin(), listing.grounds().end(), [&](const v1::ListingGround& one) {
            return RestsOn(one, known_.name()) && concerns(one, listing);
          });
      if (ground == listing.grounds().end()) continue;
      CHENGXIN_ASSIGN_OR_RETURN(const bool open, HasOpenCase(code, listing.name()));
      if (open) continue;
      decision_.events.push_back(
          EventOf(OpenByPlatform({.origin = v1::CASE_ORIGIN_REDECISION,
                                  .proposed_ground = ground->ground(),
                                  .record = known_.name(),
                                  .listing = listing.name(),
                                  .conduct_on = ground->conduct_on(),
                                  .facts = StrCat("列入所依据的记录", facts)},
                                 holder, *catalogue_, context_.revision, context_.stamp,
                                 static_cast<uint32_t>(decision_.events.size() + 1))));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Decision> RecordRevision::Correct(const v1::CorrectRecordRequest& request) {
  if (auto refused = RefusePrincipal(request.etag())) return *std::move(refused);
  CHENGXIN_RETURN_IF_ERROR(CheckCorrection(request.record()));
  CHENGXIN_ASSIGN_OR_RETURN(auto twin, RefuseTwin(request.record()));
  if (twin.has_value()) return *std::move(twin);
  if (Says(request.record())) {
    *decision_.existing.emplace_back().mutable_record() = known_;
    return std::move(decision_);
  }
  v1::CreditRecord next = known_;
  Supersede(next);
  CopyContent(request.record(), next);
  next.set_formed_on(request.record().formed_on());
  next.set_internal_note(request.record().internal_note());
  v1::RecordCorrection& correction = *next.mutable_correction();
  correction.set_reason(request.reason());
  correction.set_by(Reviser());
  correction.set_corrected_on(today().ToString());
  CHENGXIN_ASSIGN_OR_RETURN(const Foundation before, ReadFoundation(file_.organization(), view_));
  CHENGXIN_RETURN_IF_ERROR(Revise(std::move(next)));
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file_.Records());
  Foundation after = before;
  after.Replace(*records);
  // A ground that only a person can judge was decided on what the record said (rule 20): any other content
  // asks for it to be looked at again. One that the law met is, where it is met no more.
  const bool says_otherwise = !SameContent(known_, request.record());
  CHENGXIN_RETURN_IF_ERROR(OpenCases(
      StrCat("已更正：", request.reason()), [&](const v1::ListingGround& ground, const v1::Listing& listing) {
        const auto standing = [&](const Foundation& foundation) {
          return StandingOf(ground, listing, known_.name(), foundation.left(), *catalogue_);
        };
        const GroundStanding now = standing(after);
        if (now == GroundStanding::kInDoubt) return says_otherwise;
        return now == GroundStanding::kFalls && standing(before) != GroundStanding::kFalls;
      }));
  return std::move(decision_);
}

absl::StatusOr<Decision> RecordRevision::Withdraw(const v1::WithdrawRecordRequest& request) {
  if (auto refused = RefusePrincipal(request.etag())) return *std::move(refused);
  const auto decided_on = CivilDay::Parse(request.withdrawal().decided_on());
  if (const auto known_on = CivilDay::Parse(known_.penalty().decided_on());
      known_on.ok() && decided_on.ok() && *decided_on < *known_on) {
    FieldViolations violations;
    violations.Add("withdrawal.decided_on", StrCat("早于所撤销的处罚决定", known_on->ToString(),
                                                   " (before the decision that it revokes)"));
    return violations.ToStatus();
  }
  v1::CreditRecord next = known_;
  v1::RecordWithdrawal& withdrawal = *next.mutable_withdrawal();
  withdrawal.set_reason(request.withdrawal().reason());
  withdrawal.set_basis(request.withdrawal().basis());
  withdrawal.set_number(request.withdrawal().number());
  withdrawal.set_decided_on(request.withdrawal().decided_on());
  withdrawal.set_by(Reviser());
  if (decided_on.ok()) {
    const auto due =
        WorkingDayAfter(*catalogue_, *decided_on, ProcedureOf(*catalogue_).withdrawal_working_days());
    if (due.has_value()) withdrawal.set_due_on(due->ToString());
  }
  CHENGXIN_RETURN_IF_ERROR(Revise(std::move(next)));
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file_.Records());
  CHENGXIN_ASSIGN_OR_RETURN(Foundation after, ReadFoundation(file_.organization(), view_));
  after.Replace(*records);
  // What the others still meet stands, and there is nothing to decide again (rule 39: what rests on it
  // alone).
  CHENGXIN_RETURN_IF_ERROR(OpenCases(StrCat("已撤回：", request.withdrawal().reason()),
                                     [&](const v1::ListingGround& ground, const v1::Listing& listing) {
                                       return StandingOf(ground, listing, known_.name(), after.left(),
                                                         *catalogue_) != GroundStanding::kStands;
                                     }));
  return std::move(decision_);
}

// Finds the record and what its revision needs; a refused role, or NotFound.
template <typename Request>
absl::StatusOr<Decision> ReviseRecord(const Request& request, const CommandContext& context, const View& view,
                                      absl::StatusOr<Decision> (RecordRevision::*revise)(const Request&)) {
  const v1::Role role = context.principal.role();
  if (role != v1::ROLE_CIVIL_AFFAIRS && role != v1::ROLE_SYNC) return Refuse(RoleNotAllowed(role));
  const auto name = ParseRecordName(request.name());
  if (!name.has_value()) return RecordNotFound(request.name());
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization, FindByAnyCode(name->code, view));
  if (!organization.has_value()) return RecordNotFound(request.name());
  const std::string first(ParseOrganizationName(organization->name()).value_or(""));
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord> records, view.ListRecords(first));
  const std::string stored = RecordNameOf(first, name->id);
  const auto known = std::find_if(records.begin(), records.end(),
                                  [&](const v1::CreditRecord& record) { return record.name() == stored; });
  if (known == records.end()) return RecordNotFound(request.name());
  RecordRevision revision(context, view, *std::move(organization), *known);
  return (revision.*revise)(request);
}

}  // namespace

void CheckCommand(const v1::CorrectRecordRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckRecordName(request.name(), checks);
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
  checks.RequiredText("reason", request.reason(), kMaximumResultLength);
  const FieldChecks record = checks.Under("record");
  ValidateRecord(request.record(), record);
  record.Check(request.record().deciding_officer().empty(), "deciding_officer",
               "更正不含列入决定 (a correction comes without a listing decision)");
}

absl::StatusOr<Decision> DecideCommand(const v1::CorrectRecordRequest& request, const CommandContext& context,
                                       const View& view) {
  return ReviseRecord(request, context, view, &RecordRevision::Correct);
}

void CheckCommand(const v1::WithdrawRecordRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckRecordName(request.name(), checks);
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
  const FieldChecks withdrawal = checks.Under("withdrawal");
  withdrawal.RequiredText("reason", request.withdrawal().reason(), kMaximumResultLength);
  withdrawal.RequiredText("basis", request.withdrawal().basis(), kMaximumBasisLength);
  withdrawal.OptionalText("number", request.withdrawal().number(), kMaximumNumberLength);
  withdrawal.RequiredPastDay("decided_on", request.withdrawal().decided_on());
}

absl::StatusOr<Decision> DecideCommand(const v1::WithdrawRecordRequest& request,
                                       const CommandContext& context, const View& view) {
  return ReviseRecord(request, context, view, &RecordRevision::Withdraw);
}

}  // namespace chengxin::domain
