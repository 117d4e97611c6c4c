#include "client/cli/counts.h"

#include <algorithm>

#include "CLI/CLI.hpp"
#include "base/strings.h"

namespace chengxin::cli {

namespace {

// More digits than any number of entries or revisions needs, and few enough for 64 bits.
constexpr size_t kMostDigits = 18;

CLI::Validator WholeNumber() {
  return CLI::Validator(
      [](const std::string& text) {
        const bool digits =
            !text.empty() && text.size() <= kMostDigits &&
            std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        return digits ? std::string()
                      : StrCat("\"", text.substr(0, 40),
                               "\" 应为不小于0的整数 (expected a whole number, 0 or above)");
      },
      "");
}

}  // namespace

void AddLimitFlag(CLI::App& verb, int64_t& limit) {
  verb.add_option("--limit", limit, "最多列出多少，0为全部 (at most; 0: all)")
      ->check(WholeNumber())
      ->capture_default_str();
}

void AddRevisionFlag(CLI::App& verb, const std::string& name, uint64_t& revision, const std::string& help) {
  verb.add_option(name, revision, help)->check(WholeNumber());
}

}  // namespace chengxin::cli
