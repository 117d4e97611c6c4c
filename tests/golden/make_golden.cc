// Makes the data folder that tests/unit/storage/golden_test.cc reads: run once for a new format version, with
// the folder to make, and commit what it made. Salts are random, so that no two runs make the same hashes.
#include <cstdio>

#include "absl/strings/escaping.h"
#include "storage/store.h"
#include "tests/support/ledger.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_golden FOLDER\n");
    return 2;
  }
  // Opening again puts what was written into table files; the last Change stays in the write-ahead log.
  for (const bool first : {true, false}) {
    const auto store = chengxin::storage::Store::Open({.folder = argv[1]});
    if (!store.ok()) {
      std::fprintf(stderr, "%s\n", store.status().ToString().c_str());
      return 1;
    }
    const absl::Status written =
        first
            ? chengxin::WriteSampleHistory(**store)
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
