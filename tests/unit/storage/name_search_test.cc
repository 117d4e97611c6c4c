// Search by name: from an index of suffixes, never a scan of names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "storage/name_index.h"
#include "storage/store.h"
#include "storage/tables.h"
#include "tests/support/fault_env.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class NameSearchTest : public testing::Test {
 protected:
  NameSearchTest() : store_(*Store::Open(Options())) {}
  StoreOptions Options() { return SmallOptions(folder_.path() + "/data", env_.env()); }

  std::string Register(int number, std::string_view name) {
    const auto revision = CommitNext(*store_, {OrganizationEvent(CodeOfNumber(number), name)});
    EXPECT_TRUE(revision.ok()) << revision.status();
    return CodeOfNumber(number);
  }
  std::vector<std::string> Search(std::string_view text, int limit = 20) {
    const auto found = store_->SearchNames(text, limit);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? found->codes : std::vector<std::string>();
  }

  FaultEnv env_;  // here only spares waiting for the disk
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(NameSearchTest, AnyPartOfTwoOrMoreCharactersFindsTheName) {
  const std::string code = Register(1, "五华区晨光社会工作服务中心");
  for (const char* part :
       {"五华", "晨光", "光社", "中心", "五华区晨光社会工作服务中心", "光社会工作服务中心"}) {
    EXPECT_THAT(Search(part), ElementsAre(code)) << part;
  }
  for (const char* part : {"晨曦", "华五", "五华区晨光社会工作服务中心站", "光社会工作服务中心站"}) {
    EXPECT_THAT(Search(part), IsEmpty()) << part;
  }
}

TEST_F(NameSearchTest, OneCharacterIsTooLittle) {
  for (const char* part : {"", "光", "a", " 光 "}) {
    EXPECT_EQ(store_->SearchNames(part, 20).status().code(), absl::StatusCode::kInvalidArgument) << part;
  }
}

TEST_F(NameSearchTest, WidthCaseAndWhiteSpaceDoNotMatter) {
  const std::string code = Register(1, "昆明ＹＭＣＡ（滇池） 服务站");
  for (const char* part : {"ymca", "ＹｍＣＡ", "(滇池)", "（滇池）服务", "池) 服", "昆 明"}) {
    EXPECT_THAT(Search(part), ElementsAre(code)) << part;
  }
}

TEST_F(NameSearchTest, AfterARenameOnlyTheNewNameIsFound) {
  const std::string code = Register(1, "昆明市滇池环保协会");
  Register(1, "昆明市滇池生态保护协会");
  EXPECT_THAT(Search("环保协会"), IsEmpty());
  EXPECT_THAT(Search("生态保护"), ElementsAre(code));
  EXPECT_THAT(Search("滇池"), ElementsAre(code));
}

TEST_F(NameSearchTest, AnOrganizationRenamedTwiceInOneChangeHasItsLastName) {
  const std::string code = CodeOfNumber(1);
  ASSERT_TRUE(
      CommitNext(*store_, {OrganizationEvent(code, "甲社区服务站"), OrganizationEvent(code, "乙社区服务站"),
                           OrganizationEvent(code, "甲社区服务队")})
          .ok());
  EXPECT_THAT(Search("服务站"), IsEmpty());
  EXPECT_THAT(Search("乙社"), IsEmpty());
  EXPECT_THAT(Search("甲社区服务队"), ElementsAre(code));
}

TEST_F(NameSearchTest, ANameThatHoldsThePartTwiceIsFoundOnce) {
  const std::string code = Register(1, "光光光光光");
  EXPECT_THAT(Search("光光"), ElementsAre(code));
}

TEST_F(NameSearchTest, MoreThanTheLimitIsSaidAndExactlyTheLimitIsNot) {
  for (int i = 1; i <= 5; ++i) Register(i, "滇池协会" + std::to_string(i));
  const auto all = *store_->SearchNames("滇池", 5);
  EXPECT_EQ(all.codes.size(), 5u);
  EXPECT_FALSE(all.truncated);
  const auto some = *store_->SearchNames("滇池", 4);
  EXPECT_EQ(some.codes.size(), 4u);
  EXPECT_TRUE(some.truncated);
}

TEST_F(NameSearchTest, LongTextsThatShareABeginningAreToldApart) {
  const std::string one = Register(1, "昆明市五华区社会工作服务中心一");
  const std::string two = Register(2, "昆明市五华区社会工作服务中心二");
  EXPECT_THAT(Search("昆明市五华区社会"), UnorderedElementsAre(one, two));
  EXPECT_THAT(Search("昆明市五华区社会工作服务中心二"), ElementsAre(two));
}

// The index alone answers: with every row of the organizations gone, short texts are found all the same.
TEST_F(NameSearchTest, ItNeverScansNames) {
  const std::string code = Register(1, "五华区晨光社会工作服务中心");
  store_.reset();
  {
    const auto tables = *Tables::Open(Options());
    const auto rows = tables->IterateAll(Table::kOrganizations, false);
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
      ASSERT_TRUE(tables->db().Delete({}, tables->handle(Table::kOrganizations), rows->key()).ok());
    }
  }
  store_ = *Store::Open(Options());
  EXPECT_THAT(Search("晨光社会"), ElementsAre(code));
}

TEST(FoldName, BytesThatAreNotUtf8StayAndBreakNothing) {
  EXPECT_EQ(FoldName("\xFF\xE6\x98"), "\xFF\xE6\x98");
  EXPECT_EQ(CountCharacters("\xFF\xE6\x98"), 3u);
  EXPECT_EQ(CountCharacters("晨光a\xF0\x9F\x98\x80"), 4u);
  EXPECT_EQ(FirstCharacters("晨光社会", 2), "晨光");
  EXPECT_EQ(FirstCharacters("晨", 2), "晨");
}

TEST(NameIndex, AChangeOfNameTouchesOnlyTheSuffixesThatDiffer) {
  std::vector<NameKeyChange> changes;
  AppendNameChanges("甲服务中心", "乙服务中心", CodeOfNumber(1), changes);
  ASSERT_EQ(changes.size(), 2u);
  std::set<bool> kinds = {changes[0].added, changes[1].added};
  EXPECT_EQ(kinds.size(), 2u);
  changes.clear();
  AppendNameChanges("甲", "甲", CodeOfNumber(1), changes);
  EXPECT_THAT(changes, IsEmpty());
}

}  // namespace
}  // namespace chengxin::storage
