// What can be said of a case's content alone. Private to domain.
#ifndef CHENGXIN_DOMAIN_VALIDATE_CASES_H_
#define CHENGXIN_DOMAIN_VALIDATE_CASES_H_

#include "chengxin/v1/case.pb.h"
#include "domain/field_checks.h"

namespace chengxin::domain {

// The content of a case of that origin, as a person opens it: rule 14 asks more of a purchaser's report, and
// some fields are an authority's alone. With CASE_ORIGIN_UNSPECIFIED, where the request does not say the
// origin, what every content has.
void ValidateCaseContent(const v1::Case& content, v1::CaseOrigin origin, const FieldChecks& checks);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_VALIDATE_CASES_H_
