#include "client/connection.h"

#include <chrono>
#include <utility>

#include "client/error.h"

namespace chengxin::client {

Connection::Connection(std::shared_ptr<grpc::ChannelInterface> channel, ClientOptions options)
    : options_(std::move(options)),
      clock_(options_.clock != nullptr ? *options_.clock : SystemClock()),
      sleeper_(options_.sleeper != nullptr ? *options_.sleeper : SystemSleeper()),
      admin_(v1::AdminService::NewStub(channel)),
      audits_(v1::AuditService::NewStub(channel)),
      awards_(v1::AwardService::NewStub(channel)),
      cases_(v1::CaseService::NewStub(channel)),
      eligibility_(v1::EligibilityService::NewStub(channel)),
      listings_(v1::ListingService::NewStub(channel)),
      organizations_(v1::OrganizationService::NewStub(channel)),
      records_(v1::RecordService::NewStub(channel)) {}

void Connection::Identify(grpc::ClientContext& context) const {
  for (const auto& [key, value] : options_.identity.Metadata()) context.AddMetadata(key, value);
}

absl::Status Connection::Call(const RpcRow& row, std::string_view request_id,
                              const std::function<grpc::Status(grpc::ClientContext&)>& attempt) {
  const absl::Time deadline = clock_.Now() + options_.timeout;
  Backoff backoff(options_.retry);
  bool may_be_done = false;  // by an earlier attempt
  for (int made = 1;; ++made) {
    grpc::ClientContext context;
    Identify(context);
    context.set_deadline(std::chrono::system_clock::now() +
                         absl::ToChronoNanoseconds(deadline - clock_.Now()));
    const absl::Status status = FromGrpc(attempt(context));
    if (status.ok()) return status;
    // A server that refuses a repeated command for what it says has looked its request_id up: it was not done
    // before. One that takes no commands at all has not looked.
    may_be_done = OutcomeUnknownAfter(status) ||
                  (may_be_done && (status.code() == absl::StatusCode::kUnavailable ||
                                   status.code() == absl::StatusCode::kResourceExhausted));
    const absl::Duration delay = backoff.Next(status);
    const bool again =
        MayRetry(status) && made < options_.retry.maximum_attempts && clock_.Now() + delay < deadline;
    if (!again) return may_be_done && ChangesSomething(row) ? WithUnknownOutcome(status, request_id) : status;
    sleeper_.Sleep(delay, nullptr);
  }
}

}  // namespace chengxin::client
