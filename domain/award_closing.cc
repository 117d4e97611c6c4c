#include "domain/award_closing.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/award_receipts.h"
#include "domain/award_standing.h"
#include "domain/civil_day.h"
#include "domain/deciders.h"
#include "domain/record_filing.h"
#include "domain/uscc.h"

namespace chengxin::domain {

namespace {

constexpr int kFullScoreCenti = 10'000;

std::string EvaluationPath(int index) { return StrCat("evaluations[", index, "]"); }

v1::CreditRecord EvaluationRecord(const v1::Award& award, const v1::AwardEvaluation& evaluation) {
  v1::CreditRecord record;
  record.set_formed_on(evaluation.evaluated_on());
  // An award is closed once: evaluations of several contracts of one project stay apart.
  record.set_source_key(StrCat(award.name(), "|evaluation"));
  v1::PerformanceEvaluation& content = *record.mutable_performance_evaluation();
  content.set_project(award.project());
  content.set_purchaser(award.purchaser());
  content.set_passed(evaluation.passed());
  content.set_score_centi(evaluation.score_centi());
  content.set_satisfaction_centi(evaluation.satisfaction_centi());
  content.set_evaluated_on(evaluation.evaluated_on());
  content.set_basis(evaluation.basis());
  return record;
}

v1::CreditRecord PerformanceRecord(const v1::Award& award, const v1::AwardEvaluation& evaluation,
                                   const std::string& closing_reason) {
  v1::CreditRecord record;
  record.set_formed_on(evaluation.evaluated_on());
  record.set_source_key(StrCat(award.name(), "|performance"));
  v1::ContractPerformance& content = *record.mutable_contract_performance();
  content.set_project(award.project());
  content.set_purchaser(award.purchaser());
  content.set_contract(award.contract());
  content.set_performed(false);
  content.set_stated_on(evaluation.evaluated_on());
  content.set_facts(StrCat("购买主体结项时认定，合同", award.contract(), "（", award.title(),
                           "）未按约定履行", closing_reason.empty() ? "" : StrCat("：", closing_reason)));
  content.set_basis(evaluation.basis());
  return record;
}

// Closes one award.
class Closing {
 public:
  Closing(const v1::CloseAwardRequest& request, v1::Award award, const CommandContext& context,
          const View& view)
      : request_(request),
        award_(std::move(award)),
        context_(context),
        view_(view),
        catalogue_(view.catalogue()),
        filer_("", context, *catalogue_, decision_) {}

  absl::StatusOr<Decision> Run() {
    CHENGXIN_RETURN_IF_ERROR(Match());
    award_.clear_evaluations();
    award_.clear_evaluation_records();
    for (const std::string& code : award_.contractor_codes()) {
      v1::AwardEvaluation& evaluation = *award_.add_evaluations();
      evaluation = request_.evaluations(evaluation_of_.at(code));
      evaluation.set_organization_code(code);
      CHENGXIN_RETURN_IF_ERROR(File(code, evaluation));
      if (decision_.refusal.has_value()) break;
    }
    if (decision_.refusal.has_value()) {
      Decision refused;
      refused.refusal = std::move(decision_.refusal);
      return refused;
    }
    award_.set_state(v1::AWARD_STATE_CLOSED);
    award_.set_closing_reason(request_.closing_reason());
    TouchAward(context_, award_);
    *decision_.events.emplace_back().mutable_award() = std::move(award_);
    return std::move(decision_);
  }

 private:
  // One evaluation for each contractor, and a reason where the last term has not ended.
  absl::Status Match() {
    FieldViolations violations;
    for (int i = 0; i < request_.evaluations_size(); ++i) {
      CHENGXIN_ASSIGN_OR_RETURN(std::string code,
                                FirstCodeOrSelf(request_.evaluations(i).organization_code(), view_));
      const auto& codes = award_.contractor_codes();
      const std::string field = StrCat(EvaluationPath(i), ".organization_code");
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        violations.Add(field, "不是本合同的承接主体 (not a contractor of this award)");
      } else if (!evaluation_of_.emplace(std::move(code), i).second) {
        violations.Add(field, "同一承接主体重复评价 (this contractor is evaluated twice)");
      }
    }
    for (const std::string& code : award_.contractor_codes()) {
      if (evaluation_of_.count(code) > 0) continue;
      violations.Add("evaluations", StrCat("缺少对", code, "的评价 (no evaluation of this contractor)"));
    }
    const std::string& last_day = award_.terms(award_.terms_size() - 1).ends_on();
    if (DayOf(context_.stamp).ToString() <= last_day && request_.closing_reason().empty()) {
      violations.Add(
          "closing_reason",
          StrCat("合同期限至", last_day,
                 "，提前结项应说明理由 (the last term has not ended; say why it is closed early)"));
    }
    return violations.ToStatus();
  }

  absl::Status File(const std::string& code, const v1::AwardEvaluation& evaluation) {
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization, view_.FindOrganization(code));
    if (!organization.has_value()) {
      return absl::DataLossError(
          StrCat("contractor ", code, " of ", award_.name(), " is not in the registry"));
    }
    OrganizationFile file(*std::move(organization), view_);
    CHENGXIN_RETURN_IF_ERROR(File(EvaluationRecord(award_, evaluation), file));
    if (evaluation.contract_performed() || decision_.refusal.has_value()) return absl::OkStatus();
    return File(PerformanceRecord(award_, evaluation, request_.closing_reason()), file);
  }

  absl::Status File(const v1::CreditRecord& record, OrganizationFile& file) {
    CHENGXIN_ASSIGN_OR_RETURN(const Filing filing, filer_.File(record, /*propose=*/false, file));
    award_.add_evaluation_records(filing.record.name());
    if (filing.outcome == v1::IMPORT_OUTCOME_REJECTED) {
      decision_.refusal = Refuse(v1::ERROR_REASON_CONFLICTING_RECORD,
                                 StrCat(filing.record.name(),
                                        "：本合同的评价已有不同记录，应予更正 (a record "
                                        "of this award says something else)"),
                                 {{"record", filing.record.name()}})
                              .refusal;
    }
    return absl::OkStatus();
  }

  const v1::CloseAwardRequest& request_;
  v1::Award award_;
  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  std::map<std::string, int> evaluation_of_;  // places of the request's evaluations by first code
  Decision decision_;
  RecordFiler filer_;
};

}  // namespace

void CheckEvaluation(const v1::AwardEvaluation& evaluation, const FieldChecks& checks) {
  const UsccInspection inspection = Uscc::Inspect(evaluation.organization_code());
  if (!inspection.code.has_value()) checks.Add("organization_code", inspection.Describe());
  checks.InRange("score_centi", evaluation.score_centi(), 0, kFullScoreCenti);
  checks.InRange("satisfaction_centi", evaluation.satisfaction_centi(), 0, kFullScoreCenti);
  checks.RequiredPastDay("evaluated_on", evaluation.evaluated_on());
  // Rule 9: an adverse item names its legal basis.
  if (evaluation.passed() && evaluation.contract_performed()) {
    checks.OptionalText("basis", evaluation.basis(), kMaximumBasisLength);
  } else {
    checks.RequiredText("basis", evaluation.basis(), kMaximumBasisLength);
  }
}

absl::StatusOr<Decision> CloseAward(const v1::CloseAwardRequest& request, v1::Award award,
                                    const CommandContext& context, const View& view) {
  return Closing(request, std::move(award), context, view).Run();
}

}  // namespace chengxin::domain
