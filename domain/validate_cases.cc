// The fields of the commands on cases: rules 14 to 23, 28.
#include "domain/validate_cases.h"

#include <optional>
#include <string>
#include <string_view>

#include "domain/deciders.h"
#include "domain/resource_names.h"
#include "domain/validate_evidence.h"

namespace chengxin::domain {

namespace {

constexpr size_t kMaximumConductLength = 63;
constexpr size_t kMaximumGroundLength = 20;
constexpr std::string_view kRequired = "必填 (required)";

// What every move of a case has.
template <typename Request>
void CheckMove(const Request& request, const FieldChecks& checks) {
  checks.Check(ParseCaseName(request.name()).has_value(), "name",
               "应为\"cases/{id}\" (expected \"cases/{id}\")");
  checks.RequiredText("etag", request.etag(), kMaximumNumberLength);
  CheckRequestId(request.request_id(), checks);
}

void CheckReason(std::string_view reason, const FieldChecks& checks) {
  checks.RequiredText("reason", reason, kMaximumResultLength);
}

// What belongs to reports alone, and to authorities alone.
void CheckWhoseFields(const v1::Case& content, v1::CaseOrigin origin, const FieldChecks& checks) {
  if (origin == v1::CASE_ORIGIN_UNSPECIFIED) return;
  constexpr std::string_view kReportsOnly = "仅用于购买主体通报 (of a purchaser's report only)";
  constexpr std::string_view kAuthorityOnly = "仅由民政部门填写 (an authority's only)";
  if (origin != v1::CASE_ORIGIN_PURCHASER_REPORT) {
    checks.Check(content.contract().empty(), "contract", kReportsOnly);
    checks.Check(content.award().empty(), "award", kReportsOnly);
  } else {
    checks.Check(content.record().empty(), "record", kAuthorityOnly);
    checks.Check(content.internal_note().empty(), "internal_note", kAuthorityOnly);
  }
  checks.Check(content.complainant().empty() || origin == v1::CASE_ORIGIN_COMPLAINT, "complainant",
               "仅用于投诉举报 (of a complaint only)");
}

void CheckSubstantiated(const v1::CaseDecision& decision, const std::optional<CivilDay>& decided_on,
                        const FieldChecks& checks) {
  if (decision.finding() != v1::CASE_FINDING_SUBSTANTIATED) {
    checks.Check(decision.considered_until().empty(), "considered_until",
                 "仅与属实的认定同用 (with SUBSTANTIATED only)");
    return;
  }
  const auto until = checks.RequiredDay("considered_until", decision.considered_until());
  checks.NotBefore("considered_until", until, "decided_on", decided_on);
}

void CheckListed(const v1::CaseDecision& decision, const std::optional<CivilDay>& decided_on,
                 const FieldChecks& checks) {
  if (decision.finding() != v1::CASE_FINDING_LISTED) {
    constexpr std::string_view kListedOnly = "仅与列入同用 (with LISTED only)";
    checks.Check(decision.ground().empty(), "ground", kListedOnly);
    checks.Check(decision.effective_on().empty(), "effective_on", kListedOnly);
    checks.Check(decision.cited_law().empty(), "cited_law", kListedOnly);
    checks.Check(!decision.duty_outstanding(), "duty_outstanding", kListedOnly);
    return;
  }
  checks.RequiredText("ground", decision.ground(), kMaximumGroundLength);
  const auto effective_on = checks.OptionalPastDay("effective_on", decision.effective_on());
  checks.NotBefore("effective_on", effective_on, "decided_on", decided_on);
  checks.OptionalText("cited_law", decision.cited_law(), kMaximumBasisLength);
  checks.Check(decision.repair_notice_served(), "repair_notice_served",
               "信用修复告知书应与列入决定一并送达 (the credit-repair notice is served together with the "
               "decision)");
}

void CheckDecision(const v1::CaseDecision& decision, const FieldChecks& checks) {
  checks.RequiredEnum("finding", decision.finding(), v1::CaseFinding_IsValid);
  checks.RequiredText("number", decision.number(), kMaximumNumberLength);
  const auto decided_on = checks.RequiredPastDay("decided_on", decision.decided_on());
  checks.RequiredText("facts", decision.facts(), kMaximumFactsLength);
  checks.RequiredText("basis", decision.basis(), kMaximumBasisLength);
  checks.OptionalText("statement_answer", decision.statement_answer(), kMaximumFactsLength);
  CheckListed(decision, decided_on, checks);
  CheckSubstantiated(decision, decided_on, checks);
  if (decision.finding() == v1::CASE_FINDING_NOT_RESPONSIBLE) {
    if (checks.Check(decision.has_certificate(), "certificate",
                     "应附业务主管单位的书面证明 (the supervising unit's written certificate is required)")) {
      ValidateEvidence(decision.certificate(), checks.Under("certificate"));
    }
  } else {
    checks.Check(!decision.has_certificate(), "certificate",
                 "仅与无直接责任的认定同用 (with NOT_RESPONSIBLE only)");
  }
  if (!checks.Check(decision.has_service(), "service", kRequired)) return;
  const FieldChecks service = checks.Under("service");
  ValidateService(decision.service(), service);
  const auto served_on = CivilDay::Parse(decision.service().served_on());
  service.NotBefore("served_on", served_on.ok() ? std::optional(*served_on) : std::nullopt, "decided_on",
                    decided_on);
}

}  // namespace

void ValidateCaseContent(const v1::Case& content, v1::CaseOrigin origin, const FieldChecks& checks) {
  checks.RequiredText("conduct", content.conduct(), kMaximumConductLength);
  checks.RequiredPastDay("conduct_on", content.conduct_on());
  checks.RequiredText("facts", content.facts(), kMaximumFactsLength);
  const bool report = origin == v1::CASE_ORIGIN_PURCHASER_REPORT;
  ValidateEvidenceList("evidence", content.evidence(), report ? 1 : 0, checks);
  if (report) {
    checks.RequiredText("contract", content.contract(), kMaximumNumberLength);
  } else {
    checks.OptionalText("contract", content.contract(), kMaximumNumberLength);
  }
  checks.Check(content.award().empty() || ParseAwardName(content.award()).has_value(), "award",
               "应为\"awards/{id}\" (expected \"awards/{id}\")");
  checks.Check(content.record().empty() || ParseRecordName(content.record()).has_value(), "record",
               "应为\"organizations/{code}/records/{id}\" (expected \"organizations/{code}/records/{id}\")");
  checks.OptionalText("complainant", content.complainant(), kMaximumUnitLength);
  checks.OptionalText("proposed_ground", content.proposed_ground(), kMaximumGroundLength);
  checks.OptionalText("internal_note", content.internal_note(), kMaximumFactsLength);
  CheckWhoseFields(content, origin, checks);
}

void CheckCommand(const v1::OpenCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckOrganizationCode("organization_code", request.organization_code(), checks);
  const v1::CaseOrigin origin = request.origin();
  const bool by_person = origin == v1::CASE_ORIGIN_PURCHASER_REPORT || origin == v1::CASE_ORIGIN_COMPLAINT ||
                         origin == v1::CASE_ORIGIN_AUTHORITY;
  checks.Check(by_person, "origin",
               "应为购买主体通报、投诉举报或依职权 (expected PURCHASER_REPORT, COMPLAINT or AUTHORITY)");
  if (checks.Check(request.has_case_(), "case", kRequired)) {
    ValidateCaseContent(request.case_(), by_person ? origin : v1::CASE_ORIGIN_UNSPECIFIED,
                        checks.Under("case"));
  }
}

void CheckCommand(const v1::AcceptCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
}

void CheckCommand(const v1::ReturnCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  CheckReason(request.reason(), checks);
}

void CheckCommand(const v1::ResubmitCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  if (checks.Check(request.has_case_(), "case", kRequired)) {
    ValidateCaseContent(request.case_(), v1::CASE_ORIGIN_UNSPECIFIED, checks.Under("case"));
  }
}

void CheckCommand(const v1::DismissCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  CheckReason(request.reason(), checks);
}

void CheckCommand(const v1::ForwardCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  checks.Check(ParseAuthorityName(request.to_authority()).has_value(), "to_authority",
               "应为\"authorities/{id}\" (expected \"authorities/{id}\")");
  CheckReason(request.reason(), checks);
}

void CheckCommand(const v1::ServeNoticeRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  if (!checks.Check(request.has_notice(), "notice", kRequired)) return;
  const FieldChecks notice = checks.Under("notice");
  ValidateNotice(request.notice(), notice);
  notice.OptionalText("ground", request.notice().ground(), kMaximumGroundLength);
}

void CheckCommand(const v1::RecordStatementRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  if (!checks.Check(request.has_statement(), "statement", kRequired)) return;
  const v1::CaseStatement& statement = request.statement();
  const FieldChecks fields = checks.Under("statement");
  fields.RequiredPastDay("received_on", statement.received_on());
  // A waiver is in writing (rule 20).
  ValidateEvidenceList("evidence", statement.evidence(), statement.waived() ? 1 : 0, fields);
  if (statement.waived()) {
    fields.OptionalText("text", statement.text(), kMaximumFactsLength);
  } else {
    fields.RequiredText("text", statement.text(), kMaximumFactsLength);
  }
}

void CheckCommand(const v1::DecideCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  checks.RequiredText("deciding_officer", request.deciding_officer(), kMaximumNumberLength);
  if (checks.Check(request.has_decision(), "decision", kRequired)) {
    CheckDecision(request.decision(), checks.Under("decision"));
  }
}

void CheckCommand(const v1::ConfirmDecisionRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  checks.RequiredText("confirming_officer", request.confirming_officer(), kMaximumNumberLength);
}

void CheckCommand(const v1::TransferCaseRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckMove(request, checks);
  if (!checks.Check(request.has_transfer(), "transfer", kRequired)) return;
  const v1::CaseTransfer& transfer = request.transfer();
  const FieldChecks fields = checks.Under("transfer");
  fields.RequiredText("organ", transfer.organ(), kMaximumUnitLength);
  fields.RequiredText("number", transfer.number(), kMaximumNumberLength);
  fields.RequiredPastDay("transferred_on", transfer.transferred_on());
  fields.RequiredText("reasons", transfer.reasons(), kMaximumFactsLength);
}

}  // namespace chengxin::domain
