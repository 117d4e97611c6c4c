// Races that must be reported, and orders that must be known. The races are real, in a process of their own.
#include <dlfcn.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"

namespace chengxin {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

constexpr int kReported = 66;  // ThreadSanitizer's exit code

void OnTwoThreads(const std::function<void()>& one, const std::function<void()>& other) {
  std::thread thread(one);
  other();
  thread.join();
}

// Both have come before either goes on; known to the processor, not to ThreadSanitizer.
class Meeting {
 public:
  void Meet() {
    come_.fetch_add(1, std::memory_order_relaxed);
    while (come_.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
  }

 private:
  std::atomic<int> come_ = 0;
};

// A server whose Check calls `check`, and a client's call of it.
class Served {
 public:
  explicit Served(std::function<grpc::ServerUnaryReactor*(grpc::CallbackServerContext&)> check)
      : service_(std::move(check)) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ =
        Health::NewStub(grpc::CreateChannel(StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
  }
  bool Ask(std::chrono::milliseconds patience = std::chrono::seconds(60)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + patience);
    HealthCheckResponse response;
    return stub_->Check(&context, HealthCheckRequest(), &response).ok();
  }

 private:
  class Service final : public Health::CallbackService {
   public:
    explicit Service(std::function<grpc::ServerUnaryReactor*(grpc::CallbackServerContext&)> check)
        : check_(std::move(check)) {}
    grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context, const HealthCheckRequest* request,
                                    HealthCheckResponse* response) override {
      return check_(*context);
    }

   private:
    std::function<grpc::ServerUnaryReactor*(grpc::CallbackServerContext&)> check_;
  };

  Service service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Health::Stub> stub_;
};

class Reported : public testing::Test {
 protected:
  Reported() { testing::GTEST_FLAG(death_test_style) = "threadsafe"; }
};

TEST_F(Reported, ACopyOfMemory) {
  char to[64] = {};
  const char from[64] = {};
  EXPECT_EXIT(
      {
        const auto copy = [&] { std::memcpy(to, from, sizeof(to)); };
        OnTwoThreads(copy, copy);
        std::exit(0);
      },
      testing::ExitedWithCode(kReported), "data race");
}

TEST_F(Reported, MemoryGivenBackWhileItIsWritten) {
  EXPECT_EXIT(
      {
        Meeting meeting;
        int* const number = new int(0);
        OnTwoThreads(
            [&] {
              *number = 1;
              meeting.Meet();
            },
            [&] {
              meeting.Meet();
              delete number;
            });
        std::exit(0);
      },
      testing::ExitedWithCode(kReported), "data race");
}

// All files of a process are one to ThreadSanitizer, and so are all sockets, unless io_sync is 0.
TEST_F(Reported, WhatOnlyUnrelatedFilesSeemToOrder) {
  EXPECT_EXIT(
      {
        const int written = ::open("/dev/null", O_WRONLY);
        const int read = ::open("/dev/zero", O_RDONLY);
        Meeting meeting;
        int number = 0;
        char byte = 0;
        OnTwoThreads(
            [&] {
              number = 1;
              if (::write(written, "x", 1) != 1) std::exit(1);
              meeting.Meet();
            },
            [&] {
              meeting.Meet();
              if (::read(read, &byte, 1) != 1) std::exit(1);
              number = 2;
            });
        std::exit(0);
      },
      testing::ExitedWithCode(kReported), "data race");
}

TEST_F(Reported, WhatTwoCallsWriteAtOnce) {
  EXPECT_EXIT(
      {
        Meeting before;
        Meeting after;
        int number = 0;
        Served served([&](grpc::CallbackServerContext& context) {
          before.Meet();
          ++number;
          after.Meet();
          grpc::ServerUnaryReactor* const reactor = context.DefaultReactor();
          reactor->Finish(grpc::Status::OK);
          return reactor;
        });
        OnTwoThreads([&] { served.Ask(); }, [&] { served.Ask(); });
        std::exit(0);
      },
      testing::ExitedWithCode(kReported), "SUMMARY: ThreadSanitizer: data race .*tsan_test.cc");
}

// A reactor that another thread finishes, and that is gone when the server is.
TEST(Ordered, WhatACallDidBeforeItsEndAndAfterItTheStop) {
  struct Answer final : grpc::ServerUnaryReactor {
    explicit Answer(int& end) : end(end) {
      thread = std::thread([this] {
        written = "before the end";
        Finish(grpc::Status::OK);
      });
    }
    void OnDone() override {
      thread.join();
      end = static_cast<int>(written.size());
      delete this;
    }
    int& end;
    std::string written;
    std::thread thread;
  };
  std::vector<int> ends(20);
  std::atomic<size_t> calls = 0;
  {
    Served served([&](grpc::CallbackServerContext&) { return new Answer(ends.at(calls++)); });
    for (size_t i = 0; i < ends.size(); ++i) EXPECT_TRUE(served.Ask());
  }
  EXPECT_EQ(ends, std::vector<int>(20, 14));
}

// gRPC ends a call only after its cancellation has run.
TEST(Ordered, WhatACancellationDidAndTheEnd) {
  struct Waiting final : grpc::ServerUnaryReactor {
    explicit Waiting(int& end) : end(end) {}
    void OnCancel() override {
      Finish(grpc::Status::CANCELLED);
      noticed = "after the end was asked for";
    }
    void OnDone() override {
      end = static_cast<int>(noticed.size());
      delete this;
    }
    int& end;
    std::string noticed;
  };
  std::vector<int> ends(20);
  std::atomic<size_t> calls = 0;
  {
    Served served([&](grpc::CallbackServerContext&) { return new Waiting(ends.at(calls++)); });
    for (size_t i = 0; i < ends.size(); ++i) EXPECT_FALSE(served.Ask(std::chrono::milliseconds(100)));
  }
  for (size_t i = 0; i < calls; ++i) EXPECT_EQ(ends[i], 27) << i;
}

// cmake/tsan_edges.cc stands before the libraries.
TEST(Ordered, ThePackagedFunctionsAreCalledThroughOurs) {
  Dl_info program;
  ASSERT_NE(::dladdr(reinterpret_cast<void*>(&OnTwoThreads), &program), 0);
  for (const char* symbol :
       {"_ZN4absl7debian35Mutex4LockEv", "_ZN4absl7debian35Mutex7TryLockEv",
        "_ZN4absl7debian35Mutex6UnlockEv", "_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE",
        "_ZN4absl7debian37CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE",
        "_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE", "grpc_call_start_batch",
        "grpc_completion_queue_next", "grpc_completion_queue_pluck",
        "_ZN4grpc8internal18ServerCallbackCall14ScheduleOnDoneEb",
        "_ZN4grpc8internal18ServerCallbackCall12CallOnCancelEPNS0_13ServerReactorE",
        "_ZN4grpc6Server23UnrefWithPossibleNotifyEv", "_ZN4grpc6Server18UnrefAndWaitLockedEv"}) {
    void* const found = ::dlsym(RTLD_DEFAULT, symbol);
    ASSERT_NE(found, nullptr) << symbol;
    Dl_info library;
    ASSERT_NE(::dladdr(found, &library), 0) << symbol;
    EXPECT_EQ(library.dli_fbase, program.dli_fbase) << symbol << " is taken from " << library.dli_fname;
  }
}

}  // namespace
}  // namespace chengxin
