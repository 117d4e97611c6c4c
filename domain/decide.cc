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
  Decision decision;
  decision.refusal =
      Refusal{.reason = reason, .message = std::move(message), .metadata = std::move(metadata)};
  return decision;
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
