#include "domain/decide.h"

#include <string>
#include <utility>
#include <variant>

#include "base/strings.h"
#include "domain/deciders.h"

namespace chengxin::domain {

namespace {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

std::string_view KindOf(const Command& command) {
  return std::visit(Overloaded{
                        [](const v1::ImportOrganizationsRequest&) -> std::string_view {
                          return "chengxin.v1.OrganizationService/ImportOrganizations";
                        },
                        [](const v1::CreateRecordRequest&) -> std::string_view {
                          return "chengxin.v1.RecordService/CreateRecord";
                        },
                        [](const v1::ImportRecordsRequest&) -> std::string_view {
                          return "chengxin.v1.RecordService/ImportRecords";
                        },
                        [](const v1::ActivateCatalogueRequest&) -> std::string_view {
                          return "chengxin.v1.AdminService/ActivateCatalogue";
                        },
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
  return std::visit(
      Overloaded{
          [&](const v1::ImportOrganizationsRequest& request) {
            return DecideImportOrganizations(request, context, view);
          },
          [&](const v1::CreateRecordRequest& request) { return DecideCreateRecord(request, context, view); },
          [&](const v1::ImportRecordsRequest& request) {
            return DecideImportRecords(request, context, view);
          },
          [&](const v1::ActivateCatalogueRequest& request) {
            return DecideActivateCatalogue(request, context, view);
          },
      },
      command);
}

}  // namespace chengxin::domain
