// The one place that assigns revisions (design: write path).
#ifndef CHENGXIN_ENGINE_COMMITTER_H_
#define CHENGXIN_ENGINE_COMMITTER_H_

#include <array>
#include <chrono>
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
//
// Two threads take turns, so that the next group is decided while one is written: each decides a group while
// it holds the deciding turn, writes it with the writing turn and shows and answers it with the answering
// turn, and passes each turn on only when it has the next. So at any time one thread at most does each of the
// three, groups are written, shown and answered in the order in which they were decided, and what is decided
// rests on one group at most that is not in the tables yet.
class Committer {
 public:
  // Makes a committed group visible: index, knowledge, feed. Runs on a thread that holds the answering turn,
  // before any callback of the group. `group` still holds the standings it changed.
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

  // A group on its way from the queue to the answers.
  struct Work {
    std::chrono::steady_clock::time_point start;
    absl::Time since;  // no Change of it is stamped before this
    std::vector<Pending> pending;
    std::vector<Decided> decided;
    // Null where writing had stopped before it was decided.
    std::shared_ptr<storage::Group> group;
    std::string stopped_because;
    // Whether it is written and shown, or what of the groups it rests on or of its own went wrong.
    absl::Status outcome;
    absl::Duration write;  // how long the write took
  };

  void Run();
  // Waits for commands; false where there are none and never will be.
  bool AwaitWork();
  // Takes a group of what waits; false where the other thread took it all.
  bool TakeGroup(Work& work) CHENGXIN_REQUIRES(deciding_);
  void DecideGroup(Work& work) CHENGXIN_REQUIRES(deciding_);
  absl::Time NextStamp(absl::Time since) CHENGXIN_REQUIRES(deciding_);
  // Decides one command on the group so far and appends its Change to it.
  Decided DecideOne(Pending& pending, storage::Group& group, absl::Time since) CHENGXIN_REQUIRES(deciding_);
  // The caller is answered with whole resources, sealed fields included; an import with its tally alone.
  static void MakeWhole(Decided& decided, const storage::Group& group);
  void WriteGroup(Work& work) CHENGXIN_REQUIRES(writing_);
  void ShowGroup(Work& work) CHENGXIN_REQUIRES(answering_);
  // Shows what was written and answers.
  void AnswerGroup(Work& work) CHENGXIN_REQUIRES(answering_);
  absl::StatusOr<Committed> Replay(const storage::PastRequest& past, const storage::Group& group,
                                   const std::string& request_id);
  // `since`: no Change of the group whose outcome is unknown is stamped before it.
  void StopWriting(const absl::Status& why, absl::Time since) CHENGXIN_REQUIRES(mu_);
  // Ends the group that was under way longest: lets Settle go on.
  void EndGroup(const Work& work) CHENGXIN_REQUIRES(answering_);

  storage::Store& store_;
  Clock& clock_;
  const EngineOptions options_;
  const MakeVisible make_visible_;

  mutable Mutex mu_;
  CondVar work_;     // the queue got something, or stopping
  CondVar settled_;  // a group is under way no more
  std::deque<Pending> queue_ CHENGXIN_GUARDED_BY(mu_);
  size_t queued_bytes_ CHENGXIN_GUARDED_BY(mu_) = 0;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;
  std::optional<std::string> read_only_reason_ CHENGXIN_GUARDED_BY(mu_);
  // No Change may be stamped at or before this any more.
  absl::Time floor_ CHENGXIN_GUARDED_BY(mu_) = absl::InfinitePast();
  // For each group under way, in order: no Change of it is stamped before this.
  std::deque<absl::Time> under_way_since_ CHENGXIN_GUARDED_BY(mu_);
  // Where writing has stopped: the same of the group whose outcome is unknown.
  std::optional<absl::Time> unknown_since_ CHENGXIN_GUARDED_BY(mu_);
  std::function<void(const CommitObservation&)> observer_ CHENGXIN_GUARDED_BY(mu_);

  // The three turns; always taken in this order, and before mu_.
  Mutex deciding_;
  Mutex writing_;
  Mutex answering_;
  absl::Time last_stamp_ CHENGXIN_GUARDED_BY(deciding_);
  // The group decided last, which may not be written yet.
  std::shared_ptr<storage::Group> last_group_ CHENGXIN_GUARDED_BY(deciding_);
  // That the outcome of a group is unknown, so that of all after it.
  bool outcome_unknown_ CHENGXIN_GUARDED_BY(answering_) = false;

  std::array<std::thread, 2> threads_;
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_COMMITTER_H_
