// The API's enumerators in Chinese, for what people read and keep: query records, reports, findings.
#ifndef CHENGXIN_DOMAIN_WORDING_H_
#define CHENGXIN_DOMAIN_WORDING_H_

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"

namespace chengxin::domain {

// Each answers "" for what is not given or not known.
std::string_view VerdictZh(v1::Verdict verdict);
std::string_view OutcomeZh(v1::Outcome outcome);
std::string_view PurposeZh(v1::QueryPurpose purpose);
std::string_view ListZh(v1::ListKind list);
std::string_view EndReasonZh(v1::ListingEndReason reason);
std::string_view OrganizationTypeZh(v1::OrganizationType type);
std::string_view StatusZh(v1::RegistrationStatus status);
std::string_view CategoryZh(v1::RecordCategory category);
std::string_view PenaltyKindZh(v1::PenaltyKind kind);
std::string_view ConclusionZh(v1::AnnualConclusion conclusion);
std::string_view InspectionSubjectZh(v1::InspectionSubject subject);
std::string_view ReviewKindZh(v1::ReviewKind kind);

// "2026-11-24 10:00:00", civil time of Asia/Shanghai (rule 65); seconds are cut off.
std::string InstantZh(absl::Time instant);

// The text on one line: line ends, tabs and other control characters become spaces, so that nothing entered
// by somebody can pass for a line of the document.
std::string OnOneLine(std::string_view text);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_WORDING_H_
