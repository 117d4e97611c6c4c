// The limit of the write path: RocksDB alone, replaying the very WriteBatches that the store wrote, in the
// same groups, each synced.
//
// They are read back from the write-ahead logs of the finished folder, so that nothing in the store has to
// know of it.
#ifndef CHENGXIN_BENCH_REPLAY_H_
#define CHENGXIN_BENCH_REPLAY_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>

#include "base/mutex.h"

namespace chengxin::bench {

// Keeps the write-ahead logs that a running store deletes, by linking them into a folder beside it as they
// appear.
class KeptLogs {
 public:
  KeptLogs(std::string data, std::string keep);
  ~KeptLogs();
  KeptLogs(const KeptLogs&) = delete;
  KeptLogs& operator=(const KeptLogs&) = delete;

  // Once the folder is closed: puts the logs where RocksDB looks for archived ones.
  void Restore();

 private:
  void Link();
  void Watch();
  // Ends the thread. Once.
  void Stop();

  const std::string data_;
  const std::filesystem::path keep_;
  Mutex mu_;
  CondVar stop_;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

// The sequence number of the last write of a closed folder.
uint64_t LastSequence(const std::string& data);

struct Replayed {
  size_t batches = 0;
  uint64_t bytes = 0;
  double seconds = 0;  // in RocksDB's Write alone
};
// Writes what `written` was written after sequence number `after` into `limit`, a folder in the state of that
// number.
Replayed Replay(const std::string& written, uint64_t after, const std::string& limit);

}  // namespace chengxin::bench

#endif  // CHENGXIN_BENCH_REPLAY_H_
