#include "server/sealing_keys_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/ledger.h"

namespace chengxin::server {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kText[] =
    "keys { id: \"k-1\" algorithm: \"AES-256-GCM\" "
    "key: \"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\" }\n";

class SealingKeysFile : public testing::Test {
 protected:
  void Write(const std::string& text, mode_t mode = 0600) {
    std::ofstream(path_) << text;
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
  }
  absl::Status Read() { return ReadSealingKeys(path_).status(); }
  mode_t Mode() {
    struct stat facts {};
    EXPECT_EQ(::stat(path_.c_str(), &facts), 0);
    return facts.st_mode & 0777;
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.path() + "/keys.txtpb";
  const absl::Time now_ = FirstStamp();
};

TEST_F(SealingKeysFile, IsReadWhereItsOwnerAloneMayReadIt) {
  Write(kText);
  const auto keys = ReadSealingKeys(path_);
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ((*keys)->newest().id, "k-1");
  for (const mode_t mode : {0640u, 0604u, 0660u, 0620u, 0601u}) {
    Write(kText, mode);
    EXPECT_EQ(Read().code(), absl::StatusCode::kFailedPrecondition) << std::oct << mode;
    EXPECT_THAT(std::string(Read().message()), HasSubstr("keys.txtpb"));
  }
}

TEST_F(SealingKeysFile, WithoutAPathThereAreNoKeysAndWithoutAFileIsAnError) {
  EXPECT_EQ(*ReadSealingKeys(""), nullptr);
  EXPECT_EQ(Read().code(), absl::StatusCode::kNotFound);
}

TEST_F(SealingKeysFile, AFaultNamesTheFileAndTellsNoKey) {
  Write("keys { id: \"k-1\" algorithm: \"AES-256-GCM\" key: 00112233aabbccdd }");
  EXPECT_EQ(Read().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(Read().message()), testing::AllOf(HasSubstr("keys.txtpb"), Not(HasSubstr("0011"))));
  Write("keys { id: \"k-1\" algorithm: \"AES-256-GCM\" key: \"00112233\" }");
  EXPECT_THAT(std::string(Read().message()),
              testing::AllOf(HasSubstr("keys.txtpb"), HasSubstr("k-1"), Not(HasSubstr("0011"))));
  Write(std::string(kText) + kText);
  EXPECT_THAT(std::string(Read().message()), HasSubstr("is that of another key"));
  Write("");
  EXPECT_THAT(std::string(Read().message()), HasSubstr("there is no key"));
}

TEST_F(SealingKeysFile, AKeyIsAddedToTheFileWhichIsMadeForItsOwnerAlone) {
  const auto first = AddSealingKey(path_, now_);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Mode(), 0600u);
  EXPECT_EQ((*ReadSealingKeys(path_))->newest().id, *first);
  const auto second = AddSealingKey(path_, now_);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(Mode(), 0600u);
  const auto keys = *ReadSealingKeys(path_);
  EXPECT_EQ(keys->newest().id, *second);
  ASSERT_NE(keys->Find(*first), nullptr);
  EXPECT_NE(keys->Find(*first)->bytes, keys->newest().bytes);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1) << "nothing beside it";
}

TEST_F(SealingKeysFile, AFileThatIsNotOneIsLeftAsItIs) {
  for (const char* text : {"something else", "keys { id: \"k-1\" }"}) {
    Write(text);
    EXPECT_EQ(AddSealingKey(path_, now_).status().code(), absl::StatusCode::kInvalidArgument);
    std::ifstream file(path_);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
  }
  Write(kText, 0644);
  EXPECT_EQ(AddSealingKey(path_, now_).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(AddSealingKey(folder_.path() + "/none/keys", now_).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace chengxin::server
