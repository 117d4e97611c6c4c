// Load on a server of the eligibility service: a number of calls in flight, each followed by the next.
#ifndef CHENGXIN_BENCH_LOAD_H_
#define CHENGXIN_BENCH_LOAD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace chengxin::bench {

// What is asked of the server.
struct Load {
  int in_flight = 1;
  int organizations = 0;  // random codes of the first so many
  int batch = 0;          // codes in a batch; 0: one code, unary
  v1::EligibilityView view = v1::ELIGIBILITY_VIEW_BASIC;
};

// Checks (codes answered) per second, over `length`. Ends the program where a call fails.
double ChecksPerSecond(const std::string& address, const Load& load, absl::Duration length);

// A caller's proofs, PEM but for the token.
struct CallerProof {
  std::string authorities;
  std::string certificate;
  std::string key;
  std::string token;
};
// Calls are made over TLS with these proofs from here on; before, without, as a server that believes takes
// them.
void ProveWith(CallerProof proof);

// What loads are made of, for benchmarks that call in another way. A connection that is shared with nobody;
// who calls; so many requests for one code each.
std::shared_ptr<grpc::Channel> ConnectApart(const std::string& address);
void AddPrincipal(grpc::ClientContext& context);
std::vector<v1::CheckEligibilityRequest> CheckRequests(const Load& load, int count);

// One answer of each kind, for the constants of the bare server.
v1::CheckEligibilityResponse AskOne(const std::string& address, const Load& load);
v1::BatchCheckEligibilityResponse AskBatch(const std::string& address, const Load& load);

}  // namespace chengxin::bench

#endif  // CHENGXIN_BENCH_LOAD_H_
