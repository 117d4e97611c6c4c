// Destruction of what is kept sealed of one resource (rule 62).
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/deciders.h"
#include "domain/organization_lookup.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

namespace {

// A resource by the name it is stored under, and who may not have it destroyed.
struct Target {
  std::string name;
  std::optional<Refusal> refusal;
};

absl::Status NoSuchResource(std::string_view name) {
  return absl::NotFoundError(
      StrCat("没有", name, "，或者不属于您 (no such resource, or none of yours): ", name));
}

// An organization's or a record's, by any code the organization was ever known by.
absl::StatusOr<Target> TargetOfOrganization(std::string_view code, const std::optional<RecordId>& record,
                                            std::string_view name, const v1::Principal& principal,
                                            const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> organization, FindByAnyCode(code, view));
  if (!organization.has_value()) return NoSuchResource(name);
  Target target{.name = organization->name(), .refusal = RefuseElsewhere(principal, *organization)};
  if (!record.has_value()) return target;
  const std::string first(ParseOrganizationName(organization->name()).value_or(""));
  target.name = RecordNameOf(first, *record);
  if (target.refusal.has_value()) return target;
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord> records, view.ListRecords(first));
  for (const v1::CreditRecord& one : records) {
    if (one.name() == target.name) return target;
  }
  return NoSuchResource(name);
}

// A case is known to whom it lies with alone (rule 46): to another authority there is none.
absl::StatusOr<Target> TargetOfCase(RecordId id, std::string_view name, const v1::Principal& principal,
                                    const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Case> found, view.FindCase(id));
  if (!found.has_value() || found->authority() != principal.authority()) return NoSuchResource(name);
  return Target{.name = found->name(), .refusal = std::nullopt};
}

absl::StatusOr<Target> TargetOfApplication(RecordId id, std::string_view name, const v1::Principal& principal,
                                           const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Application> found, view.FindApplication(id));
  if (!found.has_value()) return NoSuchResource(name);
  Target target{.name = found->name(), .refusal = std::nullopt};
  if (found->authority() != principal.authority()) {
    target.refusal =
        Refusal{.reason = v1::ERROR_REASON_NOT_REGISTERING_AUTHORITY,
                .message = StrCat("该申请由", found->authority(),
                                  "办理，只有其可以销毁密封内容 (only the authority that decides the "
                                  "application may do this)"),
                .metadata = {{"registration_authority", found->authority()}}};
  }
  return target;
}

absl::StatusOr<Target> FindTarget(std::string_view name, const v1::Principal& principal, const View& view) {
  if (const auto record = ParseRecordName(name)) {
    return TargetOfOrganization(record->code, record->id, name, principal, view);
  }
  if (const auto id = ParseCaseName(name)) return TargetOfCase(*id, name, principal, view);
  if (const auto id = ParseApplicationName(name)) return TargetOfApplication(*id, name, principal, view);
  return TargetOfOrganization(ParseOrganizationName(name).value_or(""), std::nullopt, name, principal, view);
}

}  // namespace

void CheckCommand(const v1::DestroySealedPartsRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  const std::string_view name = request.name();
  const auto organization = ParseOrganizationName(name);
  checks.Check(ParseRecordName(name).has_value() || ParseCaseName(name).has_value() ||
                   ParseApplicationName(name).has_value() ||
                   (organization.has_value() && organization->find('/') == std::string_view::npos),
               "name",
               "应为\"organizations/{code}\"、\"organizations/{code}/records/{id}\"、\"cases/{id}\"或"
               "\"applications/{id}\" (expected one of these)");
  checks.RequiredText("reason", request.reason(), kMaximumBasisLength);
  checks.RequiredText("basis", request.basis(), kMaximumBasisLength);
}

absl::StatusOr<Decision> DecideCommand(const v1::DestroySealedPartsRequest& request,
                                       const CommandContext& context, const View& view) {
  const v1::Principal& principal = context.principal;
  if (principal.role() != v1::ROLE_CIVIL_AFFAIRS) return Refuse(RoleNotAllowed(principal.role()));
  CHENGXIN_ASSIGN_OR_RETURN(Target target, FindTarget(request.name(), principal, view));
  if (target.refusal.has_value()) return Refuse(*std::move(target.refusal));
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<log::v1::SealedPlace> places, view.ListSealedParts(target.name));
  Decision decision;
  if (places.empty()) return decision;
  log::v1::SealedDestruction& destruction = *decision.events.emplace_back().mutable_destruction();
  destruction.set_resource(std::move(target.name));
  destruction.set_reason(request.reason());
  destruction.set_basis(request.basis());
  for (log::v1::SealedPlace& place : places) *destruction.add_places() = std::move(place);
  return decision;
}

}  // namespace chengxin::domain
