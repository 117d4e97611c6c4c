// What a Change destroys is taken out of the files while the engine runs, before it is closed at the latest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "storage/store.h"
#include "tests/support/folder_bytes.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

using testing::IsEmpty;
using testing::Not;

TEST(Rule62, NothingOfWhatWasDestroyedIsInTheFolderOfAClosedEngineAndItVerifies) {
  constexpr std::string_view kPhone = "0871-61234567";
  World world;
  v1::Organization organization = World::OrganizationOf(1);
  organization.set_phone(std::string(kPhone));
  ASSERT_TRUE(world.Import({organization}).ok());
  world.Restart();  // from the write-ahead log into a table file
  ASSERT_THAT(FilesHolding(world.folder(), kPhone), Not(IsEmpty()));

  v1::DestroySealedPartsRequest request;
  request.set_name("organizations/" + World::CodeOf(1).ToString());
  request.set_reason("已注销，保存期限届满");
  request.set_basis("个人信息保护法第四十七条");
  request.set_request_id(world.NextRequestId());
  const auto destroyed = world.engine().SubmitAndWait(World::Wuhua(), request);
  ASSERT_TRUE(destroyed.ok()) << destroyed.status();
  ASSERT_EQ(destroyed->events.size(), 1u);
  EXPECT_EQ(destroyed->events[0].destruction().places_size(), 2) << "the organization's and the header";
  // Writing goes on meanwhile.
  ASSERT_TRUE(world.Import({World::OrganizationOf(2)}).ok());

  world.Close();
  EXPECT_THAT(FilesHolding(world.folder(), kPhone), IsEmpty());
  const absl::Status verified =
      storage::Verify({.folder = world.folder() + "/data"}, world.folder() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

}  // namespace
}  // namespace chengxin::engine
