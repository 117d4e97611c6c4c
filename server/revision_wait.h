// Waiting for a revision without a thread (design: read path, at_least).
#ifndef CHENGXIN_SERVER_REVISION_WAIT_H_
#define CHENGXIN_SERVER_REVISION_WAIT_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "engine/engine.h"
#include "grpcpp/alarm.h"
#include "grpcpp/server_context.h"

namespace chengxin::server {

// One wait. Thread-safe. Whoever started it keeps the pointer until `done` was called.
class RevisionWait : public std::enable_shared_from_this<RevisionWait> {
 public:
  // Called once, on a thread of gRPC's: Ok when the revision is visible; Unavailable (REVISION_NOT_REACHED)
  // at the deadline or where the engine stops first; Cancelled after Cancel. After Stop, on its thread,
  // Unavailable (SHUTTING_DOWN).
  using Done = std::function<void(const absl::Status&)>;

  static std::shared_ptr<RevisionWait> Start(engine::Engine& engine, uint64_t revision,
                                             std::chrono::system_clock::time_point deadline, Done done);
  void Cancel();
  void Stop();

 private:
  RevisionWait(engine::Engine& engine, uint64_t revision, Done done);
  void Begin(std::chrono::system_clock::time_point deadline);
  void Settle(const absl::Status& status);
  absl::Status NotReached() const;

  engine::Engine& engine_;
  const uint64_t revision_;
  grpc::Alarm deadline_;
  // Leads from the committer's thread, which calls when the revision is visible, to one of gRPC's: answering
  // may read from disk, or wait for the committer.
  grpc::Alarm hop_;

  Mutex mu_;
  Done done_ CHENGXIN_GUARDED_BY(mu_);  // empty once called
  uint64_t ticket_ CHENGXIN_GUARDED_BY(mu_) = 0;
};

// When to give up: a little before the call's deadline, so that the answer still arrives, and never later
// than `longest` from now.
std::chrono::system_clock::time_point RevisionWaitDeadline(const grpc::CallbackServerContext& context,
                                                           absl::Duration longest);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_REVISION_WAIT_H_
