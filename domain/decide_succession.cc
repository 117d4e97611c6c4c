// Changes of the code and mergers: rules 1 to 5, 18; docs/decisions/0006-succession.md.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/application_workflow.h"
#include "domain/case_file.h"
#include "domain/case_workflow.h"
#include "domain/deciders.h"
#include "domain/field_checks.h"
#include "domain/listing_inheritance.h"
#include "domain/listing_removal.h"
#include "domain/listing_rules.h"
#include "domain/organization_lookup.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"

namespace chengxin::domain {

namespace {

log::v1::Event EventOf(v1::Organization organization) {
  log::v1::Event event;
  *event.mutable_organization() = std::move(organization);
  return event;
}

Decision Unchanged(std::vector<v1::Organization> organizations) {
  Decision decision;
  for (v1::Organization& one : organizations) decision.existing.push_back(EventOf(std::move(one)));
  return decision;
}

std::string CodeInName(const v1::Organization& organization) {
  return std::string(ParseOrganizationName(organization.name()).value_or(""));
}

// An organization that is asked for by any of its codes, or why it cannot be used.
struct Found {
  std::optional<Decision> refused;
  v1::Organization organization;
};

absl::StatusOr<Found> Find(const std::string& text, const View& view) {
  const UsccInspection inspection = Uscc::Inspect(text);
  if (!inspection.code.has_value()) return absl::InvalidArgumentError(inspection.Describe());
  const std::string code = inspection.code->ToString();
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization, FindByAnyCode(code, view));
  Found found;
  if (organization.has_value()) {
    found.organization = *std::move(organization);
  } else {
    found.refused =
        Refuse(v1::ERROR_REASON_ORGANIZATION_NOT_FOUND,
               StrCat(code, "不在登记信息副本中 (not in the registry copy)"), {{"organization_code", code}});
  }
  return found;
}

Decision RefuseSuccession(const v1::Organization& organization, std::string_view why) {
  return Refuse(v1::ERROR_REASON_SUCCESSION, StrCat(organization.code(), "：", why),
                {{"organization_code", organization.code()}});
}

bool HasEnded(const v1::Organization& organization) {
  switch (organization.status()) {
    case v1::REGISTRATION_STATUS_CANCELLED:
    case v1::REGISTRATION_STATUS_REGISTRATION_REVOKED:
    case v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED:
    case v1::REGISTRATION_STATUS_NOT_IN_REGISTER:
      return true;
    default:
      return !organization.successor().empty();
  }
}

void Touch(const CommandContext& context, v1::Organization& organization) {
  SetTimestamp(context.stamp, *organization.mutable_update_time());
  organization.set_revision(context.revision);
  organization.set_etag(EtagOf(context.revision));
}

ListingContext ContextOf(const CommandContext& context, const CompiledCatalogue& catalogue,
                         const v1::Organization& organization) {
  return {.catalogue = catalogue,
          .organization = organization,
          .revision = context.revision,
          .stamp = context.stamp};
}

// Rules 2 to 5 for a code that an organization comes to bear. A failing check character is confirmed only by
// an import of its register.
std::optional<Decision> RefuseCode(const UsccInspection& inspection) {
  if (inspection.ok()) return std::nullopt;
  return Refuse(
      v1::ERROR_REASON_CHECK_DIGIT_UNCONFIRMED,
      StrCat("new_code：", inspection.Describe(), "，且登记管理机关未予确认 (and no registry confirmed it)"),
      {{"organization_code", inspection.code->ToString()}});
}

absl::Status CheckNewCode(const Uscc& code, const v1::Organization& organization,
                          const CompiledCatalogue& catalogue) {
  FieldViolations violations;
  if (!catalogue.divisions().ever_listed(code.division())) {
    violations.Add("new_code", StrCat("第3至8位", code.division(), "从未是行政区划代码 (positions 3 to 8: ",
                                      code.division(), " was never a division of GB/T 2260)"));
  }
  if (static_cast<int>(organization.type()) != code.category() - '0') {
    violations.Add("new_code", StrCat("第2位与社会组织类型", v1::OrganizationType_Name(organization.type()),
                                      "不一致 (the second character contradicts the organization's type)"));
  }
  return violations.ToStatus();
}

// The organization with its new code; every former one leads to it still.
v1::Organization Recoded(v1::Organization organization, const std::string& code, const std::string& reason,
                         const CommandContext& context) {
  auto& former = *organization.mutable_former_codes();
  former.erase(std::remove(former.begin(), former.end(), code), former.end());
  organization.add_former_codes(organization.code());
  v1::Succession& succession = *organization.add_successions();
  succession.set_former_code(organization.code());
  succession.set_effective_on(DayOf(context.stamp).ToString());
  succession.set_reason(reason);
  succession.set_authority(context.principal.authority());
  organization.set_code(code);
  organization.clear_code_confirmation();
  Touch(context, organization);
  return organization;
}

// Decides one merger of two organizations that are there.
class Merger {
 public:
  Merger(const v1::MergeOrganizationRequest& request, const CommandContext& context, const View& view,
         v1::Organization ending, v1::Organization successor)
      : request_(request),
        context_(context),
        view_(view),
        catalogue_(view.catalogue()),
        merged_on_(DayAt(request.merged_on())),
        ending_(std::move(ending)),
        successor_(std::move(successor)) {}

  absl::StatusOr<Decision> Run() {
    if (auto refusal = RefuseElsewhere(context_.principal, ending_)) return Refuse(*std::move(refusal));
    if (auto refusal = RefuseElsewhere(context_.principal, successor_)) return Refuse(*std::move(refusal));
    if (ending_.successor() == successor_.name()) return Again();
    if (auto refusal = RefuseStale(request_.etag(), ending_.etag())) return Refuse(*std::move(refusal));
    if (ending_.name() == successor_.name()) {
      return RefuseSuccession(successor_, "不能并入自身 (cannot be merged into itself)");
    }
    if (!ending_.successor().empty()) {
      return RefuseSuccession(ending_, StrCat("已并入", ending_.successor(), " (was merged already)"));
    }
    if (HasEnded(successor_)) {
      return RefuseSuccession(successor_, "已注销、被撤销或者吊销，不能承继 (has ended; it cannot succeed)");
    }
    CHENGXIN_RETURN_IF_ERROR(CheckDay());
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<Decision> unready, RefuseUnready());
    if (unready.has_value()) return *std::move(unready);
    End();
    decision_.events.push_back(EventOf(ending_));
    decision_.events.push_back(EventOf(successor_));
    CHENGXIN_RETURN_IF_ERROR(HandOver());
    return std::move(decision_);
  }

 private:
  // The same merger once more changes nothing; another account of it would be lost.
  Decision Again() const {
    const auto& successions = ending_.successions();
    const bool same = !successions.empty() && successions.rbegin()->effective_on() == request_.merged_on() &&
                      successions.rbegin()->number() == request_.number() &&
                      successions.rbegin()->reason() == request_.not_inherited_reason();
    if (same) return Unchanged({ending_, successor_});
    return RefuseSuccession(ending_, StrCat("已以不同的日期、文号或者承继决定并入", ending_.successor(),
                                            " (was merged already, on another day, by another decision or "
                                            "with another inheritance)"));
  }

  // Nothing is merged before it was there.
  absl::Status CheckDay() const {
    const std::string& earliest = std::max(ending_.established_on(), successor_.established_on());
    // Days are compared as they are written: YYYY-MM-DD.
    if (request_.merged_on() >= earliest) return absl::OkStatus();
    FieldViolations violations;
    violations.Add("merged_on",
                   StrCat("早于成立登记日期", earliest, " (before the establishment, ", earliest, ")"));
    return violations.ToStatus();
  }

  // What has to be done before the ending organization is gone.
  absl::StatusOr<std::optional<Decision>> RefuseUnready() {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Case> cases, view_.ListCases(CodeInName(ending_)));
    const bool open = std::any_of(cases.begin(), cases.end(), [](const v1::Case& one) {
      return IsOpen(one) && one.origin() != v1::CASE_ORIGIN_DISPLAY_ENDED;
    });
    if (open) {
      return std::optional(RefuseSuccession(
          ending_, "尚有未办结的案件，办结后再办理合并 (decide its open cases before it is merged)"));
    }
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Application> applications,
                              view_.ListApplications(CodeInName(ending_)));
    const bool asked = std::any_of(applications.begin(), applications.end(),
                                   [](const v1::Application& one) { return IsOpen(one.state()); });
    if (asked) {
      return std::optional(RefuseSuccession(
          ending_, "尚有未答复的申请，答复后再办理合并 (answer its open applications before it is merged)"));
    }
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings,
                              view_.ListListings(CodeInName(ending_)));
    // Rule 33: what ends with 注销登记 would bind a successor for ever.
    const bool revoked =
        ending_.status() == v1::REGISTRATION_STATUS_REGISTRATION_REVOKED ||
        ending_.status() == v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED ||
        std::any_of(listings.begin(), listings.end(), [&](const v1::Listing& listing) {
          return listing.state() == v1::LISTING_STATE_LISTED && EndsWithDeregistration(listing, *catalogue_);
        });
    if (revoked) {
      return std::optional(RefuseSuccession(
          ending_, "已被撤销、吊销，应办理注销登记 (was revoked: it is to be deregistered, not merged)"));
    }
    return RefuseSuspended(listings);
  }

  // Rule 40: in one entry of both, an order to suspend would lift grounds that it is not about.
  absl::StatusOr<std::optional<Decision>> RefuseSuspended(const std::vector<v1::Listing>& listings) {
    if (!request_.not_inherited_reason().empty()) return std::optional<Decision>();
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> own, view_.ListListings(CodeInName(successor_)));
    for (const v1::Listing& listing : listings) {
      const v1::Listing* joined = FindInForce(own, listing.list());
      if (listing.state() != v1::LISTING_STATE_LISTED || joined == nullptr) continue;
      if (!SuspensionRunsFrom(listing) && !SuspensionRunsFrom(*joined)) continue;
      return std::optional(RefuseSuccession(
          SuspensionRunsFrom(listing) ? ending_ : successor_,
          "列入决定正停止执行，双方均在同一名单，停止执行结束后再办理合并 (execution of its entry is "
          "suspended and both are on that list: merge once the suspension has ended)"));
    }
    return std::optional<Decision>();
  }

  // Whether execution is suspended on the day of the merger or later.
  bool SuspensionRunsFrom(const v1::Listing& listing) const {
    return std::any_of(listing.reviews().begin(), listing.reviews().end(), [&](const v1::ReviewMark& review) {
      return !review.suspended_on().empty() &&
             (review.suspension_ended_on().empty() || review.suspension_ended_on() > request_.merged_on());
    });
  }

  void End() {
    ending_.set_status(v1::REGISTRATION_STATUS_CANCELLED);
    ending_.set_status_since(request_.merged_on());
    ending_.set_successor(successor_.name());
    v1::Succession& succession = *ending_.add_successions();
    succession.set_successor(successor_.name());
    succession.set_effective_on(request_.merged_on());
    succession.set_number(request_.number());
    succession.set_reason(request_.not_inherited_reason());
    succession.set_authority(context_.principal.authority());
    Touch(context_, ending_);
    successor_.add_predecessors(ending_.name());
    Touch(context_, successor_);
  }

  // The entries in force: the successor's first, so that the ending one's can point to them.
  absl::Status HandOver() {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings,
                              view_.ListListings(CodeInName(ending_)));
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Listing> own, view_.ListListings(CodeInName(successor_)));
    const ListingContext inheriting = ContextOf(context_, *catalogue_, successor_);
    const ListingContext ending = ContextOf(context_, *catalogue_, ending_);
    for (const v1::Listing& listing : listings) {
      if (listing.state() != v1::LISTING_STATE_LISTED) continue;
      std::string moved_to;
      if (request_.not_inherited_reason().empty()) {
        log::v1::ListingOutcome inherited = Inherit(listing, merged_on_, own, inheriting);
        moved_to = inherited.listing().name();
        own.erase(std::remove_if(own.begin(), own.end(),
                                 [&](const v1::Listing& one) { return one.name() == moved_to; }),
                  own.end());
        own.push_back(inherited.listing());
        *decision_.events.emplace_back().mutable_listing() = std::move(inherited);
      }
      *decision_.events.emplace_back().mutable_listing() =
          EndByMerger(listing, merged_on_, successor_.name(), moved_to, ending);
    }
    return absl::OkStatus();
  }

  const v1::MergeOrganizationRequest& request_;
  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  const CivilDay merged_on_;
  v1::Organization ending_;
  v1::Organization successor_;
  Decision decision_;
};

}  // namespace

void CheckCommand(const v1::ChangeOrganizationCodeRequest& request, absl::Time now,
                  const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckOrganizationCode("organization_code", request.organization_code(), checks);
  CheckOrganizationCode("new_code", request.new_code(), checks);
  checks.RequiredText("reason", request.reason(), kMaximumReasonLength);
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
}

absl::StatusOr<Decision> DecideCommand(const v1::ChangeOrganizationCodeRequest& request,
                                       const CommandContext& context, const View& view) {
  if (context.principal.role() != v1::ROLE_CIVIL_AFFAIRS)
    return Refuse(RoleNotAllowed(context.principal.role()));
  CHENGXIN_ASSIGN_OR_RETURN(Found found, Find(request.organization_code(), view));
  if (found.refused.has_value()) return *std::move(found.refused);
  const v1::Organization& known = found.organization;
  if (auto refusal = RefuseElsewhere(context.principal, known)) return Refuse(*std::move(refusal));
  const UsccInspection inspection = Uscc::Inspect(request.new_code());
  if (!inspection.code.has_value()) return absl::InvalidArgumentError(inspection.Describe());
  const std::string code = inspection.code->ToString();
  if (code == known.code()) return Unchanged({known});
  if (auto refusal = RefuseStale(request.etag(), known.etag())) return Refuse(*std::move(refusal));
  if (auto refused = RefuseCode(inspection)) return *std::move(refused);
  CHENGXIN_RETURN_IF_ERROR(CheckNewCode(*inspection.code, known, *view.catalogue()));
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> bearer, FindByAnyCode(code, view));
  if (bearer.has_value() && bearer->name() != known.name()) {
    return RefuseSuccession(*bearer, "该代码属于另一社会组织 (the code belongs to another organization)");
  }

  const auto catalogue = view.catalogue();
  Decision decision;
  const v1::Organization recoded = Recoded(known, code, request.reason(), context);
  decision.events.push_back(EventOf(recoded));
  // What is published shows the code in force (rule 56).
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Listing> listings, view.ListListings(CodeInName(recoded)));
  for (v1::Listing& listing : listings) {
    if (listing.state() != v1::LISTING_STATE_LISTED) continue;
    *decision.events.emplace_back().mutable_listing() = OutcomeOf(
        v1::LISTING_TRANSITION_ANNOTATED, std::move(listing), ContextOf(context, *catalogue, recoded));
  }
  return decision;
}

void CheckCommand(const v1::MergeOrganizationRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckOrganizationCode("organization_code", request.organization_code(), checks);
  CheckOrganizationCode("successor_code", request.successor_code(), checks);
  checks.RequiredPastDay("merged_on", request.merged_on());
  checks.RequiredText("number", request.number(), kMaximumNumberLength);
  checks.OptionalText("not_inherited_reason", request.not_inherited_reason(), kMaximumResultLength);
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
}

absl::StatusOr<Decision> DecideCommand(const v1::MergeOrganizationRequest& request,
                                       const CommandContext& context, const View& view) {
  if (context.principal.role() != v1::ROLE_CIVIL_AFFAIRS)
    return Refuse(RoleNotAllowed(context.principal.role()));
  CHENGXIN_ASSIGN_OR_RETURN(Found ending, Find(request.organization_code(), view));
  if (ending.refused.has_value()) return *std::move(ending.refused);
  CHENGXIN_ASSIGN_OR_RETURN(Found successor, Find(request.successor_code(), view));
  if (successor.refused.has_value()) return *std::move(successor.refused);
  return Merger(request, context, view, std::move(ending.organization), std::move(successor.organization))
      .Run();
}

}  // namespace chengxin::domain
