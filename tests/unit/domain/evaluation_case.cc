#include "tests/unit/domain/evaluation_case.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "domain/civil_day.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::domain {

namespace {

CivilDay ParsedDay(std::string_view day) { return CivilDay::Parse(day).value(); }

std::shared_ptr<const CompiledCatalogue> CompiledOrDie(v1::Catalogue catalogue) {
  auto compiled = CompiledCatalogue::Compile(std::move(catalogue));
  if (!compiled.ok()) {
    std::fprintf(stderr, "%s\n", compiled.status().ToString().c_str());
    std::abort();
  }
  return *std::move(compiled);
}

}  // namespace

absl::Time InShanghai(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime("%Y-%m-%d %H:%M:%S", std::string(text), Shanghai(), &time, &error)) std::abort();
  return time;
}

absl::Time DayBegins(std::string_view day) { return StartOfDay(ParsedDay(day)); }

int32_t DayNumber(std::string_view day) { return ParsedDay(day).number(); }

std::shared_ptr<const CompiledCatalogue> DeployedCatalogue() {
  static const auto& compiled =
      *new std::shared_ptr<const CompiledCatalogue>(CompiledOrDie(LoadDeployedCatalogue()));
  return compiled;
}

std::shared_ptr<const CompiledCatalogue> DeployedCatalogue(const std::function<void(v1::Catalogue&)>& edit) {
  v1::Catalogue catalogue = LoadDeployedCatalogue();
  edit(catalogue);
  return CompiledOrDie(std::move(catalogue));
}

EvaluationCase::EvaluationCase() {
  standing.set_code(code);
  standing.set_authority("km-wuhua");
  standing.set_source("registry-kunming");
  standing.set_type(v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  standing.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  standing.set_established_day(DayNumber("2019-03-01"));
  SetStatus(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01");
}

void EvaluationCase::SetStatus(v1::RegistrationStatus status, std::string_view since) {
  standing.clear_statuses();
  log::v1::StatusSpan& span = *standing.add_statuses();
  span.set_status(status);
  span.set_from_day(DayNumber(since));
}

log::v1::StandingFact& EvaluationCase::AddFact(std::string_view ground, std::string_view from,
                                               std::string_view until, std::string_view subject) {
  log::v1::StandingFact& fact = *standing.add_facts();
  fact.set_ground(std::string(ground));
  fact.set_from_ns(absl::ToUnixNanos(DayBegins(from)));
  if (!until.empty()) fact.set_until_ns(absl::ToUnixNanos(DayBegins(until)));
  fact.set_reference("organizations/" + code + "/records/7-" + std::to_string(standing.facts_size()));
  fact.set_subject(std::string(subject));
  return fact;
}

std::shared_ptr<const Knowledge> EvaluationCase::Known() const {
  std::vector<std::optional<absl::Time>> as_of;
  std::vector<std::optional<absl::Time>> recorded_at;
  if (catalogue != nullptr) {
    for (const v1::Source& source : catalogue->message().sources()) {
      const auto it = read.find(source.id());
      as_of.push_back(it == read.end() ? std::optional(read_at) : it->second);
      const auto at = recorded.find(source.id());
      recorded_at.push_back(at == recorded.end() ? std::nullopt : std::optional(at->second));
    }
  }
  return MakeKnowledge(/*revision=*/42, catalogue, std::move(as_of), std::move(recorded_at));
}

v1::Eligibility EvaluationCase::Ask(bool full) const {
  const std::string source = standing.source();
  const Standing compact = Compact(standing, /*revision=*/41, &source);
  v1::Eligibility answer;
  Evaluate(Uscc::Parse(code).value(), in_registry_copy ? &compact : nullptr, *Known(),
           Question{.effective_at = asked_at,
                    .full = full,
                    .required_qualifications = required_qualifications,
                    .records = records},
           answer);
  return answer;
}

std::vector<v1::ReasonCode> EvaluationCase::Reasons() const {
  std::vector<v1::ReasonCode> reasons;
  const v1::Eligibility answer = Ask(/*full=*/false);
  for (const int reason : answer.reasons()) reasons.push_back(static_cast<v1::ReasonCode>(reason));
  return reasons;
}

std::vector<v1::Finding> EvaluationCase::Findings(v1::Condition condition) const {
  std::vector<v1::Finding> findings;
  const v1::Eligibility answer = Ask();
  for (const v1::Finding& finding : answer.findings()) {
    if (finding.condition() == condition) findings.push_back(finding);
  }
  return findings;
}

}  // namespace chengxin::domain
