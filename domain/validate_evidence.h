// What can be said of evidence, of the service of a document and of a notice alone: rules 14, 20, 22. Private
// to domain.
#ifndef CHENGXIN_DOMAIN_VALIDATE_EVIDENCE_H_
#define CHENGXIN_DOMAIN_VALIDATE_EVIDENCE_H_

#include <string_view>

#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/evidence.pb.h"
#include "domain/field_checks.h"
#include "google/protobuf/repeated_field.h"

namespace chengxin::domain {

inline constexpr int kMaximumEvidence = 20;

void ValidateEvidence(const v1::Evidence& evidence, const FieldChecks& checks);

// At least `least` and at most kMaximumEvidence pieces, each as above.
void ValidateEvidenceList(std::string_view name, const google::protobuf::RepeatedPtrField<v1::Evidence>& list,
                          int least, const FieldChecks& checks);

void ValidateService(const v1::Service& service, const FieldChecks& checks);

// Its ground is not looked at.
void ValidateNotice(const v1::CaseNotice& notice, const FieldChecks& checks);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_VALIDATE_EVIDENCE_H_
