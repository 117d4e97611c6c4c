#include "bench/load.h"

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <random>
#include <utility>

#include "base/mutex.h"
#include "bench/population.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "client/error.h"
#include "domain/timestamps.h"

namespace chengxin::bench {

namespace {

using Stub = v1::EligibilityService::Stub;

// Requests made ahead: making them is not what is measured.
constexpr int kUnaryRequests = 1 << 16;
constexpr int kBatchRequests = 64;

CallerProof& Proof() {
  static CallerProof proof;
  return proof;
}

void FillContext(v1::QueryContext& context) {
  context.set_purpose(v1::QUERY_PURPOSE_AWARD);
  context.set_project("KM-2026-017");
  domain::SetTimestamp(absl::Now() + absl::Hours(24), *context.mutable_cut_off());
}

v1::CheckEligibilityRequest OneRequest(const Load& load, std::mt19937& random) {
  v1::CheckEligibilityRequest request;
  std::uniform_int_distribution<int> pick(0, load.organizations - 1);
  request.set_organization_code(CodeOf(pick(random)).ToString());
  FillContext(*request.mutable_context());
  request.set_view(load.view);
  return request;
}

v1::BatchCheckEligibilityRequest BatchRequest(const Load& load, std::mt19937& random) {
  v1::BatchCheckEligibilityRequest request;
  std::uniform_int_distribution<int> pick(0, load.organizations - 1);
  for (int i = 0; i < load.batch; ++i) request.add_organization_codes(CodeOf(pick(random)).ToString());
  FillContext(*request.mutable_context());
  request.set_view(load.view);
  return request;
}

void RequireCall(const grpc::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "call failed: %d %s\n", status.error_code(), status.error_message().c_str());
  std::exit(1);
}

// How long the server asks to wait, where it refused the call for being overloaded.
std::optional<absl::Duration> RetryDelay(const grpc::Status& status) {
  if (status.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED) return std::nullopt;
  return client::RetryDelayOf(client::FromGrpc(status));
}

void Call(Stub& stub, grpc::ClientContext& context, const v1::CheckEligibilityRequest& request,
          v1::CheckEligibilityResponse& response, std::function<void(grpc::Status)> done) {
  stub.async()->CheckEligibility(&context, &request, &response, std::move(done));
}
void Call(Stub& stub, grpc::ClientContext& context, const v1::BatchCheckEligibilityRequest& request,
          v1::BatchCheckEligibilityResponse& response, std::function<void(grpc::Status)> done) {
  stub.async()->BatchCheckEligibility(&context, &request, &response, std::move(done));
}

// Calls in flight until the time is over.
template <typename Request, typename Response>
class Loader {
 public:
  Loader(std::unique_ptr<Stub> stub, const std::vector<Request>& requests, int in_flight)
      : stub_(std::move(stub)), requests_(requests), slots_(static_cast<size_t>(in_flight)) {}

  // Calls answered per second.
  double Run(absl::Duration length) {
    {
      MutexLock lock(mu_);
      running_ = static_cast<int>(slots_.size());
    }
    size_t first = 0;
    const absl::Time start = absl::Now();
    end_ = start + length;
    for (Slot& slot : slots_) {
      slot.next = first;
      first += requests_.size() / slots_.size();
      Begin(slot);
    }
    MutexLock lock(mu_);
    while (running_ > 0) idle_.Wait(mu_);
    return static_cast<double>(answered_) / absl::ToDoubleSeconds(absl::Now() - start);
  }

 private:
  struct Slot {
    std::optional<grpc::ClientContext> context;
    Response response;
    std::optional<grpc::Alarm> pause;  // after a refusal
    size_t next = 0;
  };

  void Begin(Slot& slot) {
    slot.context.emplace();
    AddPrincipal(*slot.context);
    const Request& request = requests_[slot.next++ % requests_.size()];
    Call(*stub_, *slot.context, request, slot.response, [this, &slot](const grpc::Status& status) {
      if (const std::optional<absl::Duration> wait = RetryDelay(status)) {
        slot.pause.emplace();
        slot.pause->Set(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(*wait),
                        [this, &slot](bool) { Begin(slot); });
        return;
      }
      RequireCall(status);
      answered_.fetch_add(1, std::memory_order_relaxed);
      if (absl::Now() < end_) return Begin(slot);
      MutexLock lock(mu_);
      if (--running_ == 0) idle_.NotifyAll();
    });
  }

  const std::unique_ptr<Stub> stub_;
  const std::vector<Request>& requests_;
  std::vector<Slot> slots_;
  absl::Time end_;
  std::atomic<int64_t> answered_{0};
  Mutex mu_;
  CondVar idle_;
  int running_ CHENGXIN_GUARDED_BY(mu_) = 0;
};

// The requests of a load, made once for all its runs.
template <typename Request>
const std::vector<Request>& RequestsFor(const Load& load, int count,
                                        Request (*make)(const Load&, std::mt19937&)) {
  static std::list<std::pair<Load, std::vector<Request>>> made;  // references into it last
  for (const auto& [known, requests] : made) {
    if (known.organizations == load.organizations && known.batch == load.batch && known.view == load.view) {
      return requests;
    }
  }
  std::mt19937 random(7);
  std::vector<Request> requests;
  for (int i = 0; i < count; ++i) requests.push_back(make(load, random));
  return made.emplace_back(load, std::move(requests)).second;
}

}  // namespace

void ProveWith(CallerProof proof) { Proof() = std::move(proof); }

std::shared_ptr<grpc::Channel> ConnectApart(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  const CallerProof& proof = Proof();
  if (proof.authorities.empty())
    return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  return grpc::CreateCustomChannel(address,
                                   grpc::SslCredentials({.pem_root_certs = proof.authorities,
                                                         .pem_private_key = proof.key,
                                                         .pem_cert_chain = proof.certificate}),
                                   arguments);
}

void AddPrincipal(grpc::ClientContext& context) {
  if (!Proof().token.empty()) {
    context.AddMetadata("authorization", "Bearer " + Proof().token);
    return;
  }
  context.AddMetadata("chengxin-subject", "benchmark");
  context.AddMetadata("chengxin-role", "purchaser");
  context.AddMetadata("chengxin-unit", "purchasers/km-culture");
}

std::vector<v1::CheckEligibilityRequest> CheckRequests(const Load& load, int count) {
  std::mt19937 random(7);
  std::vector<v1::CheckEligibilityRequest> requests;
  for (int i = 0; i < count; ++i) requests.push_back(OneRequest(load, random));
  return requests;
}

double ChecksPerSecond(const std::string& address, const Load& load, absl::Duration length) {
  auto stub = v1::EligibilityService::NewStub(ConnectApart(address));
  if (load.batch == 0) {
    const auto& requests = RequestsFor<v1::CheckEligibilityRequest>(
        load, std::min(kUnaryRequests, load.organizations), OneRequest);
    return Loader<v1::CheckEligibilityRequest, v1::CheckEligibilityResponse>(std::move(stub), requests,
                                                                             load.in_flight)
        .Run(length);
  }
  const auto& requests = RequestsFor<v1::BatchCheckEligibilityRequest>(load, kBatchRequests, BatchRequest);
  return load.batch * Loader<v1::BatchCheckEligibilityRequest, v1::BatchCheckEligibilityResponse>(
                          std::move(stub), requests, load.in_flight)
                          .Run(length);
}

v1::CheckEligibilityResponse AskOne(const std::string& address, const Load& load) {
  std::mt19937 random(7);
  grpc::ClientContext context;
  AddPrincipal(context);
  v1::CheckEligibilityResponse response;
  RequireCall(v1::EligibilityService::NewStub(ConnectApart(address))
                  ->CheckEligibility(&context, OneRequest(load, random), &response));
  return response;
}

v1::BatchCheckEligibilityResponse AskBatch(const std::string& address, const Load& load) {
  std::mt19937 random(7);
  grpc::ClientContext context;
  AddPrincipal(context);
  v1::BatchCheckEligibilityResponse response;
  RequireCall(v1::EligibilityService::NewStub(ConnectApart(address))
                  ->BatchCheckEligibility(&context, BatchRequest(load, random), &response));
  return response;
}

}  // namespace chengxin::bench
