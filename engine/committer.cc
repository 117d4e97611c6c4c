#include "engine/committer.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "domain/seal.h"
#include "domain/timestamps.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace chengxin::engine {

namespace {

using domain::Refusal;

absl::Status OutcomeUnknown(std::string_view request_id) {
  return domain::ToStatus(Refusal{.reason = v1::ERROR_REASON_OUTCOME_UNKNOWN,
                                  .message = "写入结果未知，请在服务重启后以同一 request_id 重试 (the "
                                             "outcome is unknown: repeat the same request_id after the "
                                             "server is restarted)",
                                  .metadata = {{"request_id", std::string(request_id)}}});
}

absl::Status ReadOnly(std::string_view why) {
  return domain::ToStatus(
      Refusal{.reason = v1::ERROR_REASON_READ_ONLY,
              .message = StrCat("存储出错，服务只读，未做任何更改 (read-only after a storage error, nothing "
                                "was done): ",
                                why),
              .metadata = {}});
}

absl::Status InstantUnknown() {
  return domain::ToStatus(
      Refusal{.reason = v1::ERROR_REASON_READ_ONLY,
              .message = "存储出错，该时点前是否有写入生效须待服务重启后方可确定 (after a storage "
                         "error it is unknown until the server is restarted whether a change was "
                         "written before this instant)",
              .metadata = {}});
}

absl::Status QueueFull(size_t waiting) {
  return domain::ToStatus(Refusal{
      .reason = v1::ERROR_REASON_QUEUE_FULL,
      .message = StrCat("待处理命令已满（", waiting, " 条），请稍后重试 (the command queue is full with ",
                        waiting, " commands; try again later)"),
      .metadata = {{"waiting", StrCat(waiting)}}});
}

std::string Serialize(const domain::Command& command) {
  return std::visit(
      [](const auto& request) {
        std::string bytes;
        google::protobuf::io::StringOutputStream stream(&bytes);
        google::protobuf::io::CodedOutputStream out(&stream);
        out.SetSerializationDeterministic(true);
        request.SerializeToCodedStream(&out);
        out.Trim();
        return bytes;
      },
      command);
}

std::vector<log::v1::Event> TakeEvents(log::v1::Change& change) {
  return {std::make_move_iterator(change.mutable_events()->begin()),
          std::make_move_iterator(change.mutable_events()->end())};
}

}  // namespace

Committer::Committer(storage::Store& store, Clock& clock, const EngineOptions& options,
                     MakeVisible make_visible)
    : store_(store),
      clock_(clock),
      options_(options),
      make_visible_(std::move(make_visible)),
      last_stamp_(store.head().stamp) {
  for (std::thread& thread : threads_) thread = std::thread([this] { Run(); });
}

Committer::~Committer() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    work_.NotifyAll();
  }
  for (std::thread& thread : threads_) thread.join();
}

void Committer::Submit(v1::Principal principal, domain::Command command, Engine::Done done) {
  if (absl::Status valid = domain::Validate(command, clock_.Now()); !valid.ok()) {
    done(std::move(valid));
    return;
  }
  std::string request = Serialize(command);
  const size_t bytes = request.size();
  absl::Status refused;
  {
    MutexLock lock(mu_);
    if (read_only_reason_.has_value()) {
      refused = ReadOnly(*read_only_reason_);
    } else if (queue_.size() >= options_.queue_capacity ||
               (!queue_.empty() && queued_bytes_ + bytes > options_.queue_bytes)) {
      refused = QueueFull(queue_.size());
    } else {
      queued_bytes_ += bytes;
      queue_.push_back(
          Pending{std::move(principal), std::move(command), std::move(request), bytes, std::move(done)});
    }
  }
  if (!refused.ok()) {
    done(std::move(refused));
    return;
  }
  // Outside the lock, which the committer wants first thing.
  work_.NotifyOne();
}

void Committer::Observe(std::function<void(const CommitObservation&)> observer) {
  MutexLock lock(mu_);
  observer_ = std::move(observer);
}

absl::Status Committer::Settle(absl::Time instant) {
  MutexLock lock(mu_);
  floor_ = std::max(floor_, instant);
  // Later groups are stamped after the floor, so those under way are all there is to wait for.
  while (!under_way_since_.empty() && under_way_since_.front() <= instant) settled_.Wait(mu_);
  if (unknown_since_.has_value() && *unknown_since_ <= instant) return InstantUnknown();
  return absl::OkStatus();
}

size_t Committer::queued() const {
  MutexLock lock(mu_);
  return queue_.size();
}

std::optional<std::string> Committer::read_only_reason() const {
  MutexLock lock(mu_);
  return read_only_reason_;
}

void Committer::Run() {
  // What waits here holds no turn: passing one on wakes nobody where nothing is to be decided.
  while (AwaitWork()) {
    Work work;
    deciding_.Lock();
    if (!TakeGroup(work)) {
      deciding_.Unlock();
      continue;
    }
    DecideGroup(work);
    // From here on the group before is written, or never will be.
    writing_.Lock();
    deciding_.Unlock();
    WriteGroup(work);
    answering_.Lock();
    writing_.Unlock();
    AnswerGroup(work);
    answering_.Unlock();
    // The group before has been in the tables since this one was written.
    if (work.group != nullptr) work.group->LetGo();
  }
}

bool Committer::AwaitWork() {
  MutexLock lock(mu_);
  while (queue_.empty() && !stopping_) work_.Wait(mu_);
  return !queue_.empty();
}

bool Committer::TakeGroup(Work& work) {
  MutexLock lock(mu_);
  if (queue_.empty()) return false;
  work.start = std::chrono::steady_clock::now();
  size_t bytes = 0;
  while (!queue_.empty() && work.pending.size() < options_.group_capacity &&
         (work.pending.empty() || bytes + queue_.front().bytes <= options_.group_bytes)) {
    bytes += queue_.front().bytes;
    work.pending.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_bytes_ -= bytes;
  // What did not fit is the other thread's, which may wait for work.
  if (!queue_.empty()) work_.NotifyOne();
  work.since = std::max({clock_.Now(), last_stamp_ + absl::Nanoseconds(1), floor_ + absl::Nanoseconds(1)});
  under_way_since_.push_back(work.since);
  return true;
}

absl::Time Committer::NextStamp(absl::Time since) {
  return std::max({clock_.Now(), last_stamp_ + absl::Nanoseconds(1), since});
}

void Committer::DecideGroup(Work& work) {
  if (std::optional<std::string> why = read_only_reason(); why.has_value()) {
    work.stopped_because = *std::move(why);
    return;
  }
  work.group = store_.BeginGroup(last_group_.get());
  work.decided.reserve(work.pending.size());
  for (Pending& one : work.pending) work.decided.push_back(DecideOne(one, *work.group, work.since));
  work.group->Close();
  last_group_ = work.group;
}

absl::StatusOr<Committed> Committer::Replay(const storage::PastRequest& past, const storage::Group& group,
                                            const std::string& request_id) {
  if (!past.same_body) {
    return domain::ToStatus(
        Refusal{.reason = v1::ERROR_REASON_REQUEST_ID_REUSED,
                .message = "request_id 已用于另一请求 (this request_id was used with another request body)",
                .metadata = {{"request_id", request_id}}});
  }
  absl::StatusOr<log::v1::Change> change = group.ReadWhole(past.revision);
  if (!change.ok()) return change.status();
  Committed committed{.revision = past.revision, .changed = true, .events = {}, .tally = std::nullopt};
  // As the first time: an import is answered with its tally alone.
  if (change->has_tally()) {
    committed.tally = std::move(*change->mutable_tally());
  } else {
    committed.events = TakeEvents(*change);
  }
  return committed;
}

Committer::Decided Committer::DecideOne(Pending& pending, storage::Group& group, absl::Time since) {
  const uint64_t revision = group.revision() + 1;
  Decided decided{std::move(pending.done), absl::UnknownError("not decided"), std::nullopt};
  const std::string request_id(domain::RequestIdOf(pending.command));
  const absl::Time stamp = NextStamp(since);

  const auto past = group.FindRequest(pending.principal.subject(), request_id, pending.request, stamp);
  if (!past.ok() || past->has_value()) {
    decided.answer = past.ok() ? Replay(**past, group, request_id) : past.status();
    return decided;
  }

  const domain::CommandContext context{.principal = pending.principal, .revision = revision, .stamp = stamp};
  absl::StatusOr<domain::Decision> decision = domain::Decide(pending.command, context, group);
  if (!decision.ok()) {
    decided.answer = decision.status();
    return decided;
  }
  if (decision->refusal.has_value()) {
    decided.answer = domain::ToStatus(*decision->refusal);
    return decided;
  }
  if (decision->events.empty()) {
    decided.answer = Committed{.revision = revision - 1,
                               .changed = false,
                               .events = std::move(decision->existing),
                               .tally = std::move(decision->tally)};
    return decided;
  }

  storage::NewChange change;
  change.envelope.set_revision(revision);
  domain::SetTimestamp(stamp, *change.envelope.mutable_stamp());
  *change.envelope.mutable_actor() = std::move(pending.principal);
  change.envelope.set_kind(std::string(domain::KindOf(pending.command)));
  change.envelope.set_request_id(request_id);
  change.envelope.set_rules_version(std::string(domain::kRulesVersion));
  if (group.catalogue() != nullptr) change.envelope.set_catalogue_version(group.catalogue()->version());
  if (decision->tally.has_value()) *change.envelope.mutable_tally() = *decision->tally;
  change.envelope.set_legal_basis(std::move(decision->legal_basis));
  change.request = std::move(pending.request);
  Committed committed{
      .revision = revision, .changed = true, .events = {}, .tally = std::move(decision->tally)};
  change.events = std::move(decision->events);

  absl::StatusOr<log::v1::Change> envelope = group.Append(std::move(change));
  if (!envelope.ok()) {
    decided.answer = envelope.status();
    return decided;
  }
  last_stamp_ = stamp;
  decided.change = *std::move(envelope);
  decided.answer = std::move(committed);
  return decided;
}

void Committer::StopWriting(const absl::Status& why, absl::Time since) {
  unknown_since_ = std::min(unknown_since_.value_or(since), since);
  if (read_only_reason_.has_value()) return;
  read_only_reason_ = std::string(why.message());
  LogError("writing has stopped", {{"reason", *read_only_reason_}});
}

void Committer::WriteGroup(Work& work) {
  if (work.group == nullptr || work.group->empty()) return;
  const auto start = std::chrono::steady_clock::now();
  work.outcome = store_.Commit(*work.group);
  work.write = absl::FromChrono(std::chrono::steady_clock::now() - start);
  if (work.outcome.ok()) return;
  // At once: the next group must not be decided as if this one were written.
  MutexLock lock(mu_);
  StopWriting(work.outcome, work.since);
}

void Committer::ShowGroup(Work& work) {
  if (!work.outcome.ok()) return;
  // Also where it changes nothing: its refusals and repetitions rest on the groups before.
  if (outcome_unknown_) {
    work.outcome = absl::UnavailableError("the outcome of a group before is unknown");
    return;
  }
  if (work.group->empty()) return;
  std::vector<const log::v1::Change*> changes;
  for (const Decided& one : work.decided) {
    if (one.change.has_value()) changes.push_back(&*one.change);
  }
  work.outcome = make_visible_(changes, *work.group);
}

void Committer::EndGroup(const Work& work) {
  MutexLock lock(mu_);
  if (!work.outcome.ok()) StopWriting(work.outcome, work.since);
  under_way_since_.pop_front();
  settled_.NotifyAll();
}

void Committer::MakeWhole(Decided& decided, const storage::Group& group) {
  if (!decided.change.has_value() || decided.answer->tally.has_value()) return;
  const std::vector<std::string>& sealed = group.SealedContents(decided.change->revision());
  std::vector<log::v1::Event> events = TakeEvents(*decided.change);
  for (size_t i = 0; i < events.size(); ++i) {
    if (!sealed[i].empty() && !domain::Unseal(sealed[i], events[i])) {
      decided.answer = absl::DataLossError("what was sealed just now cannot be read");
      return;
    }
    events[i].clear_sealed_digest();
  }
  decided.answer->events = std::move(events);
}

void Committer::AnswerGroup(Work& work) {
  if (work.group == nullptr) {
    EndGroup(work);
    for (Pending& one : work.pending) one.done(ReadOnly(work.stopped_because));
    return;
  }
  ShowGroup(work);
  EndGroup(work);
  outcome_unknown_ = outcome_unknown_ || !work.outcome.ok();
  CommitObservation seen{
      .commands = work.decided.size(), .bytes = work.group->batch_bytes(), .write = work.write, .total = {}};
  for (size_t i = 0; i < work.decided.size(); ++i) {
    Decided& one = work.decided[i];
    // Refusals, too, rested on the group's earlier commands, whose outcome is unknown now.
    if (work.outcome.ok()) {
      MakeWhole(one, *work.group);
    } else {
      one.answer = OutcomeUnknown(domain::RequestIdOf(work.pending[i].command));
    }
    one.done(std::move(one.answer));
  }
  seen.total = absl::FromChrono(std::chrono::steady_clock::now() - work.start);
  std::function<void(const CommitObservation&)> observer;
  {
    MutexLock lock(mu_);
    observer = observer_;
  }
  if (observer) observer(seen);
}

}  // namespace chengxin::engine
