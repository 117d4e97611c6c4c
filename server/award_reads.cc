#include "server/award_reads.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/resource_names.h"
#include "google/protobuf/descriptor.h"
#include "server/access.h"
#include "server/known_codes.h"
#include "server/newest_first.h"
#include "server/request_fields.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

using storage::Party;

// Whether the principal supervises a contractor of the award: registers it, or stands above who does.
absl::StatusOr<bool> Supervises(const ServiceContext& service, const v1::Principal& principal,
                                const v1::Award& award, const domain::CompiledCatalogue* catalogue) {
  if (principal.role() != v1::ROLE_CIVIL_AFFAIRS) return false;
  for (const std::string& code : award.contractor_codes()) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::string first, FirstCodeOf(service, code));
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> organization,
                              service.engine.store().FindOrganization(first, service.engine.revision(),
                                                                      storage::Sealed::kLeaveOut));
    if (organization.has_value() &&
        ReadsArchiveOf(principal, {first, organization->registration_authority()}, catalogue))
      return true;
  }
  return false;
}

// Leaves the name and the fields that the catalogue makes public. False where it makes none public: then the
// award is nobody else's business.
bool KeepPublicFields(const domain::CompiledCatalogue* catalogue, v1::Award& award) {
  if (catalogue == nullptr) return false;
  const auto& open = catalogue->message().procedure().public_award_fields();
  if (open.empty()) return false;
  const google::protobuf::Reflection& reflection = *award.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(award, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    const bool keep =
        field->name() == "name" || std::find(open.begin(), open.end(), field->name()) != open.end();
    if (!keep) reflection.ClearField(&award, field);
  }
  return true;
}

// Leaves what the principal may see; false where that is nothing.
absl::StatusOr<bool> Show(const ServiceContext& service, const v1::Principal& principal,
                          const domain::CompiledCatalogue* catalogue, v1::Award& award) {
  if (SeesWholeAward(principal, award)) return true;
  CHENGXIN_ASSIGN_OR_RETURN(const bool supervises, Supervises(service, principal, award, catalogue));
  return supervises || KeepPublicFields(catalogue, award);
}

bool Has(const v1::Award& award, const std::string& code) {
  const auto& codes = award.contractor_codes();
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// Which awards a page is taken from: a purchaser's own, else those of the organization asked for, else all.
Party PartyOf(const v1::Principal& principal, const std::string& first_code) {
  if (principal.role() == v1::ROLE_PURCHASER) {
    const std::optional<std::string_view> id = domain::ParsePurchaserName(principal.unit());
    return Party::Purchaser(std::string(id.value_or("")));
  }
  return first_code.empty() ? Party::Everybody() : Party::Organization(first_code);
}

}  // namespace

absl::Status GetAward(ServiceContext& service, const v1::Principal& principal,
                      const v1::GetAwardRequest& request, v1::GetAwardResponse& response) {
  const std::optional<domain::RecordId> id = domain::ParseAwardName(request.name());
  if (!id.has_value()) return WrongField("name", "应为“awards/{标识}” (expected the form awards/{id})");
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Award> award,
                            service.engine.store().FindAward(*id, service.engine.revision()));
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  bool seen = false;
  if (award.has_value()) {
    CHENGXIN_ASSIGN_OR_RETURN(seen, Show(service, principal, knowledge->catalogue.get(), *award));
  }
  if (!seen) {
    return absl::NotFoundError(StrCat("没有", request.name(), "，或其内容不公开 (no ", request.name(),
                                      ", or nothing of it is public)"));
  }
  *response.mutable_award() = *std::move(award);
  return absl::OkStatus();
}

absl::Status ListAwards(ServiceContext& service, const v1::Principal& principal,
                        const v1::ListAwardsRequest& request, v1::ListAwardsResponse& response) {
  std::string code;
  if (!request.organization_code().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(code,
                              RequireFirstCode(service, "organization_code", request.organization_code()));
  }
  const std::string question =
      StrCat(MethodName(Method::kListAwards), "\n", static_cast<int>(principal.role()), "\n",
             principal.authority(), "\n", principal.unit(), "\n", code, "\n", request.active_only() ? 1 : 0);
  CHENGXIN_ASSIGN_OR_RETURN(NewestFirst page,
                            NewestFirst::Take(service, question, request.page_size(), request.page_token()));
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  absl::Status failure;
  CHENGXIN_RETURN_IF_ERROR(service.engine.store().ScanAwards(
      PartyOf(principal, code), domain::ParseAwardName(page.after()), request.active_only(), page.revision(),
      [&](v1::Award award) {
        if (!page.Look(award.name())) return false;
        if (!code.empty() && !Has(award, code) && !Has(award, request.organization_code())) return true;
        const absl::StatusOr<bool> seen = Show(service, principal, knowledge->catalogue.get(), award);
        failure = seen.status();
        if (!failure.ok()) return false;
        if (!*seen) return true;
        page.Add();
        *response.add_awards() = std::move(award);
        return true;
      }));
  CHENGXIN_RETURN_IF_ERROR(failure);
  response.set_next_page_token(page.NextPageToken(service));
  return absl::OkStatus();
}

}  // namespace chengxin::server
