#include "domain/validate_evidence.h"

#include <algorithm>
#include <string>

#include "base/strings.h"
#include "domain/decide.h"

namespace chengxin::domain {

namespace {

constexpr size_t kDigestDigits = 64;

bool IsLowerHexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

void ValidateEvidence(const v1::Evidence& evidence, const FieldChecks& checks) {
  const std::string& digest = evidence.sha256();
  checks.Check(
      digest.size() == kDigestDigits && std::all_of(digest.begin(), digest.end(), IsLowerHexadecimal),
      "sha256", "应为64位小写十六进制的SHA-256 (expected a SHA-256 in 64 lower-case hexadecimal digits)");
  checks.RequiredText("title", evidence.title(), kMaximumUnitLength);
  checks.OptionalText("location", evidence.location(), kMaximumReasonLength);
}

void ValidateEvidenceList(std::string_view name, const google::protobuf::RepeatedPtrField<v1::Evidence>& list,
                          int least, const FieldChecks& checks) {
  if (list.size() < least || list.size() > kMaximumEvidence) {
    checks.Add(name, StrCat(list.size(), "件，应为", least, "至", kMaximumEvidence, "件 (", list.size(),
                            " pieces; expected ", least, " to ", kMaximumEvidence, ")"));
    return;
  }
  for (int i = 0; i < list.size(); ++i) {
    ValidateEvidence(list.Get(i), checks.Under(StrCat(name, "[", i, "]")));
  }
}

void ValidateService(const v1::Service& service, const FieldChecks& checks) {
  checks.RequiredEnum("method", service.method(), v1::ServiceMethod_IsValid);
  checks.RequiredPastDay("served_on", service.served_on());
  if (checks.Check(service.has_proof(), "proof", "应有送达回证 (proof of service is required)")) {
    ValidateEvidence(service.proof(), checks.Under("proof"));
  }
}

void ValidateNotice(const v1::CaseNotice& notice, const FieldChecks& checks) {
  checks.RequiredText("number", notice.number(), kMaximumNumberLength);
  checks.RequiredText("facts", notice.facts(), kMaximumFactsLength);
  checks.RequiredText("reasons", notice.reasons(), kMaximumFactsLength);
  checks.RequiredText("basis", notice.basis(), kMaximumBasisLength);
  checks.RequiredText("rights", notice.rights(), kMaximumResultLength);
  if (checks.Check(notice.has_service(), "service", "必填 (required)")) {
    ValidateService(notice.service(), checks.Under("service"));
  }
}

}  // namespace chengxin::domain
