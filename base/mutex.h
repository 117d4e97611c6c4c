// Locks with clang's thread-safety annotations. They wrap the standard library's: ThreadSanitizer misreports
// the packaged absl::Mutex.
#ifndef CHENGXIN_BASE_MUTEX_H_
#define CHENGXIN_BASE_MUTEX_H_

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#include "absl/time/time.h"

#if defined(__clang__)
#define CHENGXIN_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define CHENGXIN_THREAD_ANNOTATION(x)
#endif
#define CHENGXIN_CAPABILITY(x) CHENGXIN_THREAD_ANNOTATION(capability(x))
#define CHENGXIN_SCOPED_CAPABILITY CHENGXIN_THREAD_ANNOTATION(scoped_lockable)
#define CHENGXIN_GUARDED_BY(x) CHENGXIN_THREAD_ANNOTATION(guarded_by(x))
#define CHENGXIN_PT_GUARDED_BY(x) CHENGXIN_THREAD_ANNOTATION(pt_guarded_by(x))
#define CHENGXIN_REQUIRES(...) CHENGXIN_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
#define CHENGXIN_REQUIRES_SHARED(...) CHENGXIN_THREAD_ANNOTATION(requires_shared_capability(__VA_ARGS__))
#define CHENGXIN_EXCLUDES(...) CHENGXIN_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))
#define CHENGXIN_ACQUIRE(...) CHENGXIN_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
#define CHENGXIN_ACQUIRE_SHARED(...) CHENGXIN_THREAD_ANNOTATION(acquire_shared_capability(__VA_ARGS__))
#define CHENGXIN_RELEASE(...) CHENGXIN_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
#define CHENGXIN_RELEASE_SHARED(...) CHENGXIN_THREAD_ANNOTATION(release_shared_capability(__VA_ARGS__))
#define CHENGXIN_RELEASE_GENERIC(...) CHENGXIN_THREAD_ANNOTATION(release_generic_capability(__VA_ARGS__))
#define CHENGXIN_NO_THREAD_SAFETY_ANALYSIS CHENGXIN_THREAD_ANNOTATION(no_thread_safety_analysis)

namespace chengxin {

class CHENGXIN_CAPABILITY("mutex") Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void Lock() CHENGXIN_ACQUIRE() { mu_.lock(); }
  void Unlock() CHENGXIN_RELEASE() { mu_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mu_;
};

class CHENGXIN_CAPABILITY("mutex") SharedMutex {
 public:
  SharedMutex() = default;
  SharedMutex(const SharedMutex&) = delete;
  SharedMutex& operator=(const SharedMutex&) = delete;

  void Lock() CHENGXIN_ACQUIRE() { mu_.lock(); }
  void Unlock() CHENGXIN_RELEASE() { mu_.unlock(); }
  void LockShared() CHENGXIN_ACQUIRE_SHARED() { mu_.lock_shared(); }
  void UnlockShared() CHENGXIN_RELEASE_SHARED() { mu_.unlock_shared(); }

 private:
  std::shared_mutex mu_;
};

// Holds a Mutex for its own lifetime.
class CHENGXIN_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mu) CHENGXIN_ACQUIRE(mu) : mu_(mu) { mu_.Lock(); }
  ~MutexLock() CHENGXIN_RELEASE() { mu_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mu_;
};

// Holds a SharedMutex for writing for its own lifetime.
class CHENGXIN_SCOPED_CAPABILITY WriterLock {
 public:
  explicit WriterLock(SharedMutex& mu) CHENGXIN_ACQUIRE(mu) : mu_(mu) { mu_.Lock(); }
  ~WriterLock() CHENGXIN_RELEASE() { mu_.Unlock(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  SharedMutex& mu_;
};

// Holds a SharedMutex for reading for its own lifetime.
class CHENGXIN_SCOPED_CAPABILITY ReaderLock {
 public:
  explicit ReaderLock(SharedMutex& mu) CHENGXIN_ACQUIRE_SHARED(mu) : mu_(mu) { mu_.LockShared(); }
  ~ReaderLock() CHENGXIN_RELEASE_GENERIC() { mu_.UnlockShared(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  SharedMutex& mu_;
};

// A condition variable for Mutex. Wakes may be spurious: wait in a loop on what is waited for.
class CondVar {
 public:
  CondVar() = default;
  CondVar(const CondVar&) = delete;
  CondVar& operator=(const CondVar&) = delete;

  void Wait(Mutex& mu) CHENGXIN_REQUIRES(mu) {
    std::unique_lock<std::mutex> lock(mu.mu_, std::adopt_lock);
    cv_.wait(lock);
    lock.release();
  }
  // Waits at most `timeout`, by the steady clock; infinite is allowed. False where the time had passed before
  // a wake came.
  bool WaitFor(Mutex& mu, absl::Duration timeout) CHENGXIN_REQUIRES(mu) {
    // The standard library adds the timeout to the time and would overflow; waking early once a year is
    // allowed.
    constexpr absl::Duration kLongest = absl::Hours(24 * 365);
    std::unique_lock<std::mutex> lock(mu.mu_, std::adopt_lock);
    const bool woken = cv_.wait_for(lock, absl::ToChronoNanoseconds(std::min(timeout, kLongest))) ==
                       std::cv_status::no_timeout;
    lock.release();
    return woken || timeout > kLongest;
  }
  void NotifyOne() { cv_.notify_one(); }
  void NotifyAll() { cv_.notify_all(); }

 private:
  std::condition_variable cv_;
};

}  // namespace chengxin

#endif  // CHENGXIN_BASE_MUTEX_H_
