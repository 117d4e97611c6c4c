#include "engine/engine.h"

#include <atomic>
#include <future>
#include <map>
#include <utility>

#include "base/log.h"
#include "base/mutex.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"
#include "engine/aliases.h"
#include "engine/committer.h"
#include "engine/eligibility_reader.h"
#include "engine/feed_ring.h"
#include "engine/knowledge_base.h"
#include "engine/list_counts.h"
#include "engine/purger.h"
#include "engine/read_index.h"
#include "engine/revision_waiters.h"
#include "engine/timer.h"

namespace chengxin::engine {

namespace {

bool IsEmpty(const v1::AsOf* as_of) {
  return as_of == nullptr || (!as_of->has_instant() && !as_of->has_effective_at() && !as_of->has_known_at());
}

// Every wrong instant of what was asked for; what lies after `latest` lies in the future.
absl::Status CheckInstants(const v1::AsOf& as_of, absl::Time latest) {
  domain::FieldViolations violations;
  if (as_of.has_instant() && (as_of.has_effective_at() || as_of.has_known_at())) {
    violations.Add(
        "as_of.instant",
        "同时给出了两个时钟；应单独给出，或只给effective_at和known_at (sets both clocks; expected it "
        "alone, or effective_at and known_at without it)");
  }
  const auto check = [&](bool given, const google::protobuf::Timestamp& stamp, std::string_view field) {
    if (!given) return;
    if (stamp.nanos() < 0 || stamp.nanos() > 999'999'999) {
      violations.Add(field, "nanos outside 0 to 999,999,999");
    } else if (domain::TimeOf(stamp) > latest) {
      violations.Add(field, StrCat("晚于现在，应不晚于",
                                   absl::FormatTime("%Y-%m-%d %H:%M:%E*S", latest, domain::Shanghai()),
                                   "（北京时间） (lies in the future; expected an instant not after ",
                                   absl::FormatTime(latest, absl::UTCTimeZone()), ")"));
    }
  };
  check(as_of.has_instant(), as_of.instant(), "as_of.instant");
  check(as_of.has_effective_at(), as_of.effective_at(), "as_of.effective_at");
  check(as_of.has_known_at(), as_of.known_at(), "as_of.known_at");
  return violations.ToStatus();
}

// The instants a question is answered for, as AsOf documents them. Rule 44: what was in force at the stated
// cut-off counts, also where it has ended since.
domain::QueryInstants InstantsOf(const EligibilityQuery& query, const ResolvedInstant& resolved,
                                 absl::Time now) {
  if (query.context == nullptr || !query.context->has_cut_off())
    return {.effective_at = resolved.effective_at, .compare_at = std::nullopt};
  const absl::Time cut_off = domain::TimeOf(query.context->cut_off());
  const v1::AsOf& as_of = query.as_of == nullptr ? v1::AsOf::default_instance() : *query.as_of;
  // Who names the cut-off itself says no more than who names nothing.
  const bool names_instant =
      as_of.has_instant() || (as_of.has_effective_at() && resolved.effective_at != cut_off);
  const absl::Time asked_at = names_instant ? resolved.effective_at : now;
  domain::QueryInstants instants{.effective_at = std::min(cut_off, asked_at), .compare_at = std::nullopt};
  // Rule 42: what was known at a named instant is compared at that instant, and comes out the same for ever.
  const absl::Time compare_at = !names_instant && as_of.has_known_at() ? resolved.known_at : asked_at;
  if (cut_off < asked_at && cut_off < compare_at) instants.compare_at = compare_at;
  return instants;
}

// What happens by itself is commanded by the platform, which has no role.
v1::Principal SystemPrincipal() {
  v1::Principal principal;
  principal.set_subject("system");
  return principal;
}

absl::Status ClockNotSimulated() {
  return domain::ToStatus(
      domain::Refusal{.reason = v1::ERROR_REASON_CLOCK_NOT_SIMULATED,
                      .message = "时钟为真实时钟，不能拨动 (the clock is the real one and cannot be moved)",
                      .metadata = {}});
}

class EngineImpl : public Engine {
 public:
  EngineImpl(std::unique_ptr<storage::Store> store, Clock& clock, const EngineOptions& options)
      : store_(std::move(store)),
        clock_(clock),
        options_(options),
        knowledge_(*store_),
        reader_(index_, aliases_, *store_),
        feed_(*store_, options.feed_capacity),
        purger_(*store_) {}

  ~EngineImpl() override {
    // What the timer has asked for is answered by the committer, which tells the timer of every Change.
    StopTimer();
    committer_.reset();
    waiters_.Stop();
  }

  absl::Status Start() {
    CHENGXIN_RETURN_IF_ERROR(CheckClock());
    CHENGXIN_RETURN_IF_ERROR(knowledge_.Load());
    CHENGXIN_RETURN_IF_ERROR(aliases_.Load(*store_));
    {
      ReadIndex::Fill fill(index_);
      CHENGXIN_RETURN_IF_ERROR(store_->ScanStandings(
          [&fill](const log::v1::Standing& standing, uint64_t revision) { fill.Put(standing, revision); }));
    }
    CHENGXIN_RETURN_IF_ERROR(
        store_->ScanListings(std::nullopt, storage::kNewest, [this](const v1::Listing& listing) {
          counts_.Put(listing);
          list_revision_ = std::max(list_revision_.load(), listing.revision());
          return true;
        }));
    waiters_.Advance(store_->head().revision);
    const bool has_timer =
        options_.simulated_clock != nullptr || options_.timer_interval > absl::ZeroDuration();
    if (has_timer) {
      timer_ = std::make_unique<Timer>(
          *store_, clock_,
          TimerOptions{.interval = options_.timer_interval, .simulated = options_.simulated_clock},
          [this](log::v1::LetDueHappen command, Done done) {
            committer_->Submit(SystemPrincipal(), std::move(command), std::move(done));
          });
    }
    committer_ = std::make_unique<Committer>(
        *store_, clock_, options_,
        [this](const auto& changes, const storage::Group& group) { return MakeVisible(changes, group); });
    if (has_timer) timer_->Start();
    return absl::OkStatus();
  }

  void Submit(v1::Principal principal, domain::Command command, Done done) override {
    committer_->Submit(std::move(principal), std::move(command), std::move(done));
  }
  void ObserveCommits(std::function<void(const CommitObservation&)> observer) override {
    committer_->Observe(std::move(observer));
  }

  void AdvanceClock(absl::Time to, std::function<void(absl::StatusOr<ClockAdvance>)> done) override {
    if (options_.simulated_clock == nullptr) {
      done(ClockNotSimulated());
      return;
    }
    timer_->Advance(to, std::move(done));
  }
  void StopTimer() override {
    if (timer_ != nullptr) timer_->Stop();
  }

  absl::StatusOr<ResolvedInstant> Resolve(const v1::AsOf* as_of) override {
    return ResolveAt(as_of, clock_.Now(), knowledge_.current());
  }

  absl::Status CheckEligibility(const EligibilityQuery& query, absl::Span<v1::Eligibility* const> answers,
                                v1::AnswerBasis& basis) override {
    KnowledgeBase::Current current = knowledge_.current();
    // Nobody asks before what is known, also where the clock has gone back.
    const absl::Time now = std::max(clock_.Now(), current.stamp);
    CHENGXIN_ASSIGN_OR_RETURN(const ResolvedInstant instant, ResolveAt(query.as_of, now, current));
    domain::AnswerRequest request{.instants = InstantsOf(query, instant, now), .full = query.full};
    std::shared_ptr<const domain::Knowledge> knowledge = std::move(current.knowledge);
    if (knowledge->revision != instant.revision) {
      CHENGXIN_ASSIGN_OR_RETURN(knowledge, knowledge_.At(instant.revision));
    }
    std::vector<std::string> qualifications;
    if (query.context != nullptr && query.context->required_qualifications_size() > 0) {
      qualifications.assign(query.context->required_qualifications().begin(),
                            query.context->required_qualifications().end());
      request.required_qualifications = qualifications;
    }
    CHENGXIN_RETURN_IF_ERROR(reader_.Check(query.codes, *knowledge, instant.historical, request, answers));
    domain::FillBasis(*knowledge, request.instants, instant.known_at, basis);
    return absl::OkStatus();
  }

  bool Knows(const domain::Uscc& code) const override {
    return index_.Contains(code) || aliases_.Find(code, storage::kNewest).has_value();
  }
  uint64_t WhenVisible(uint64_t revision, std::function<void(bool)> done) override {
    return waiters_.Add(revision, std::move(done));
  }
  void CancelWait(uint64_t ticket) override { waiters_.Cancel(ticket); }

  uint64_t revision() const override { return knowledge_.current().knowledge->revision; }
  std::shared_ptr<const domain::Knowledge> knowledge() const override {
    return knowledge_.current().knowledge;
  }
  absl::StatusOr<std::shared_ptr<const domain::Knowledge>> KnowledgeAt(uint64_t revision) const override {
    return knowledge_.At(revision);
  }
  const storage::Store& store() const override { return *store_; }
  Feed& feed() override { return feed_; }

  EngineStats Stats() const override {
    const KnowledgeBase::Current current = knowledge_.current();
    EngineStats stats;
    stats.revision = current.knowledge->revision;
    stats.last_stamp = current.stamp;
    stats.queued = committer_->queued();
    stats.organizations = index_.size();
    stats.index_bytes = index_.bytes();
    const ListCounts::Numbers in_force = counts_.InForce();
    stats.abnormal_listings = in_force.abnormal;
    stats.severe_listings = in_force.severe;
    const ListCounts::Numbers published = counts_.PublishedAt(clock_.Now());
    stats.published_abnormal_listings = published.abnormal;
    stats.published_severe_listings = published.severe;
    stats.list_revision = list_revision_;
    stats.waiting_dues = timer_ == nullptr ? 0 : timer_->waiting();
    stats.simulated_clock = options_.simulated_clock != nullptr;
    const std::optional<std::string> reason = committer_->read_only_reason();
    stats.read_only = reason.has_value();
    stats.read_only_reason = reason.value_or("");
    return stats;
  }

 private:
  absl::Status CheckClock() const {
    if (store_->simulated_clock().has_value() == (options_.simulated_clock != nullptr)) {
      return absl::OkStatus();
    }
    return absl::FailedPreconditionError(
        "数据目录的时间与时钟不符：一为真实，一为模拟 (of the folder's time and the clock one is real and "
        "one "
        "simulated)");
  }

  // `current` is what is known when the question comes.
  absl::StatusOr<ResolvedInstant> ResolveAt(const v1::AsOf* as_of, absl::Time now,
                                            const KnowledgeBase::Current& current) {
    // What is known is told by its stamp, not by now: a group in flight may be stamped before now, and asking
    // again for the instant must give the same answer (rule 42).
    ResolvedInstant resolved{.revision = current.knowledge->revision,
                             .known_at = std::max(current.stamp, absl::UnixEpoch()),
                             .effective_at = now,
                             .historical = false};
    if (IsEmpty(as_of)) return resolved;
    // Where the clock has gone back, stamps already given lie before "now" all the same.
    CHENGXIN_RETURN_IF_ERROR(CheckInstants(*as_of, std::max(now, current.stamp)));
    if (as_of->has_effective_at()) resolved.effective_at = domain::TimeOf(as_of->effective_at());
    if (as_of->has_instant()) resolved.effective_at = domain::TimeOf(as_of->instant());
    if (!as_of->has_instant() && !as_of->has_known_at()) return resolved;
    resolved.known_at = domain::TimeOf(as_of->has_instant() ? as_of->instant() : as_of->known_at());
    CHENGXIN_RETURN_IF_ERROR(committer_->Settle(resolved.known_at));
    CHENGXIN_ASSIGN_OR_RETURN(resolved.revision, store_->RevisionAt(resolved.known_at));
    // The index may have moved on meanwhile; entries that are newer are read from history then.
    resolved.historical = resolved.revision < current.knowledge->revision;
    return resolved;
  }

  // Index first, then knowledge (the revision readers see), then the feed and whoever waits.
  absl::Status MakeVisible(const std::vector<const log::v1::Change*>& changes, const storage::Group& group) {
    bool destroys = false;
    for (const log::v1::Change* change : changes) {
      for (const log::v1::Standing& standing : group.ChangedStandings(change->revision()))
        index_.Put(standing, change->revision());
      for (const log::v1::Event& event : change->events()) {
        if (event.has_listing()) {
          counts_.Put(event.listing().listing());
          list_revision_ = change->revision();
        }
        if (event.has_organization()) aliases_.Put(event.organization(), change->revision());
        destroys = destroys || event.has_destruction();
      }
    }
    const log::v1::Change& last = *changes.back();
    CHENGXIN_RETURN_IF_ERROR(knowledge_.Publish(changes, last.revision(), domain::TimeOf(last.stamp())));
    feed_.Publish(changes, last.revision());
    if (timer_ != nullptr) timer_->Note(changes);
    if (destroys) purger_.Wake();
    waiters_.Advance(last.revision());
    return absl::OkStatus();
  }

  const std::unique_ptr<storage::Store> store_;
  Clock& clock_;
  const EngineOptions options_;

  // Each of these synchronizes itself.
  ReadIndex index_;
  Aliases aliases_;
  KnowledgeBase knowledge_;
  EligibilityReader reader_;
  FeedRing feed_;
  RevisionWaiters waiters_;
  ListCounts counts_;
  Purger purger_;
  std::atomic<uint64_t> list_revision_{0};  // of the list's last change
  // Null where nothing happens by itself.
  std::unique_ptr<Timer> timer_;
  // Last, so that it stops first.
  std::unique_ptr<Committer> committer_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Engine>> Engine::Create(std::unique_ptr<storage::Store> store, Clock& clock,
                                                       const EngineOptions& options) {
  auto engine = std::make_unique<EngineImpl>(std::move(store), clock, options);
  CHENGXIN_RETURN_IF_ERROR(engine->Start());
  return engine;
}

absl::StatusOr<ClockAdvance> Engine::AdvanceClockAndWait(absl::Time to) {
  std::promise<absl::StatusOr<ClockAdvance>> promise;
  std::future<absl::StatusOr<ClockAdvance>> answer = promise.get_future();
  AdvanceClock(to,
               [&promise](absl::StatusOr<ClockAdvance> advance) { promise.set_value(std::move(advance)); });
  return answer.get();
}

absl::StatusOr<Committed> Engine::SubmitAndWait(v1::Principal principal, domain::Command command) {
  std::promise<absl::StatusOr<Committed>> promise;
  std::future<absl::StatusOr<Committed>> answer = promise.get_future();
  Submit(std::move(principal), std::move(command),
         [&promise](absl::StatusOr<Committed> committed) { promise.set_value(std::move(committed)); });
  return answer.get();
}

}  // namespace chengxin::engine
