// One organization and one question about it, for tests of Evaluate: the deployed catalogue, every source
// freshly read, a 民办非企业单位 in good standing; each test changes what it is about.
#ifndef CHENGXIN_TESTS_UNIT_DOMAIN_EVALUATION_CASE_H_
#define CHENGXIN_TESTS_UNIT_DOMAIN_EVALUATION_CASE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "chengxin/log/v1/standing.pb.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/evaluate.h"

namespace chengxin::domain {

// An instant in Shanghai: "2026-11-24 10:00:00".
absl::Time InShanghai(std::string_view text);
// The first instant of a day in Shanghai.
absl::Time DayBegins(std::string_view day);
int32_t DayNumber(std::string_view day);

// The deployed catalogue, compiled; with `edit`, changed before.
std::shared_ptr<const CompiledCatalogue> DeployedCatalogue();
std::shared_ptr<const CompiledCatalogue> DeployedCatalogue(const std::function<void(v1::Catalogue&)>& edit);

struct EvaluationCase {
  EvaluationCase();

  std::shared_ptr<const CompiledCatalogue> catalogue = DeployedCatalogue();
  // Sources that were not read at `read_at`: another instant, or never.
  std::map<std::string, std::optional<absl::Time>> read;
  // When those readings were recorded; else: before that was kept.
  std::map<std::string, absl::Time> recorded;
  absl::Time read_at = InShanghai("2026-11-24 09:00:00");
  absl::Time asked_at = InShanghai("2026-11-24 10:00:00");
  std::string code = "52530102MJT000045W";
  bool in_registry_copy = true;
  log::v1::Standing standing;
  std::vector<std::string> required_qualifications;
  std::vector<v1::CreditRecord> records;

  // The register's last known status.
  void SetStatus(v1::RegistrationStatus status, std::string_view since);
  // A fact from the start of a day to the start of another, or open.
  log::v1::StandingFact& AddFact(std::string_view ground, std::string_view from, std::string_view until = {},
                                 std::string_view subject = {});

  std::shared_ptr<const Knowledge> Known() const;
  v1::Eligibility Ask(bool full = true) const;
  v1::Verdict Verdict() const { return Ask().verdict(); }
  v1::Verdict VerdictAt(absl::Time instant) {
    asked_at = instant;
    return Verdict();
  }
  std::vector<v1::ReasonCode> Reasons() const;
  // The findings on one condition, worst first.
  std::vector<v1::Finding> Findings(v1::Condition condition) const;
  // The worst outcome found for one condition.
  v1::Outcome OutcomeOf(v1::Condition condition) const { return Findings(condition).front().outcome(); }
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_TESTS_UNIT_DOMAIN_EVALUATION_CASE_H_
