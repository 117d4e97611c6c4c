#include "bench/replay.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <utility>

#include "bench/population.h"
#include "rocksdb/db.h"
#include "rocksdb/transaction_log.h"
#include "storage/status.h"
#include "storage/tables.h"

namespace chengxin::bench {

namespace {

constexpr absl::Duration kBetweenLooks = absl::Milliseconds(20);

std::unique_ptr<storage::Tables> OpenTables(const std::string& data) {
  auto tables = storage::Tables::Open({.folder = data});
  Require(tables.status(), data.c_str());
  return *std::move(tables);
}

}  // namespace

KeptLogs::KeptLogs(std::string data, std::string keep) : data_(std::move(data)), keep_(std::move(keep)) {
  std::filesystem::create_directories(keep_);
  thread_ = std::thread([this] { Watch(); });
}

KeptLogs::~KeptLogs() {
  if (thread_.joinable()) Stop();
}

void KeptLogs::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    stop_.NotifyAll();
  }
  thread_.join();
}

void KeptLogs::Link() {
  std::error_code gone;  // a log may be deleted, or linked already
  for (const auto& entry : std::filesystem::directory_iterator(data_, gone)) {
    if (entry.path().extension() != ".log") continue;
    std::filesystem::create_hard_link(entry.path(), keep_ / entry.path().filename(), gone);
  }
}

void KeptLogs::Watch() {
  MutexLock lock(mu_);
  while (!stopping_) {
    Link();
    stop_.WaitFor(mu_, kBetweenLooks);
  }
}

void KeptLogs::Restore() {
  Stop();
  Link();
  const std::filesystem::path archive = std::filesystem::path(data_) / "archive";
  std::filesystem::create_directories(archive);
  for (const auto& entry : std::filesystem::directory_iterator(keep_)) {
    std::filesystem::rename(entry.path(), archive / entry.path().filename());
  }
}

uint64_t LastSequence(const std::string& data) { return OpenTables(data)->db().GetLatestSequenceNumber(); }

Replayed Replay(const std::string& written, uint64_t after, const std::string& limit) {
  const std::unique_ptr<storage::Tables> from = OpenTables(written);
  const std::unique_ptr<storage::Tables> to = OpenTables(limit);
  std::unique_ptr<rocksdb::TransactionLogIterator> logs;
  Require(storage::ToStatus(from->db().GetUpdatesSince(after + 1, &logs), "read the logs"), "replay");
  rocksdb::WriteOptions synced;
  synced.sync = true;
  Replayed replayed;
  for (; logs->Valid(); logs->Next()) {
    const rocksdb::BatchResult batch = logs->GetBatch();
    const auto start = std::chrono::steady_clock::now();
    Require(storage::ToStatus(to->db().Write(synced, batch.writeBatchPtr.get()), "write"), "replay");
    replayed.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    replayed.bytes += batch.writeBatchPtr->GetDataSize();
    ++replayed.batches;
  }
  Require(storage::ToStatus(logs->status(), "read the logs"), "replay");
  return replayed;
}

}  // namespace chengxin::bench
