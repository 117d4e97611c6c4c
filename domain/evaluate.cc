#include "domain/evaluate.h"

#include <algorithm>
#include <array>
#include <forward_list>
#include <utility>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/evaluation_plan.h"
#include "domain/favour.h"
#include "domain/finding.h"
#include "domain/timestamps.h"
#include "domain/wording.h"

namespace chengxin::domain {

namespace {

// The instant asked for, in the forms that facts are compared by.
class AskedInstant {
 public:
  explicit AskedInstant(absl::Time time)
      : time_(time), ns_(absl::ToUnixNanos(time)), seconds_(absl::ToUnixSeconds(time)) {}

  absl::Time time() const { return time_; }
  int64_t ns() const { return ns_; }

  // Whether a day, counted from 1970, has begun in Shanghai. Midnight there comes less than a day before
  // midnight UTC of the same date, so the time zone need be asked for that one day alone.
  bool HasBegun(int32_t day) const {
    constexpr int64_t kDaySeconds = 86'400;
    const int64_t utc_midnight = day * kDaySeconds;
    if (seconds_ >= utc_midnight) return true;
    if (seconds_ < utc_midnight - kDaySeconds) return false;
    return time_ >= StartOfDay(CivilDay::FromNumber(day));
  }

  bool Within(const Fact& fact) const {
    return fact.from_ns <= ns_ && (fact.until_ns == 0 || ns_ < fact.until_ns);
  }

 private:
  const absl::Time time_;
  const int64_t ns_;
  const int64_t seconds_;
};

// The status at an instant and the day since which it holds; UNSPECIFIED where the register does not say.
StatusSpan StatusAt(const Standing& standing, const AskedInstant& instant) {
  const StatusSpan last{static_cast<v1::RegistrationStatus>(standing.status), standing.status_since_day};
  StatusSpan first = last;
  if (standing.details == nullptr || standing.details->statuses.empty()) {
    if (instant.HasBegun(last.from_day)) return last;
  } else {
    const std::vector<StatusSpan>& spans = standing.details->statuses;
    for (size_t i = spans.size(); i-- > 0;) {
      if (instant.HasBegun(spans[i].from_day)) return spans[i];
    }
    first = spans.front();
  }
  // Whatever the first known status ended, it was being registered and active, unless that status is it.
  if (first.status == v1::REGISTRATION_STATUS_ACTIVE) return {};
  return {v1::REGISTRATION_STATUS_ACTIVE, standing.established_day};
}

// What the register's status means for condition 一.
struct StatusRule {
  v1::Outcome outcome;  // where the catalogue has no row
  v1::ReasonCode reason;
  std::string_view ground;
};

StatusRule RuleOf(v1::RegistrationStatus status) {
  switch (status) {
    case v1::REGISTRATION_STATUS_ACTIVE:
      return {v1::OUTCOME_PASS, v1::REASON_CODE_NOTHING_ADVERSE, ""};
    case v1::REGISTRATION_STATUS_CANCELLED:
      return {v1::OUTCOME_FAIL, v1::REASON_CODE_CANCELLED, "EL-01"};
    case v1::REGISTRATION_STATUS_REGISTRATION_REVOKED:
    case v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED:
      return {v1::OUTCOME_FAIL, v1::REASON_CODE_REVOKED, "EL-01"};
    case v1::REGISTRATION_STATUS_IN_LIQUIDATION:
      return {v1::OUTCOME_FAIL, v1::REASON_CODE_IN_LIQUIDATION, "EL-03"};
    case v1::REGISTRATION_STATUS_SUSPENDED:
      return {v1::OUTCOME_FAIL, v1::REASON_CODE_SUSPENDED, "EL-04"};
    default:
      return {v1::OUTCOME_UNKNOWN, v1::REASON_CODE_REGISTER_INCOMPLETE, ""};
  }
}

// Conditions whose assessment rests on what is recorded, and not on the absence of something adverse.
bool NeedsRecords(v1::Condition condition) {
  return condition == v1::CONDITION_GOVERNANCE || condition == v1::CONDITION_ACCOUNTING ||
         condition == v1::CONDITION_CAPABILITY || condition == v1::CONDITION_TAX_AND_SOCIAL_SECURITY;
}

// Without the prefix that proto asks for.
std::string_view VerdictEn(v1::Verdict verdict) {
  return std::string_view(v1::Verdict_Name(verdict)).substr(std::string_view("VERDICT_").size());
}
std::string_view ReasonEn(v1::ReasonCode reason) {
  return std::string_view(v1::ReasonCode_Name(reason)).substr(std::string_view("REASON_CODE_").size());
}

bool IsAdverse(v1::Outcome outcome) {
  return outcome == v1::OUTCOME_FAIL || outcome == v1::OUTCOME_UNKNOWN || outcome == v1::OUTCOME_REVIEW;
}

v1::Verdict VerdictOf(v1::Outcome worst) {
  switch (worst) {
    case v1::OUTCOME_FAIL:
      return v1::VERDICT_INELIGIBLE;
    case v1::OUTCOME_UNKNOWN:
      return v1::VERDICT_UNKNOWN;
    case v1::OUTCOME_REVIEW:
      return v1::VERDICT_REVIEW;
    default:
      return v1::VERDICT_ELIGIBLE;
  }
}

// Collects the findings for one organization. What is not adverse is collected for FULL alone; verdict and
// reasons rest on the adverse ones, so both views come from one and the same law.
class Inquiry {
 public:
  Inquiry(const Uscc& code, const Standing* standing, const EvaluationPlan& plan, const Question& question)
      : code_(code), standing_(standing), plan_(plan), question_(question), instant_(question.effective_at) {}

  // Worst first, then in the order of the conditions, then as found.
  const CompactFindings& Run() {
    if (standing_ == nullptr) {
      JudgeUnregistered();
    } else {
      JudgeSources();
      JudgeRegistration();
      if (standing_->details != nullptr) JudgeFacts();
      if (!question_.required_qualifications.empty()) JudgeQualifications();
    }
    if (question_.full) Complete();
    Sort();
    return found_;
  }

 private:
  CompactFinding& Add(v1::Condition condition, v1::Outcome outcome, v1::ReasonCode reason) {
    CompactFinding& finding = found_.emplace_back();
    finding.condition = condition;
    finding.outcome = outcome;
    finding.reason = reason;
    return finding;
  }

  void AddStale(const PlannedSource& source) {
    for (const v1::Condition condition : kConditions) {
      if (source.Requires(condition))
        Add(condition, v1::OUTCOME_UNKNOWN, v1::REASON_CODE_SOURCE_STALE).source = &source;
    }
  }

  void AddMissing(const MissingSource& missing) {
    Add(missing.condition, v1::OUTCOME_UNKNOWN, v1::REASON_CODE_SOURCE_NOT_CONFIGURED).missing = &missing;
  }

  // Rule 50, for a code the registry copy does not have.
  void JudgeUnregistered() {
    const v1::Condition registration = v1::CONDITION_REGISTRATION;
    if (!code_.is_social_organization()) {
      Add(registration, v1::OUTCOME_UNKNOWN, v1::REASON_CODE_NOT_SOCIAL_ORGANIZATION);
      return;
    }
    const PlannedSource* source = plan_.FindRegisterCovering(code_.division());
    if (source == nullptr) {
      Add(registration, v1::OUTCOME_UNKNOWN, v1::REASON_CODE_OUTSIDE_COVERAGE);
    } else if (!source->FreshAt(instant_.ns())) {
      Add(registration, v1::OUTCOME_UNKNOWN, v1::REASON_CODE_SOURCE_STALE).source = source;
    } else {
      CompactFinding& finding = Add(registration, v1::OUTCOME_FAIL, v1::REASON_CODE_NOT_REGISTERED);
      finding.source = source;
      finding.ground = plan_.GroundAt("EL-01", instant_.time());
    }
  }

  // Rule 52: the organization's own register, and what everybody's answer needs.
  void JudgeSources() {
    register_ = plan_.FindRegister(*standing_->source);
    if (register_ == nullptr) {
      Add(v1::CONDITION_REGISTRATION, v1::OUTCOME_UNKNOWN, v1::REASON_CODE_SOURCE_NOT_CONFIGURED);
    } else if (!register_->FreshAt(instant_.ns())) {
      AddStale(*register_);
    }
    if (register_ == nullptr || register_->outside_lists) {
      for (const MissingSource& missing : plan_.missing_lists()) AddMissing(missing);
    }
    for (const MissingSource& missing : plan_.missing()) AddMissing(missing);
    if (plan_.SharedSourcesFreshAt(instant_.ns())) return;
    for (const PlannedSource& source : plan_.sources()) {
      if (source.row->kind() != v1::SOURCE_KIND_REGISTRY && !source.FreshAt(instant_.ns())) AddStale(source);
    }
  }

  // Condition 一. The age of the organization is looked at for nothing but whether it existed (rule 51).
  void JudgeRegistration() {
    if (!instant_.HasBegun(standing_->established_day)) {
      AddOfRegister(v1::OUTCOME_FAIL, v1::REASON_CODE_NOT_YET_ESTABLISHED, standing_->established_day,
                    "EL-01");
      return;
    }
    const StatusSpan span = StatusAt(*standing_, instant_);
    if (span.status != v1::REGISTRATION_STATUS_ACTIVE) {
      const StatusRule rule = RuleOf(span.status);
      if (AddOfRegister(rule.outcome, rule.reason, span.from_day, rule.ground) == v1::OUTCOME_FAIL) return;
    }
    JudgeCertificateForm();
  }

  // Whether the body bears civil liability independently.
  void JudgeCertificateForm() {
    switch (standing_->certificate_form) {
      case v1::CERTIFICATE_FORM_LEGAL_PERSON:
        return;
      case v1::CERTIFICATE_FORM_PARTNERSHIP:
      case v1::CERTIFICATE_FORM_INDIVIDUAL:
        AddOfRegister(v1::OUTCOME_REVIEW, v1::REASON_CODE_NOT_LEGAL_PERSON, 0, "EL-02");
        return;
      default:
        // Social groups and foundations are legal persons by law; others need not be.
        if (standing_->type != v1::ORGANIZATION_TYPE_SOCIAL_GROUP &&
            standing_->type != v1::ORGANIZATION_TYPE_FOUNDATION)
          AddOfRegister(v1::OUTCOME_REVIEW, v1::REASON_CODE_REGISTER_INCOMPLETE, 0, "EL-02");
    }
  }

  // A finding of the register. Where the catalogue has the ground, its row says how heavy it weighs.
  v1::Outcome AddOfRegister(v1::Outcome outcome, v1::ReasonCode reason, int32_t since_day,
                            std::string_view ground) {
    const v1::Ground* row = ground.empty() ? nullptr : plan_.GroundAt(ground, instant_.time());
    if (row != nullptr && row->outcome() != v1::OUTCOME_UNSPECIFIED) outcome = row->outcome();
    CompactFinding& finding = Add(v1::CONDITION_REGISTRATION, outcome, reason);
    finding.since_day = since_day;
    finding.ground = row;
    finding.source = register_;
    return outcome;
  }

  // Rules 44, 45, 47 and every other ground: what the catalogue says of each fact in force.
  void JudgeFacts() {
    for (const Fact& fact : standing_->details->facts) {
      if (fact.subject.empty() && instant_.Within(fact)) JudgeFact(fact);
    }
  }

  void JudgeFact(const Fact& fact) {
    const v1::Ground* row = plan_.GroundOf(fact);
    CompactFinding finding;
    finding.fact = &fact;
    finding.subject = fact.subject;
    finding.ground = row;
    finding.condition = v1::CONDITION_OTHER_LEGAL;
    finding.outcome = v1::OUTCOME_UNKNOWN;
    finding.reason = v1::REASON_CODE_OTHER_GROUND;
    if (row != nullptr) {
      if (row->condition() != v1::CONDITION_UNSPECIFIED) finding.condition = row->condition();
      if (row->outcome() != v1::OUTCOME_UNSPECIFIED) finding.outcome = row->outcome();
      if (row->reason() != v1::REASON_CODE_UNSPECIFIED) finding.reason = row->reason();
    }
    if (IsAdverse(finding.outcome)) {
      found_.push_back(finding);
    } else if (question_.full) {
      AddFavourable(finding);
    }
  }

  // Something recorded in favour of a condition. Where the records are stale it proves nothing any more.
  void AddFavourable(CompactFinding finding) {
    if (NeedsRecords(finding.condition)) {
      const PlannedSource* records = plan_.RecordsAt(instant_.ns());
      if (records != nullptr && !records->FreshAt(instant_.ns())) {
        finding.outcome = v1::OUTCOME_NOT_ASSESSED;
        finding.reason = v1::REASON_CODE_PURCHASER_VERIFIES;
        finding.source = records;
      }
    }
    found_.push_back(finding);
  }

  // Condition 四, for each kind the project requires: one certificate of it that holds is enough.
  void JudgeQualifications() {
    const absl::Span<const std::string> kinds = question_.required_qualifications;
    for (size_t i = 0; i < kinds.size(); ++i) {
      if (std::find(kinds.begin(), kinds.begin() + static_cast<ptrdiff_t>(i), kinds[i]) ==
          kinds.begin() + static_cast<ptrdiff_t>(i))
        JudgeQualification(kinds[i]);
    }
  }

  void JudgeQualification(const std::string& kind) {
    const Fact* holds = nullptr;
    bool recorded = false;
    if (standing_->details != nullptr) {
      for (const Fact& fact : standing_->details->facts) {
        if (fact.subject != kind || !instant_.Within(fact)) continue;
        recorded = true;
        const v1::Ground* row = plan_.GroundOf(fact);
        if (row != nullptr && !IsAdverse(row->outcome())) holds = &fact;
      }
    }
    if (!recorded) {
      if (question_.full) AddRecorded(v1::CONDITION_CAPABILITY, kind);
      return;
    }
    if (holds != nullptr) return JudgeFact(*holds);
    for (const Fact& fact : standing_->details->facts) {
      if (fact.subject == kind && instant_.Within(fact)) JudgeFact(fact);
    }
  }

  // What the records say in favour of a condition that nothing adverse speaks to; else that it is not
  // assessed.
  void AddRecorded(v1::Condition condition, std::string_view kind = {}) {
    if (std::optional<Fact> favour = FavourOf(condition, kind, question_.records, instant_.time());
        favour.has_value() && plan_.GroundOf(*favour) != nullptr) {
      JudgeFact(favours_.emplace_front(*std::move(favour)));
    } else {
      AddNotAssessed(condition).subject = kind;
    }
  }

  CompactFinding& AddNotAssessed(v1::Condition condition) {
    CompactFinding& finding = Add(condition, v1::OUTCOME_NOT_ASSESSED, v1::REASON_CODE_PURCHASER_VERIFIES);
    if (standing_ != nullptr && NeedsRecords(condition)) finding.source = plan_.RecordsAt(instant_.ns());
    return finding;
  }

  // One finding at least for each condition.
  void Complete() {
    for (const v1::Condition condition : kConditions) {
      bool any = false, adverse = false;
      for (const CompactFinding& finding : found_) {
        if (finding.condition != condition) continue;
        any = true;
        adverse |= IsAdverse(finding.outcome);
      }
      if (standing_ == nullptr) {
        if (!any) AddNotAssessed(condition);
      } else if (NeedsRecords(condition)) {
        if (!any) AddRecorded(condition);
      } else if (!adverse) {
        CompactFinding& finding = Add(condition, v1::OUTCOME_PASS, v1::REASON_CODE_NOTHING_ADVERSE);
        if (condition == v1::CONDITION_REGISTRATION) {
          finding.source = register_;
          finding.since_day = StatusAt(*standing_, instant_).from_day;
        }
      }
    }
  }

  // std::stable_sort would allocate; the order of finding does as well.
  void Sort() {
    if (found_.size() < 2) return;
    for (size_t i = 0; i < found_.size(); ++i) found_[i].ordinal = static_cast<int32_t>(i);
    std::sort(found_.begin(), found_.end(), [](const CompactFinding& a, const CompactFinding& b) {
      if (a.outcome != b.outcome) return a.outcome > b.outcome;
      return a.condition != b.condition ? a.condition < b.condition : a.ordinal < b.ordinal;
    });
  }

  const Uscc& code_;
  const Standing* const standing_;
  const EvaluationPlan& plan_;
  const Question& question_;
  const AskedInstant instant_;
  const PlannedSource* register_ = nullptr;  // the organization's own
  CompactFindings found_;
  std::forward_list<Fact> favours_;  // facts made from records, where findings can refer to them
};

}  // namespace

std::shared_ptr<const Knowledge> MakeKnowledge(uint64_t revision,
                                               std::shared_ptr<const CompiledCatalogue> catalogue,
                                               std::vector<std::optional<absl::Time>> source_as_of) {
  auto plan = std::make_shared<const EvaluationPlan>(catalogue.get(), source_as_of);
  return std::make_shared<const Knowledge>(
      Knowledge{revision, std::move(catalogue), std::move(source_as_of), std::move(plan)});
}

std::shared_ptr<const Knowledge> MakeKnowledge(uint64_t revision, const Knowledge& before) {
  Knowledge now = before;
  now.revision = revision;
  return std::make_shared<const Knowledge>(std::move(now));
}

void Evaluate(const Uscc& code, const Standing* standing, const Knowledge& knowledge,
              const Question& question, v1::Eligibility& answer) {
  const std::array<char, kUsccLength> symbols = code.symbols();
  answer.mutable_organization_code()->assign(symbols.data(), symbols.size());
  Inquiry inquiry(code, standing, *knowledge.plan, question);
  const CompactFindings& found = inquiry.Run();
  answer.set_verdict(found.empty() ? v1::VERDICT_ELIGIBLE : VerdictOf(found.front().outcome));
  static_assert(v1::ReasonCode_MAX < 64);
  uint64_t given = 0;
  for (const CompactFinding& finding : found) {
    if (!IsAdverse(finding.outcome)) break;
    const uint64_t bit = uint64_t{1} << finding.reason;
    if ((given & bit) == 0) answer.add_reasons(finding.reason);
    given |= bit;
  }
  if (!question.full) return;
  for (const CompactFinding& finding : found)
    Spell(finding, *knowledge.plan, question.effective_at, *answer.add_findings());
}

void AddChangesAfterCutOff(const v1::Eligibility& now, bool full, v1::Eligibility& at_cut_off) {
  std::vector<v1::ReasonCode> news;
  for (const int reason : now.reasons()) {
    const auto& known = at_cut_off.reasons();
    // That a source has gone stale since says nothing of the organization.
    if (reason != v1::REASON_CODE_SOURCE_STALE &&
        std::find(known.begin(), known.end(), reason) == known.end())
      news.push_back(static_cast<v1::ReasonCode>(reason));
  }
  if (news.empty() && !WorseThan(now.verdict(), at_cut_off.verdict())) return;
  at_cut_off.add_reasons(v1::REASON_CODE_CHANGED_AFTER_CUT_OFF);
  if (WorseThan(v1::VERDICT_REVIEW, at_cut_off.verdict())) at_cut_off.set_verdict(v1::VERDICT_REVIEW);
  if (!full) return;
  v1::Finding finding;
  // Where it stands among the findings: after the last that is as grave.
  int place = 0;
  while (place < at_cut_off.findings_size() && at_cut_off.findings(place).outcome() >= v1::OUTCOME_REVIEW)
    ++place;
  finding.set_condition(v1::CONDITION_OTHER_LEGAL);
  finding.set_outcome(v1::OUTCOME_REVIEW);
  finding.set_reason(v1::REASON_CODE_CHANGED_AFTER_CUT_OFF);
  std::string names;
  for (const v1::ReasonCode reason : news) StrAppend(&names, names.empty() ? "" : ", ", ReasonEn(reason));
  finding.set_message_zh(StrCat("查询截止时点之后情况发生变化，现在的结论为", VerdictZh(now.verdict()),
                                names.empty() ? "" : StrCat("：", names), "，由购买主体审查"));
  finding.set_message_en(StrCat("changed after the cut-off, now ", VerdictEn(now.verdict()),
                                names.empty() ? "" : StrCat(": ", names), "; the purchaser reviews"));
  *at_cut_off.add_findings() = std::move(finding);
  for (int i = at_cut_off.findings_size() - 1; i > place; --i)
    at_cut_off.mutable_findings()->SwapElements(i, i - 1);
}

void FillBasis(const Knowledge& knowledge, absl::Time effective_at, v1::AnswerBasis& basis) {
  const EvaluationPlan& plan = *knowledge.plan;
  basis.MergeFrom(plan.basis());
  basis.set_revision(knowledge.revision);
  SetTimestamp(effective_at, *basis.mutable_effective_at());
  const int64_t instant_ns = absl::ToUnixNanos(effective_at);
  for (int i = 0; i < basis.sources_size(); ++i) {
    const PlannedSource& source = plan.sources()[static_cast<size_t>(i)];
    v1::SourceFreshness& freshness = *basis.mutable_sources(i);
    freshness.set_stale(!source.FreshAt(instant_ns));
    // Kept in the platform itself, and so current at any instant.
    if (source.row->kind() == v1::SOURCE_KIND_LISTS) SetTimestamp(effective_at, *freshness.mutable_as_of());
  }
}

// Verdicts are numbered from the best to the worst.
bool WorseThan(v1::Verdict a, v1::Verdict b) { return a > b; }

}  // namespace chengxin::domain
