// Flags that count: limits of lists and revisions.
#ifndef CHENGXIN_CLIENT_CLI_COUNTS_H_
#define CHENGXIN_CLIENT_CLI_COUNTS_H_

#include <cstdint>
#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace chengxin::cli {

// --limit: how many a list shows at most; 0: all. `limit` must outlive `verb`.
void AddLimitFlag(CLI::App& verb, int64_t& limit);
// A flag that takes a revision of the log. `revision` must outlive `verb`.
void AddRevisionFlag(CLI::App& verb, const std::string& name, uint64_t& revision, const std::string& help);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_COUNTS_H_
