#include "server/audit_trail.h"

#include <utility>

#include "base/log.h"
#include "base/strings.h"

namespace chengxin::server {

AuditTrail::AuditTrail(std::unique_ptr<storage::AuditStore> store, Clock& clock,
                       const AuditTrailOptions& options)
    : store_(std::move(store)), clock_(clock), options_(options), thread_([this] { Run(); }) {}

AuditTrail::~AuditTrail() { Stop(); }

bool AuditTrail::TakePlace() {
  if (!failed_.load(std::memory_order_relaxed)) {
    if (places_.fetch_add(1, std::memory_order_relaxed) < options_.buffer_entries) return true;
    places_.fetch_sub(1, std::memory_order_relaxed);
  }
  shed_.fetch_add(1, std::memory_order_relaxed);
  return false;
}

void AuditTrail::Put(std::string bytes) {
  const absl::Time now = clock_.Now();
  MutexLock lock(mu_);
  waiting_.push_back({.time = now, .bytes = std::move(bytes)});
  ++put_count_;
  // The writer waits for the first, and no longer than until half of the places are taken.
  if (waiting_.size() == 1 || waiting_.size() == options_.buffer_entries / 2) wake_.NotifyOne();
}

void AuditTrail::PutWithoutPlace(std::string bytes) {
  places_.fetch_add(1, std::memory_order_relaxed);
  Put(std::move(bytes));
}

void AuditTrail::PutRefusal(std::string bytes) {
  if (failed_ || places_.load(std::memory_order_relaxed) >= options_.buffer_entries / 2) {
    unrecorded_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  PutWithoutPlace(std::move(bytes));
}

void AuditTrail::Flush(absl::Duration longest) {
  MutexLock lock(mu_);
  const uint64_t target = put_count_;
  flush_to_ = target;
  wake_.NotifyOne();
  while (written_count_ < target && failure_.empty()) {
    if (!written_.WaitFor(mu_, longest)) return;
  }
}

bool AuditTrail::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    wake_.NotifyOne();
  }
  if (thread_.joinable()) thread_.join();
  return !failed_;
}

AuditStats AuditTrail::Stats() const {
  MutexLock lock(mu_);
  return {.written = written_count_,
          .waiting = put_count_ - written_count_,
          .shed = shed_.load(std::memory_order_relaxed),
          .unrecorded = unrecorded_.load(std::memory_order_relaxed),
          .failure = failure_};
}

void AuditTrail::Run() {
  for (bool last = false; !last;) {
    if (!failed_ && clock_.Now() - dropped_at_ >= kAuditRetentionInterval) DropWhatIsOld();
    {
      MutexLock lock(mu_);
      if (waiting_.empty() && !stopping_) wake_.WaitFor(mu_, kAuditRetentionInterval);
      const bool can_wait = !waiting_.empty() && waiting_.size() < options_.buffer_entries / 2 &&
                            flush_to_ <= written_count_ && !stopping_;
      if (can_wait) wake_.WaitFor(mu_, kAuditWriteInterval);
      while (failed_ && !stopping_) wake_.Wait(mu_);
      last = stopping_;
      if (!failed_) writing_.swap(waiting_);
    }
    if (!failed_) Write();
  }
}

void AuditTrail::Write() {
  if (writing_.empty()) return;
  if (const absl::Status written = store_->Append(writing_); !written.ok()) {
    Fail(written);
    return;
  }
  const size_t count = writing_.size();
  writing_.clear();
  places_.fetch_sub(count, std::memory_order_relaxed);
  MutexLock lock(mu_);
  written_count_ += count;
  written_.NotifyAll();
}

void AuditTrail::DropWhatIsOld() {
  dropped_at_ = clock_.Now();
  const absl::Status dropped = store_->DropBefore(dropped_at_ - options_.keep);
  if (dropped.ok()) return;
  // Where writing has failed, the next entry says so.
  const std::string reason(dropped.message());
  LogError("old entries of the audit trail could not be dropped", {{"reason", reason}});
}

void AuditTrail::Fail(const absl::Status& status) {
  const std::string reason(status.message());
  failed_ = true;
  uint64_t waiting = 0;
  {
    MutexLock lock(mu_);
    failure_ = reason;
    waiting = put_count_ - written_count_;
    written_.NotifyAll();
  }
  LogError(
      "the audit trail cannot be written: calls that must leave an entry are refused until the server "
      "is restarted",
      {{"reason", reason}, {"entries_not_written", StrCat(waiting)}});
}

}  // namespace chengxin::server
