// The house rules that a machine can check.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace chengxin {
namespace {

namespace fs = std::filesystem;

constexpr int kLongestFile = 600;  // lines

std::string Read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Files of the tree, from its root, without what is built or installed.
std::vector<fs::path> Files(const std::function<bool(const fs::path&)>& wanted) {
  static const std::set<std::string> kSkipped = {"build", "var", "node_modules", ".git", ".cache"};
  std::vector<fs::path> files;
  for (auto it = fs::recursive_directory_iterator(CHENGXIN_SOURCE_DIR);
       it != fs::recursive_directory_iterator(); ++it) {
    if (it->is_directory() && kSkipped.contains(it->path().filename())) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file() && wanted(it->path())) {
      files.push_back(fs::relative(it->path(), CHENGXIN_SOURCE_DIR));
    }
  }
  return files;
}

bool IsCode(const fs::path& file) { return file.extension() == ".cc" || file.extension() == ".h"; }

fs::path Full(const fs::path& file) { return fs::path(CHENGXIN_SOURCE_DIR) / file; }

TEST(Tree, EveryTestFileIsRegistered) {
  const auto tests = Files([](const fs::path& file) { return file.string().ends_with("_test.cc"); });
  EXPECT_GT(tests.size(), 20u);
  for (const fs::path& test : tests) {
    const std::string cmake = Read(Full(test).parent_path() / "CMakeLists.txt");
    EXPECT_NE(cmake.find(test.filename().string()), std::string::npos) << test << " is in no CMakeLists.txt";
  }
}

TEST(Tree, EverySourceFileIsBuilt) {
  for (const fs::path& source : Files([](const fs::path& file) { return file.extension() == ".cc"; })) {
    // cmake/precompile.cmake builds what lies beside it.
    if (source.parent_path() == "cmake") continue;
    bool listed = false;
    // A folder's sources may be listed by the folder above, with their path.
    for (fs::path folder = source.parent_path(); !listed; folder = folder.parent_path()) {
      const fs::path cmake = Full(folder) / "CMakeLists.txt";
      const std::string name = fs::relative(source, folder.empty() ? "." : folder);
      listed = fs::exists(cmake) && Read(cmake).find(name) != std::string::npos;
      if (folder.empty()) break;
    }
    EXPECT_TRUE(listed) << source << " is built by nobody";
  }
}

TEST(Tree, FilesHaveOneSubject) {
  for (const fs::path& file : Files(IsCode)) {
    const std::string text = Read(Full(file));
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), kLongestFile)
        << file << " is too long: which idea is missing?";
    for (const char* name : {"util", "utils", "common", "helper", "helpers", "manager", "misc"}) {
      EXPECT_NE(file.stem(), name) << file;
      EXPECT_NE(file.parent_path().filename(), name) << file;
    }
  }
}

TEST(Tree, HeadersHaveGuardsNamedAfterThem) {
  for (const fs::path& file : Files([](const fs::path& f) { return f.extension() == ".h"; })) {
    std::string guard = "CHENGXIN_" + file.string() + "_";
    for (char& c : guard)
      c = std::isalnum(static_cast<unsigned char>(c)) ? static_cast<char>(std::toupper(c)) : '_';
    EXPECT_NE(Read(Full(file)).find("#ifndef " + guard + "\n"), std::string::npos)
        << file << " wants " << guard;
  }
}

TEST(Tree, NothingIsLeftUnfinished) {
  // Written in two parts, so that this file does not find itself.
  const std::regex marks(std::string("\\b(TO") + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");
  for (const fs::path& file : Files([](const fs::path& f) {
         return IsCode(f) || f.extension() == ".proto" || f.extension() == ".md" || f.extension() == ".txt";
       })) {
    if (file.filename() == "package-lock.json") continue;
    EXPECT_FALSE(std::regex_search(Read(Full(file)), marks)) << file;
  }
}

TEST(Tree, PackagesAreListedInOnePlace) {
  for (const fs::path& file : Files([](const fs::path& f) {
         return f.parent_path().filename() == "deploy" || f.parent_path().filename() == ".ci";
       })) {
    if (file.filename() == "install") continue;
    EXPECT_EQ(Read(Full(file)).find("apt-get"), std::string::npos) << file << " installs packages on its own";
  }
}

TEST(Tree, TheCommandsCanBeRun) {
  for (const char* command : {"deploy/up", "deploy/test", "deploy/install", ".ci/run"}) {
    ASSERT_TRUE(fs::exists(Full(command))) << command;
    EXPECT_NE(fs::status(Full(command)).permissions() & fs::perms::owner_exec, fs::perms::none) << command;
  }
}

}  // namespace
}  // namespace chengxin
