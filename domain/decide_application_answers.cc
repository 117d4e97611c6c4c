// Applications are answered: what is granted ends the item or marks it; rules 30 to 35, 38.
#include <optional>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/application_item.h"
#include "domain/application_moves.h"
#include "domain/application_workflow.h"
#include "domain/deciders.h"
#include "domain/listing_removal.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// Decides one answer.
class ApplicationAnswer {
 public:
  ApplicationAnswer(const v1::AnswerApplicationRequest& request, const CommandContext& context,
                    const View& view, ApplicationOnMove move)
      : request_(request),
        context_(context),
        application_(std::move(move.application)),
        row_(*move.row),
        item_(std::move(move.item)),
        writer_(item_.organization, context, view, decision_) {}

  absl::StatusOr<Decision> Run() {
    if (EndsItem()) {
      if (auto refusal = RefuseEnd()) return Refuse(*std::move(refusal));
      CHENGXIN_RETURN_IF_ERROR(CheckVerification());
    }
    Answer();
    WriteApplication(application_, item_.organization, context_, decision_);
    if (application_.kind() == v1::APPLICATION_KIND_OBJECTION) {
      if (AnswerObjection(application_, request_.granted(), context_.stamp, item_)) {
        writer_.WriteAnnotated(item_);
      }
    } else if (EndsItem()) {
      CHENGXIN_RETURN_IF_ERROR(EndItem());
    }
    return std::move(decision_);
  }

 private:
  bool EndsItem() const {
    return request_.granted() && application_.kind() != v1::APPLICATION_KIND_OBJECTION;
  }

  std::optional<Refusal> RefuseEnd() const {
    if (auto refusal = RefuseEndedItem(item_)) return refusal;
    if (!item_.listing.has_value()) return std::nullopt;
    return RefuseRemoval(*item_.listing, request_.verified_on(), DayOf(context_.stamp), writer_.context());
  }

  // What was performed is verified on a day, once it was applied for, and not before there was anything to
  // perform. The duty behind an entry that came by rule 26 is older than the entry, and so may its
  // verification be (rule 32).
  absl::Status CheckVerification() const {
    if (request_.verified_on().empty()) {
      FieldViolations violations;
      violations.Add("verified_on",
                     "同意移出或者修复时必填 (required where a removal or a repair is granted)");
      return violations.ToStatus();
    }
    if (item_.listing.has_value()) {
      if (item_.listing->escalated()) return absl::OkStatus();
      CHENGXIN_RETURN_IF_ERROR(CheckNotBefore("verified_on", request_.verified_on(),
                                              DayOf(TimeOf(item_.listing->effective_from())), "列入日",
                                              "the organization was listed"));
    }
    return CheckNotBefore("verified_on", request_.verified_on(), DayIn(application_.received_on()),
                          "收到申请之日", "the application was received");
  }

  void Answer() {
    application_.set_state(request_.granted() ? row_.next : row_.refused);
    application_.set_answer_number(request_.number());
    application_.set_answered_on(DayOf(context_.stamp).ToString());
    application_.set_answer(request_.answer());
    application_.set_deciding_officer(request_.deciding_officer());
    if (EndsItem()) application_.set_verified_on(request_.verified_on());
  }

  // Nothing is overwritten (rule 13): repairs that were revoked before are kept in the new mark, as they
  // were.
  v1::RepairMark Repaired(v1::RepairMark known) const {
    v1::RepairMark mark;
    mark.mutable_earlier()->Swap(known.mutable_earlier());
    if (known.has_since()) *mark.add_earlier() = std::move(known);
    mark.set_application(application_.name());
    SetTimestamp(context_.stamp, *mark.mutable_since());
    return mark;
  }

  absl::Status EndItem() {
    const bool repairs = application_.kind() == v1::APPLICATION_KIND_REPAIR;
    if (repairs) {
      v1::RepairMark& mark =
          item_.listing.has_value() ? *item_.listing->mutable_repair() : *item_.record->mutable_repair();
      mark = Repaired(std::move(mark));
    }
    if (!item_.listing.has_value()) return writer_.WriteReconsidered(*item_.record);
    writer_.Write(
        v1::LISTING_TRANSITION_ENDED,
        Discharged(*item_.listing, repairs ? v1::LISTING_END_REASON_REPAIRED : v1::LISTING_END_REASON_REMOVED,
                   context_.stamp, application_.name()));
    return absl::OkStatus();
  }

  const v1::AnswerApplicationRequest& request_;
  const CommandContext& context_;
  v1::Application application_;
  const ApplicationRow& row_;
  ApplicationItem item_;
  Decision decision_;
  ItemWriter writer_;
};

}  // namespace

void CheckCommand(const v1::AnswerApplicationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request.name(), request.etag(), request.request_id(), checks);
  checks.RequiredText("number", request.number(), kMaximumNumberLength);
  checks.RequiredText("answer", request.answer(), kMaximumFactsLength);
  checks.OptionalPastDay("verified_on", request.verified_on());
  checks.RequiredText("deciding_officer", request.deciding_officer(), kMaximumNumberLength);
}

absl::StatusOr<Decision> DecideCommand(const v1::AnswerApplicationRequest& request,
                                       const CommandContext& context, const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(ApplicationOnMove move, BeginMove(request.name(), request.etag(),
                                                              ApplicationVerb::kAnswer, context, view));
  if (move.refusal.has_value()) return Refuse(*std::move(move.refusal));
  return ApplicationAnswer(request, context, view, std::move(move)).Run();
}

}  // namespace chengxin::domain
