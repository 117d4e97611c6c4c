// A granted repair is revoked for false proof or a broken commitment: rules 22, 37.
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
#include "domain/case_notice.h"
#include "domain/deciders.h"
#include "domain/display_class.h"
#include "domain/item_standing.h"
#include "domain/listing_removal.h"
#include "domain/procedure.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/validate_evidence.h"

namespace chengxin::domain {

namespace {

std::optional<Refusal> RefuseAnnouncement(const v1::Service& service, CivilDay today) {
  // Days as YYYY-MM-DD compare as texts.
  if (service.effective_on() <= today.ToString()) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_ANNOUNCEMENT_RUNS,
                 .message = StrCat("公告送达至", service.effective_on(),
                                   "起生效，此前不能撤销修复 (the announcement takes effect as service on ",
                                   service.effective_on(), ")"),
                 .metadata = {{"effective_on", service.effective_on()}}};
}

// Decides one revocation.
class RepairRevocation {
 public:
  RepairRevocation(const v1::RevokeRepairRequest& request, const CommandContext& context, const View& view,
                   ApplicationOnMove move)
      : request_(request),
        context_(context),
        view_(view),
        catalogue_(*view.catalogue()),
        today_(DayOf(context.stamp)),
        application_(std::move(move.application)),
        row_(*move.row),
        item_(std::move(move.item)),
        writer_(item_.organization, context, view, decision_) {}

  absl::StatusOr<Decision> Run() {
    if (auto refusal = RefuseItem()) return Refuse(*std::move(refusal));
    v1::CaseNotice notice = request_.notice();
    notice.clear_statement_until();
    CompleteService(catalogue_, *notice.mutable_service());
    if (auto refusal = RefuseAnnouncement(notice.service(), today_)) return Refuse(*std::move(refusal));

    application_.set_state(row_.next);
    application_.set_revocation_reasons(request_.reasons());
    *application_.mutable_revocation_notice() = std::move(notice);
    WriteApplication(application_, item_.organization, context_, decision_);
    CHENGXIN_RETURN_IF_ERROR(RestoreItem());
    return std::move(decision_);
  }

 private:
  // The repair must be what keeps the item away.
  std::optional<Refusal> RefuseItem() const {
    const bool restorable = item_.listing.has_value() ? IsRepairedListing() : IsRepairedRecord();
    if (!restorable) {
      return Refusal{.reason = v1::ERROR_REASON_ITEM_ENDED,
                     .message =
                         "该项已不因此次修复而失效，不能恢复 (it is no longer this repair that keeps "
                         "the item away)",
                     .metadata = {}};
    }
    if (item_.listing.has_value() && item_.organization.status() == v1::REGISTRATION_STATUS_CANCELLED) {
      return Refusal{.reason = v1::ERROR_REASON_ORGANIZATION_ENDED,
                     .message = StrCat("该社会组织自", item_.organization.status_since(),
                                       "起已注销，不能恢复列入 (deregistered; it can no longer be listed)"),
                     .metadata = {{"status", v1::RegistrationStatus_Name(item_.organization.status())}}};
    }
    return std::nullopt;
  }
  bool IsRepairedListing() const {
    const v1::Listing& listing = *item_.listing;
    return listing.end_reason() == v1::LISTING_END_REASON_REPAIRED &&
           listing.ended_by() == application_.name() &&
           std::any_of(listing.grounds().begin(), listing.grounds().end(), Holds);
  }
  bool IsRepairedRecord() const {
    const v1::CreditRecord& record = *item_.record;
    return !record.has_withdrawal() && RepairStands(record.repair()) &&
           record.repair().application() == application_.name();
  }

  absl::Status RestoreItem() {
    if (item_.listing.has_value()) {
      return RestoreListing();
    }
    v1::CreditRecord record = *item_.record;
    Revoke(*record.mutable_repair());
    if (const v1::DisplayClass* row = DisplayClassOf(record, catalogue_)) {
      record.clear_display_until();
      if (const auto end = NominalEnd(today_, row->maximum_display())) {
        SetTimestamp(EndOfDay(*end), *record.mutable_display_until());
      }
    }
    return writer_.WriteReconsidered(record);
  }

  // Rule 27: where the organization is on the list by a later entry, its grounds go there.
  absl::Status RestoreListing() {
    v1::Listing listing = *item_.listing;
    Revoke(*listing.mutable_repair());
    const std::string code(ParseOrganizationName(item_.organization.name()).value_or(""));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, view_.ListListings(code));
    const v1::Listing* in_force = FindInForce(listings, listing.list());
    if (in_force == nullptr) {
      writer_.Write(v1::LISTING_TRANSITION_RESTORED,
                    Restored(std::move(listing), context_.stamp, catalogue_));
      return absl::OkStatus();
    }
    listing.set_moved_to(in_force->name());
    writer_.Write(v1::LISTING_TRANSITION_GROUND_ADDED,
                  RejoinedTo(*in_force, listing, context_.stamp, catalogue_));
    writer_.Write(v1::LISTING_TRANSITION_ANNOTATED, std::move(listing));
    return absl::OkStatus();
  }

  void Revoke(v1::RepairMark& mark) const {
    SetTimestamp(context_.stamp, *mark.mutable_revoked());
    mark.set_revocation_notice(request_.notice().number());
    *mark.mutable_revocation_evidence() = request_.evidence();
  }

  const v1::RevokeRepairRequest& request_;
  const CommandContext& context_;
  const View& view_;
  const CompiledCatalogue& catalogue_;
  const CivilDay today_;
  v1::Application application_;
  const ApplicationRow& row_;
  const ApplicationItem item_;
  Decision decision_;
  ItemWriter writer_;
};

}  // namespace

void CheckCommand(const v1::RevokeRepairRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request.name(), request.etag(), request.request_id(), checks);
  checks.RequiredText("reasons", request.reasons(), kMaximumFactsLength);
  ValidateEvidenceList("evidence", request.evidence(), 1, checks);
  if (!checks.Check(request.has_notice(), "notice", "必填 (required)")) return;
  const FieldChecks notice = checks.Under("notice");
  ValidateNotice(request.notice(), notice);
  notice.Check(request.notice().ground().empty(), "ground",
               "恢复原列入，不另定情形 (the entry comes back on its own grounds)");
}

absl::StatusOr<Decision> DecideCommand(const v1::RevokeRepairRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(ApplicationOnMove move, BeginMove(request.name(), request.etag(),
                                                              ApplicationVerb::kRevoke, context, view));
  if (move.refusal.has_value()) return Refuse(*std::move(move.refusal));
  return RepairRevocation(request, context, view, std::move(move)).Run();
}

}  // namespace chengxin::domain
