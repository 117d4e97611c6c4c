#include "server/ready_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace chengxin::server {
namespace {

namespace fs = std::filesystem;

class ReadyFileTest : public testing::Test {
 protected:
  ReadyFileTest() {
    std::string pattern = (fs::temp_directory_path() / "chengxin-ready-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ReadyFileTest() override { fs::remove_all(folder_); }
  std::string path() const { return (folder_ / "ready").string(); }
  std::string Text() const {
    std::stringstream text;
    text << std::ifstream(path()).rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST_F(ReadyFileTest, TellsThePortsWhileTheServerServes) {
  auto file = ReadyFile::Write(path(), {.pid = 12, .listen_port = 7400, .metrics_port = 7401});
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(Text(), "pid=12\nlisten_port=7400\nmetrics_port=7401\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1) << "no draft stays behind";
  file->reset();
  EXPECT_FALSE(fs::exists(path()));
}

TEST_F(ReadyFileTest, WithoutAMetricsPageThereIsNoSuchPort) {
  const auto file = ReadyFile::Write(path(), {.pid = 12, .listen_port = 7400, .metrics_port = 0});
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(Text(), "pid=12\nlisten_port=7400\n");
}

TEST_F(ReadyFileTest, WhatAKilledProcessLeftIsCleared) {
  std::ofstream(path()) << "pid=1\n";
  EXPECT_TRUE(ReadyFile::Clear(path()).ok());
  EXPECT_FALSE(fs::exists(path()));
  EXPECT_TRUE(ReadyFile::Clear(path()).ok()) << "nothing to clear is no error";
}

TEST_F(ReadyFileTest, AFolderThatIsNotThereIsRefused) {
  const auto file = ReadyFile::Write((folder_ / "none" / "ready").string(), {});
  EXPECT_EQ(file.status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace chengxin::server
