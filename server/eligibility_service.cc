#include "server/eligibility_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/consortium.h"
#include "domain/refusal.h"
#include "domain/resource_names.h"
#include "server/access.h"
#include "server/outcomes.h"
#include "server/query_context.h"
#include "server/request_fields.h"
#include "server/unary_call.h"

namespace chengxin::server {

namespace {

absl::Status CheckView(v1::EligibilityView view) {
  if (v1::EligibilityView_IsValid(view)) return absl::OkStatus();
  return WrongField("view", kUnknownEnumerator);
}

// An organization may ask about itself alone.
absl::Status MayAskAbout(const v1::Principal& principal, absl::Span<const domain::Uscc> codes) {
  if (principal.role() != v1::ROLE_ORGANIZATION) return absl::OkStatus();
  for (const domain::Uscc& code : codes) {
    if (code.ToString() != principal.unit())
      return RoleNotAllowed("社会组织只能查询本组织", "an organization may only ask about itself");
  }
  return absl::OkStatus();
}

// Why it is asked and for which instants.
template <typename Request>
absl::Status CheckAsking(const v1::Principal& principal, const Request& request) {
  const v1::QueryContext* const context = request.has_context() ? &request.context() : nullptr;
  CHENGXIN_RETURN_IF_ERROR(CheckContext(principal, context));
  return CheckInstants(principal, context, request.has_as_of() ? &request.as_of() : nullptr);
}

// What every question has in common.
template <typename Request>
engine::EligibilityQuery QueryOf(const Request& request, absl::Span<const domain::Uscc> codes, bool full) {
  return {.codes = codes,
          .context = request.has_context() ? &request.context() : nullptr,
          .as_of = request.has_as_of() ? &request.as_of() : nullptr,
          .full = full};
}

absl::Status Check(ServiceContext& service, const v1::Principal& principal,
                   const v1::CheckEligibilityRequest& request, v1::CheckEligibilityResponse& response) {
  CHENGXIN_RETURN_IF_ERROR(CheckAsking(principal, request));
  CHENGXIN_ASSIGN_OR_RETURN(const domain::Uscc code,
                            RequireCode(service.engine, "organization_code", request.organization_code()));
  CHENGXIN_RETURN_IF_ERROR(CheckView(request.view()));
  CHENGXIN_RETURN_IF_ERROR(MayAskAbout(principal, {&code, 1}));
  v1::Eligibility* const answers[] = {response.mutable_eligibility()};
  return service.engine.CheckEligibility(
      QueryOf(request, {&code, 1}, request.view() != v1::ELIGIBILITY_VIEW_BASIC), answers,
      *response.mutable_basis());
}

absl::Status BatchCheck(ServiceContext& service, const v1::Principal& principal,
                        const v1::BatchCheckEligibilityRequest& request,
                        v1::BatchCheckEligibilityResponse& response) {
  CHENGXIN_RETURN_IF_ERROR(CheckAsking(principal, request));
  std::vector<domain::Uscc> codes;
  CHENGXIN_RETURN_IF_ERROR(TakeCodes(service.engine, "organization_codes", request.organization_codes(), 1,
                                     kMaximumBatchCodes, codes));
  CHENGXIN_RETURN_IF_ERROR(CheckView(request.view()));
  CHENGXIN_RETURN_IF_ERROR(MayAskAbout(principal, codes));
  std::vector<v1::Eligibility*> answers;
  answers.reserve(codes.size());
  response.mutable_results()->Reserve(static_cast<int>(codes.size()));
  for (size_t i = 0; i < codes.size(); ++i) answers.push_back(response.add_results());
  return service.engine.CheckEligibility(QueryOf(request, codes, request.view() == v1::ELIGIBILITY_VIEW_FULL),
                                         answers, *response.mutable_basis());
}

// The same organization twice in one consortium (rule 49; 政府采购法实施条例 art 22).
absl::Status RefuseDuplicate(absl::Span<const domain::Uscc> members) {
  const std::optional<size_t> repeated = domain::FindRepeatedMember(members);
  if (!repeated.has_value()) return absl::OkStatus();
  const auto first = std::find(members.begin(), members.end(), members[*repeated]);
  const std::string earlier = ElementPath("member_codes", static_cast<int>(first - members.begin()));
  domain::FieldViolations violations;
  violations.Add(ElementPath("member_codes", static_cast<int>(*repeated)),
                 StrCat("与", earlier, "相同，成员应各不相同 (the same as ", earlier,
                        "; expected members that are all different)"));
  return RefuseFields({.reason = v1::ERROR_REASON_DUPLICATE_MEMBER,
                       .message = "同一联合体中不得重复出现同一组织（政府采购法实施条例第二十二条） "
                                  "(the same organization stands twice in the "
                                  "consortium)",
                       .metadata = {}},
                      violations);
}

absl::Status CheckMembers(ServiceContext& service, const v1::Principal& principal,
                          const v1::CheckConsortiumRequest& request, v1::CheckConsortiumResponse& response) {
  CHENGXIN_RETURN_IF_ERROR(CheckAsking(principal, request));
  std::vector<domain::Uscc> codes;
  CHENGXIN_RETURN_IF_ERROR(TakeCodes(service.engine, "member_codes", request.member_codes(),
                                     static_cast<int>(domain::kMinimumMembers),
                                     static_cast<int>(domain::kMaximumMembers), codes));
  CHENGXIN_RETURN_IF_ERROR(RefuseDuplicate(codes));
  std::vector<v1::Eligibility*> answers;
  for (size_t i = 0; i < codes.size(); ++i) answers.push_back(response.add_members());
  CHENGXIN_RETURN_IF_ERROR(service.engine.CheckEligibility(QueryOf(request, codes, /*full=*/true), answers,
                                                           *response.mutable_basis()));
  domain::ConsortiumVerdict whole = domain::JudgeConsortium(response.members());
  response.set_verdict(whole.verdict);
  for (std::string& code : whole.deciding_member_codes) response.add_deciding_member_codes(std::move(code));
  return absl::OkStatus();
}

absl::Status Receipt(ServiceContext& service, const v1::Principal& principal,
                     const v1::GetReceiptRequest& request, v1::GetReceiptResponse& response) {
  const std::optional<uint64_t> revision = domain::ParseReceiptName(request.name());
  if (!revision.has_value()) {
    return WrongField("name", "应为“receipts/CX{年}-{号}” (expected the form receipts/CX{year}-{number})");
  }
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Receipt> receipt,
                            service.engine.store().FindReceipt(*revision, service.engine.revision()));
  if (!receipt.has_value() || receipt->name() != request.name() || !SeesReceipt(principal, *receipt)) {
    return absl::NotFoundError(
        StrCat("没有", request.name(), "，或您无权查阅 (no ", request.name(), ", or not for you to see)"));
  }
  *response.mutable_receipt() = *std::move(receipt);
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* EligibilityService::CheckEligibility(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request,
                                                               grpc::ByteBuffer* response) {
  return AnswerAtRevision<v1::CheckEligibilityRequest, v1::CheckEligibilityResponse>(
      service_, Method::kCheckEligibility, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return Check(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* EligibilityService::BatchCheckEligibility(grpc::CallbackServerContext* context,
                                                                    const grpc::ByteBuffer* request,
                                                                    grpc::ByteBuffer* response) {
  return AnswerAtRevision<v1::BatchCheckEligibilityRequest, v1::BatchCheckEligibilityResponse>(
      service_, Method::kBatchCheckEligibility, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return BatchCheck(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* EligibilityService::CheckConsortium(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* request,
                                                              grpc::ByteBuffer* response) {
  return AnswerAtRevision<v1::CheckConsortiumRequest, v1::CheckConsortiumResponse>(
      service_, Method::kCheckConsortium, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return CheckMembers(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* EligibilityService::Certify(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request,
                                                      grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::CertifyRequest, v1::CertifyResponse>(
      service_, Method::kCertify, {context, request, response},
      [](const auto&, const engine::Committed& committed, auto& answer) {
        if (const v1::Receipt* receipt = ReceiptOf(committed)) *answer.mutable_receipt() = *receipt;
      });
}

grpc::ServerUnaryReactor* EligibilityService::GetReceipt(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* request,
                                                         grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetReceiptRequest, v1::GetReceiptResponse>(
      service_, Method::kGetReceipt, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return Receipt(service_, principal, asked, answer);
      });
}

}  // namespace chengxin::server
