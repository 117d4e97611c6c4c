// Reviews and litigation are noted (行政复议、行政诉讼): rule 40.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/status.h"
#include "domain/application_item.h"
#include "domain/application_moves.h"
#include "domain/deciders.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

namespace {

bool SameReview(const v1::ReviewMark& a, const v1::ReviewMark& b) {
  return a.kind() == b.kind() && a.number() == b.number();
}

bool SameContent(const v1::ReviewMark& a, const v1::ReviewMark& b) {
  return SameReview(a, b) && a.organ() == b.organ() && a.since() == b.since() &&
         a.ended_on() == b.ended_on() && a.suspended_on() == b.suspended_on() &&
         a.suspension_ended_on() == b.suspension_ended_on();
}

// Puts the review in the place of the one of its kind and number, or last. Answers whether anything changed.
template <typename Reviews>
bool Note(const v1::ReviewMark& review, Reviews& reviews) {
  const auto known = std::find_if(reviews.begin(), reviews.end(),
                                  [&](const v1::ReviewMark& other) { return SameReview(other, review); });
  if (known == reviews.end()) {
    *reviews.Add() = review;
    return true;
  }
  if (SameContent(*known, review)) return false;
  *known = review;
  return true;
}

Decision Unchanged(const ApplicationItem& item) {
  Decision decision;
  log::v1::Event& event = decision.existing.emplace_back();
  if (item.listing.has_value()) {
    event.mutable_listing()->set_transition(v1::LISTING_TRANSITION_ANNOTATED);
    *event.mutable_listing()->mutable_listing() = *item.listing;
  } else {
    *event.mutable_record() = *item.record;
  }
  return decision;
}

}  // namespace

void CheckCommand(const v1::NoteReviewRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  checks.Check(IsItemName(request.item()), "item",
               "应为\"listings/{id}\"或者\"organizations/{code}/records/{id}\" (expected the name of a "
               "listing or of a record)");
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
  if (!checks.Check(request.has_review(), "review", "必填 (required)")) return;
  const v1::ReviewMark& given = request.review();
  const FieldChecks review = checks.Under("review");
  review.RequiredEnum("kind", given.kind(), v1::ReviewKind_IsValid);
  review.RequiredText("number", given.number(), kMaximumNumberLength);
  review.RequiredText("organ", given.organ(), kMaximumUnitLength);
  const auto since = review.RequiredPastDay("since", given.since());
  const auto ended_on = review.OptionalPastDay("ended_on", given.ended_on());
  review.NotBefore("ended_on", ended_on, "since", since);
  const auto suspended_on = review.OptionalPastDay("suspended_on", given.suspended_on());
  review.NotBefore("suspended_on", suspended_on, "since", since);
  const auto resumed_on = review.OptionalPastDay("suspension_ended_on", given.suspension_ended_on());
  review.NotBefore("suspension_ended_on", resumed_on, "suspended_on", suspended_on);
  review.Check(given.suspension_ended_on().empty() || !given.suspended_on().empty(), "suspension_ended_on",
               "仅与suspended_on同用 (only with suspended_on)");
  // The bar is the listing's, and so is its suspension.
  review.Check(given.suspended_on().empty() || !ParseRecordName(request.item()).has_value(), "suspended_on",
               "停止执行应当在列入的名单条目上标注，不在记录上标注 (suspension is noted on the listing, "
               "not on the record)");
  // No order to suspend outlives the review it was made in.
  review.NotBefore("ended_on", ended_on, "suspension_ended_on", resumed_on);
  review.Check(
      given.ended_on().empty() || given.suspended_on().empty() || !given.suspension_ended_on().empty(),
      "suspension_ended_on",
      "审理已结束的，停止执行亦应有结束日 (required where a review that suspended has ended)");
}

absl::StatusOr<Decision> DecideCommand(const v1::NoteReviewRequest& request, const CommandContext& context,
                                       const View& view) {
  if (context.principal.role() != v1::ROLE_CIVIL_AFFAIRS) {
    return Refuse(RoleNotAllowed(context.principal.role()));
  }
  CHENGXIN_ASSIGN_OR_RETURN(ApplicationItem item, FindItem(request.item(), view));
  if (auto refusal = RefuseElsewhere(context.principal, item.organization)) {
    return Refuse(*std::move(refusal));
  }
  if (auto refusal = RefuseStale(request.etag(), item.etag())) return Refuse(*std::move(refusal));
  // Nothing is reviewed before it was decided.
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<CivilDay> decided_on, FirstDecisionOn(item, view));
  CHENGXIN_RETURN_IF_ERROR(CheckNotBefore("review.since", request.review().since(), decided_on,
                                          "所审理的决定作出之日", "the decision was made"));
  auto& reviews =
      item.listing.has_value() ? *item.listing->mutable_reviews() : *item.record->mutable_reviews();
  if (!Note(request.review(), reviews)) return Unchanged(item);
  Decision decision;
  ItemWriter(item.organization, context, view, decision).WriteAnnotated(item);
  return decision;
}

}  // namespace chengxin::domain
