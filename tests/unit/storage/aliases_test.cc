// Codes: each that an organization ever had leads to the one it was first known by.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "storage/store.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

class AliasesTest : public testing::Test {
 protected:
  std::string First(const std::string& code, uint64_t at = kNewest) {
    const auto found = store_->FindFirstCode(code, at);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() && found->has_value() ? **found : "";
  }
  void Commit(std::vector<log::v1::Event> events) {
    const auto committed = CommitNext(*store_, std::move(events));
    ASSERT_TRUE(committed.ok()) << committed.status();
  }

  const std::string first_ = CodeOfNumber(1);
  const std::string second_ = CodeOfNumber(11);
  const std::string third_ = CodeOfNumber(12);
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_ = *Store::Open(SmallOptions(folder_.path() + "/data"));
};

TEST_F(AliasesTest, AnOrganizationThatNeverChangedItsCodeHasNoRow) {
  Commit({OrganizationEvent(first_, "甲")});
  EXPECT_EQ(First(first_), first_);
  EXPECT_EQ(First(second_), "");
  EXPECT_EQ(First("short"), "");
  int rows = 0;
  ASSERT_TRUE(store_->ScanAliases([&](std::string_view, std::string_view, uint64_t) { ++rows; }).ok());
  EXPECT_EQ(rows, 0);
}

TEST_F(AliasesTest, EveryCodeLeadsToTheFirstFromTheRevisionThatToldOfIt) {
  Commit({OrganizationEvent(first_, "甲")});
  Commit({RecodedEvent(first_, second_, {first_})});
  Commit({RecodedEvent(first_, third_, {first_, second_})});
  store_.reset();
  store_ = *Store::Open(SmallOptions(folder_.path() + "/data"));
  for (const std::string& code : {first_, second_, third_}) EXPECT_EQ(First(code), first_);
  EXPECT_EQ(First(second_, 1), "") << "what was asked then is answered as then";
  EXPECT_EQ(First(second_, 2), first_) << "a later Change does not make it later known";
  EXPECT_EQ(First(third_, 2), "");
  EXPECT_EQ(First(first_, 0), "");
  std::map<std::string, uint64_t> told;
  ASSERT_TRUE(store_
                  ->ScanAliases([&](std::string_view code, std::string_view name, uint64_t revision) {
                    EXPECT_EQ(name, first_);
                    told[std::string(code)] = revision;
                  })
                  .ok());
  EXPECT_EQ(told, (std::map<std::string, uint64_t>{{second_, 2}, {third_, 3}}));
}

TEST_F(AliasesTest, AGroupSeesItsOwn) {
  const auto group = store_->BeginGroup();
  ASSERT_TRUE(group->Append(ChangeOf(1, {OrganizationEvent(first_, "甲")})).ok());
  ASSERT_TRUE(group->Append(ChangeOf(2, {RecodedEvent(first_, second_, {first_})})).ok());
  EXPECT_EQ(group->FirstCodeOf(second_)->value_or(""), first_);
  EXPECT_EQ(group->FirstCodeOf(first_)->value_or(""), first_);
  EXPECT_FALSE(group->FirstCodeOf(third_)->has_value());
  EXPECT_EQ(First(second_), "") << "not committed";
}

}  // namespace
}  // namespace chengxin::storage
