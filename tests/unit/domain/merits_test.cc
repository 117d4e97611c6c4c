#include "domain/merits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/domain/evaluation_case.h"

namespace chengxin::domain {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::CreditRecord Level(int level, std::string_view from, std::string_view until) {
  v1::CreditRecord record;
  record.set_name("organizations/52530102MJT000045W/records/" + std::to_string(level) + "-1");
  v1::AssessmentLevel& assessment = *record.mutable_assessment_level();
  assessment.set_level(level);
  assessment.set_valid_from(std::string(from));
  assessment.set_valid_until(std::string(until));
  assessment.set_organ("昆明市民政局");
  return record;
}

v1::CreditRecord Evaluation(bool passed, std::string_view day) {
  v1::CreditRecord record;
  record.set_name("organizations/52530102MJT000045W/records/20-1");
  v1::PerformanceEvaluation& evaluation = *record.mutable_performance_evaluation();
  evaluation.set_project("KM-2025-003");
  evaluation.set_purchaser("purchasers/km-culture");
  evaluation.set_passed(passed);
  evaluation.set_evaluated_on(std::string(day));
  return record;
}

v1::CreditRecord Honour(std::string_view title, std::string_view day) {
  v1::CreditRecord record;
  v1::Honour& honour = *record.mutable_honour();
  honour.set_title(std::string(title));
  honour.set_organ("云南省民政厅");
  honour.set_conferred_on(std::string(day));
  return record;
}

TEST(Rule60, ALevelOf3AOrHigherInValidityIsShown) {
  const std::vector<v1::CreditRecord> records = {Level(4, "2024-12-31", "2029-12-31")};
  const std::vector<v1::Merit> merits = MeritsOf(records, InShanghai("2026-11-24 10:00:00"));
  ASSERT_THAT(merits, SizeIs(1));
  EXPECT_EQ(merits[0].record(), records[0].name());
  EXPECT_THAT(merits[0].message_zh(), HasSubstr("评估等级4A"));
  EXPECT_THAT(merits[0].message_zh(), HasSubstr("有效期至2029-12-31"));
  EXPECT_THAT(merits[0].message_en(), HasSubstr("4A"));
  EXPECT_THAT(MeritsOf({Level(3, "2024-12-31", "2029-12-31")}, InShanghai("2026-11-24 10:00:00")), SizeIs(1));
  EXPECT_THAT(MeritsOf({Level(2, "2024-12-31", "2029-12-31")}, InShanghai("2026-11-24 10:00:00")), IsEmpty());
}

TEST(Rule60, AnExpiredLevelCountsAsNone) {
  const std::vector<v1::CreditRecord> records = {Level(5, "2021-11-25", "2026-11-24")};
  EXPECT_THAT(MeritsOf(records, InShanghai("2021-11-24 23:59:59")), IsEmpty());
  EXPECT_THAT(MeritsOf(records, InShanghai("2021-11-25 00:00:00")), SizeIs(1));
  EXPECT_THAT(MeritsOf(records, InShanghai("2026-11-24 23:59:59")), SizeIs(1)) << "its last day";
  EXPECT_THAT(MeritsOf(records, InShanghai("2026-11-25 00:00:00")), IsEmpty());
}

TEST(Rule60, ALoweredLevelIsNotHiddenByTheHigherOneBefore) {
  const v1::CreditRecord high = Level(5, "2024-01-01", "2028-12-31");
  const v1::CreditRecord low = Level(2, "2026-03-01", "2028-12-31");
  const absl::Time now = InShanghai("2026-11-24 10:00:00");
  EXPECT_THAT(MeritsOf({high, low}, now), IsEmpty());
  EXPECT_THAT(MeritsOf({low, high}, now), IsEmpty()) << "whichever was recorded first";
  EXPECT_THAT(MeritsOf({low, high}, InShanghai("2026-02-28 10:00:00")), SizeIs(1));
}

TEST(Rule60, GoodEvaluationsAndHonoursAreShownLatestFirst) {
  const std::vector<v1::CreditRecord> records = {
      Honour("先进社会组织", "2023-05-01"), Evaluation(true, "2025-12-20"),
      Evaluation(false, "2026-06-20"),      Honour("优秀项目奖", "2025-05-01"),
      Evaluation(true, "2026-11-25"),       Level(3, "2024-12-31", "2029-12-31")};
  const std::vector<v1::Merit> merits = MeritsOf(records, InShanghai("2026-11-24 10:00:00"));
  ASSERT_THAT(merits, SizeIs(4));
  EXPECT_THAT(merits[0].message_zh(), HasSubstr("评估等级3A"));
  EXPECT_THAT(merits[1].message_zh(), HasSubstr("绩效评价合格：KM-2025-003（2025-12-20）"));
  EXPECT_THAT(merits[2].message_zh(), HasSubstr("优秀项目奖"));
  EXPECT_THAT(merits[3].message_zh(), HasSubstr("先进社会组织"));
}

TEST(Rule60, NoMoreOfAKindAreShownThanTheLimit) {
  std::vector<v1::CreditRecord> records;
  for (size_t i = 0; i <= kMaximumMeritsOfAKind; ++i)
    records.push_back(Honour("第" + std::to_string(i) + "次表彰", "2025-05-01"));
  const absl::Time now = InShanghai("2026-11-24 10:00:00");
  const std::vector<v1::Merit> merits = MeritsOf(records, now);
  ASSERT_THAT(merits, SizeIs(kMaximumMeritsOfAKind));
  EXPECT_THAT(merits[0].message_zh(), HasSubstr("第20次表彰")) << "the one recorded last";
  records.pop_back();
  EXPECT_THAT(MeritsOf(records, now), SizeIs(kMaximumMeritsOfAKind));
}

TEST(Rule51, ALevelOnlyRanksAndNeverDecides) {
  // Evaluate is not given the level at all; a record of one leads to no ground.
  for (const v1::Ground& ground : DeployedCatalogue()->message().grounds())
    EXPECT_EQ(ground.zh().find("评估等级"), std::string::npos) << ground.id();
}

TEST(Merits, AdverseRecordsAreNoMerits) {
  v1::CreditRecord penalty;
  penalty.mutable_penalty()->set_fine_fen(5'000'000);
  EXPECT_THAT(MeritsOf({penalty}, InShanghai("2026-11-24 10:00:00")), IsEmpty());
  EXPECT_THAT(MeritsOf({}, InShanghai("2026-11-24 10:00:00")), IsEmpty());
}

}  // namespace
}  // namespace chengxin::domain
