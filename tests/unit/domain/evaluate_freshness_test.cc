// Rule 52: what stale sources, and readings that came too early for an organization, do to its answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/evaluate.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/evaluation_case.h"

namespace chengxin::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::Duration kInstant = absl::Nanoseconds(1);

TEST(Rule52, EachRequiredSourceThatIsStaleOrWasNeverReadMakesTheAnswerUnknown) {
  for (const v1::Source& source : DeployedCatalogue()->message().sources()) {
    if (source.required_by().empty() || source.kind() == v1::SOURCE_KIND_LISTS) continue;
    if (source.id() == "registry-national") continue;  // not this organization's
    EvaluationCase never;
    never.read[source.id()] = std::nullopt;
    EXPECT_EQ(never.Verdict(), v1::VERDICT_UNKNOWN) << source.id();
    EXPECT_THAT(never.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_STALE)) << source.id();
    for (const int condition : source.required_by())
      EXPECT_EQ(never.OutcomeOf(static_cast<v1::Condition>(condition)), v1::OUTCOME_UNKNOWN) << source.id();

    EvaluationCase old;
    const absl::Duration age = absl::Seconds(source.maximum_age_seconds());
    old.read[source.id()] = old.asked_at - age;
    EXPECT_EQ(old.Verdict(), v1::VERDICT_ELIGIBLE) << source.id() << ": exactly of the maximum age";
    old.read[source.id()] = old.asked_at - age - kInstant;
    EXPECT_EQ(old.Verdict(), v1::VERDICT_UNKNOWN) << source.id();
  }
}

// Entries about an organization that is not in the copy are not taken, so a list read before it came may lack
// it.
TEST(Rule52, AListThatWasReadBeforeTheOrganizationWasKnownCountsAsStaleForIt) {
  EvaluationCase late;
  late.standing.set_first_known_ns(absl::ToUnixNanos(late.read_at));
  EXPECT_EQ(late.Verdict(), v1::VERDICT_ELIGIBLE) << "known when the lists were read";
  late.standing.set_first_known_ns(absl::ToUnixNanos(late.read_at + absl::Seconds(1)));
  EXPECT_EQ(late.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_THAT(late.Reasons(), ElementsAre(v1::REASON_CODE_SOURCE_STALE));
  EXPECT_EQ(late.OutcomeOf(v1::CONDITION_OTHER_LEGAL), v1::OUTCOME_UNKNOWN);
  EXPECT_EQ(late.OutcomeOf(v1::CONDITION_SUPERVISION_AND_REPUTATION), v1::OUTCOME_PASS)
      << "records and the platform's own lists are not read from outside";
  const v1::Finding finding = late.Findings(v1::CONDITION_OTHER_LEGAL).at(0);
  EXPECT_THAT(finding.message_zh(), HasSubstr("读取在本平台获知该组织之前"));
  EXPECT_FALSE(finding.has_since()) << "the list itself is fresh";
  EXPECT_EQ(late.Findings(v1::CONDITION_OTHER_LEGAL).size(), 4u) << "one for each external list";
}

TEST(Rule52, WhatCountsIsWhenTheReadingWasRecordedNotWhenTheListWasMade) {
  EvaluationCase late;
  late.standing.set_first_known_ns(absl::ToUnixNanos(late.read_at + absl::Minutes(20)));
  for (const v1::Source& source : late.catalogue->message().sources())
    late.recorded[source.id()] = late.read_at + absl::Minutes(30);
  EXPECT_EQ(late.Verdict(), v1::VERDICT_ELIGIBLE);
  late.recorded["court-defaulters"] = late.read_at + absl::Minutes(10);
  EXPECT_EQ(late.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_EQ(late.Findings(v1::CONDITION_OTHER_LEGAL).at(0).reference(), "sources/court-defaulters");
}

TEST(Rule52, AnOrganizationFromBeforeThatWasKeptIsAnsweredAsItWas) {
  EvaluationCase old;
  old.standing.set_first_known_ns(0);
  EXPECT_EQ(old.Verdict(), v1::VERDICT_ELIGIBLE);
}

TEST(Rule52, StalenessIsJudgedAtTheInstantAskedFor) {
  EvaluationCase past;
  past.read_at = InShanghai("2026-11-01 09:00:00");
  EXPECT_EQ(past.Verdict(), v1::VERDICT_UNKNOWN);
  EXPECT_EQ(past.VerdictAt(InShanghai("2026-11-02 09:00:00")), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(past.VerdictAt(InShanghai("2025-11-02 09:00:00")), v1::VERDICT_ELIGIBLE) << "read since";
}

TEST(Rule52, AnotherRegisterThatIsStaleDoesNotMatter) {
  EvaluationCase plain;
  plain.read["registry-national"] = std::nullopt;
  EXPECT_EQ(plain.Verdict(), v1::VERDICT_ELIGIBLE);
}

TEST(Rule52, TheListsAreNeverStale) {
  EvaluationCase plain;
  plain.read["o60-lists"] = std::nullopt;
  EXPECT_EQ(plain.Verdict(), v1::VERDICT_ELIGIBLE);
}

TEST(Rule52, WhatIsKnownToBarStaysABarWhenSourcesAreStale) {
  EvaluationCase listed;
  listed.read["court-defaulters"] = std::nullopt;
  listed.AddFact("SER-04", "2026-11-24");
  EXPECT_EQ(listed.Verdict(), v1::VERDICT_INELIGIBLE);
  EXPECT_THAT(listed.Reasons(), ElementsAre(v1::REASON_CODE_SEVERE_LIST, v1::REASON_CODE_SOURCE_STALE));
}

TEST(Rule52, AStaleFindingNamesTheSourceItsAgeAndSinceWhen) {
  EvaluationCase stale;
  stale.read["tax-violations"] = InShanghai("2026-11-10 09:00:00");
  const v1::Finding finding = stale.Findings(v1::CONDITION_OTHER_LEGAL).at(0);
  EXPECT_EQ(finding.reference(), "sources/tax-violations");
  EXPECT_THAT(finding.message_zh(), HasSubstr("截至2026-11-10 09:00，已超过允许的8天，无法确认"));
  EXPECT_EQ(TimeOf(finding.since()), InShanghai("2026-11-18 09:00:00") + kInstant);
}

TEST(Rule52, TheBasisCarriesTheFreshnessOfEverySource) {
  EvaluationCase mixed;
  mixed.read["tax-violations"] = std::nullopt;
  mixed.read["court-defaulters"] = InShanghai("2026-11-01 09:00:00");
  v1::AnswerBasis basis;
  FillBasis(*mixed.Known(), mixed.asked_at, basis);
  EXPECT_EQ(basis.revision(), 42u);
  EXPECT_EQ(TimeOf(basis.effective_at()), mixed.asked_at);
  EXPECT_FALSE(basis.has_known_at());
  EXPECT_EQ(basis.catalogue_version(), mixed.catalogue->version());
  EXPECT_EQ(basis.evaluator_version(), kEvaluatorVersion);
  ASSERT_EQ(basis.sources_size(), mixed.catalogue->message().sources_size());
  for (int i = 0; i < basis.sources_size(); ++i) {
    const v1::SourceFreshness& freshness = basis.sources(i);
    EXPECT_EQ(freshness.source(), "sources/" + mixed.catalogue->message().sources(i).id());
    EXPECT_EQ(freshness.stale(), freshness.source() == "sources/tax-violations" ||
                                     freshness.source() == "sources/court-defaulters")
        << freshness.source();
    EXPECT_EQ(freshness.has_as_of(), freshness.source() != "sources/tax-violations");
    if (freshness.source() == "sources/o60-lists") {
      EXPECT_EQ(TimeOf(freshness.as_of()), mixed.asked_at);
    }
  }
}

TEST(Knowledge, AtALaterRevisionOnlyTheRevisionDiffers) {
  const EvaluationCase plain;
  const auto before = plain.Known();
  const auto now = MakeKnowledge(77, *before);
  EXPECT_EQ(now->revision, 77u);
  v1::AnswerBasis a, b;
  FillBasis(*before, plain.asked_at, a);
  FillBasis(*now, plain.asked_at, b);
  a.set_revision(77);
  EXPECT_EQ(a.SerializeAsString(), b.SerializeAsString());
}

}  // namespace
}  // namespace chengxin::domain
