// The words of the contract as officers read them: Chinese first, the name of the value behind where programs
// use it too.
#ifndef CHENGXIN_CLIENT_CLI_WORDS_H_
#define CHENGXIN_CLIENT_CLI_WORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "chengxin/v1/application.pb.h"
#include "chengxin/v1/award.pb.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/deadline.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "chengxin/v1/record.pb.h"

namespace chengxin::cli {

// A value this program does not know is shown as its number.
std::string WordOf(v1::Verdict verdict);               // "不得选择 INELIGIBLE"
std::string WordOf(v1::Outcome outcome);               // "不符合"
std::string WordOf(v1::Condition condition);           // "（七）法律法规规定的其他条件"
std::string WordOf(v1::RegistrationStatus status);     // "正常"
std::string WordOf(v1::OrganizationType type);         // "社会团体"
std::string WordOf(v1::CertificateForm form);          // "法人"
std::string WordOf(v1::ListKind list);                 // "严重违法失信名单"
std::string WordOf(v1::ListingState state);            // "在列"
std::string WordOf(v1::ListingEndReason reason);       // "信用修复"
std::string WordOf(v1::ListingTransition transition);  // "列入"
std::string WordOf(v1::RecordCategory category);       // "行政处罚信息"
std::string WordOf(v1::PenaltyKind kind);              // "罚款"
std::string WordOf(v1::AnnualConclusion conclusion);   // "基本合格"
std::string WordOf(v1::CaseOrigin origin);             // "购买主体通报"
std::string WordOf(v1::CaseState state);               // "待受理"
std::string WordOf(v1::CaseVerb verb);                 // "立案 open"
std::string WordOf(v1::CaseFinding finding);           // "列入名录"
std::string WordOf(v1::ServiceMethod method);          // "直接送达"
std::string WordOf(v1::ApplicationKind kind);          // "移出名录"
std::string WordOf(v1::ApplicationState state);        // "已提交"
std::string WordOf(v1::AwardMode mode);                // "单一承接主体"
std::string WordOf(v1::AwardState state);              // "履行中"
std::string WordOf(v1::AwardWatchKind kind);           // "履行中"
std::string WordOf(v1::DeadlineKind kind);             // "受理"
std::string WordOf(v1::ReviewKind kind);               // "行政复议"
std::string WordOf(v1::QueryPurpose purpose);          // "选择承接主体"; not given: empty
std::string WordOf(v1::Role role);                     // "公众"
// The name of a reason without its prefix: "SEVERE_LIST".
std::string NameOf(v1::ReasonCode reason);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_WORDS_H_
