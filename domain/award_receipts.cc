#include "domain/award_receipts.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"
#include "domain/wording.h"

namespace chengxin::domain {

namespace {

Refusal Mismatch(std::string_view field, std::string_view why) {
  return {.reason = v1::ERROR_REASON_RECEIPT_MISMATCH,
          .message = StrCat("查询凭证不能用于此合同：", why),
          .metadata = {{"field", std::string(field)}}};
}

std::string Iso(absl::Time time) { return absl::FormatTime(absl::RFC3339_full, time, Shanghai()); }

// Judges one receipt.
class ReceiptJudge {
 public:
  ReceiptJudge(const v1::ContractTerm& term, const ReceiptDemand& demand, const View& view)
      : term_(term), demand_(demand), view_(view) {}

  absl::StatusOr<ReceiptRuling> Run() {
    CHENGXIN_RETURN_IF_ERROR(Find());
    if (!ruling_.refusal.has_value()) Match();
    if (!ruling_.refusal.has_value()) CHENGXIN_RETURN_IF_ERROR(MatchContractors());
    if (!ruling_.refusal.has_value()) JudgeWindow();
    if (!ruling_.refusal.has_value()) JudgeVerdicts();
    return std::move(ruling_);
  }

 private:
  absl::Status Find() {
    std::optional<v1::Receipt> found;
    if (const std::optional<uint64_t> revision = ParseReceiptName(term_.receipt()); revision.has_value()) {
      CHENGXIN_ASSIGN_OR_RETURN(found, view_.FindReceipt(*revision));
    }
    if (found.has_value() && found->name() == term_.receipt()) {
      ruling_.receipt = *std::move(found);
    } else {
      ruling_.refusal =
          Refusal{.reason = v1::ERROR_REASON_UNKNOWN_RECEIPT,
                  .message = StrCat("没有编号为", term_.receipt(), "的查询凭证 (no receipt has this number)"),
                  .metadata = {{"receipt", term_.receipt()}}};
    }
    return absl::OkStatus();
  }

  // Rule 41: of this purchaser, for this project, for this purpose, at this cut-off.
  void Match() {
    const v1::Receipt& receipt = ruling_.receipt;
    const v1::QueryContext& context = receipt.context();
    if (receipt.purchaser() != demand_.award.purchaser()) {
      ruling_.refusal = Mismatch("purchaser", "属于另一购买主体 (it is another purchaser's)");
    } else if (context.project() != demand_.award.project()) {
      ruling_.refusal = Mismatch("project", "属于另一采购项目 (it is of another project)");
    } else if (context.purpose() != demand_.purpose) {
      ruling_.refusal = Mismatch("purpose", StrCat("查询用途应为", PurposeZh(demand_.purpose),
                                                   " (it was asked for another purpose)"));
    } else if (demand_.cut_off.has_value() && TimeOf(context.cut_off()) != *demand_.cut_off) {
      ruling_.refusal = Mismatch("cut_off", "查询截止时点不同 (it was asked for another cut-off)");
    }
  }

  absl::Status MatchContractors() {
    for (const v1::Eligibility& answer : ruling_.receipt.answers()) {
      CHENGXIN_ASSIGN_OR_RETURN(std::string code, FirstCodeOrSelf(answer.organization_code(), view_));
      answers_.emplace(std::move(code), &answer);
    }
    const v1::Award& award = demand_.award;
    const v1::ReceiptSubject subject = ruling_.receipt.subject();
    const bool of_candidates = subject == v1::RECEIPT_SUBJECT_CANDIDATES && !award.consortium();
    const v1::ReceiptSubject whole =
        award.consortium() ? v1::RECEIPT_SUBJECT_CONSORTIUM : v1::RECEIPT_SUBJECT_ORGANIZATION;
    const bool of_the_whole = subject == whole && award.mode() == v1::AWARD_MODE_SINGLE;
    if (!of_candidates && !of_the_whole) {
      ruling_.refusal =
          Mismatch("subject",
                   "查询对象的种类不符 (it is about another kind of subject: an organization, a consortium "
                   "or candidates)");
      return absl::OkStatus();
    }
    const bool exact = of_candidates || answers_.size() == static_cast<size_t>(award.contractor_codes_size());
    const bool all = std::all_of(award.contractor_codes().begin(), award.contractor_codes().end(),
                                 [&](const std::string& code) { return answers_.count(code) > 0; });
    if (!exact || !all) {
      ruling_.refusal =
          Mismatch("contractor_codes", "查询的不是这些承接主体 (it is not about exactly these contractors)");
      return absl::OkStatus();
    }
    for (const std::string& code : award.contractor_codes()) ruling_.answers.push_back(*answers_.at(code));
    return absl::OkStatus();
  }

  void JudgeWindow() {
    const absl::Time certified = TimeOf(ruling_.receipt.create_time());
    const absl::Time until = std::min(demand_.until, TimeOf(ruling_.receipt.context().cut_off()));
    if (demand_.from <= certified && certified <= until) return;
    ruling_.refusal = Refusal{
        .reason = v1::ERROR_REASON_RECEIPT_OUTSIDE_WINDOW,
        .message =
            StrCat("查询凭证生成于", InstantZh(certified), "，应在", InstantZh(demand_.from), "至",
                   InstantZh(until), "之间（北京时间） (the receipt was certified outside the window)"),
        .metadata = {{"from", Iso(demand_.from)}, {"until", Iso(until)}, {"certified", Iso(certified)}}};
  }

  void JudgeVerdicts() {
    for (size_t i = 0; i < ruling_.answers.size(); ++i) {
      const v1::Verdict verdict = ruling_.answers[i].verdict();
      const std::string& code = demand_.award.contractor_codes(static_cast<int>(i));
      if (verdict != v1::VERDICT_ELIGIBLE && verdict != v1::VERDICT_REVIEW) {
        ruling_.refusal = ForbidAward(verdict, code, "查询凭证的结果 (the receipt's verdict)");
        return;
      }
      if (verdict == v1::VERDICT_REVIEW && term_.review_reason().empty()) {
        ruling_.refusal = ForbidAward(verdict, code,
                                      "查询结果为需审查的，应写明审查意见 (of a contractor under REVIEW, "
                                      "review_reason must say why it may be selected)");
        ruling_.refusal->metadata["field"] = "review_reason";
        return;
      }
    }
  }

  const v1::ContractTerm& term_;
  const ReceiptDemand& demand_;
  const View& view_;
  ReceiptRuling ruling_;
  std::map<std::string, const v1::Eligibility*> answers_;  // the receipt's by first code
};

}  // namespace

absl::StatusOr<ReceiptRuling> RuleOnReceipt(const v1::ContractTerm& term, const ReceiptDemand& demand,
                                            const View& view) {
  return ReceiptJudge(term, demand, view).Run();
}

absl::StatusOr<std::string> FirstCodeOrSelf(std::string_view text, const View& view) {
  const UsccInspection inspection = Uscc::Inspect(text);
  if (!inspection.code.has_value()) return absl::InvalidArgumentError(inspection.Describe());
  std::string code = inspection.code->ToString();
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<std::string> first, view.FirstCodeOf(code));
  return first.has_value() ? *std::move(first) : std::move(code);
}

Refusal ForbidAward(v1::Verdict verdict, std::string_view organization_code, std::string_view why) {
  return {.reason = v1::ERROR_REASON_RECEIPT_FORBIDS,
          .message = StrCat(organization_code, "：", VerdictZh(verdict), "；", why),
          .metadata = {{"verdict", v1::Verdict_Name(verdict)},
                       {"organization_code", std::string(organization_code)}}};
}

}  // namespace chengxin::domain
