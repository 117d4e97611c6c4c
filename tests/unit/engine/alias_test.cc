// Checks of a code that an organization had earlier, or has since, answer for the organization.
#include <gtest/gtest.h>

#include <string>

#include "domain/timestamps.h"
#include "engine/aliases.h"
#include "tests/support/ledger.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

v1::Organization OrganizationWith(const domain::Uscc& first, const domain::Uscc& now) {
  return RecodedEvent(first.ToString(), now.ToString(), {first.ToString()}).organization();
}

TEST(Aliases, LeadToTheFirstCodeFromTheRevisionThatToldOfThem) {
  Aliases aliases;
  const domain::Uscc first = World::CodeOf(1), second = World::CodeOf(2), third = World::CodeOf(3);
  EXPECT_FALSE(aliases.Find(second, storage::kNewest).has_value());
  aliases.Put(OrganizationWith(first, first), 1);
  EXPECT_FALSE(aliases.Find(first, storage::kNewest).has_value()) << "its own name is no alias";
  aliases.Put(OrganizationWith(first, second), 5);
  aliases.Put(OrganizationWith(first, second), 9);
  EXPECT_EQ(aliases.Find(second, 5), first);
  EXPECT_FALSE(aliases.Find(second, 4).has_value());
  EXPECT_FALSE(aliases.Find(third, storage::kNewest).has_value());
}

TEST(Aliases, AChangedCodeIsAnsweredForTheOrganizationAlsoAfterARestart) {
  World world;
  const domain::Uscc first = world.Register(1);
  const domain::Uscc now = World::CodeOf(77);
  EXPECT_EQ(world.VerdictOf(now), v1::VERDICT_INELIGIBLE) << "rule 50: not in the register";
  EXPECT_FALSE(world.engine().Knows(now));
  const absl::Time before =
      domain::TimeOf(world.engine().store().ReadWholeChange(world.engine().revision())->stamp());
  world.Close();
  {
    const auto store = *storage::Store::Open({.folder = world.folder() + "/data", .env = world.disk().env()});
    ASSERT_TRUE(
        CommitNext(*store, {RecodedEvent(first.ToString(), now.ToString(), {first.ToString()})}).ok());
  }
  world.Restart();
  EXPECT_TRUE(world.engine().Knows(now));
  EXPECT_EQ(world.VerdictOf(now), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(world.VerdictOf(first), v1::VERDICT_ELIGIBLE);
  const auto full = world.Check(now, nullptr, /*full=*/true);
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ(full->organization_code(), now.ToString()) << "the code asked for";
  EXPECT_FALSE(full->organization_display_name().empty());
  EXPECT_GT(full->findings_size(), 0);
  // What was asked before anybody knew of the code is answered as then.
  EXPECT_EQ(world.VerdictOf(now, before), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(world.VerdictOf(first, before), v1::VERDICT_ELIGIBLE);
}

}  // namespace
}  // namespace chengxin::engine
