#include "domain/decide.h"

#include <string>
#include <utility>
#include <variant>

#include "base/status.h"
#include "base/strings.h"
#include "domain/award_alerts.h"
#include "domain/deciders.h"
#include "google/protobuf/descriptor.h"

namespace chengxin::domain {

namespace {

// The method whose request the message is, as "package.Service/Method"; the message's own name where it is
// no method's.
std::string KindOfRequest(const google::protobuf::Descriptor* request) {
  const google::protobuf::FileDescriptor* file = request->file();
  for (int i = 0; i < file->service_count(); ++i) {
    for (int j = 0; j < file->service(i)->method_count(); ++j) {
      const google::protobuf::MethodDescriptor* method = file->service(i)->method(j);
      if (method->input_type() == request) return StrCat(method->service()->full_name(), "/", method->name());
    }
  }
  return request->full_name();
}

}  // namespace

std::string_view KindOf(const Command& command) {
  return std::visit(
      [](const auto& request) -> std::string_view {
        static const std::string& kind = *new std::string(KindOfRequest(request.GetDescriptor()));
        return kind;
      },
      command);
}

std::string_view RequestIdOf(const Command& command) {
  return std::visit([](const auto& request) -> std::string_view { return request.request_id(); }, command);
}

Decision Refuse(v1::ErrorReason reason, std::string message, std::map<std::string, std::string> metadata) {
  return Refuse(Refusal{.reason = reason, .message = std::move(message), .metadata = std::move(metadata)});
}

Decision Refuse(Refusal refusal) {
  Decision decision;
  decision.refusal = std::move(refusal);
  return decision;
}

std::optional<Refusal> RefuseElsewhere(const v1::Principal& principal, const v1::Organization& organization) {
  if (principal.authority() == organization.registration_authority()) return std::nullopt;
  return Refusal{
      .reason = v1::ERROR_REASON_NOT_REGISTERING_AUTHORITY,
      .message = StrCat("该社会组织由", organization.registration_authority(),
                        "登记，只有登记管理机关可以办理 (only the authority where the organization "
                        "is registered may do this)"),
      .metadata = {{"registration_authority", organization.registration_authority()}}};
}

std::optional<Refusal> RefuseStale(std::string_view given, std::string_view current) {
  if (given == current) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_STALE_ETAG,
                 .message = "内容已变更，请重新查看后再办理 (it has changed since; read it again)",
                 .metadata = {{"etag", std::string(current)}}};
}

std::string EtagOf(uint64_t revision) { return StrCat("r", revision); }

Refusal RoleNotAllowed(v1::Role role) {
  return Refusal{
      .reason = v1::ERROR_REASON_ROLE_NOT_ALLOWED,
      .message = StrCat("角色", v1::Role_Name(role), "无权执行此操作 (this role may not call this method)"),
      .metadata = {{"role", v1::Role_Name(role)}}};
}

absl::StatusOr<Decision> Decide(const Command& command, const CommandContext& context, const View& view) {
  if (view.catalogue() == nullptr && !std::holds_alternative<v1::ActivateCatalogueRequest>(command)) {
    return Refuse(v1::ERROR_REASON_NO_CATALOGUE,
                  "尚未启用目录，请先启用 (no catalogue is active yet; activate one first)");
  }
  CHENGXIN_ASSIGN_OR_RETURN(
      Decision decision,
      std::visit([&](const auto& request) { return DecideCommand(request, context, view); }, command));
  if (!decision.refusal.has_value()) {
    CHENGXIN_RETURN_IF_ERROR(AppendAwardAlerts(context, view, decision));
  }
  return decision;
}

}  // namespace chengxin::domain
