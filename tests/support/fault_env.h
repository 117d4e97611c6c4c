// A file system that fails and loses power, for tests: the real one behind a counter.
#ifndef CHENGXIN_TESTS_SUPPORT_FAULT_ENV_H_
#define CHENGXIN_TESTS_SUPPORT_FAULT_ENV_H_

#include <cstdint>
#include <memory>

#include "rocksdb/env.h"

namespace chengxin {

class FaultFileSystem;

// What a power loss leaves of bytes that were written and not synced.
enum class UnsyncedTail {
  kLost,  // nothing
  kTorn,  // the first half, so that the last write is there in part
};

// Which calls a fault strikes.
enum class FaultyCalls {
  kWrites,  // creating, appending, syncing, renaming
  kSyncs,   // syncing a file's bytes
};

// Thread-safe. Writes to the real file system; a sync is taken for granted once asked for, so that tests need
// not wait for the disk. RocksDB's LOG files are neither counted nor lost.
class FaultEnv {
 public:
  FaultEnv();
  ~FaultEnv();

  // Lives as long as this.
  rocksdb::Env* env() const { return env_.get(); }

  // From the `nth` such call on, counted from 1 and from now, every call that writes fails: a disk that is
  // gone. 0: none fails.
  void FailFrom(uint64_t nth, FaultyCalls calls = FaultyCalls::kWrites);
  // From now on whoever syncs a file waits for Release.
  void HoldSyncs();
  // Returns once somebody waits so.
  void WaitForHeldSync();
  void ReleaseSyncs();
  // Whether a call has failed since FailFrom.
  bool failed() const;
  // Calls counted since FailFrom.
  uint64_t calls() const;

  // The machine loses power and comes back: bytes that were not synced go, as do files and renames whose
  // folder was not synced. Nothing fails afterwards. All files must be closed.
  void LosePower(UnsyncedTail tail);

 private:
  std::shared_ptr<FaultFileSystem> files_;
  std::unique_ptr<rocksdb::Env> env_;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_FAULT_ENV_H_
