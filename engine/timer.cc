#include "engine/timer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/log.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/dues.h"
#include "domain/refusal.h"

namespace chengxin::engine {

namespace {

// Dues read from the store at a time.
constexpr size_t kPage = 256;
// Wait where the queue is full.
constexpr absl::Duration kQueueFullPause = absl::Milliseconds(20);

absl::Status Stopping() {
  return domain::ToStatus(domain::Refusal{.reason = v1::ERROR_REASON_SHUTTING_DOWN,
                                          .message = "服务正在停止 (the server is shutting down)",
                                          .metadata = {}});
}

// Stamps are nanoseconds in 64 bits, which end in 2262.
const absl::Time kLatest = absl::FromCivil(absl::CivilYear(2201), absl::UTCTimeZone());

// The first due after this one that there could be.
log::v1::Due After(log::v1::Due due) {
  due.mutable_resource()->push_back('\0');
  return due;
}

}  // namespace

Timer::Timer(storage::Store& store, Clock& clock, const TimerOptions& options, LetHappen let_happen)
    : store_(store), clock_(clock), options_(options), let_happen_(std::move(let_happen)) {}

Timer::~Timer() { Stop(); }

void Timer::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Timer::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    wake_.NotifyAll();
  }
  if (thread_.joinable()) thread_.join();
  std::deque<Advancing> left;
  {
    MutexLock lock(mu_);
    left.swap(advances_);
  }
  for (Advancing& advancing : left) advancing.done(Stopping());
}

void Timer::Note(const std::vector<const log::v1::Change*>& changes) {
  std::optional<log::v1::Due> earliest;
  bool catalogue_changed = false;
  std::vector<std::string> waited_for;
  for (const log::v1::Change* change : changes) {
    for (const log::v1::Event& event : change->events()) {
      if (event.has_catalogue()) catalogue_changed = true;
      if (const std::string_view resource = domain::WaitedFor(event); !resource.empty()) {
        waited_for.emplace_back(resource);
      }
      for (log::v1::Due& due : domain::DuesOf(event)) {
        if (!earliest.has_value() || InOrder()(due, *earliest)) earliest = std::move(due);
      }
    }
  }
  if (!earliest.has_value() && !catalogue_changed && waited_for.empty()) return;
  MutexLock lock(mu_);
  waited_for_.insert(waited_for.begin(), waited_for.end());
  if (catalogue_changed) catalogue_changed_ = true;
  if (earliest.has_value() && (!earliest_noted_.has_value() || InOrder()(*earliest, *earliest_noted_))) {
    earliest_noted_ = std::move(earliest);
  }
}

void Timer::Advance(absl::Time to, Advanced done) {
  {
    MutexLock lock(mu_);
    if (!stopping_) {
      advances_.push_back({to, std::move(done)});
      wake_.NotifyAll();
      return;
    }
  }
  done(Stopping());
}

void Timer::Run() {
  std::optional<Advancing> advancing;
  while (WaitForWork(advancing)) {
    if (advancing.has_value()) {
      advancing->done(AdvanceTo(advancing->to));
      continue;
    }
    happened_ = 0;
    const absl::Status looked = Look(clock_.Now());
    if (happened_ > 0) LogInfo("what fell due has happened", {{"changes", StrCat(happened_)}});
    if (!looked.ok() && !absl::IsCancelled(looked)) {
      LogWarning("what has fallen due waits", {{"reason", ToStd(looked.message())}});
    }
  }
}

bool Timer::WaitForWork(std::optional<Advancing>& advancing) {
  advancing.reset();
  MutexLock lock(mu_);
  const absl::Duration interval =
      options_.simulated == nullptr ? options_.interval : absl::InfiniteDuration();
  while (!stopping_ && advances_.empty()) {
    if (!wake_.WaitFor(mu_, interval)) break;
  }
  if (stopping_) return false;
  if (!advances_.empty()) {
    advancing = std::move(advances_.front());
    advances_.pop_front();
  }
  return true;
}

bool Timer::stopping() const {
  MutexLock lock(mu_);
  return stopping_;
}

void Timer::Pause() {
  MutexLock lock(mu_);
  if (!stopping_) wake_.WaitFor(mu_, kQueueFullPause);
}

absl::StatusOr<ClockAdvance> Timer::AdvanceTo(absl::Time to) {
  SimulatedClock& clock = *options_.simulated;
  if (to < clock.Now()) {
    domain::FieldViolations violations;
    violations.Add("to", StrCat("早于模拟时钟 (lies before the simulated clock; expected not before ",
                                absl::FormatTime(clock.Now(), absl::UTCTimeZone()), ")"));
    return violations.ToStatus();
  }
  if (to > kLatest) {
    domain::FieldViolations violations;
    violations.Add("to", "晚于2200年 (lies after the year 2200)");
    return violations.ToStatus();
  }
  happened_ = 0;
  for (;;) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<absl::Time> next, NextInstant(to));
    if (!next.has_value()) break;
    clock.Advance(std::max(*next, clock.Now()));
    if (absl::Status looked = Look(clock.Now()); !looked.ok()) {
      return absl::IsCancelled(looked) ? Stopping() : looked;
    }
  }
  clock.Advance(to);
  CHENGXIN_RETURN_IF_ERROR(store_.KeepSimulatedClock(to));
  return ClockAdvance{.now = to, .dues = happened_, .revision = store_.head().revision};
}

absl::StatusOr<std::optional<absl::Time>> Timer::NextInstant(absl::Time to) {
  TakeNotes();
  ReopenWaiting(clock_.Now());
  std::optional<absl::Time> next;
  CHENGXIN_RETURN_IF_ERROR(store_.ScanDues(from_, to, [&](log::v1::Due due) {
    if (waiting_.contains(due)) return true;
    next = absl::FromUnixNanos(due.nominal_ns());
    return false;
  }));
  if (!waiting_.empty() && retry_at_ <= to && (!next.has_value() || retry_at_ < *next)) next = retry_at_;
  return next;
}

absl::Status Timer::Look(absl::Time now) {
  TakeNotes();
  ReopenWaiting(now);
  CountBacklog(now);
  for (;;) {
    if (stopping()) return absl::CancelledError("stopping");
    TakeNotes();
    const std::optional<log::v1::Due> before = from_;
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<log::v1::Due> dues, NextDues(now));
    if (dues.empty()) break;
    if (absl::Status asked = AskForAll(std::move(dues), now); !asked.ok()) {
      // Those that did happen are gone; the others are found again.
      from_ = before;
      return asked;
    }
  }
  waiting_count_.store(static_cast<int64_t>(waiting_.size()), std::memory_order_relaxed);
  // One line for all: where one fails many may. The resource's name holds a code and stays out of it.
  if (failed_ > 0) LogWarning("dues could not happen", {{"dues", StrCat(failed_)}, {"last", last_failure_}});
  failed_ = 0;
  return absl::OkStatus();
}

void Timer::CountBacklog(absl::Time now) {
  // One due after the other is nothing to count.
  if (options_.simulated != nullptr) return;
  int64_t count = static_cast<int64_t>(waiting_.size());
  const absl::Status counted = store_.ScanDues(from_, now, [&](const log::v1::Due& due) {
    if (!waiting_.contains(due)) ++count;
    return true;
  });
  if (counted.ok()) waiting_count_.store(count, std::memory_order_relaxed);
}

void Timer::ReopenWaiting(absl::Time now) {
  bool catalogue_changed = false;
  std::set<std::string> waited_for;
  {
    MutexLock lock(mu_);
    std::swap(catalogue_changed, catalogue_changed_);
    waited_for.swap(waited_for_);
  }
  if (waiting_.empty()) return;
  if (now < retry_at_ && !catalogue_changed) {
    if (!waited_for.empty()) ReopenOf(waited_for);
    return;
  }
  GoBackTo(*waiting_.begin());
  waiting_.clear();
  retry_at_ = absl::InfiniteFuture();
}

void Timer::ReopenOf(const std::set<std::string>& resources) {
  for (auto due = waiting_.begin(); due != waiting_.end();) {
    if (!resources.contains(due->resource())) {
      ++due;
      continue;
    }
    GoBackTo(*due);
    due = waiting_.erase(due);
  }
}

void Timer::GoBackTo(const log::v1::Due& due) {
  if (from_.has_value() && InOrder()(due, *from_)) from_ = due;
}

void Timer::TakeNotes() {
  std::optional<log::v1::Due> noted;
  {
    MutexLock lock(mu_);
    noted.swap(earliest_noted_);
  }
  if (noted.has_value()) GoBackTo(*noted);
}

absl::StatusOr<std::vector<log::v1::Due>> Timer::NextDues(absl::Time now) {
  const size_t limit = options_.simulated == nullptr ? kPage : 1;
  std::vector<log::v1::Due> dues;
  std::optional<log::v1::Due> last;
  CHENGXIN_RETURN_IF_ERROR(store_.ScanDues(from_, now, [&](log::v1::Due due) {
    last = due;
    if (!waiting_.contains(due)) dues.push_back(std::move(due));
    return dues.size() < limit;
  }));
  if (last.has_value()) from_ = After(*std::move(last));
  return dues;
}

absl::Status Timer::AskForAll(std::vector<log::v1::Due> dues, absl::Time now) {
  const size_t most = options_.simulated == nullptr ? options_.in_flight : 1;
  // The last is the next to be asked for.
  std::reverse(dues.begin(), dues.end());
  size_t in_flight = 0;
  absl::Status failure;
  const auto goes_on = [&] { return !dues.empty() && failure.ok(); };
  while (goes_on() || in_flight > 0) {
    if (goes_on() && stopping()) failure = absl::CancelledError("stopping");
    while (goes_on() && in_flight < most) {
      ++in_flight;
      Ask(dues.back());
      dues.pop_back();
    }
    if (in_flight == 0) break;
    bool queue_full = false;
    for (Answer& answer : WaitForAnswers()) {
      --in_flight;
      if (absl::IsResourceExhausted(answer.answer.status())) {
        queue_full = true;
        dues.push_back(std::move(answer.due));
      } else if (absl::Status judged = Judge(answer, now); !judged.ok()) {
        failure = judged;
      }
    }
    if (queue_full) {
      std::sort(dues.begin(), dues.end(),
                [](const log::v1::Due& a, const log::v1::Due& b) { return InOrder()(b, a); });
      Pause();
    }
  }
  return failure;
}

void Timer::Ask(const log::v1::Due& due) {
  log::v1::LetDueHappen command;
  *command.mutable_due() = due;
  command.set_request_id(domain::RequestIdOf(due));
  let_happen_(std::move(command),
              [this, due, before = store_.head().revision](absl::StatusOr<Committed> answer) {
                MutexLock lock(mu_);
                answers_.push_back({due, before, std::move(answer)});
                answered_.NotifyAll();
              });
}

std::vector<Timer::Answer> Timer::WaitForAnswers() {
  std::vector<Answer> answers;
  MutexLock lock(mu_);
  // Nothing is waited for where all answers came at once.
  while (answers_.empty()) answered_.Wait(mu_);
  answers.swap(answers_);
  return answers;
}

absl::Status Timer::Judge(const Answer& answer, absl::Time now) {
  if (answer.answer.ok() && answer.answer->changed && answer.answer->revision > answer.revision_before) {
    ++happened_;
    waiting_count_.fetch_sub(1, std::memory_order_relaxed);
    return absl::OkStatus();
  }
  if (absl::IsUnavailable(answer.answer.status())) return answer.answer.status();
  CHENGXIN_ASSIGN_OR_RETURN(const bool still_due, store_.HasDue(answer.due));
  if (!still_due) return absl::OkStatus();
  if (!answer.answer.ok()) {
    ++failed_;
    last_failure_ = StrCat(v1::DeadlineKind_Name(answer.due.kind()), ": ",
                           absl::StatusCodeToString(answer.answer.status().code()));
  }
  PutOff(answer.due, now);
  return absl::OkStatus();
}

void Timer::PutOff(const log::v1::Due& due, absl::Time now) {
  waiting_.insert(due);
  retry_at_ = domain::EndOfDay(domain::DayOf(now));
}

}  // namespace chengxin::engine
