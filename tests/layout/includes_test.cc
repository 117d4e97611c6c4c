// The layers: every #include of the tree against the arrows that docs/architecture.md draws. CMake's links do
// not enforce them, since all packaged headers lie in one folder.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace chengxin {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kDomainLeaves = {
    "catalogue_text", "civil_day", "divisions", "identity_number", "money", "uscc", "working_calendar"};

// Folder to the folders it may include, itself among them. "leaves" is domain's pure leaves, "stubs" gRPC's
// service stubs.
const std::map<std::string, std::set<std::string>> kArrows = {
    {"base", {"base"}},
    {"domain", {"domain", "base", "proto"}},
    {"storage", {"storage", "domain", "base", "proto"}},
    {"engine", {"engine", "storage", "domain", "base", "proto"}},
    {"server", {"server", "engine", "storage", "domain", "base", "proto", "stubs"}},
    {"client", {"client", "leaves", "base", "proto", "stubs"}},
};

// Libraries of others to the folders that may include them.
const std::vector<std::pair<std::string, std::set<std::string>>> kForeign = {
    {"rocksdb/", {"storage"}},
    {"grpc/", {"server", "client"}},
    {"grpcpp/", {"server", "client"}},
    {"prometheus/", {"server"}},
    {"openssl/", {"storage", "client", "server"}},
    {"spdlog/", {"base"}},
    {"CLI/", {"server", "client"}},
};

struct Include {
  std::string file;  // from the root
  int line = 0;
  std::string target;
};

std::vector<fs::path> Sources(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".h" || extension == ".cc")) files.push_back(entry.path());
  }
  return files;
}

std::vector<Include> IncludesOf(const fs::path& file) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"].*)re");
  std::vector<Include> includes;
  std::ifstream in(file);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::smatch match;
    if (std::regex_match(line, match, kInclude)) {
      includes.push_back({fs::relative(file, CHENGXIN_SOURCE_DIR), number, match[1]});
    }
  }
  return includes;
}

// What an include of our own tree is a part of; empty for headers of others.
std::string PartOf(const std::string& target) {
  if (target.ends_with(".grpc.pb.h")) return "stubs";
  if (target.ends_with(".pb.h")) return target.starts_with("google/protobuf/") ? "" : "proto";
  const size_t slash = target.find('/');
  const std::string folder = slash == std::string::npos ? "" : target.substr(0, slash);
  return kArrows.contains(folder) || folder == "tests" || folder == "bench" ? folder : "";
}

bool Allowed(const std::string& from, const std::string& target) {
  for (const auto& [prefix, folders] : kForeign) {
    if (target.starts_with(prefix)) return folders.contains(from);
  }
  const std::string part = PartOf(target);
  if (part.empty()) return true;
  const std::set<std::string>& allowed = kArrows.at(from);
  if (allowed.contains(part)) return true;
  if (part != "domain" || !allowed.contains("leaves")) return false;
  return kDomainLeaves.contains(fs::path(target).stem());
}

TEST(Includes, FollowTheArrows) {
  int seen = 0;
  for (const auto& [folder, allowed] : kArrows) {
    for (const fs::path& file : Sources(fs::path(CHENGXIN_SOURCE_DIR) / folder)) {
      for (const Include& include : IncludesOf(file)) {
        ++seen;
        EXPECT_TRUE(Allowed(folder, include.target)) << include.file << ":" << include.line << " includes "
                                                     << include.target << ", which " << folder << " may not";
      }
    }
  }
  EXPECT_GT(seen, 500) << "the tree was not found";
}

TEST(Includes, TheRulesTellRightFromWrong) {
  EXPECT_TRUE(Allowed("server", "engine/engine.h"));
  EXPECT_FALSE(Allowed("engine", "server/services.h"));
  EXPECT_FALSE(Allowed("domain", "storage/store.h"));
  EXPECT_FALSE(Allowed("base", "chengxin/v1/record.pb.h"));
  EXPECT_FALSE(Allowed("engine", "chengxin/v1/listing_service.grpc.pb.h"));
  EXPECT_FALSE(Allowed("engine", "grpcpp/grpcpp.h"));
  EXPECT_FALSE(Allowed("engine", "rocksdb/db.h"));
  EXPECT_TRUE(Allowed("client", "domain/uscc.h"));
  EXPECT_FALSE(Allowed("client", "domain/decide.h"));
  EXPECT_TRUE(Allowed("domain", "google/protobuf/message.h"));
}

// RocksDB's headers stay inside storage: no header that another layer includes brings them along.
TEST(Includes, StoragesPublicHeaderHidesRocksDb) {
  for (const char* header : {"storage/store.h", "engine/engine.h", "engine/feed.h"}) {
    for (const Include& include : IncludesOf(fs::path(CHENGXIN_SOURCE_DIR) / header)) {
      EXPECT_FALSE(include.target.starts_with("rocksdb/")) << header << ":" << include.line;
    }
  }
}

}  // namespace
}  // namespace chengxin
