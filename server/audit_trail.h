// The audit trail of this node as calls write to it: a bounded buffer before the store (rules 55, 63).
#ifndef CHENGXIN_SERVER_AUDIT_TRAIL_H_
#define CHENGXIN_SERVER_AUDIT_TRAIL_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "storage/audit_store.h"

namespace chengxin::server {

// An entry is written this long after its call, at the latest; what the disk takes comes on top.
inline constexpr absl::Duration kAuditWriteInterval = absl::Milliseconds(500);
// What is older than the days configured is dropped at the start, and then as often as this.
inline constexpr absl::Duration kAuditRetentionInterval = absl::Hours(24);

struct AuditTrailOptions {
  // Entries that may wait, calls under way that will leave one among them.
  size_t buffer_entries = 65'536;
  // How long entries are kept; never less than storage::kLeastAuditAge.
  absl::Duration keep = absl::Hours(24 * 400);
};

struct AuditStats {
  uint64_t written = 0;  // since the start
  uint64_t waiting = 0;
  uint64_t shed = 0;        // calls refused because no entry could be taken
  uint64_t unrecorded = 0;  // refused calls that left no entry because places ran low
  // Why writing has stopped; empty while it goes on.
  std::string failure;
};

// A call that is to leave an entry takes a place before it does anything and puts the entry when it ends:
// what was done always has its entry. One thread writes. After a failed write nothing is written any more, no
// place is given, and what waits stays until the process ends. Thread-safe.
class AuditTrail {
 public:
  // `clock` must outlive it.
  AuditTrail(std::unique_ptr<storage::AuditStore> store, Clock& clock, const AuditTrailOptions& options);
  // Stops where Stop was not called.
  ~AuditTrail();
  AuditTrail(const AuditTrail&) = delete;
  AuditTrail& operator=(const AuditTrail&) = delete;

  // Takes a place. False where none is free or writing has failed: the call must be shed.
  bool TakePlace();
  // Uses a place that was taken. `bytes`: a v1::AuditEntry without sequence and time.
  void Put(std::string bytes);
  // For the end of a stream, whose place went to the entry of its start: held for as long as a stream lasts,
  // places would run out. Streams are limited elsewhere, so this may exceed the buffer by no more than they.
  void PutWithoutPlace(std::string bytes);
  // For a call that was refused before it did anything: leaves the entry while half of the places are free,
  // and else counts it, so that whoever is refused cannot keep others from being served.
  void PutRefusal(std::string bytes);

  // Returns once everything put before is written, or writing has failed, or nothing was written for as long.
  void Flush(absl::Duration longest = absl::InfiniteDuration());
  // Writes what waits and ends. Calls must have ended. False where writing has failed: the store must then
  // not be closed, and the process must end without destroying this.
  bool Stop();

  AuditStats Stats() const;
  const AuditTrailOptions& options() const { return options_; }
  // To read from. What was put is there after Flush.
  const storage::AuditStore& store() const { return *store_; }

 private:
  void Run();
  void Write();
  void DropWhatIsOld();
  void Fail(const absl::Status& status);

  const std::unique_ptr<storage::AuditStore> store_;
  Clock& clock_;
  const AuditTrailOptions options_;

  // Places in use: calls under way, entries that wait, and those being written.
  std::atomic<size_t> places_{0};
  std::atomic<uint64_t> shed_{0};
  std::atomic<uint64_t> unrecorded_{0};
  std::atomic<bool> failed_{false};

  // The writer's alone.
  std::vector<storage::NewAuditEntry> writing_;
  absl::Time dropped_at_ = absl::InfinitePast();

  mutable Mutex mu_;
  CondVar wake_;
  CondVar written_;
  std::vector<storage::NewAuditEntry> waiting_ CHENGXIN_GUARDED_BY(mu_);
  uint64_t put_count_ CHENGXIN_GUARDED_BY(mu_) = 0;
  uint64_t written_count_ CHENGXIN_GUARDED_BY(mu_) = 0;
  uint64_t flush_to_ CHENGXIN_GUARDED_BY(mu_) = 0;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;
  std::string failure_ CHENGXIN_GUARDED_BY(mu_);

  std::thread thread_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AUDIT_TRAIL_H_
