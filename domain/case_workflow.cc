#include "domain/case_workflow.h"

#include <algorithm>
#include <set>

namespace chengxin::domain {

namespace {

template <typename... Enums>
constexpr uint32_t Bits(Enums... values) {
  return ((1U << static_cast<unsigned>(values)) | ...);
}

// Who moves. An agency acts for the purchasing unit it names.
constexpr uint32_t kReporter = Bits(v1::ROLE_PURCHASER, v1::ROLE_AGENCY);
constexpr uint32_t kAuthority = Bits(v1::ROLE_CIVIL_AFFAIRS);
constexpr uint32_t kPlatform = 0;

// Of which cases.
constexpr uint32_t kReport = Bits(v1::CASE_ORIGIN_PURCHASER_REPORT);
constexpr uint32_t kComplaint = Bits(v1::CASE_ORIGIN_COMPLAINT);
constexpr uint32_t kOwn = Bits(v1::CASE_ORIGIN_AUTHORITY);
constexpr uint32_t kByPerson = kReport | kComplaint | kOwn;
// Where the law allows a measure against the organization, so that it is heard first (rule 20).
constexpr uint32_t kAdverse = kByPerson | Bits(v1::CASE_ORIGIN_PENALTY, v1::CASE_ORIGIN_ESCALATION);
constexpr uint32_t kByPlatform = Bits(v1::CASE_ORIGIN_PENALTY, v1::CASE_ORIGIN_ESCALATION,
                                      v1::CASE_ORIGIN_REDECISION, v1::CASE_ORIGIN_DISPLAY_ENDED);
constexpr uint32_t kAny = kByPerson | kByPlatform;

constexpr v1::CaseState kNone = v1::CASE_STATE_UNSPECIFIED;
constexpr v1::CaseState kReceived = v1::CASE_STATE_RECEIVED;
constexpr v1::CaseState kReturned = v1::CASE_STATE_RETURNED;
constexpr v1::CaseState kAccepted = v1::CASE_STATE_ACCEPTED;
constexpr v1::CaseState kNoticed = v1::CASE_STATE_NOTICE_SERVED;
constexpr v1::CaseState kStated = v1::CASE_STATE_STATED;
constexpr v1::CaseState kDecided = v1::CASE_STATE_DECIDED;
constexpr v1::CaseState kDismissed = v1::CASE_STATE_DISMISSED;
constexpr v1::CaseState kTransferred = v1::CASE_STATE_TRANSFERRED;

// What the platform opened is decided, never dismissed or transferred: it asks for a decision by law. Who
// forwards a case gives it away as it came: the authority that gets it accepts it anew and serves its own
// notice. Where the catalogue asks for two officers, the first one's decision leaves the case in its state
// (decide_case_decision.cc).
constexpr WorkflowRow kRows[] = {
    // 状态    办理                              由谁        何种案件               之后
    {kNone, v1::CASE_VERB_OPEN, kReporter, kReport, kReceived},
    {kNone, v1::CASE_VERB_OPEN, kAuthority, kComplaint, kReceived},
    {kNone, v1::CASE_VERB_OPEN, kAuthority, kOwn, kAccepted},
    {kNone, v1::CASE_VERB_OPEN, kPlatform, kByPlatform, kAccepted},

    {kReceived, v1::CASE_VERB_ACCEPT, kAuthority, kAny, kAccepted},
    {kReceived, v1::CASE_VERB_RETURN, kAuthority, kReport | kComplaint, kReturned},
    {kReceived, v1::CASE_VERB_DISMISS, kAuthority, kByPerson, kDismissed},
    {kReceived, v1::CASE_VERB_FORWARD, kAuthority, kAny, kReceived},

    {kReturned, v1::CASE_VERB_RESUBMIT, kReporter, kReport, kReceived},
    {kReturned, v1::CASE_VERB_RESUBMIT, kAuthority, kComplaint, kReceived},
    {kReturned, v1::CASE_VERB_DISMISS, kAuthority, kReport | kComplaint, kDismissed},

    {kAccepted, v1::CASE_VERB_FORWARD, kAuthority, kAny, kReceived},
    {kAccepted, v1::CASE_VERB_SERVE_NOTICE, kAuthority, kAdverse, kNoticed},
    {kAccepted, v1::CASE_VERB_DECIDE, kAuthority, kAny, kDecided},
    {kAccepted, v1::CASE_VERB_CONFIRM, kAuthority, kAny, kDecided},
    {kAccepted, v1::CASE_VERB_TRANSFER, kAuthority, kByPerson, kTransferred},

    {kNoticed, v1::CASE_VERB_FORWARD, kAuthority, kAdverse, kReceived},
    // A fresh notice, where another ground is intended than the one told.
    {kNoticed, v1::CASE_VERB_SERVE_NOTICE, kAuthority, kAdverse, kNoticed},
    {kNoticed, v1::CASE_VERB_RECORD_STATEMENT, kAuthority, kAdverse, kStated},
    {kNoticed, v1::CASE_VERB_DECIDE, kAuthority, kAdverse, kDecided},
    {kNoticed, v1::CASE_VERB_CONFIRM, kAuthority, kAdverse, kDecided},
    {kNoticed, v1::CASE_VERB_TRANSFER, kAuthority, kByPerson, kTransferred},

    {kStated, v1::CASE_VERB_FORWARD, kAuthority, kAdverse, kReceived},
    {kStated, v1::CASE_VERB_SERVE_NOTICE, kAuthority, kAdverse, kNoticed},
    // Whoever has stated or waived may say more: what comes in time is considered (rule 21).
    {kStated, v1::CASE_VERB_RECORD_STATEMENT, kAuthority, kAdverse, kStated},
    {kStated, v1::CASE_VERB_DECIDE, kAuthority, kAdverse, kDecided},
    {kStated, v1::CASE_VERB_CONFIRM, kAuthority, kAdverse, kDecided},
    {kStated, v1::CASE_VERB_TRANSFER, kAuthority, kByPerson, kTransferred},
};

}  // namespace

bool IsOpen(v1::CaseState state) {
  return state != v1::CASE_STATE_DECIDED && state != v1::CASE_STATE_DISMISSED &&
         state != v1::CASE_STATE_TRANSFERRED;
}

bool IsOpenedByPlatform(v1::CaseOrigin origin) {
  return (kByPlatform >> static_cast<unsigned>(origin) & 1U) != 0;
}

absl::Span<const WorkflowRow> CaseWorkflow() { return kRows; }

bool IsHeardEnough(const v1::Case& the_case) {
  return the_case.further_statements_size() >= kMaximumFurtherStatements;
}

const WorkflowRow* FindMove(const v1::Case& the_case, v1::CaseVerb verb, v1::Role role) {
  if (verb == v1::CASE_VERB_RECORD_STATEMENT && IsHeardEnough(the_case)) return nullptr;
  if (verb == v1::CASE_VERB_CONFIRM && !the_case.has_proposed_decision()) return nullptr;
  const auto* found = std::find_if(std::begin(kRows), std::end(kRows), [&](const WorkflowRow& row) {
    return row.state == the_case.state() && row.verb == verb && row.IsFor(the_case.origin()) &&
           row.IsOpenTo(role);
  });
  return found == std::end(kRows) ? nullptr : found;
}

bool MayEver(v1::CaseVerb verb, v1::Role role) {
  return std::any_of(std::begin(kRows), std::end(kRows),
                     [&](const WorkflowRow& row) { return row.verb == verb && row.IsOpenTo(role); });
}

std::vector<v1::CaseVerb> OpenMoves(const v1::Case& the_case, v1::Role role) {
  std::set<v1::CaseVerb> open;
  for (const WorkflowRow& row : kRows) {
    if (FindMove(the_case, row.verb, role) != nullptr) open.insert(row.verb);
  }
  return {open.begin(), open.end()};
}

absl::Span<const v1::CaseFinding> FindingsOf(v1::CaseOrigin origin) {
  static constexpr v1::CaseFinding kAll[] = {v1::CASE_FINDING_LISTED, v1::CASE_FINDING_SUBSTANTIATED,
                                             v1::CASE_FINDING_NOT_SUBSTANTIATED,
                                             v1::CASE_FINDING_NOT_RESPONSIBLE, v1::CASE_FINDING_NO_MEASURE};
  // The penalty is a record already.
  static constexpr v1::CaseFinding kOnPenalty[] = {
      v1::CASE_FINDING_LISTED, v1::CASE_FINDING_NOT_SUBSTANTIATED, v1::CASE_FINDING_NOT_RESPONSIBLE,
      v1::CASE_FINDING_NO_MEASURE};
  static constexpr v1::CaseFinding kOnEscalation[] = {
      v1::CASE_FINDING_LISTED, v1::CASE_FINDING_NOT_SUBSTANTIATED, v1::CASE_FINDING_NO_MEASURE};
  // The ground falls, or another record supports it (rule 39).
  static constexpr v1::CaseFinding kOnRedecision[] = {v1::CASE_FINDING_NOT_SUBSTANTIATED,
                                                      v1::CASE_FINDING_NO_MEASURE};
  // Only repair, removal or withdrawal end an entry: there is nothing to find against it (rule 36).
  static constexpr v1::CaseFinding kOnDisplayEnded[] = {v1::CASE_FINDING_NO_MEASURE};
  switch (origin) {
    case v1::CASE_ORIGIN_PURCHASER_REPORT:
    case v1::CASE_ORIGIN_COMPLAINT:
    case v1::CASE_ORIGIN_AUTHORITY:
      return kAll;
    case v1::CASE_ORIGIN_PENALTY:
      return kOnPenalty;
    case v1::CASE_ORIGIN_ESCALATION:
      return kOnEscalation;
    case v1::CASE_ORIGIN_REDECISION:
      return kOnRedecision;
    case v1::CASE_ORIGIN_DISPLAY_ENDED:
      return kOnDisplayEnded;
    default:
      return {};
  }
}

std::string_view WordOf(v1::CaseState state) {
  switch (state) {
    case v1::CASE_STATE_RECEIVED:
      return "待受理";
    case v1::CASE_STATE_RETURNED:
      return "已退回补正";
    case v1::CASE_STATE_ACCEPTED:
      return "已受理";
    case v1::CASE_STATE_NOTICE_SERVED:
      return "已告知";
    case v1::CASE_STATE_STATED:
      return "已陈述申辩";
    case v1::CASE_STATE_DECIDED:
      return "已决定";
    case v1::CASE_STATE_DISMISSED:
      return "不予受理";
    case v1::CASE_STATE_TRANSFERRED:
      return "已移送";
    default:
      return "未立案";
  }
}

std::string_view WordOf(v1::CaseVerb verb) {
  switch (verb) {
    case v1::CASE_VERB_OPEN:
      return "立案";
    case v1::CASE_VERB_ACCEPT:
      return "受理";
    case v1::CASE_VERB_RETURN:
      return "退回补正";
    case v1::CASE_VERB_RESUBMIT:
      return "重新提交";
    case v1::CASE_VERB_DISMISS:
      return "不予受理";
    case v1::CASE_VERB_FORWARD:
      return "转送登记管理机关";
    case v1::CASE_VERB_SERVE_NOTICE:
      return "送达告知书";
    case v1::CASE_VERB_RECORD_STATEMENT:
      return "记录陈述申辩";
    case v1::CASE_VERB_DECIDE:
      return "作出决定";
    case v1::CASE_VERB_TRANSFER:
      return "移送";
    case v1::CASE_VERB_CONFIRM:
      return "确认决定";
    default:
      return "办理";
  }
}

std::string_view ArticleOf(v1::CaseVerb verb) {
  switch (verb) {
    case v1::CASE_VERB_FORWARD:
      return "社会组织信用信息管理办法第三条";
    case v1::CASE_VERB_SERVE_NOTICE:
    case v1::CASE_VERB_RECORD_STATEMENT:
    case v1::CASE_VERB_DECIDE:
    case v1::CASE_VERB_CONFIRM:
      return "社会组织信用信息管理办法第十条";
    case v1::CASE_VERB_TRANSFER:
      return "昆明市通过政府购买服务支持社会组织培育发展的实施办法七";
    default:
      return "昆明市通过政府购买服务支持社会组织培育发展的实施办法七、九";
  }
}

}  // namespace chengxin::domain
