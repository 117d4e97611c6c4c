// chengxind with sealing keys: made by it, needed by it, and never without them (rule 62).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/process/office.h"
#include "tests/support/daemon.h"
#include "tests/support/folder_bytes.h"
#include "tests/support/world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class SealingProcess : public testing::Test {
 protected:
  Ended NewKey() const { return Daemon::Run({"--new-sealing-key", keys_}); }
  std::vector<std::string> WithKeys() const { return {"--sealing-keys-file", keys_}; }
  Ended Verify(std::vector<std::string> more) const {
    more.insert(more.end(), {"--verify", "--data-folder", folder_.data()});
    return Daemon::Run(more);
  }

  static constexpr std::string_view kPhone = "0871-61234567";
  const TestFolder folder_;
  const std::string keys_ = folder_.path() + "/sealing-keys.txtpb";
};

TEST_F(SealingProcess, Rule62AFolderWrittenWithKeysHoldsNoTelephoneNumberAndNeedsThemToBeRead) {
  const Ended made = NewKey();
  ASSERT_EQ(made.exit_code, 0) << made.errors;
  ASSERT_THAT(FilesHolding(folder_.path(), "AES-256-GCM"), ElementsAre("sealing-keys.txtpb"));
  {
    const auto daemon = Daemon::Start(folder_.data(), WithKeys());
    ASSERT_TRUE(daemon.ok()) << daemon.status();
    {
      Office office(**daemon);
      ASSERT_TRUE(office.OpenForBusiness().ok());
      v1::Organization organization = World::OrganizationOf(1);
      organization.set_phone(std::string(kPhone));
      ASSERT_TRUE(office.Import({organization}, "one").ok());
    }
    EXPECT_EQ((*daemon)->Stop().exit_code, 0);
  }
  EXPECT_THAT(FilesHolding(folder_.path(), kPhone), IsEmpty());
  EXPECT_THAT(FilesHolding(folder_.path(), World::CodeOf(1).ToString()), Not(IsEmpty()));
  EXPECT_EQ(Verify(WithKeys()).exit_code, 0);
  EXPECT_EQ(Verify({}).exit_code, 1);
  const auto without = Daemon::Start(folder_.data());
  ASSERT_FALSE(without.ok());
  EXPECT_THAT(std::string(without.status().message()), HasSubstr("is not among the sealing keys"));

  // A second key seals what comes, the first still opens what was.
  ASSERT_EQ(NewKey().exit_code, 0);
  const auto daemon = Daemon::Start(folder_.data(), WithKeys());
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  Office office(**daemon);
  v1::GetOrganizationRequest get;
  get.set_code(World::CodeOf(1).ToString());
  v1::GetOrganizationResponse answer;
  grpc::ClientContext context;
  As(context, "civil-affairs");
  const grpc::Status status = office.organizations().GetOrganization(&context, get, &answer);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(answer.organization().phone(), kPhone);
}

}  // namespace
}  // namespace chengxin
