// Looks through the bytes of a folder's files, as somebody who has the disk does.
#ifndef CHENGXIN_TESTS_SUPPORT_FOLDER_BYTES_H_
#define CHENGXIN_TESTS_SUPPORT_FOLDER_BYTES_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace chengxin {

// The names of the files that hold `bytes` anywhere.
inline std::vector<std::string> FilesHolding(const std::string& folder, std::string_view bytes) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (text.find(bytes) != std::string::npos) names.push_back(entry.path().filename().string());
  }
  return names;
}

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_FOLDER_BYTES_H_
