// The real command line against a real chengxind: what officers and scripts see.
#ifndef CHENGXIN_TESTS_PROCESS_COMMAND_LINE_H_
#define CHENGXIN_TESTS_PROCESS_COMMAND_LINE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/util/json_util.h"
#include "tests/support/daemon.h"

namespace chengxin {

// The code of an invented social organization of 五华区.
std::string CodeOf(std::string_view body);
// In Asia/Shanghai.
std::string Today();
// The lines that are not empty.
std::vector<std::string> Lines(const std::string& text);

template <typename Message>
Message FromJson(const std::string& json) {
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(status.ok()) << status.ToString() << ": " << json;
  return message;
}

// One server for all tests of a suite, with three organizations of 五华区, all sources fresh.
class CommandLine : public testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  // The server with these flags beside its own; all sources read as of an instant (empty: now, and the file's
  // time).
  static void Open(const std::vector<std::string>& server_flags, const std::string& read_as_of);
  // All sources are read again, with nothing new.
  static void ReadSources(const std::string& as_of);

  static absl::StatusOr<std::unique_ptr<Process>> StartCommand(std::vector<std::string> arguments);
  static Ended Run(std::vector<std::string> arguments);
  // A purchaser asks before the award.
  static Ended Check(const std::string& code, std::vector<std::string> more = {});
  // The registering authority files a penalty with its listing decision.
  static Ended Penalize(const std::string& code, const std::string& yuan, const std::string& ground,
                        std::vector<std::string> more = {});
  // A file of the test's folder; its path.
  static std::string Write(const std::string& name, std::string_view content);

  static std::string folder_;
  static std::unique_ptr<Daemon> daemon_;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_PROCESS_COMMAND_LINE_H_
