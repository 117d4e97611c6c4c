// Linked into every program that uses gRPC, in ThreadSanitizer builds only: tells ThreadSanitizer what the
// packaged gRPC orders between threads (docs/decisions/0010-tsan.md).
//
// Each function here stands before one that a packaged library exports, calls it, and says which address the
// order runs through. None adds an order that is not there: a lock, the tag of a batch, the references of a
// call or of a server.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/mutex.h"
#include "grpc/grpc.h"
#include "grpcpp/server.h"
#include "grpcpp/support/server_callback.h"

namespace {

// The library's own function of that symbol; `Function` is its type, a method's object its first parameter.
template <typename Function>
Function* Packaged(const char* symbol) {
  void* const found = ::dlsym(RTLD_NEXT, symbol);
  if (found == nullptr) __builtin_trap();  // another release of the library
  return reinterpret_cast<Function*>(found);
}

}  // namespace

// Locks. gpr_mu and gpr_cv are made of them. Nothing that is linked uses the other ways to lock one.
namespace absl {
inline namespace debian3 {

void Mutex::Lock() {
  static const auto lock = Packaged<void(Mutex*)>("_ZN4absl7debian35Mutex4LockEv");
  lock(this);
  __tsan_acquire(this);
}

bool Mutex::TryLock() {
  static const auto try_lock = Packaged<bool(Mutex*)>("_ZN4absl7debian35Mutex7TryLockEv");
  const bool locked = try_lock(this);
  if (locked) __tsan_acquire(this);
  return locked;
}

void Mutex::Unlock() {
  static const auto unlock = Packaged<void(Mutex*)>("_ZN4absl7debian35Mutex6UnlockEv");
  __tsan_release(this);
  unlock(this);
}

void CondVar::Wait(Mutex* mu) {
  static const auto wait = Packaged<void(CondVar*, Mutex*)>("_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE");
  __tsan_release(mu);
  wait(this, mu);
  __tsan_acquire(mu);
}

bool CondVar::WaitWithTimeout(Mutex* mu, Duration timeout) {
  static const auto wait = Packaged<bool(CondVar*, Mutex*, Duration)>(
      "_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE");
  __tsan_release(mu);
  const bool timed_out = wait(this, mu, timeout);
  __tsan_acquire(mu);
  return timed_out;
}

bool CondVar::WaitWithDeadline(Mutex* mu, Time deadline) {
  static const auto wait = Packaged<bool(CondVar*, Mutex*, Time)>(
      "_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  __tsan_release(mu);
  const bool timed_out = wait(this, mu, deadline);
  __tsan_acquire(mu);
  return timed_out;
}

}  // namespace debian3
}  // namespace absl

// Batches: what was done before one was started is seen where its tag comes out of the completion queue.
// Callbacks come out there too: threads of libgrpc++ take their tags by grpc_completion_queue_next and run
// them.
extern "C" {

grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* ops, size_t count, void* tag,
                                      void* reserved) {
  static const auto start = Packaged<decltype(grpc_call_start_batch)>("grpc_call_start_batch");
  __tsan_release(tag);
  return start(call, ops, count, tag, reserved);
}

grpc_event grpc_completion_queue_next(grpc_completion_queue* queue, gpr_timespec deadline, void* reserved) {
  static const auto next = Packaged<decltype(grpc_completion_queue_next)>("grpc_completion_queue_next");
  const grpc_event event = next(queue, deadline, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(event.tag);
  return event;
}

grpc_event grpc_completion_queue_pluck(grpc_completion_queue* queue, void* tag, gpr_timespec deadline,
                                       void* reserved) {
  static const auto pluck = Packaged<decltype(grpc_completion_queue_pluck)>("grpc_completion_queue_pluck");
  const grpc_event event = pluck(queue, tag, deadline, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(tag);
  return event;
}

}  // extern "C"

namespace grpc {
namespace internal {

namespace {

// OnCancel of a reactor; the library gives up its reference to the call right after.
class Cancellation final : public ServerReactor {
 public:
  Cancellation(ServerReactor* reactor, void* references) : reactor_(reactor), references_(references) {}
  void OnCancel() override {
    reactor_->OnCancel();
    __tsan_release(references_);
    delete this;
  }
  void OnDone() override {}

 private:
  ServerReactor* reactor_;
  void* references_;
};

}  // namespace

// The references of a server's call. The headers' part of the counting is compiled with ours, and seen, at
// the counter's address; the library's part is not.
void ServerCallbackCall::ScheduleOnDone(bool inline_ondone) {
  static const auto schedule =
      Packaged<void(ServerCallbackCall*, bool)>("_ZN4grpc8internal18ServerCallbackCall14ScheduleOnDoneEb");
  __tsan_acquire(&callbacks_outstanding_);
  schedule(this, inline_ondone);
}

void ServerCallbackCall::CallOnCancel(ServerReactor* reactor) {
  static const auto call = Packaged<void(ServerCallbackCall*, ServerReactor*)>(
      "_ZN4grpc8internal18ServerCallbackCall12CallOnCancelEPNS0_13ServerReactorE");
  __tsan_acquire(&on_cancel_conditions_remaining_);
  call(this, reactor->InternalInlineable() ? reactor : new Cancellation(reactor, &callbacks_outstanding_));
}

}  // namespace internal

// The references of a server, one a call: the stop waits for them all, and only the last one takes a lock.
void Server::UnrefWithPossibleNotify() {
  static const auto unref = Packaged<void(Server*)>("_ZN4grpc6Server23UnrefWithPossibleNotifyEv");
  __tsan_release(this);
  unref(this);
}

void Server::UnrefAndWaitLocked() {
  static const auto wait = Packaged<void(Server*)>("_ZN4grpc6Server18UnrefAndWaitLockedEv");
  wait(this);
  __tsan_acquire(this);
}

}  // namespace grpc
