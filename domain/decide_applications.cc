// Applications are filed, accepted and rejected: rules 18, 31, 34, 38.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/application_item.h"
#include "domain/application_moves.h"
#include "domain/application_workflow.h"
#include "domain/deciders.h"
#include "domain/display_class.h"
#include "domain/listing_clocks.h"
#include "domain/listing_removal.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/validate_evidence.h"

namespace chengxin::domain {

namespace {

bool NeedsProof(v1::ApplicationKind kind) {
  return kind == v1::APPLICATION_KIND_REMOVAL || kind == v1::APPLICATION_KIND_REPAIR;
}

// The first code of the organization.
std::string_view CodeOf(const v1::Organization& organization) {
  return ParseOrganizationName(organization.name()).value_or("");
}

std::optional<Refusal> RefuseWithoutCommitment(const v1::Application& given) {
  if (given.kind() != v1::APPLICATION_KIND_REPAIR || given.has_commitment()) return std::nullopt;
  return Refusal{
      .reason = v1::ERROR_REASON_COMMITMENT_REQUIRED,
      .message = "申请信用修复应提交签署的信用承诺书 (a repair needs the signed public commitment)",
      .metadata = {{"field", "application.commitment"}, {"article", std::string(BasisOf(given.kind()))}}};
}

// What another keeps is removed there, and comes here by its source.
std::optional<Refusal> RefuseKeptElsewhere(const v1::Application& given, const ApplicationItem& item) {
  const bool kept_elsewhere = item.record.has_value() && item.record->has_external_listing();
  if (given.kind() != v1::APPLICATION_KIND_REPAIR || !kept_elsewhere) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_SOURCE_ONLY,
                 .message = StrCat("外部名单由", item.record->external_listing().organ(),
                                   "管理，应向其申请修复 (the list is kept elsewhere; the repair is its "
                                   "keeper's to grant)"),
                 .metadata = {{"source", item.record->source()}}};
}

std::optional<Refusal> RefuseRecordBeforePeriodEnds(const v1::CreditRecord& record,
                                                    const CompiledCatalogue& catalogue, CivilDay today) {
  const auto end = MinimumPeriodEnd(record, catalogue);
  if (!end.has_value() || HasElapsed(catalogue, *end, today)) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_MINIMUM_PERIOD_RUNS,
                 .message = StrCat("最短公示期至", end->ToString(),
                                   "届满，此前不能修复 (the minimum period of display runs until ",
                                   end->ToString(), "; no repair before)"),
                 .metadata = {{"minimum_period_end", end->ToString()},
                              {"article", DisplayClassOf(record, catalogue)->legal_basis().zh()}}};
}

// Decides one filing.
class ApplicationFiling {
 public:
  ApplicationFiling(const v1::Application& given, const CommandContext& context, const View& view,
                    ApplicationItem item)
      : given_(given), context_(context), view_(view), item_(std::move(item)) {}

  absl::StatusOr<Decision> Run() {
    if (auto refusal = RefuseItem()) return Refuse(*std::move(refusal));
    // Nothing is applied for before there is what it is about.
    CHENGXIN_RETURN_IF_ERROR(CheckNotBefore("application.received_on", given_.received_on(),
                                            FirstDayOf(item_), "该项作出之日", "the item was made"));
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<Refusal> open, RefuseWhileOneIsOpen());
    if (open.has_value()) return Refuse(*std::move(open));
    Decision decision;
    v1::Application application = NewApplication();
    const std::string name = application.name();
    WriteApplication(std::move(application), item_.organization, context_, decision);
    if (given_.kind() == v1::APPLICATION_KIND_OBJECTION) {
      // Rule 38: the item shows it at once, and stays.
      v1::ObjectionMark& mark =
          item_.listing.has_value() ? *item_.listing->add_objections() : *item_.record->add_objections();
      mark.set_application(name);
      SetTimestamp(context_.stamp, *mark.mutable_since());
      ItemWriter(item_.organization, context_, view_, decision).WriteAnnotated(item_);
    }
    return decision;
  }

 private:
  std::optional<Refusal> RefuseItem() const {
    if (auto refusal = RefuseEndedItem(item_)) return refusal;
    if (auto refusal = RefuseKeptElsewhere(given_, item_)) return refusal;
    if (auto refusal = RefuseWithoutCommitment(given_)) return refusal;
    if (!NeedsProof(given_.kind())) return std::nullopt;
    const CivilDay today = DayOf(context_.stamp);
    return item_.listing.has_value() ? RefuseBeforePeriodEnds(*item_.listing, today, *view_.catalogue())
                                     : RefuseRecordBeforePeriodEnds(*item_.record, *view_.catalogue(), today);
  }

  absl::StatusOr<std::optional<Refusal>> RefuseWhileOneIsOpen() const {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Application> all,
                              view_.ListApplications(CodeOf(item_.organization)));
    const auto open = std::find_if(all.begin(), all.end(), [&](const v1::Application& other) {
      return other.kind() == given_.kind() && other.item() == given_.item() && IsOpen(other.state());
    });
    if (open == all.end()) return std::optional<Refusal>();
    return std::optional(
        Refusal{.reason = v1::ERROR_REASON_APPLICATION_OPEN,
                .message = StrCat(open->name(),
                                  "尚未办结，不能就同一项重复申请 (an application of this kind "
                                  "on this item is open)"),
                .metadata = {{"application", open->name()}}});
  }

  v1::Application NewApplication() const {
    v1::Application application;
    application.set_name(ApplicationNameOf({.revision = context_.revision, .ordinal = 1}));
    application.set_kind(given_.kind());
    application.set_state(v1::APPLICATION_STATE_FILED);
    application.set_organization(item_.organization.name());
    application.set_item(given_.item());
    application.set_reasons(given_.reasons());
    *application.mutable_proofs() = given_.proofs();
    if (given_.has_commitment()) *application.mutable_commitment() = given_.commitment();
    application.set_received_on(given_.received_on());
    application.set_contact(given_.contact());
    SetTimestamp(context_.stamp, *application.mutable_create_time());
    return application;
  }

  const v1::Application& given_;
  const CommandContext& context_;
  const View& view_;
  ApplicationItem item_;
};

}  // namespace

void CheckCommand(const v1::FileApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  if (!checks.Check(request.has_application(), "application", "必填 (required)")) return;
  const v1::Application& given = request.application();
  const FieldChecks application = checks.Under("application");
  application.RequiredEnum("kind", given.kind(), v1::ApplicationKind_IsValid);
  if (application.Check(IsItemName(given.item()), "item",
                        "应为\"listings/{id}\"或者\"organizations/{code}/records/{id}\" (expected the name "
                        "of a listing or of a record)")) {
    application.Check(
        given.kind() != v1::APPLICATION_KIND_REMOVAL || ParseListingName(given.item()).has_value(), "item",
        "移出申请应针对名录中的一项 (a removal is of a listing)");
  }
  application.RequiredText("reasons", given.reasons(), kMaximumFactsLength);
  ValidateEvidenceList("proofs", given.proofs(), NeedsProof(given.kind()) ? 1 : 0, application);
  if (given.has_commitment()) {
    ValidateEvidence(given.commitment(), application.Under("commitment"));
    application.Check(given.kind() == v1::APPLICATION_KIND_REPAIR, "commitment",
                      "仅与信用修复申请同交 (only with a repair)");
  }
  application.RequiredPastDay("received_on", given.received_on());
  application.OptionalText("contact", given.contact(), kMaximumContactLength);
}

absl::StatusOr<Decision> DecideCommand(const v1::FileApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  const v1::Principal& principal = context.principal;
  if (!MayEver(ApplicationVerb::kFile, principal.role())) return Refuse(RoleNotAllowed(principal.role()));
  CHENGXIN_ASSIGN_OR_RETURN(ApplicationItem item, FindItem(request.application().item(), view));
  if (principal.role() == v1::ROLE_ORGANIZATION) {
    // Another's item is as good as none.
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<std::string> own, view.FirstCodeOf(principal.unit()));
    if (own != CodeOf(item.organization)) return NoSuchItem(request.application().item());
  } else if (auto refusal = RefuseElsewhere(principal, item.organization)) {
    return Refuse(*std::move(refusal));
  }
  return ApplicationFiling(request.application(), context, view, std::move(item)).Run();
}

void CheckCommand(const v1::AcceptApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request.name(), request.etag(), request.request_id(), checks);
}

absl::StatusOr<Decision> DecideCommand(const v1::AcceptApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(ApplicationOnMove move, BeginMove(request.name(), request.etag(),
                                                              ApplicationVerb::kAccept, context, view));
  if (move.refusal.has_value()) return Refuse(*std::move(move.refusal));
  move.application.set_state(move.row->next);
  move.application.set_accepted_on(DayOf(context.stamp).ToString());
  Decision decision;
  WriteApplication(std::move(move.application), move.item.organization, context, decision);
  return decision;
}

void CheckCommand(const v1::RejectApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request.name(), request.etag(), request.request_id(), checks);
  checks.RequiredText("reasons", request.reasons(), kMaximumResultLength);
}

absl::StatusOr<Decision> DecideCommand(const v1::RejectApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(ApplicationOnMove move, BeginMove(request.name(), request.etag(),
                                                              ApplicationVerb::kReject, context, view));
  if (move.refusal.has_value()) return Refuse(*std::move(move.refusal));
  move.application.set_state(move.row->next);
  move.application.set_rejection_reasons(request.reasons());
  Decision decision;
  WriteApplication(move.application, move.item.organization, context, decision);
  if (AnswerObjection(move.application, /*upheld=*/false, context.stamp, move.item)) {
    ItemWriter(move.item.organization, context, view, decision).WriteAnnotated(move.item);
  }
  return decision;
}

}  // namespace chengxin::domain
