// What happens by itself, when its time has come (design: write path, time-driven changes).
#ifndef CHENGXIN_ENGINE_TIMER_H_
#define CHENGXIN_ENGINE_TIMER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "base/simulated_clock.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/due.pb.h"
#include "engine/engine.h"
#include "storage/store.h"

namespace chengxin::engine {

struct TimerOptions {
  // Time between two looks for what has fallen due. Without meaning on a simulated clock, where it happens in
  // Advance alone.
  absl::Duration interval = absl::Seconds(1);
  // Commands asked for and not yet answered, at most: few, so that those of others do not wait behind them.
  size_t in_flight = 4;
  // The clock, where it is a simulated one: then one due happens after the other, so that the log comes out
  // the same however often it was interrupted.
  SimulatedClock* simulated = nullptr;
};

// Asks for each due whose nominal instant has come, in order, to happen: once, since the Change that it leads
// to takes its row out of the store. What may not happen yet, for want of a calendar or of a working day, is
// asked for again after the next midnight in Shanghai, once another catalogue is in force, or once a case
// that it waited for has ended. Where the queue is full it waits and asks again; where writing has stopped it
// asks again at the next look.
//
// Thread-safe. Everything is asked for on one thread of its own.
class Timer {
 public:
  // Submits the command as the platform's own.
  using LetHappen = std::function<void(log::v1::LetDueHappen command, Engine::Done done)>;
  using Advanced = std::function<void(absl::StatusOr<ClockAdvance>)>;

  // Everything referred to must outlive this.
  Timer(storage::Store& store, Clock& clock, const TimerOptions& options, LetHappen let_happen);
  // Stops.
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // Begins. Once.
  void Start();
  // Asks for nothing more, waits for the answers that are on their way, and answers what waits to Advance.
  // May be called more than once; whoever answers commands must still do so.
  void Stop();

  // Tells of Changes that are durable, so that a due earlier than what was looked at last is not overlooked.
  // Before their commands are answered.
  void Note(const std::vector<const log::v1::Change*>& changes);

  // As Engine::AdvanceClock, on a simulated clock.
  void Advance(absl::Time to, Advanced done);

  // Have fallen due and not happened, as the last look found them.
  int64_t waiting() const { return waiting_count_.load(std::memory_order_relaxed); }

 private:
  // In the order of the store's dues.
  struct InOrder {
    bool operator()(const log::v1::Due& a, const log::v1::Due& b) const {
      return std::forward_as_tuple(a.nominal_ns(), a.kind(), a.resource()) <
             std::forward_as_tuple(b.nominal_ns(), b.kind(), b.resource());
    }
  };
  // A due that was asked for.
  struct Answer {
    log::v1::Due due;
    uint64_t revision_before = 0;
    absl::StatusOr<Committed> answer;
  };
  struct Advancing {
    absl::Time to;
    Advanced done;
  };

  void Run();
  // What to do next: an Advance, or nothing where it is time to look. Blocks until then; false: stop.
  bool WaitForWork(std::optional<Advancing>& advancing);
  bool stopping() const;
  // Waits a little, or until stopping.
  void Pause();

  absl::StatusOr<ClockAdvance> AdvanceTo(absl::Time to);
  // The next instant not after `to` at which something is to be asked for; nothing where there is none.
  absl::StatusOr<std::optional<absl::Time>> NextInstant(absl::Time to);

  // Asks for everything that has fallen due by `now`.
  absl::Status Look(absl::Time now);
  void CountBacklog(absl::Time now);
  // Starts over with what was not yet to happen, where its time may have come.
  void ReopenWaiting(absl::Time now);
  // The same with the dues of these resources alone.
  void ReopenOf(const std::set<std::string>& resources);
  // So that the due is asked for: before anything has been, it will be anyway.
  void GoBackTo(const log::v1::Due& due);
  // Goes back to the earliest due that became known.
  void TakeNotes();
  // The next dues to be asked for, and moves past them.
  absl::StatusOr<std::vector<log::v1::Due>> NextDues(absl::Time now);
  absl::Status AskForAll(std::vector<log::v1::Due> dues, absl::Time now);
  void Ask(const log::v1::Due& due);
  std::vector<Answer> WaitForAnswers();
  // What became of a due. An error where asking for others is of no use.
  absl::Status Judge(const Answer& answer, absl::Time now);
  void PutOff(const log::v1::Due& due, absl::Time now);

  storage::Store& store_;
  Clock& clock_;
  const TimerOptions options_;
  const LetHappen let_happen_;
  std::atomic<int64_t> waiting_count_{0};

  mutable Mutex mu_;
  CondVar wake_;      // work, or stopping
  CondVar answered_;  // an answer came
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;
  std::deque<Advancing> advances_ CHENGXIN_GUARDED_BY(mu_);
  std::vector<Answer> answers_ CHENGXIN_GUARDED_BY(mu_);
  std::optional<log::v1::Due> earliest_noted_ CHENGXIN_GUARDED_BY(mu_);
  bool catalogue_changed_ CHENGXIN_GUARDED_BY(mu_) = false;
  // Resources whose dues need wait no more.
  std::set<std::string> waited_for_ CHENGXIN_GUARDED_BY(mu_);

  // The timer's thread alone.
  // Dues before it have been asked for; nothing: none has been. Also spares passing rows that are gone.
  std::optional<log::v1::Due> from_;
  // Asked for and not yet to happen.
  std::set<log::v1::Due, InOrder> waiting_;
  absl::Time retry_at_ = absl::InfiniteFuture();
  int64_t happened_ = 0;
  // Refused or broken in this look, and how the last of them was.
  int64_t failed_ = 0;
  std::string last_failure_;

  std::thread thread_;
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_TIMER_H_
