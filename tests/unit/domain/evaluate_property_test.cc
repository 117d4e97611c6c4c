// What holds for every standing, tried on many random ones; the seed is printed where one fails.
#include <google/protobuf/arena.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "domain/evaluate.h"
#include "tests/unit/domain/evaluation_case.h"

namespace chengxin::domain {
namespace {

constexpr int kCases = 500;

// A world of few values, so that edges and collisions are met often.
class RandomCases {
 public:
  explicit RandomCases(uint32_t seed) : random_(seed) {
    for (const v1::Ground& ground : DeployedCatalogue()->message().grounds()) grounds_.push_back(ground.id());
    grounds_.push_back("XYZ-99");
  }

  EvaluationCase Next() {
    EvaluationCase made;
    made.asked_at = Instant();
    made.in_registry_copy = !OneIn(10);
    if (OneIn(10)) made.code = "51100000500002862F";
    if (OneIn(8)) made.standing.set_source(OneIn(2) ? "registry-national" : "registry-elsewhere");
    for (const v1::Source& source : DeployedCatalogue()->message().sources()) {
      if (OneIn(12)) made.read[source.id()] = OneIn(2) ? std::nullopt : std::optional(Instant());
    }
    made.read_at = made.asked_at - absl::Hours(1);
    made.standing.set_type(static_cast<v1::OrganizationType>(Below(4)));
    if (OneIn(4)) made.standing.set_certificate_form(static_cast<v1::CertificateForm>(Below(4)));
    made.standing.set_established_day(Day());
    if (OneIn(3)) Statuses(made);
    if (OneIn(2)) Facts(made);
    if (OneIn(3)) made.required_qualifications = {"甲", "乙", "甲"};
    if (OneIn(40)) made.catalogue = nullptr;
    return made;
  }

  void AddFact(EvaluationCase& made) {
    log::v1::StandingFact& fact = *made.standing.add_facts();
    fact.set_ground(grounds_[static_cast<size_t>(Below(static_cast<int>(grounds_.size())))]);
    fact.set_from_ns(absl::ToUnixNanos(Instant()));
    if (OneIn(2)) fact.set_until_ns(absl::ToUnixNanos(Instant()));
    if (OneIn(3)) fact.set_conduct_day(Day());
    if (OneIn(4)) fact.set_subject(OneIn(2) ? "甲" : "乙");
    fact.set_reference("organizations/" + made.code + "/records/" + std::to_string(Below(9)));
  }

 private:
  int Below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  bool OneIn(int chances) { return Below(chances) == 0; }
  int32_t Day() { return DayNumber("2026-11-20") + Below(6); }
  absl::Time Instant() {
    // Midnights, and one nanosecond beside them.
    return DayBegins("2026-11-20") + absl::Hours(12 * Below(14)) + absl::Nanoseconds(Below(3) - 1);
  }
  void Statuses(EvaluationCase& made) {
    made.standing.clear_statuses();
    int32_t day = Day();
    for (int i = Below(3); i >= 0; --i, day += Below(3)) {
      log::v1::StatusSpan& span = *made.standing.add_statuses();
      span.set_status(static_cast<v1::RegistrationStatus>(Below(7)));
      span.set_from_day(day);
    }
  }
  void Facts(EvaluationCase& made) {
    for (int i = Below(12); i > 0; --i) AddFact(made);
  }

  std::mt19937 random_;
  std::vector<std::string> grounds_;
};

v1::Verdict VerdictOfFindings(const v1::Eligibility& answer) {
  const auto has = [&](v1::Outcome outcome) {
    return std::any_of(answer.findings().begin(), answer.findings().end(),
                       [outcome](const v1::Finding& finding) { return finding.outcome() == outcome; });
  };
  if (has(v1::OUTCOME_FAIL)) return v1::VERDICT_INELIGIBLE;
  if (has(v1::OUTCOME_UNKNOWN)) return v1::VERDICT_UNKNOWN;
  if (has(v1::OUTCOME_REVIEW)) return v1::VERDICT_REVIEW;
  return v1::VERDICT_ELIGIBLE;
}

class EvaluateProperty : public testing::TestWithParam<uint32_t> {};

TEST_P(EvaluateProperty, BasicAndFullAgreeAndFollowFromTheFindings) {
  RandomCases cases(GetParam());
  std::set<int> verdicts;
  for (int i = 0; i < kCases; ++i) {
    const EvaluationCase made = cases.Next();
    SCOPED_TRACE("seed " + std::to_string(GetParam()) + ", case " + std::to_string(i) + ": " +
                 made.standing.ShortDebugString());
    const v1::Eligibility basic = made.Ask(/*full=*/false);
    const v1::Eligibility full = made.Ask(/*full=*/true);
    verdicts.insert(full.verdict());

    v1::Eligibility stripped = full;
    stripped.clear_findings();
    ASSERT_EQ(basic.SerializeAsString(), stripped.SerializeAsString());

    ASSERT_EQ(full.verdict(), VerdictOfFindings(full));
    std::vector<int> reasons;
    std::set<int> conditions;
    for (int f = 0; f < full.findings_size(); ++f) {
      const v1::Finding& finding = full.findings(f);
      conditions.insert(finding.condition());
      ASSERT_NE(finding.reason(), v1::REASON_CODE_UNSPECIFIED);
      ASSERT_NE(finding.outcome(), v1::OUTCOME_UNSPECIFIED);
      ASSERT_FALSE(finding.message_zh().empty());
      ASSERT_FALSE(finding.message_en().empty());
      if (f > 0) {
        ASSERT_LE(finding.outcome(), full.findings(f - 1).outcome());
      }
      if (finding.outcome() < v1::OUTCOME_REVIEW) continue;
      if (std::find(reasons.begin(), reasons.end(), finding.reason()) == reasons.end())
        reasons.push_back(finding.reason());
    }
    ASSERT_EQ(reasons, std::vector<int>(full.reasons().begin(), full.reasons().end()));
    ASSERT_EQ(conditions.size(), 7u) << "one finding at least for each condition";
  }
  EXPECT_EQ(verdicts.size(), 4u) << "all verdicts must have been met";
}

TEST_P(EvaluateProperty, AFurtherFactNeverMakesAnAnswerBetter) {
  RandomCases cases(GetParam());
  for (int i = 0; i < kCases; ++i) {
    EvaluationCase made = cases.Next();
    // A second certificate may well make up for one that lapsed (condition 四).
    made.required_qualifications.clear();
    const v1::Verdict before = made.Ask(/*full=*/false).verdict();
    cases.AddFact(made);
    const v1::Verdict after = made.Ask(/*full=*/false).verdict();
    ASSERT_FALSE(WorseThan(before, after))
        << "seed " << GetParam() << ", case " << i << ": " << made.standing.ShortDebugString();
  }
}

TEST_P(EvaluateProperty, AFactThatIsNotInForceChangesNothing) {
  RandomCases cases(GetParam());
  for (int i = 0; i < kCases; ++i) {
    EvaluationCase made = cases.Next();
    const std::string before = made.Ask().SerializeAsString();
    const int64_t asked = absl::ToUnixNanos(made.asked_at);
    log::v1::StandingFact& over = *made.standing.add_facts();
    over.set_ground("SER-04");
    over.set_from_ns(asked - 1'000);
    over.set_until_ns(asked);
    log::v1::StandingFact& to_come = *made.standing.add_facts();
    to_come.set_ground("SER-04");
    to_come.set_from_ns(asked + 1);
    ASSERT_EQ(made.Ask().SerializeAsString(), before)
        << "seed " << GetParam() << ", case " << i << ": " << made.standing.ShortDebugString();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EvaluateProperty, testing::Values(1u, 20261124u));

TEST(EvaluateOnAnArena, GivesTheSameAnswer) {
  EvaluationCase listed;
  listed.AddFact("SER-04", "2026-11-24");
  const std::string source = listed.standing.source();
  const Standing compact = Compact(listed.standing, 41, &source);
  google::protobuf::Arena arena;
  auto* answer = google::protobuf::Arena::CreateMessage<v1::Eligibility>(&arena);
  Evaluate(Uscc::Parse(listed.code).value(), &compact, *listed.Known(),
           Question{.effective_at = listed.asked_at, .full = true, .required_qualifications = {}}, *answer);
  EXPECT_EQ(answer->SerializeAsString(), listed.Ask().SerializeAsString());
}

}  // namespace
}  // namespace chengxin::domain
