#include "server/organization_service.h"

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/seal.h"
#include "server/access.h"
#include "server/import_stream.h"
#include "server/known_codes.h"
#include "server/request_fields.h"
#include "server/unary_call.h"
#include "storage/name_index.h"

namespace chengxin::server {

namespace {

using storage::Sealed;

// Only an officer of civil affairs may turn out to see what is sealed.
Sealed SealedFor(const v1::Principal& principal) {
  return principal.role() == v1::ROLE_CIVIL_AFFAIRS ? Sealed::kMerge : Sealed::kLeaveOut;
}

// Takes out what the principal may not see.
void Show(const v1::Principal& principal, v1::Organization& organization) {
  if (!SeesSealed(principal, organization.registration_authority())) domain::Redact(organization);
}

absl::Status NoOrganization(std::string_view code) {
  return absl::NotFoundError(
      StrCat("登记信息副本中没有", code, " (the registry copy has no organization ", code, ")"));
}

absl::Status Get(ServiceContext& service, const v1::Principal& principal,
                 const v1::GetOrganizationRequest& request, v1::GetOrganizationResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::string code, RequireFirstCode(service, "code", request.code()));
  CHENGXIN_ASSIGN_OR_RETURN(const engine::ResolvedInstant at,
                            service.engine.Resolve(request.has_as_of() ? &request.as_of() : nullptr));
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            service.engine.store().FindOrganization(code, at.revision, SealedFor(principal)));
  if (!organization.has_value()) return NoOrganization(request.code());
  Show(principal, *organization);
  *response.mutable_organization() = *std::move(organization);
  return absl::OkStatus();
}

absl::Status BatchGet(ServiceContext& service, const v1::Principal& principal,
                      const v1::BatchGetOrganizationsRequest& request,
                      v1::BatchGetOrganizationsResponse& response) {
  std::vector<domain::Uscc> codes;
  CHENGXIN_RETURN_IF_ERROR(TakeCodes(service.engine, "codes", request.codes(), 1, kMaximumBatchCodes, codes));
  const uint64_t revision = service.engine.revision();
  for (const domain::Uscc& code : codes) {
    std::string text = code.ToString();
    CHENGXIN_ASSIGN_OR_RETURN(const std::string first, FirstCodeOf(service, text));
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                              service.engine.store().FindOrganization(first, revision, SealedFor(principal)));
    if (organization.has_value()) {
      Show(principal, *organization);
      *response.add_organizations() = *std::move(organization);
    } else {
      response.add_not_found_codes(std::move(text));
    }
  }
  return absl::OkStatus();
}

absl::Status List(ServiceContext& service, const v1::Principal& principal,
                  const v1::ListOrganizationsRequest& request, v1::ListOrganizationsResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(const int page_size,
                            TakeCount("page_size", request.page_size(), kDefaultPageSize, kMaximumPageSize));
  domain::FieldViolations violations;
  CheckAuthority(service.engine, "registration_authority", request.registration_authority(), violations);
  CHENGXIN_RETURN_IF_ERROR(violations.ToStatus());
  const std::string question =
      StrCat(MethodName(Method::kListOrganizations), "\n", request.registration_authority());
  PageCursor cursor{.revision = service.engine.revision(), .after = ""};
  if (!request.page_token().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(cursor, service.page_tokens.Read(question, request.page_token()));
  }
  int rows = 0;
  bool more = false;
  const auto visit = [&](v1::Organization organization) {
    if (response.organizations_size() >= page_size || rows >= kMaximumRowsForPage) {
      more = true;
      return false;
    }
    ++rows;
    // The first code: what the rows are ordered by.
    cursor.after = organization.name().substr(organization.name().find('/') + 1);
    if (request.registration_authority().empty() ||
        organization.registration_authority() == request.registration_authority()) {
      Show(principal, organization);
      *response.add_organizations() = std::move(organization);
    }
    return true;
  };
  CHENGXIN_RETURN_IF_ERROR(
      service.engine.store().ScanOrganizations(cursor.after, cursor.revision, SealedFor(principal), visit));
  if (more) response.set_next_page_token(service.page_tokens.Make(question, cursor));
  return absl::OkStatus();
}

absl::Status AddCandidate(ServiceContext& service, std::string_view code, uint64_t revision,
                          v1::SearchOrganizationsResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            service.engine.store().FindOrganization(code, revision, Sealed::kLeaveOut));
  // The index of names may be ahead of what is visible by the group in flight.
  if (!organization.has_value()) return absl::OkStatus();
  v1::OrganizationCandidate& candidate = *response.add_candidates();
  candidate.set_code(std::move(*organization->mutable_code()));
  candidate.set_display_name(std::move(*organization->mutable_display_name()));
  candidate.set_registration_authority(std::move(*organization->mutable_registration_authority()));
  candidate.set_status(organization->status());
  return absl::OkStatus();
}

absl::Status Search(ServiceContext& service, const v1::SearchOrganizationsRequest& request,
                    v1::SearchOrganizationsResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(const int limit,
                            TakeCount("limit", request.limit(), kDefaultSearchLimit, kMaximumSearchLimit));
  const uint64_t revision = service.engine.revision();
  const domain::UsccInspection inspection = domain::Uscc::Inspect(request.query());
  if (inspection.code.has_value()) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::string first, FirstCodeOf(service, inspection.code->ToString()));
    return AddCandidate(service, first, revision, response);
  }
  const size_t characters = storage::CountCharacters(storage::FoldName(request.query()));
  if (characters < storage::kMinimumSearchCharacters || characters > kMaximumSearchCharacters) {
    return WrongField("query",
                      StrCat("有", characters, "个字，应为代码，或名称中的2至", kMaximumSearchCharacters,
                             "个字 (has ", characters, " characters; expected a code, or 2 to ",
                             kMaximumSearchCharacters, " characters of a name)"));
  }
  CHENGXIN_ASSIGN_OR_RETURN(const storage::Store::NameSearch found,
                            service.engine.store().SearchNames(request.query(), limit));
  for (const std::string& code : found.codes)
    CHENGXIN_RETURN_IF_ERROR(AddCandidate(service, code, revision, response));
  response.set_truncated(found.truncated);
  return absl::OkStatus();
}

// The organizations after a succession: the one commanded first, its successor, where there is one, after it.
template <typename Response>
void FillSuccession(const v1::Principal& principal, const engine::Committed& committed, Response& response) {
  response.set_revision(committed.revision);
  bool first = true;
  for (const log::v1::Event& event : committed.events) {
    if (!event.has_organization()) continue;
    v1::Organization* place = nullptr;
    if (first) {
      place = response.mutable_organization();
    } else if constexpr (std::is_same_v<Response, v1::MergeOrganizationResponse>) {
      place = response.mutable_successor();
    }
    first = false;
    if (place == nullptr) continue;
    *place = event.organization();
    Show(principal, *place);
  }
}

}  // namespace

grpc::ServerUnaryReactor* OrganizationService::GetOrganization(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetOrganizationRequest, v1::GetOrganizationResponse>(
      service_, Method::kGetOrganization, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return Get(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* OrganizationService::BatchGetOrganizations(grpc::CallbackServerContext* context,
                                                                     const grpc::ByteBuffer* request,
                                                                     grpc::ByteBuffer* response) {
  return AnswerNow<v1::BatchGetOrganizationsRequest, v1::BatchGetOrganizationsResponse>(
      service_, Method::kBatchGetOrganizations, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return BatchGet(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* OrganizationService::ListOrganizations(grpc::CallbackServerContext* context,
                                                                 const grpc::ByteBuffer* request,
                                                                 grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListOrganizationsRequest, v1::ListOrganizationsResponse>(
      service_, Method::kListOrganizations, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return List(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* OrganizationService::SearchOrganizations(grpc::CallbackServerContext* context,
                                                                   const grpc::ByteBuffer* request,
                                                                   grpc::ByteBuffer* response) {
  return AnswerNow<v1::SearchOrganizationsRequest, v1::SearchOrganizationsResponse>(
      service_, Method::kSearchOrganizations, {context, request, response},
      [this](const auto&, const auto& asked, auto& answer) { return Search(service_, asked, answer); });
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* OrganizationService::ImportOrganizations(
    grpc::CallbackServerContext* context) {
  return ReceiveOrganizations(service_, *context);
}

grpc::ServerUnaryReactor* OrganizationService::ChangeOrganizationCode(grpc::CallbackServerContext* context,
                                                                      const grpc::ByteBuffer* request,
                                                                      grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::ChangeOrganizationCodeRequest, v1::ChangeOrganizationCodeResponse>(
      service_, Method::kChangeOrganizationCode, {context, request, response},
      FillSuccession<v1::ChangeOrganizationCodeResponse>);
}

grpc::ServerUnaryReactor* OrganizationService::MergeOrganization(grpc::CallbackServerContext* context,
                                                                 const grpc::ByteBuffer* request,
                                                                 grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::MergeOrganizationRequest, v1::MergeOrganizationResponse>(
      service_, Method::kMergeOrganization, {context, request, response},
      FillSuccession<v1::MergeOrganizationResponse>);
}

}  // namespace chengxin::server
