// A case comes and goes: opened, accepted, returned, handed in again, dismissed, forwarded, transferred;
// rules 14 to 17.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/case_desk.h"
#include "domain/case_workflow.h"
#include "domain/deciders.h"
#include "domain/field_checks.h"
#include "domain/organization_lookup.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"
#include "domain/validate_cases.h"

namespace chengxin::domain {

namespace {

Decision Happens(log::v1::Event event) {
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

absl::Status WrongField(std::string_view field, std::string_view description) {
  FieldViolations violations;
  violations.Add(field, description);
  return violations.ToStatus();
}

// The content that a person gives, judged by what is known: the type of conduct, the ground proposed, the
// award and the record.
class CaseContent {
 public:
  CaseContent(const v1::Case& content, const v1::Organization& organization, const View& view)
      : content_(content), organization_(organization), view_(view) {}

  // Puts the content into a case of its origin, or says why not.
  absl::StatusOr<std::optional<Refusal>> PutInto(v1::Case& the_case) const {
    const CivilDay conduct_on = DayAt(content_.conduct_on());
    const v1::ConductType* type = view_.catalogue()->FindConductType(content_.conduct(), conduct_on);
    if (type == nullptr) return std::optional(UnknownConduct());
    const std::string& ground =
        content_.proposed_ground().empty() ? type->ground() : content_.proposed_ground();
    if (!ground.empty()) {
      const v1::Ground* row = view_.catalogue()->FindGround(ground, conduct_on);
      if (row == nullptr || row->origin() != v1::GROUND_ORIGIN_LISTING) {
        return std::optional(UnknownGround(ground));
      }
    }
    if (the_case.origin() == v1::CASE_ORIGIN_PURCHASER_REPORT && !content_.award().empty()) {
      CHENGXIN_ASSIGN_OR_RETURN(std::optional<Refusal> refusal, RefuseAward(the_case.reporter()));
      if (refusal.has_value()) return refusal;
    }
    the_case.set_conduct(content_.conduct());
    the_case.set_conduct_on(content_.conduct_on());
    the_case.set_facts(content_.facts());
    *the_case.mutable_evidence() = content_.evidence();
    the_case.set_contract(content_.contract());
    the_case.set_award(content_.award());
    the_case.set_proposed_ground(ground);
    return std::optional<Refusal>();
  }

  // The record the case is about; it must be one of the organization's.
  absl::Status PutRecordInto(v1::Case& the_case) const {
    if (content_.record().empty()) return absl::OkStatus();
    const std::string_view code = ParseOrganizationName(organization_.name()).value_or("");
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord> records, view_.ListRecords(code));
    const bool known = std::any_of(records.begin(), records.end(), [&](const v1::CreditRecord& record) {
      return record.name() == content_.record();
    });
    if (!known) return WrongField("case.record", "不是该社会组织的记录 (no record of the organization)");
    the_case.set_record(content_.record());
    return absl::OkStatus();
  }

 private:
  Refusal UnknownConduct() const {
    return {.reason = v1::ERROR_REASON_UNKNOWN_CONDUCT_TYPE,
            .message = StrCat("“", content_.conduct(), "”在", content_.conduct_on(),
                              "不是目录中的失信行为类型 (no type of conduct of the catalogue on that day)"),
            .metadata = {{"conduct", content_.conduct()}}};
  }

  Refusal UnknownGround(const std::string& ground) const {
    return {.reason = v1::ERROR_REASON_UNKNOWN_GROUND,
            .message = StrCat("“", ground, "”不是两个名单的列入情形 (no ground of the two lists)"),
            .metadata = {{"ground", ground}}};
  }

  // Rule 14: the reporter's own award, on this organization, of the contract it names.
  absl::StatusOr<std::optional<Refusal>> RefuseAward(const std::string& reporter) const {
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Award> award,
                              view_.FindAward(ParseAwardName(content_.award()).value_or(RecordId())));
    if (award.has_value() && award->purchaser() == reporter && award->contract() == content_.contract() &&
        IsContractor(*award)) {
      return std::optional<Refusal>();
    }
    return std::optional(Refusal{.reason = v1::ERROR_REASON_NOT_OWN_CONTRACT,
                                 .message = StrCat(content_.award(),
                                                   "不是贵单位与该社会组织的此项合同 (not the reporter's own "
                                                   "contract with this organization)"),
                                 .metadata = {{"award", content_.award()}}});
  }

  bool IsContractor(const v1::Award& award) const {
    return std::any_of(
        award.contractor_codes().begin(), award.contractor_codes().end(), [&](const std::string& code) {
          const auto& former = organization_.former_codes();
          return code == organization_.code() || OrganizationName(code) == organization_.name() ||
                 std::find(former.begin(), former.end(), code) != former.end();
        });
  }

  const v1::Case& content_;
  const v1::Organization& organization_;
  const View& view_;
};

std::optional<Refusal> RefuseOpener(v1::CaseOrigin origin, const v1::Organization& organization,
                                    const v1::Principal& principal) {
  const bool report = origin == v1::CASE_ORIGIN_PURCHASER_REPORT;
  const bool authority = principal.role() == v1::ROLE_CIVIL_AFFAIRS;
  if (!MayEver(v1::CASE_VERB_OPEN, principal.role()) || report == authority) {
    return RoleNotAllowed(principal.role());
  }
  if (origin == v1::CASE_ORIGIN_AUTHORITY && principal.authority() != organization.registration_authority()) {
    return Refusal{
        .reason = v1::ERROR_REASON_NOT_REGISTERING_AUTHORITY,
        .message = StrCat("该社会组织由", organization.registration_authority(),
                          "登记，只有登记管理机关可以依职权立案 (only the authority where the organization "
                          "is registered may open a case of its own)"),
        .metadata = {{"registration_authority", organization.registration_authority()}}};
  }
  return std::nullopt;
}

// The case as it is opened, without content.
v1::Case Opened(const v1::OpenCaseRequest& request, const v1::Organization& organization,
                const CommandContext& context) {
  v1::Case opened;
  opened.set_name(CaseNameOf({.revision = context.revision, .ordinal = 1}));
  opened.set_organization(organization.name());
  opened.set_origin(request.origin());
  // A complaint lies with the authority that received it, until it is forwarded (rule 17).
  opened.set_authority(request.origin() == v1::CASE_ORIGIN_PURCHASER_REPORT
                           ? organization.registration_authority()
                           : context.principal.authority());
  opened.set_opener(context.principal.subject());
  opened.set_complainant(request.case_().complainant());
  opened.set_internal_note(request.case_().internal_note());
  opened.set_received_on(DayOf(context.stamp).ToString());
  SetTimestamp(context.stamp, *opened.mutable_create_time());
  return opened;
}

}  // namespace

absl::StatusOr<Decision> DecideCommand(const v1::OpenCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  if (!MayEver(v1::CASE_VERB_OPEN, context.principal.role())) {
    return Refuse(RoleNotAllowed(context.principal.role()));
  }
  const UsccInspection inspection = Uscc::Inspect(request.organization_code());
  if (!inspection.code.has_value()) return WrongField("organization_code", inspection.Describe());
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            FindByAnyCode(inspection.code->ToString(), view));
  if (!organization.has_value()) {
    const std::string code = inspection.code->ToString();
    return Refuse(
        v1::ERROR_REASON_ORGANIZATION_NOT_FOUND,
        StrCat(code, "不在登记信息副本中，不能立案 (not in the registry copy: no case can be opened)"),
        {{"organization_code", code}});
  }
  if (auto refusal = RefuseOpener(request.origin(), *organization, context.principal)) {
    return Refuse(*std::move(refusal));
  }
  CaseInHand hand;
  hand.the_case = Opened(request, *organization, context);
  if (request.origin() == v1::CASE_ORIGIN_PURCHASER_REPORT) {
    CHENGXIN_ASSIGN_OR_RETURN(Reporter reporter,
                              FindReporter(context.principal, request.case_().award(), view));
    if (reporter.refusal.has_value()) return Refuse(*std::move(reporter.refusal));
    hand.the_case.set_reporter(std::move(reporter.unit));
  }
  const CaseContent content(request.case_(), *organization, view);
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<Refusal> refusal, content.PutInto(hand.the_case));
  if (refusal.has_value()) return Refuse(*std::move(refusal));
  CHENGXIN_RETURN_IF_ERROR(content.PutRecordInto(hand.the_case));
  hand.next = FindMove(hand.the_case, v1::CASE_VERB_OPEN, context.principal.role())->next;
  hand.organization = *std::move(organization);
  hand.catalogue = view.catalogue();
  return Happens(Moved(v1::CASE_VERB_OPEN, std::move(hand), context));
}

absl::StatusOr<Decision> DecideCommand(const v1::AcceptCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(CaseInHand hand,
                            TakeInHand(v1::CASE_VERB_ACCEPT, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  return Happens(Moved(v1::CASE_VERB_ACCEPT, std::move(hand), context));
}

absl::StatusOr<Decision> DecideCommand(const v1::ReturnCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(CaseInHand hand,
                            TakeInHand(v1::CASE_VERB_RETURN, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  return Happens(Moved(v1::CASE_VERB_RETURN, std::move(hand), context, request.reason()));
}

absl::StatusOr<Decision> DecideCommand(const v1::ResubmitCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(
      CaseInHand hand, TakeInHand(v1::CASE_VERB_RESUBMIT, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  // Only now is it known that rule 14 asks for evidence and contract. What is not handed in again stays.
  v1::Case content = request.case_();
  content.clear_record();
  content.clear_internal_note();
  content.clear_complainant();
  FieldViolations violations;
  ValidateCaseContent(content, hand.the_case.origin(), FieldChecks("case", DayOf(context.stamp), violations));
  CHENGXIN_RETURN_IF_ERROR(violations.ToStatus());
  if (context.principal.role() == v1::ROLE_AGENCY) {
    // Of what it is entrusted with now.
    CHENGXIN_ASSIGN_OR_RETURN(Reporter reporter, FindReporter(context.principal, content.award(), view));
    if (reporter.refusal.has_value()) return Refuse(*std::move(reporter.refusal));
  }
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<Refusal> refusal,
                            CaseContent(content, hand.organization, view).PutInto(hand.the_case));
  if (refusal.has_value()) return Refuse(*std::move(refusal));
  hand.the_case.set_opener(context.principal.subject());
  return Happens(Moved(v1::CASE_VERB_RESUBMIT, std::move(hand), context));
}

absl::StatusOr<Decision> DecideCommand(const v1::DismissCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(CaseInHand hand,
                            TakeInHand(v1::CASE_VERB_DISMISS, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  return Happens(Moved(v1::CASE_VERB_DISMISS, std::move(hand), context, request.reason()));
}

absl::StatusOr<Decision> DecideCommand(const v1::ForwardCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(CaseInHand hand,
                            TakeInHand(v1::CASE_VERB_FORWARD, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  const std::string& registered = hand.organization.registration_authority();
  if (registered == hand.the_case.authority()) {
    return WrongField(
        "to_authority",
        "本机关即登记管理机关，不需转送 (the organization is registered here: decide the case)");
  }
  if (request.to_authority() != registered) {
    return WrongField("to_authority", StrCat("该社会组织由", registered,
                                             "登记 (expected the registering authority, ", registered, ")"));
  }
  hand.the_case.set_authority(registered);
  LeaveHearingBehind(hand.the_case);
  return Happens(
      Moved(v1::CASE_VERB_FORWARD, std::move(hand), context, request.reason(), request.to_authority()));
}

absl::StatusOr<Decision> DecideCommand(const v1::TransferCaseRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(
      CaseInHand hand, TakeInHand(v1::CASE_VERB_TRANSFER, request.name(), request.etag(), context, view));
  if (hand.refusal.has_value()) return Refuse(*std::move(hand.refusal));
  *hand.the_case.mutable_transfer() = request.transfer();
  return Happens(Moved(v1::CASE_VERB_TRANSFER, std::move(hand), context));
}

}  // namespace chengxin::domain
