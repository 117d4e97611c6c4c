// The bare server in a process of its own.
#ifndef CHENGXIN_BENCH_BARE_PROCESS_H_
#define CHENGXIN_BENCH_BARE_PROCESS_H_

#include <memory>
#include <string>
#include <vector>

#include "bench/population.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "tests/support/daemon.h"

namespace chengxin::bench {

// Answers with the constants given.
class BareServer {
 public:
  // `number` tells several in one folder apart. `tls`: files of certificate, key and client authorities;
  // empty: without TLS.
  BareServer(const Folder& folder, const v1::CheckEligibilityResponse& unary,
             const v1::BatchCheckEligibilityResponse& batch, int number,
             const std::vector<std::string>& tls = {});
  const std::string& address() const { return address_; }

 private:
  std::unique_ptr<Process> process_;
  std::string address_;
};

}  // namespace chengxin::bench

#endif  // CHENGXIN_BENCH_BARE_PROCESS_H_
