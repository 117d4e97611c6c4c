#include "domain/application_moves.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "domain/deciders.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

absl::StatusOr<ApplicationOnMove> BeginMove(std::string_view name, std::string_view etag,
                                            ApplicationVerb verb, const CommandContext& context,
                                            const View& view) {
  const v1::Role role = context.principal.role();
  ApplicationOnMove move;
  if (!MayEver(verb, role)) {
    move.refusal = RoleNotAllowed(role);
    return move;
  }
  const auto id = ParseApplicationName(name);
  if (!id.has_value()) return NoSuchItem(name);
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Application> application, view.FindApplication(*id));
  if (!application.has_value()) return NoSuchItem(name);
  move.application = *std::move(application);
  CHENGXIN_ASSIGN_OR_RETURN(move.item, FindItem(move.application.item(), view));
  move.refusal = RefuseElsewhere(context.principal, move.item.organization);
  if (!move.refusal.has_value()) move.refusal = RefuseStale(etag, move.application.etag());
  if (move.refusal.has_value()) return move;
  move.row = FindMove(move.application.state(), move.application.kind(), verb, role);
  if (move.row == nullptr) {
    move.refusal = RefuseMove(move.application.state(), move.application.kind(), verb, role);
  }
  return move;
}

void WriteApplication(v1::Application application, const v1::Organization& organization,
                      const CommandContext& context, Decision& decision) {
  application.set_organization_code(organization.code());
  application.set_authority(organization.registration_authority());
  SetTimestamp(context.stamp, *application.mutable_update_time());
  application.set_revision(context.revision);
  application.set_etag(EtagOf(context.revision));
  *decision.events.emplace_back().mutable_application() = std::move(application);
}

bool AnswerObjection(const v1::Application& application, bool upheld, absl::Time at, ApplicationItem& item) {
  auto& marks =
      item.listing.has_value() ? *item.listing->mutable_objections() : *item.record->mutable_objections();
  const auto mark = std::find_if(marks.begin(), marks.end(), [&](const v1::ObjectionMark& any) {
    return any.application() == application.name();
  });
  if (mark == marks.end()) return false;
  SetTimestamp(at, *mark->mutable_answered());
  mark->set_upheld(upheld);
  return true;
}

void CheckMove(std::string_view name, std::string_view etag, std::string_view request_id,
               const FieldChecks& checks) {
  checks.Check(ParseApplicationName(name).has_value(), "name",
               "应为\"applications/{id}\" (expected \"applications/{id}\")");
  checks.RequiredText("etag", etag, kMaximumNumberLength);
  CheckRequestId(request_id, checks);
}

}  // namespace chengxin::domain
