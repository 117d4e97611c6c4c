#include "bench/bare_process.h"

#include <chrono>
#include <fstream>
#include <thread>
#include <utility>

#include "base/strings.h"

namespace chengxin::bench {

BareServer::BareServer(const Folder& folder, const v1::CheckEligibilityResponse& unary,
                       const v1::BatchCheckEligibilityResponse& batch, int number,
                       const std::vector<std::string>& tls) {
  const std::string base = folder.Sub(StrCat("bare-", number));
  std::ofstream(base + ".unary", std::ios::binary) << unary.SerializeAsString();
  std::ofstream(base + ".batch", std::ios::binary) << batch.SerializeAsString();
  std::vector<std::string> arguments = {base + ".ready", base + ".unary", base + ".batch"};
  arguments.insert(arguments.end(), tls.begin(), tls.end());
  auto process = Process::Start(CHENGXIN_BIN_DIR "/chengxin-bare-server", arguments);
  Require(process.status(), "chengxin-bare-server");
  process_ = *std::move(process);
  for (int port = 0; port == 0; std::this_thread::sleep_for(std::chrono::milliseconds(10))) {
    std::ifstream(base + ".ready") >> port;
    address_ = StrCat("127.0.0.1:", port);
  }
}

}  // namespace chengxin::bench
