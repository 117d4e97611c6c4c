// The one thread that assigns revisions (design: write path).
#ifndef CHENGXIN_ENGINE_COMMITTER_H_
#define CHENGXIN_ENGINE_COMMITTER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "domain/decide.h"
#include "engine/engine.h"
#include "storage/store.h"

namespace chengxin::engine {

// Takes commands from a bounded queue in groups, decides each on the state with the group so far, makes the
// group durable in one synced write, makes it visible, and only then answers. Durable first, then visible,
// then announced.
class Committer {
 public:
  // Makes a committed group visible: index, knowledge, feed. Runs on the committer's thread, before any
  // callback of the group. `group` still holds the standings it changed.
  using MakeVisible = std::function<absl::Status(const std::vector<const log::v1::Change*>& changes,
                                                 const storage::Group& group)>;

  Committer(storage::Store& store, Clock& clock, const EngineOptions& options, MakeVisible make_visible);
  // Answers what is queued, then stops.
  ~Committer();

  void Submit(v1::Principal principal, domain::Command command, Engine::Done done);
  void Observe(std::function<void(const CommitObservation&)> observer);

  // Returns once no Change stamped at or before `instant` is still on its way, and makes sure that none will
  // be stamped so later: what is visible then is all that an as-of answer for `instant` will ever rest on.
  // Unavailable (READ_ONLY) where writing has stopped and Changes of unknown outcome may be stamped so:
  // whether they belong to the answer is known after the next start only.
  absl::Status Settle(absl::Time instant);

  size_t queued() const;
  // Why writing has stopped; nothing where it has not.
  std::optional<std::string> read_only_reason() const;

 private:
  // One command that waits, with what the submitting thread could prepare.
  struct Pending {
    v1::Principal principal;
    domain::Command command;
    std::string request;  // serialized
    size_t bytes = 0;     // of it
    Engine::Done done;
  };
  // One command of the group under way and what it is to be answered.
  struct Decided {
    Engine::Done done;
    absl::StatusOr<Committed> answer;
    std::optional<log::v1::Change> change;  // the envelope, where it changed something
  };

  void Run();
  std::vector<Pending> TakeGroup();
  void CommitGroup(std::vector<Pending> pending);
  absl::Time NextStamp();
  // Decides one command on the group so far and appends its Change to it.
  Decided DecideOne(Pending& pending, storage::Group& group, uint64_t revision);
  absl::StatusOr<Committed> Replay(const storage::PastRequest& past, const storage::Group& group,
                                   const std::string& request_id);
  void StopWriting(const absl::Status& why) CHENGXIN_REQUIRES(mu_);
  // Ends the group under way: lets Settle go on.
  void EndGroup(const absl::Status& outcome);

  storage::Store& store_;
  Clock& clock_;
  const EngineOptions options_;
  const MakeVisible make_visible_;

  mutable Mutex mu_;
  CondVar work_;     // the queue got something, or stopping
  CondVar settled_;  // no group is under way
  std::deque<Pending> queue_ CHENGXIN_GUARDED_BY(mu_);
  size_t queued_bytes_ CHENGXIN_GUARDED_BY(mu_) = 0;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;
  std::optional<std::string> read_only_reason_ CHENGXIN_GUARDED_BY(mu_);
  // No Change may be stamped at or before this any more.
  absl::Time floor_ CHENGXIN_GUARDED_BY(mu_) = absl::InfinitePast();
  // Where a group is under way: no Change of it is stamped before this.
  std::optional<absl::Time> under_way_since_ CHENGXIN_GUARDED_BY(mu_);
  // Where writing has stopped: the same of the group whose outcome is unknown.
  std::optional<absl::Time> unknown_since_ CHENGXIN_GUARDED_BY(mu_);
  std::function<void(const CommitObservation&)> observer_ CHENGXIN_GUARDED_BY(mu_);

  // The committer's thread alone.
  absl::Time last_stamp_;

  std::thread thread_;
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_COMMITTER_H_
