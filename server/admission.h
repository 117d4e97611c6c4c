// Which calls are taken: the limits of each principal and of the node, and what is refused while the node is
// overloaded.
#ifndef CHENGXIN_SERVER_ADMISSION_H_
#define CHENGXIN_SERVER_ADMISSION_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "server/call_metrics.h"
#include "server/overload.h"

namespace chengxin::server {

// What a deployment sets; each at least 1.
struct AdmissionLimits {
  // Calls under way at once, watches apart. Reads leave the last eighth to others.
  int calls = 4'096;
  // Calls of one principal under way at once, watches apart.
  int principal_calls = 256;
  // Calls of one principal in a second, on average; as many may come at once after a quiet second.
  int principal_calls_per_second = 100'000;
};

// When a call is refused for the node's sake.
enum class Shedding {
  kFirst,  // a read: while calls wait too long here, or only the last eighth of the places is free
  kLast,   // what changes something, which the command queue bounds, and the status: when all are taken
  kApart,  // a watch: never, since watches have a limit of their own
};
Shedding SheddingOf(Method method);

// The account of the public that calls from `peer`, which is as gRPC gives it, for example
// "ipv4:203.0.113.7:51234": "@" and the address in IPv4, the first 64 bits in IPv6, where one caller has all
// the addresses behind them.
std::string PublicAccount(std::string_view peer);

// Counts calls and refuses those above the limits: RESOURCE_EXHAUSTED with OVERLOADED (the node) or
// PRINCIPAL_LIMIT, and RetryInfo. A principal that has nothing under way and a full bucket is as good as
// unknown and is forgotten, so that memory is bounded by the calls of a second and those under way.
// Thread-safe; outlives its permits.
class Admission {
 private:
  struct Account {
    double tokens = 0;
    absl::Time filled;
    int under_way = 0;
  };
  struct Shard {
    mutable Mutex mu;
    // References into it last.
    std::unordered_map<std::string, Account> accounts CHENGXIN_GUARDED_BY(mu);
    // Accounts from which on the idle ones are looked for.
    size_t crowded CHENGXIN_GUARDED_BY(mu) = kLeastCrowd;
  };

 public:
  // The places that one call holds; none at first. Given back once, by Return or with it. Used by one thread
  // at a time.
  class Permit {
   public:
    Permit() = default;
    ~Permit() { Return(); }
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;
    void Return();

   private:
    friend class Admission;
    Admission* node_ = nullptr;
    Shard* shard_ = nullptr;
    Account* account_ = nullptr;
  };

  // `clock` must run, and so is not a simulated one; only differences of its instants matter.
  Admission(const AdmissionLimits& limits, Overload& overload, Clock& clock);
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  // Takes a place of the node for a call of which nothing is known yet but its method.
  absl::Status EnterNode(Method method, Permit& permit);
  // Takes a place and one call out of the bucket of an account: a subject, or a PublicAccount. What is
  // refused costs the account nothing.
  absl::Status EnterAccount(Method method, const std::string& account, Permit& permit);

  // Calls refused so far.
  int64_t shed() const { return shed_.load(std::memory_order_relaxed); }
  // Calls that hold a place of the node.
  int under_way() const { return under_way_.load(std::memory_order_relaxed); }
  // Principals and networks remembered now.
  size_t accounts() const;

 private:
  static constexpr size_t kShards = 64;
  static constexpr size_t kLeastCrowd = 64;

  absl::Status Overloaded(std::string_view zh, std::string_view en);
  absl::Status PrincipalLimit(std::string_view zh, std::string_view en, int limit, absl::Duration wait);
  Account& FindAccount(Shard& shard, const std::string& name, absl::Time now) CHENGXIN_REQUIRES(shard.mu);
  void Fill(Account& account, absl::Time now) const;

  const AdmissionLimits limits_;
  const int calls_for_reads_;
  Overload& overload_;
  Clock& clock_;
  std::atomic<int> under_way_{0};
  std::atomic<int64_t> shed_{0};
  std::array<Shard, kShards> shards_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_ADMISSION_H_
