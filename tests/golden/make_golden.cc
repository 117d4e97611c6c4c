// Makes the data folders that tests/unit/storage/golden_test.cc reads: run once for a new format version, or
// for what is added to one, with the folder to make and what is to be in it, and commit what it made. Salts
// are random, so that no two runs make the same hashes.
#include <cstdio>
#include <string_view>

#include "absl/strings/escaping.h"
#include "storage/store.h"
#include "tests/support/ledger.h"

int main(int argc, char** argv) {
  const std::string_view what = argc == 3 ? argv[2] : "";
  if (what != "records" && what != "cases") {
    std::fprintf(stderr, "usage: make_golden FOLDER records|cases\n");
    return 2;
  }
  const auto write = what == "cases" ? chengxin::WriteProcedureHistory : chengxin::WriteSampleHistory;
  // Opening again puts what was written into table files; the last Change stays in the write-ahead log.
  for (const bool first : {true, false}) {
    const auto store = chengxin::storage::Store::Open({.folder = argv[1]});
    if (!store.ok()) {
      std::fprintf(stderr, "%s\n", store.status().ToString().c_str());
      return 1;
    }
    const absl::Status written =
        first
            ? write(**store)
            : chengxin::CommitNext(
                  **store, {chengxin::OrganizationEvent(chengxin::CodeOfNumber(3), "昆明市官渡区助老服务社")})
                  .status();
    if (!written.ok()) {
      std::fprintf(stderr, "%s\n", written.ToString().c_str());
      return 1;
    }
    std::printf("revision %llu, leaf hash %s\n", static_cast<unsigned long long>((*store)->head().revision),
                absl::BytesToHexString((*store)->head().leaf_hash).c_str());
  }
  return 0;
}
