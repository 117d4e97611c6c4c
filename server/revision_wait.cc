#include "server/revision_wait.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "domain/refusal.h"

namespace chengxin::server {

namespace {

// Time left for the answer to travel, at most.
constexpr std::chrono::milliseconds kLongestMargin{500};

}  // namespace

RevisionWait::RevisionWait(engine::Engine& engine, uint64_t revision, Done done)
    : engine_(engine), revision_(revision), done_(std::move(done)) {}

std::shared_ptr<RevisionWait> RevisionWait::Start(engine::Engine& engine, uint64_t revision,
                                                  std::chrono::system_clock::time_point deadline, Done done) {
  std::shared_ptr<RevisionWait> wait(new RevisionWait(engine, revision, std::move(done)));
  wait->Begin(deadline);
  return wait;
}

void RevisionWait::Begin(std::chrono::system_clock::time_point deadline) {
  // Weak: an alarm keeps its callback, and this keeps the alarm.
  const std::weak_ptr<RevisionWait> weak = weak_from_this();
  deadline_.Set(deadline, [weak](bool expired) {
    const std::shared_ptr<RevisionWait> self = weak.lock();
    if (self != nullptr && expired) self->Settle(self->NotReached());
  });
  const uint64_t ticket = engine_.WhenVisible(revision_, [weak](bool reached) {
    const std::shared_ptr<RevisionWait> self = weak.lock();
    if (self == nullptr) return;
    self->hop_.Set(std::chrono::system_clock::now(), [weak, reached](bool) {
      const std::shared_ptr<RevisionWait> hopped = weak.lock();
      if (hopped != nullptr) hopped->Settle(reached ? absl::OkStatus() : hopped->NotReached());
    });
  });
  bool settled;
  {
    MutexLock lock(mu_);
    ticket_ = ticket;
    settled = done_ == nullptr;
  }
  if (settled && ticket != 0) engine_.CancelWait(ticket);
}

void RevisionWait::Cancel() { Settle(absl::CancelledError("调用已取消 (the call was cancelled)")); }

void RevisionWait::Stop() {
  Settle(domain::ToStatus({.reason = v1::ERROR_REASON_SHUTTING_DOWN,
                           .message = StrCat("服务正在停止，未等到版本", revision_,
                                             "，请稍后重试 (the server stops before revision ", revision_,
                                             " was reached; try again later)"),
                           .metadata = {{"revision", StrCat(revision_)}}}));
}

void RevisionWait::Settle(const absl::Status& status) {
  Done done;
  uint64_t ticket;
  {
    MutexLock lock(mu_);
    if (done_ == nullptr) return;
    done.swap(done_);
    ticket = ticket_;
  }
  if (ticket != 0) engine_.CancelWait(ticket);
  deadline_.Cancel();
  done(status);
}

absl::Status RevisionWait::NotReached() const {
  return domain::ToStatus({.reason = v1::ERROR_REASON_REVISION_NOT_REACHED,
                           .message = StrCat("本节点在期限内未达到版本", revision_, "，现为",
                                             engine_.revision(), " (this node has not reached revision ",
                                             revision_, " in time; it is at ", engine_.revision(), ")"),
                           .metadata = {{"revision", StrCat(engine_.revision())}}});
}

std::chrono::system_clock::time_point RevisionWaitDeadline(const grpc::CallbackServerContext& context,
                                                           absl::Duration longest) {
  const auto now = std::chrono::system_clock::now();
  const auto latest = now + absl::ToChronoNanoseconds(longest);
  const auto deadline = context.deadline();
  if (deadline >= latest) return latest;
  const auto left = std::max(deadline - now, std::chrono::system_clock::duration::zero());
  return deadline - std::min<std::chrono::system_clock::duration>(left / 5, kLongestMargin);
}

}  // namespace chengxin::server
