#include "domain/award_standing.h"

#include <set>
#include <utility>

#include "base/status.h"
#include "domain/deciders.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/view_knowledge.h"

namespace chengxin::domain {

namespace {

// The adverse reasons, and whether staleness is among them.
struct Reasons {
  explicit Reasons(const v1::Eligibility& answer) : codes(answer.reasons().begin(), answer.reasons().end()) {
    stale = codes.erase(v1::REASON_CODE_SOURCE_STALE) > 0;
  }
  std::set<int> codes;
  bool stale = false;
};

}  // namespace

v1::Eligibility EvaluateStanding(const Uscc& code, const std::optional<log::v1::Standing>& standing,
                                 const Knowledge& knowledge, const Question& question) {
  v1::Eligibility answer;
  if (standing.has_value()) {
    const OwnedStanding owned(*standing, knowledge.revision);
    Evaluate(code, owned.get(), knowledge, question, answer);
  } else {
    Evaluate(code, nullptr, knowledge, question, answer);
  }
  return answer;
}

absl::StatusOr<v1::Eligibility> EvaluateContractor(std::string_view code, const View& view,
                                                   const Knowledge& knowledge, const Question& question) {
  const std::optional<Uscc> parsed = Uscc::FromStored(code);
  if (!parsed.has_value()) return absl::DataLossError("an award names a code that is none");
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::Standing> standing, view.FindStanding(code));
  return EvaluateStanding(*parsed, standing, knowledge, question);
}

bool StandingDiffers(const v1::Eligibility& a, const v1::Eligibility& b) {
  const Reasons of_a(a), of_b(b);
  if (of_a.codes != of_b.codes) return true;
  return a.verdict() != b.verdict() && of_a.stale == of_b.stale;
}

absl::StatusOr<std::vector<std::string>> RequiredQualificationsOf(const v1::Award& award, const View& view) {
  std::optional<v1::Receipt> receipt;
  if (!award.terms().empty()) {
    if (const auto revision = ParseReceiptName(award.terms(award.terms_size() - 1).receipt())) {
      CHENGXIN_ASSIGN_OR_RETURN(receipt, view.FindReceipt(*revision));
    }
  }
  if (!receipt.has_value()) return std::vector<std::string>();
  const auto& kinds = receipt->context().required_qualifications();
  return std::vector<std::string>(kinds.begin(), kinds.end());
}

void AddAlert(std::string_view code, v1::Verdict before, const v1::Eligibility& now, std::string cause,
              const CommandContext& context, v1::Award& award) {
  v1::AwardAlert& alert = *award.add_alerts();
  alert.set_organization_code(std::string(code));
  alert.set_before(before);
  alert.set_now(now.verdict());
  *alert.mutable_reasons() = now.reasons();
  alert.set_cause(std::move(cause));
  SetTimestamp(context.stamp, *alert.mutable_stamp());
  alert.set_revision(context.revision);
  for (int i = 0; i < award.contractor_codes_size() && i < award.verdicts_size(); ++i) {
    if (award.contractor_codes(i) == code) award.set_verdicts(i, now.verdict());
  }
  if (award.alerts_size() > kMaximumAwardAlerts) {
    award.mutable_alerts()->DeleteSubrange(0, award.alerts_size() - kMaximumAwardAlerts);
  }
}

void TouchAward(const CommandContext& context, v1::Award& award) {
  SetTimestamp(context.stamp, *award.mutable_update_time());
  award.set_revision(context.revision);
  award.set_etag(EtagOf(context.revision));
}

}  // namespace chengxin::domain
