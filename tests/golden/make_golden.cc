// Makes the data folders that tests/unit/storage/golden_test.cc reads: run once for a new format version, or
// for what is added to one, with the folder to make and what is to be in it, and commit what it made. Salts
// are random, so that no two runs make the same hashes.
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "base/status.h"
#include "domain/resource_names.h"
#include "storage/store.h"
#include "tests/support/ledger.h"

namespace chengxin {
namespace {

// What is written between an opening of the folder and the next, and with which sealing keys. Opening again
// puts what was written into table files; the last Change stays in the write-ahead log.
struct Stage {
  std::vector<std::string> keys;
  std::function<absl::Status(storage::Store&)> write;
};

absl::Status Register(storage::Store& store, int number, std::string_view name) {
  return CommitNext(store, {OrganizationEvent(CodeOfNumber(number), name)}).status();
}

absl::Status RegisterTheThird(storage::Store& store) { return Register(store, 3, "昆明市官渡区助老服务社"); }

// What is sealed of the second organization goes.
absl::Status DestroyTheSecond(storage::Store& store) {
  const std::string name = domain::OrganizationName(CodeOfNumber(2));
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<log::v1::SealedPlace> places,
                            store.BeginGroup()->ListSealedParts(name));
  CHENGXIN_RETURN_IF_ERROR(CommitNext(store, {DestructionEvent(name, std::move(places))}).status());
  return Register(store, 4, "昆明市西山区护苗服务社");
}

std::vector<Stage> StagesOf(std::string_view what) {
  if (what == "records") return {{{}, WriteSampleHistory}, {{}, RegisterTheThird}};
  if (what == "cases") return {{{}, WriteProcedureHistory}, {{}, RegisterTheThird}};
  if (what == "sealed") {
    return {{{}, WriteSampleHistory},
            {{"golden-1"}, RegisterTheThird},
            {{"golden-1", "golden-2"}, DestroyTheSecond}};
  }
  return {};
}

absl::Status Make(const std::string& folder, const Stage& stage) {
  storage::StoreOptions options{.folder = folder};
  if (!stage.keys.empty()) options.sealing_keys = SealingKeysOf(stage.keys);
  CHENGXIN_ASSIGN_OR_RETURN(const auto store, storage::Store::Open(options));
  CHENGXIN_RETURN_IF_ERROR(stage.write(*store));
  std::printf("revision %llu, leaf hash %s\n", static_cast<unsigned long long>(store->head().revision),
              absl::BytesToHexString(store->head().leaf_hash).c_str());
  return absl::OkStatus();
}

}  // namespace
}  // namespace chengxin

int main(int argc, char** argv) {
  const std::vector<chengxin::Stage> stages = chengxin::StagesOf(argc == 3 ? argv[2] : "");
  if (stages.empty()) {
    std::fprintf(stderr, "usage: make_golden FOLDER records|cases|sealed\n");
    return 2;
  }
  for (const chengxin::Stage& stage : stages) {
    const absl::Status made = chengxin::Make(argv[1], stage);
    if (made.ok()) continue;
    std::fprintf(stderr, "%s\n", made.ToString().c_str());
    return 1;
  }
  return 0;
}
