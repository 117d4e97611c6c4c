// The limits of the process: connections, open files, metadata, slow senders.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "base/strings.h"
#include "chengxin/v1/admin_service.grpc.pb.h"
#include "grpcpp/client_context.h"
#include "tests/process/office.h"
#include "tests/support/daemon.h"

namespace chengxin {
namespace {

using testing::HasSubstr;

grpc::Status AskStatus(const Daemon& daemon, absl::Duration patience, size_t metadata_bytes,
                       v1::GetStatusResponse& response) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + patience));
  context.set_wait_for_ready(true);
  if (metadata_bytes > 0) context.AddMetadata("x-long", std::string(metadata_bytes, 'x'));
  return v1::AdminService::NewStub(daemon.Connect())->GetStatus(&context, {}, &response);
}

// A connection on which nothing is ever sent.
class Silent {
 public:
  explicit Silent(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  }
  ~Silent() { Close(); }
  void Close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  // Reads until the server hangs up, which it must before a minute has passed.
  bool IsCutOff() const {
    const timeval minute{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof(minute));
    char part[256];
    ssize_t count = 0;
    while ((count = ::read(socket_, part, sizeof(part))) > 0) {
    }
    return count == 0 || errno == ECONNRESET;
  }

 private:
  int socket_;
};

TEST(Limits, StatusShowsWhatTheConfigurationSets) {
  const TestFolder folder;
  const auto daemon =
      Daemon::Start(folder.data(),
                    {"--maximum-calls", "77", "--principal-calls", "7", "--principal-calls-per-second", "770",
                     "--call-memory-mib", "64", "--maximum-call-seconds", "17", "--maximum-connections", "70",
                     "--command-queue", "777", "--maximum-request-bytes", "70000"});
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  v1::GetStatusResponse response;
  ASSERT_TRUE(AskStatus(**daemon, absl::Minutes(1), 0, response).ok());
  const auto& limits = response.limits();
  EXPECT_EQ(limits.at("calls"), 77);
  EXPECT_EQ(limits.at("principal_calls"), 7);
  EXPECT_EQ(limits.at("principal_calls_per_second"), 770);
  EXPECT_EQ(limits.at("call_memory_mib"), 64);
  EXPECT_EQ(limits.at("call_seconds"), 17);
  EXPECT_EQ(limits.at("connections"), 70);
  EXPECT_EQ(limits.at("queued_commands"), 777);
  EXPECT_EQ(limits.at("request_bytes"), 70'000);
}

TEST(Limits, ConnectionsAboveTheLimitWaitUntilOthersHaveGone) {
  const TestFolder folder;
  const auto daemon = Daemon::Start(folder.data(), {"--maximum-connections", "3"});
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  std::vector<std::unique_ptr<Silent>> silent;
  for (int i = 0; i < 3; ++i) silent.push_back(std::make_unique<Silent>((*daemon)->port()));
  v1::GetStatusResponse response;
  EXPECT_EQ(AskStatus(**daemon, absl::Seconds(1), 0, response).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  silent.pop_back();
  const grpc::Status status = AskStatus(**daemon, absl::Minutes(1), 0, response);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST(Limits, WhoConnectsAndSaysNothingIsCutOff) {
  const TestFolder folder;
  const auto daemon = Daemon::Start(folder.data());
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  EXPECT_TRUE(Silent((*daemon)->port()).IsCutOff());
}

TEST(Limits, MetadataLargerThanTheLimitIsRefused) {
  const TestFolder folder;
  const auto daemon = Daemon::Start(folder.data());
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  v1::GetStatusResponse response;
  EXPECT_TRUE(AskStatus(**daemon, absl::Minutes(1), 7'000, response).ok());
  EXPECT_EQ(AskStatus(**daemon, absl::Minutes(1), 8'200, response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST(Limits, HealthAnswersWhereNoCallIsTaken) {
  const TestFolder folder;
  const auto daemon = Daemon::Start(folder.data(), {"--principal-calls-per-second", "1"});
  ASSERT_TRUE(daemon.ok()) << daemon.status();
  Office office(**daemon);
  absl::StatusOr<v1::GetStatusResponse> status = office.Status();
  for (int i = 0; i < 10'000 && status.ok(); ++i) status = office.Status();
  EXPECT_EQ(status.status().code(), absl::StatusCode::kResourceExhausted) << status.status();
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(office.Health("").ok());
}

TEST(Limits, AProcessThatMayOpenTooFewFilesSaysSoAndDoesNotStart) {
  const TestFolder folder;
  const auto shell = Process::Start(
      "/bin/sh", {"-c", StrCat("ulimit -n 6000; exec ", Daemon::Binary(), " --data-folder ", folder.data(),
                               " --authentication development --listen-address 127.0.0.1:0")});
  ASSERT_TRUE(shell.ok()) << shell.status();
  const Ended ended = (*shell)->Wait();
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("may open 6000 files and needs 15120"));
}

}  // namespace
}  // namespace chengxin
