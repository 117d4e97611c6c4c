#include "server/self_call.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "absl/time/clock.h"
#include "base/strings.h"
#include "grpcpp/create_channel_posix.h"
#include "grpcpp/server_posix.h"

namespace chengxin::server {

namespace {

// Between an answer and the next call: some calls fall into every interval of the overload's, and an idle
// server stays idle.
constexpr std::chrono::milliseconds kPause{20};

// The steady clock, which does not go back.
absl::Time Now() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

absl::StatusOr<std::unique_ptr<SelfCall>> SelfCall::Start(grpc::Server& server, Overload& overload) {
  std::unique_ptr<SelfCall> self(new SelfCall(server, overload));
  if (const absl::Status connected = self->Connect(); !connected.ok()) {
    MutexLock lock(self->mu_);
    self->running_ = false;
    return connected;
  }
  self->Call();
  return self;
}

absl::Status SelfCall::Connect() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0) {
    return absl::UnavailableError(StrCat("无法建立内部连接 (cannot make a socket): ", std::strerror(errno)));
  }
  grpc::AddInsecureChannelFromFd(&server_, ends[0]);
  stub_ = grpc::health::v1::Health::NewStub(grpc::CreateInsecureChannelFromFd("chengxind", ends[1]));
  connected_ = true;
  return absl::OkStatus();
}

SelfCall::~SelfCall() {
  MutexLock lock(mu_);
  ending_ = true;
  while (running_) ended_.Wait(mu_);
}

void SelfCall::Call() {
  {
    MutexLock lock(mu_);
    if (ending_) {
      running_ = false;
      ended_.NotifyAll();
      return;
    }
  }
  // Where there is no socket now, the call fails and it is tried again.
  if (!connected_) Connect().IgnoreError();
  context_.emplace();
  const absl::Time asked = Now();
  stub_->async()->Check(&*context_, &request_, &response_,
                        [this, asked](const grpc::Status& status) { Answered(asked, status); });
}

void SelfCall::Answered(absl::Time asked, const grpc::Status& status) {
  const absl::Time now = Now();
  connected_ = status.ok();
  if (connected_) overload_.Observe(now - asked, now);
  pause_.emplace();
  pause_->Set(std::chrono::system_clock::now() + kPause, [this](bool) { Call(); });
}

}  // namespace chengxin::server
