// Which calls may be repeated, when, and how long to wait in between.
#ifndef CHENGXIN_CLIENT_RETRY_POLICY_H_
#define CHENGXIN_CLIENT_RETRY_POLICY_H_

#include <random>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace chengxin::client {

// Why an rpc may be sent a second time when it is not known what became of the first.
enum class Repeatable {
  kRead,         // changes nothing
  kByRequestId,  // changes something at most once for each request_id: repeated with the very same request
  kWholeStream,  // a read in parts, all of one revision: begun again from the start
  kFromCursor,   // a watch: resumed after the last revision seen
  kByBatch,      // an import: batches without an answer are sent again, each with its request_id
  kToTarget,     // moves to what the request names: sent again, it finds itself there
};

// One row of the table: every rpc of chengxin.v1 has one.
struct RpcRow {
  std::string_view method;  // "chengxin.v1.RecordService/CreateRecord"
  Repeatable repeatable;
};
absl::Span<const RpcRow> RpcTable();
// The row of a method. The process ends where there is none: a method without a row must not be called.
const RpcRow& RowOf(std::string_view method);
// Whether the rpc changes something under a request_id, so that a failure may leave an outcome unknown that
// repeating it tells.
bool ChangesSomething(const RpcRow& row);

// Whether the failed call may be sent again: UNAVAILABLE, and RESOURCE_EXHAUSTED with QUEUE_FULL,
// PRINCIPAL_LIMIT, OVERLOADED or AUDIT_FULL (nothing was done). Not where the server says that waiting will
// not help: READ_ONLY, REVISION_NOT_REACHED.
bool MayRetry(const absl::Status& status);
// Whether a command that failed so may have been written all the same.
bool OutcomeUnknownAfter(const absl::Status& status);

struct RetryPolicy {
  int maximum_attempts = 6;  // the first one included; 1: never repeat
  absl::Duration first_delay = absl::Milliseconds(100);
  absl::Duration longest_delay = absl::Seconds(5);
};

// The delays of one series of attempts: doubling from first_delay up to longest_delay, each drawn evenly from
// its upper half, so that many clients do not come back at once. Not thread-safe.
class Backoff {
 public:
  explicit Backoff(const RetryPolicy& policy);
  // The delay before the next attempt; not shorter than what the server asked for in `status`.
  absl::Duration Next(const absl::Status& status);
  // An attempt made progress: begin with first_delay again.
  void Reset() { next_ = policy_.first_delay; }

 private:
  const RetryPolicy policy_;
  absl::Duration next_;
  std::minstd_rand random_;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_RETRY_POLICY_H_
