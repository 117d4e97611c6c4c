// The engine: the one write path, the read index and the feed (design: write path, read path, feed).
#ifndef CHENGXIN_ENGINE_ENGINE_H_
#define CHENGXIN_ENGINE_ENGINE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/clock.h"
#include "base/simulated_clock.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/v1/answer.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "domain/decide.h"
#include "domain/evaluate.h"
#include "domain/uscc.h"
#include "engine/feed.h"
#include "storage/store.h"

namespace chengxin::engine {

struct EngineOptions {
  // Commands that may wait; one more is refused with RESOURCE_EXHAUSTED.
  size_t queue_capacity = 4096;
  // Bytes of the requests that may wait; one more is refused with RESOURCE_EXHAUSTED unless nothing waits.
  size_t queue_bytes = 256u << 20;
  // Commands in one group, and so in one synced write.
  size_t group_capacity = 256;
  // Bytes of the requests in one group; a larger request is a group of its own.
  size_t group_bytes = 4u << 20;
  // Recent Changes of the list kept in memory for watchers.
  size_t feed_capacity = 4096;
  // Time between two looks for what has fallen due; 0: nothing happens by itself. Without meaning on a
  // simulated clock.
  absl::Duration timer_interval = absl::ZeroDuration();
  // The engine's clock, where it is a simulated one: what falls due happens in AdvanceClock.
  SimulatedClock* simulated_clock = nullptr;
};

// What came of moving the simulated clock.
struct ClockAdvance {
  absl::Time now;
  int64_t dues = 0;  // Changes that fell due
  uint64_t revision = 0;
};

// What became of a command. The events carry whole resources, sealed fields included: redact before showing.
struct Committed {
  // Of the Change; where nothing had to change, of the state that was looked at.
  uint64_t revision = 0;
  // False where nothing had to change.
  bool changed = false;
  std::vector<log::v1::Event> events;
  std::optional<log::v1::ImportTally> tally;
};

// Instants resolved to revisions: what a read answers for.
struct ResolvedInstant {
  uint64_t revision = 0;  // what was known
  absl::Time known_at;
  absl::Time effective_at;
  bool historical = false;  // revision is older than what this node knows
};

// One eligibility question of one or many codes, all answered at one revision.
struct EligibilityQuery {
  absl::Span<const domain::Uscc> codes;
  const v1::QueryContext* context = nullptr;  // may be null
  const v1::AsOf* as_of = nullptr;            // may be null
  bool full = false;
};

// Numbers for metrics and status; cheap to take.
struct EngineStats {
  uint64_t revision = 0;
  absl::Time last_stamp;
  size_t queued = 0;
  size_t organizations = 0;
  size_t index_bytes = 0;
  // Entries in force; and those of them that the published list shows now (rules 35, 36).
  int64_t abnormal_listings = 0;
  int64_t severe_listings = 0;
  int64_t published_abnormal_listings = 0;
  int64_t published_severe_listings = 0;
  uint64_t list_revision = 0;  // of the last change of the list
  int64_t waiting_dues = 0;    // have fallen due and wait: for the timer, or for a calendar
  bool simulated_clock = false;
  bool read_only = false;
  std::string read_only_reason;
};

// Called by the committer for each group that was written: for metrics. Must not block.
struct CommitObservation {
  size_t commands = 0;
  size_t bytes = 0;
  absl::Duration write;  // the synced write alone
  absl::Duration total;  // from draining the queue to the last callback
};

// Thread-safe. Destroying it stops the committer after what was queued has been answered.
class Engine {
 public:
  // Called once, on the committer's thread or, for what is refused before the queue, on the caller's. Must
  // not block.
  using Done = std::function<void(absl::StatusOr<Committed>)>;

  virtual ~Engine() = default;

  // Rebuilds the read index from the views and starts the committer and the timer. DataLoss where the views
  // are not at the log's head; FailedPrecondition where the folder's time is simulated and the clock is not,
  // or the reverse.
  static absl::StatusOr<std::unique_ptr<Engine>> Create(std::unique_ptr<storage::Store> store, Clock& clock,
                                                        const EngineOptions& options);

  // -- writing
  // --------------------------------------------------------------------------------------------------------------
  // The only way to change anything. Errors as documented in error_reason.proto; after a storage error
  // UNAVAILABLE with OUTCOME_UNKNOWN (this command may have been written) or READ_ONLY (it was not).
  virtual void Submit(v1::Principal principal, domain::Command command, Done done) = 0;
  // The same, waiting. Never call it on a thread that gRPC or the committer owns.
  absl::StatusOr<Committed> SubmitAndWait(v1::Principal principal, domain::Command command);
  // Observes commits; set once, before the first Submit.
  virtual void ObserveCommits(std::function<void(const CommitObservation&)> observer) = 0;

  // -- time
  // -----------------------------------------------------------------------------------------------------------------
  // Moves the simulated clock from due to due up to `to`, letting each happen in order, and calls back, once,
  // on a thread of its own. InvalidArgument (BadRequest naming `to`) where that is before the clock;
  // FailedPrecondition with CLOCK_NOT_SIMULATED; Unavailable where writing or the engine stops first: asking
  // again goes on from there.
  virtual void AdvanceClock(absl::Time to, std::function<void(absl::StatusOr<ClockAdvance>)> done) = 0;
  // The same, waiting.
  absl::StatusOr<ClockAdvance> AdvanceClockAndWait(absl::Time to);
  // Lets nothing more happen by itself, and returns when nothing does. An AdvanceClock under way is answered
  // Unavailable. For stopping; may be called more than once.
  virtual void StopTimer() = 0;

  // -- reading
  // --------------------------------------------------------------------------------------------------------------
  // Resolves what is asked: INVALID_ARGUMENT for instants in the future or a contradiction (BadRequest naming
  // as_of fields), UNAVAILABLE with READ_ONLY where a group of unknown outcome may be stamped before the
  // instant of knowledge. Waits, shortly, for the group in flight where the instant is not older than it.
  virtual absl::StatusOr<ResolvedInstant> Resolve(const v1::AsOf* as_of) = 0;
  // Answers a query; `answers[i]` belongs to codes[i] and must be empty. All at one revision, with the basis
  // they rest on.
  virtual absl::Status CheckEligibility(const EligibilityQuery& query,
                                        absl::Span<v1::Eligibility* const> answers,
                                        v1::AnswerBasis& basis) = 0;
  // Whether the registry copy knows this code now, be it a former one; for codes whose check character fails
  // (rule 5).
  virtual bool Knows(const domain::Uscc& code) const = 0;
  // Calls back, once, when the revision is visible, or at once; false where the engine stops first. Returns a
  // ticket for CancelWait, 0 where it was called at once.
  virtual uint64_t WhenVisible(uint64_t revision, std::function<void(bool reached)> done) = 0;
  virtual void CancelWait(uint64_t ticket) = 0;

  // The revision that readers see now.
  virtual uint64_t revision() const = 0;
  virtual std::shared_ptr<const domain::Knowledge> knowledge() const = 0;
  // What was known of the catalogue and its sources at a revision, not after revision(). Errors are the
  // storage's.
  virtual absl::StatusOr<std::shared_ptr<const domain::Knowledge>> KnowledgeAt(uint64_t revision) const = 0;
  // For resources and scans; what it reads may be newer than revision() by the group in flight: pass
  // revision() as `at`.
  virtual const storage::Store& store() const = 0;
  virtual Feed& feed() = 0;
  virtual EngineStats Stats() const = 0;
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_ENGINE_H_
