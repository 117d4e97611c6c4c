#include "domain/validate_record.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "domain/decide.h"

namespace chengxin::domain {

namespace {

constexpr int kFirstInspectedYear = 1990;
constexpr int kFullScoreCenti = 10'000;
constexpr size_t kMaximumGroundLength = 20;
// 被禁止参加政府采购活动: a ban is never without end (政府采购法 art 77; rule 47).
constexpr std::string_view kBanGround = "GP-05";

bool Imposes(const v1::Penalty& penalty, v1::PenaltyKind kind) {
  return std::find(penalty.kinds().begin(), penalty.kinds().end(), kind) != penalty.kinds().end();
}

// Rule 9: every adverse item names its legal basis.
void CheckBasis(bool adverse, std::string_view basis, const FieldChecks& checks) {
  if (adverse) {
    checks.RequiredText("basis", basis, kMaximumBasisLength);
  } else {
    checks.OptionalText("basis", basis, kMaximumBasisLength);
  }
}

void CheckKinds(const v1::Penalty& penalty, const FieldChecks& checks) {
  checks.Check(!penalty.kinds().empty(), "kinds", "至少应有一种处罚 (expected at least one kind)");
  for (int i = 0; i < penalty.kinds_size(); ++i) {
    if (!checks.RequiredEnum("kinds", penalty.kinds(i), v1::PenaltyKind_IsValid)) return;
    const auto earlier = penalty.kinds().begin() + i;
    if (!checks.Check(std::find(penalty.kinds().begin(), earlier, *earlier) == earlier, "kinds",
                      "处罚种类重复 (names a kind twice)")) {
      return;
    }
  }
}

// Rule 11: amounts are whole fen, and stand exactly where the penalty has them.
void CheckAmounts(const v1::Penalty& penalty, const FieldChecks& checks) {
  if (checks.Amount("fine_fen", penalty.fine_fen())) {
    checks.Check((penalty.fine_fen() > 0) == Imposes(penalty, v1::PENALTY_KIND_FINE), "fine_fen",
                 "有罚款种类时应大于0，否则应为0，单位为分 (in fen: above 0 exactly where kinds has FINE)");
  }
  if (checks.Amount("confiscation_fen", penalty.confiscation_fen())) {
    checks.Check(penalty.confiscation_fen() == 0 || Imposes(penalty, v1::PENALTY_KIND_CONFISCATION),
                 "confiscation_fen",
                 "没有没收违法所得的种类时应为0，单位为分 (in fen: 0 unless kinds has CONFISCATION)");
  }
  checks.Amount("sector_large_fine_fen", penalty.sector_large_fine_fen());
}

// Rule 10: kind, result, facts, basis, date and organ.
void ValidateContent(const v1::Penalty& penalty, const FieldChecks& checks) {
  CheckKinds(penalty, checks);
  CheckAmounts(penalty, checks);
  checks.RequiredText("decision_number", penalty.decision_number(), kMaximumNumberLength);
  const auto decided_on = checks.RequiredPastDay("decided_on", penalty.decided_on());
  const auto conduct_on = checks.OptionalPastDay("conduct_on", penalty.conduct_on());
  checks.NotBefore("decided_on", decided_on, "conduct_on", conduct_on);
  checks.RequiredText("facts", penalty.facts(), kMaximumFactsLength);
  checks.RequiredText("basis", penalty.basis(), kMaximumBasisLength);
  checks.RequiredText("organ", penalty.organ(), kMaximumUnitLength);
  checks.RequiredText("result", penalty.result(), kMaximumResultLength);
  checks.NotBefore("valid_until", checks.OptionalDay("valid_until", penalty.valid_until()), "decided_on",
                   decided_on);
}

void ValidateContent(const v1::AnnualInspection& inspection, const FieldChecks& checks) {
  const auto concluded_on = checks.RequiredPastDay("concluded_on", inspection.concluded_on());
  if (checks.InRange("year", inspection.year(), kFirstInspectedYear, checks.today().year())) {
    checks.NotBefore("concluded_on", concluded_on, "year", CivilDay(inspection.year(), 1, 1));
  }
  checks.RequiredEnum("conclusion", inspection.conclusion(), v1::AnnualConclusion_IsValid);
  const bool adverse = inspection.conclusion() == v1::ANNUAL_CONCLUSION_UNQUALIFIED ||
                       inspection.conclusion() == v1::ANNUAL_CONCLUSION_NOT_FILED;
  CheckBasis(adverse, inspection.basis(), checks);
}

void ValidateContent(const v1::Inspection& inspection, const FieldChecks& checks) {
  checks.RequiredEnum("subject", inspection.subject(), v1::InspectionSubject_IsValid);
  const auto concluded_on = checks.RequiredPastDay("concluded_on", inspection.concluded_on());
  checks.RequiredText("organ", inspection.organ(), kMaximumUnitLength);
  if (inspection.problems_found()) {
    checks.NotBefore("rectify_by", checks.OptionalDay("rectify_by", inspection.rectify_by()), "concluded_on",
                     concluded_on);
    checks.NotBefore("rectified_on", checks.OptionalPastDay("rectified_on", inspection.rectified_on()),
                     "concluded_on", concluded_on);
    checks.RequiredText("finding", inspection.finding(), kMaximumFactsLength);
    checks.RequiredText("basis", inspection.basis(), kMaximumBasisLength);
    return;
  }
  constexpr std::string_view kOnlyWithProblems = "没有发现问题时不填 (only where problems_found is set)";
  checks.Check(inspection.rectify_by().empty(), "rectify_by", kOnlyWithProblems);
  checks.Check(inspection.rectified_on().empty(), "rectified_on", kOnlyWithProblems);
  checks.OptionalText("finding", inspection.finding(), kMaximumFactsLength);
  checks.OptionalText("basis", inspection.basis(), kMaximumBasisLength);
}

void ValidateContent(const v1::ExternalListing& listing, const FieldChecks& checks) {
  checks.RequiredText("ground", listing.ground(), kMaximumGroundLength);
  checks.RequiredText("entry_number", listing.entry_number(), kMaximumNumberLength);
  const auto listed_on = checks.RequiredPastDay("listed_on", listing.listed_on());
  const auto until = listing.ground() == kBanGround ? checks.RequiredDay("until", listing.until())
                                                    : checks.OptionalDay("until", listing.until());
  checks.NotBefore("until", until, "listed_on", listed_on);
  checks.NotBefore("removed_on", checks.OptionalPastDay("removed_on", listing.removed_on()), "listed_on",
                   listed_on);
  checks.RequiredText("basis", listing.basis(), kMaximumResultLength);
  checks.RequiredText("organ", listing.organ(), kMaximumUnitLength);
}

void ValidateContent(const v1::MajorViolation& violation, const FieldChecks& checks) {
  checks.RequiredText("decision_number", violation.decision_number(), kMaximumNumberLength);
  checks.RequiredPastDay("decided_on", violation.decided_on());
  checks.RequiredText("facts", violation.facts(), kMaximumFactsLength);
  checks.RequiredText("basis", violation.basis(), kMaximumBasisLength);
  checks.RequiredText("organ", violation.organ(), kMaximumUnitLength);
}

void ValidateContent(const v1::TaxStanding& standing, const FieldChecks& checks) {
  checks.Check(!(standing.good() && standing.established_by_competent_organ()),
               "established_by_competent_organ",
               "记录良好时不填 (an established failure contradicts a good standing)");
  checks.RequiredPastDay("as_of", standing.as_of());
  checks.RequiredText("organ", standing.organ(), kMaximumUnitLength);
  CheckBasis(!standing.good(), standing.basis(), checks);
}

void ValidateContent(const v1::Qualification& qualification, const FieldChecks& checks) {
  checks.RequiredText("kind", qualification.kind(), kMaximumUnitLength);
  checks.RequiredText("certificate_number", qualification.certificate_number(), kMaximumNumberLength);
  const auto valid_from = checks.RequiredDay("valid_from", qualification.valid_from());
  checks.NotBefore("valid_until", checks.OptionalDay("valid_until", qualification.valid_until()),
                   "valid_from", valid_from);
  checks.NotBefore("revoked_on", checks.OptionalPastDay("revoked_on", qualification.revoked_on()),
                   "valid_from", valid_from);
  CheckBasis(!qualification.revoked_on().empty(), qualification.basis(), checks);
}

void ValidateContent(const v1::AssessmentLevel& level, const FieldChecks& checks) {
  checks.InRange("level", level.level(), 1, 5);
  const auto valid_from = checks.RequiredDay("valid_from", level.valid_from());
  checks.NotBefore("valid_until", checks.RequiredDay("valid_until", level.valid_until()), "valid_from",
                   valid_from);
  checks.RequiredText("organ", level.organ(), kMaximumUnitLength);
}

void ValidateContent(const v1::PerformanceEvaluation& evaluation, const FieldChecks& checks) {
  checks.RequiredText("project", evaluation.project(), kMaximumUnitLength);
  checks.RequiredText("purchaser", evaluation.purchaser(), kMaximumUnitLength);
  checks.InRange("score_centi", evaluation.score_centi(), 0, kFullScoreCenti);
  checks.InRange("satisfaction_centi", evaluation.satisfaction_centi(), 0, kFullScoreCenti);
  checks.RequiredPastDay("evaluated_on", evaluation.evaluated_on());
  CheckBasis(!evaluation.passed(), evaluation.basis(), checks);
}

void ValidateContent(const v1::SubstantiatedConduct& conduct, const FieldChecks& checks) {
  checks.RequiredText("decision_number", conduct.decision_number(), kMaximumNumberLength);
  const auto decided_on = checks.RequiredPastDay("decided_on", conduct.decided_on());
  checks.RequiredText("facts", conduct.facts(), kMaximumFactsLength);
  checks.RequiredText("basis", conduct.basis(), kMaximumBasisLength);
  checks.NotBefore("until", checks.RequiredDay("until", conduct.until()), "decided_on", decided_on);
}

void ValidateContent(const v1::Honour& honour, const FieldChecks& checks) {
  checks.RequiredText("title", honour.title(), kMaximumUnitLength);
  checks.RequiredText("organ", honour.organ(), kMaximumUnitLength);
  checks.RequiredPastDay("conferred_on", honour.conferred_on());
}

void ValidateContent(const v1::ContractPerformance& contract, const FieldChecks& checks) {
  checks.RequiredText("project", contract.project(), kMaximumNumberLength);
  checks.RequiredText("purchaser", contract.purchaser(), kMaximumUnitLength);
  checks.RequiredText("contract", contract.contract(), kMaximumNumberLength);
  checks.RequiredPastDay("stated_on", contract.stated_on());
  if (contract.performed()) {
    checks.OptionalText("facts", contract.facts(), kMaximumFactsLength);
  } else {
    checks.RequiredText("facts", contract.facts(), kMaximumFactsLength);
  }
  CheckBasis(!contract.performed(), contract.basis(), checks);
}

}  // namespace

void ValidateRecord(const v1::CreditRecord& record, const FieldChecks& checks) {
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty:
      ValidateContent(record.penalty(), checks.Under("penalty"));
      break;
    case v1::CreditRecord::kAnnualInspection:
      ValidateContent(record.annual_inspection(), checks.Under("annual_inspection"));
      break;
    case v1::CreditRecord::kInspection:
      ValidateContent(record.inspection(), checks.Under("inspection"));
      break;
    case v1::CreditRecord::kExternalListing:
      ValidateContent(record.external_listing(), checks.Under("external_listing"));
      break;
    case v1::CreditRecord::kMajorViolation:
      ValidateContent(record.major_violation(), checks.Under("major_violation"));
      break;
    case v1::CreditRecord::kTaxStanding:
      ValidateContent(record.tax_standing(), checks.Under("tax_standing"));
      break;
    case v1::CreditRecord::kQualification:
      ValidateContent(record.qualification(), checks.Under("qualification"));
      break;
    case v1::CreditRecord::kAssessmentLevel:
      ValidateContent(record.assessment_level(), checks.Under("assessment_level"));
      break;
    case v1::CreditRecord::kPerformanceEvaluation:
      ValidateContent(record.performance_evaluation(), checks.Under("performance_evaluation"));
      break;
    case v1::CreditRecord::kSubstantiatedConduct:
      ValidateContent(record.substantiated_conduct(), checks.Under("substantiated_conduct"));
      break;
    case v1::CreditRecord::kHonour:
      ValidateContent(record.honour(), checks.Under("honour"));
      break;
    case v1::CreditRecord::kContractPerformance:
      ValidateContent(record.contract_performance(), checks.Under("contract_performance"));
      break;
    case v1::CreditRecord::CONTENT_NOT_SET:
      checks.Add("content", "应有一项内容，例如penalty (expected exactly one content, for example penalty)");
      break;
  }
  checks.RequiredPastDay("formed_on", record.formed_on());
  checks.OptionalText("source_key", record.source_key(), kMaximumUnitLength);
  checks.OptionalText("internal_note", record.internal_note(), kMaximumFactsLength);
  checks.OptionalText("deciding_officer", record.deciding_officer(), kMaximumNumberLength);
}

void ValidateListingDecision(const v1::ListingDecision& decision, const FieldChecks& checks) {
  checks.RequiredText("number", decision.number(), kMaximumNumberLength);
  checks.RequiredText("ground", decision.ground(), kMaximumGroundLength);
  checks.RequiredPastDay("decided_on", decision.decided_on());
  checks.OptionalPastDay("effective_on", decision.effective_on());
  checks.RequiredText("facts", decision.facts(), kMaximumFactsLength);
  checks.OptionalText("cited_law", decision.cited_law(), kMaximumBasisLength);
}

}  // namespace chengxin::domain
