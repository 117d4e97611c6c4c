#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/strings.h"
#include "client/error.h"
#include "client/watch.h"
#include "tests/unit/client/scripted_server.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;

v1::WatchListingsResponse Event(v1::WatchEventKind kind, uint64_t revision, bool more = false) {
  v1::WatchListingsResponse event;
  event.set_kind(kind);
  event.set_revision(revision);
  event.set_more_at_revision(more);
  return event;
}

// Writes down what it is told, and ends the watch after an event of `last` revision.
class Notebook : public ListingObserver {
 public:
  explicit Notebook(uint64_t last) : last_(last) {}
  void OnStateBegins() override { notes.push_back("begin"); }
  bool OnEvent(const v1::WatchListingsResponse& event) override {
    constexpr std::string_view kPrefix = "WATCH_EVENT_KIND_";
    notes.push_back(
        StrCat(v1::WatchEventKind_Name(event.kind()).substr(kPrefix.size()), " ", event.revision()));
    return event.revision() != last_;
  }
  bool OnInterrupted(const absl::Status&, uint64_t cursor, absl::Duration) override {
    notes.push_back(StrCat("interrupted after ", cursor));
    return true;
  }

  std::vector<std::string> notes;

 private:
  const uint64_t last_;
};

// Serves one script after another, and remembers what each watch resumed from.
class WatchScript {
 public:
  using Play = std::function<grpc::Status(grpc::ServerWriter<v1::WatchListingsResponse>&)>;

  WatchScript(ScriptedServer& server, std::vector<Play> plays) : plays_(std::move(plays)) {
    server.on_watch = [this](const v1::WatchListingsRequest& request, auto& writer) {
      Play play;
      {
        MutexLock lock(mu_);
        if (resumed_from_.size() == plays_.size())
          return Failure(grpc::StatusCode::INTERNAL, "no more scripts");
        play = plays_[resumed_from_.size()];
        resumed_from_.push_back(request.resume_revision());
      }
      return play(writer);
    };
  }
  std::vector<uint64_t> resumed_from() const {
    MutexLock lock(mu_);
    return resumed_from_;
  }

 private:
  const std::vector<Play> plays_;
  mutable Mutex mu_;
  std::vector<uint64_t> resumed_from_ CHENGXIN_GUARDED_BY(mu_);
};

WatchScript::Play Send(std::vector<v1::WatchListingsResponse> events, grpc::Status end) {
  return [events = std::move(events), end = std::move(end)](auto& writer) {
    for (const auto& event : events) writer.Write(event);
    return end;
  };
}

grpc::Status Dropped() { return Failure(grpc::StatusCode::UNAVAILABLE, "dropped"); }

TEST(WatchListings, ResumesFromItsCursorAfterTheServerDroppedIt) {
  ScriptedServer server;
  const WatchScript script(
      server, {Send({Event(v1::WATCH_EVENT_KIND_STATE, 5, true), Event(v1::WATCH_EVENT_KIND_SYNCED, 5),
                     Event(v1::WATCH_EVENT_KIND_ENTRY, 7)},
                    Dropped()),
               Send({Event(v1::WATCH_EVENT_KIND_REMOVED, 9)}, grpc::Status::OK)});
  Notebook notebook(9);
  const WatchEnd end = server.MakeClient()->WatchListings({}, notebook, nullptr);
  EXPECT_TRUE(end.status.ok()) << end.status;
  EXPECT_EQ(end.cursor, 9u);
  EXPECT_THAT(script.resumed_from(), ElementsAre(0, 7));
  EXPECT_THAT(notebook.notes,
              ElementsAre("begin", "STATE 5", "SYNCED 5", "ENTRY 7", "interrupted after 7", "REMOVED 9"));
}

TEST(WatchListings, BeginsAgainWhereTheStateWasNotComplete) {
  ScriptedServer server;
  const WatchScript script(
      server,
      {Send({Event(v1::WATCH_EVENT_KIND_STATE, 5, true)}, Dropped()),
       Send({Event(v1::WATCH_EVENT_KIND_STATE, 6, true), Event(v1::WATCH_EVENT_KIND_SYNCED, 6)}, Dropped())});
  Notebook notebook(6);
  // Stops at STATE 6 already.
  server.MakeClient()->WatchListings({}, notebook, nullptr);
  EXPECT_THAT(script.resumed_from(), ElementsAre(0, 0));
  EXPECT_THAT(notebook.notes, ElementsAre("begin", "STATE 5", "interrupted after 0", "begin", "STATE 6"));
}

TEST(WatchListings, ARevisionToldInPartIsToldAgain) {
  ScriptedServer server;
  const WatchScript script(server,
                           {Send({Event(v1::WATCH_EVENT_KIND_SYNCED, 5), Event(v1::WATCH_EVENT_KIND_ENTRY, 7),
                                  Event(v1::WATCH_EVENT_KIND_ENTRY, 8, true)},
                                 Dropped()),
                            Send({Event(v1::WATCH_EVENT_KIND_HEARTBEAT, 10)}, grpc::Status::OK)});
  Notebook notebook(10);
  EXPECT_EQ(server.MakeClient()->WatchListings({}, notebook, nullptr).cursor, 10u);
  EXPECT_THAT(script.resumed_from(), ElementsAre(0, 7));
}

TEST(WatchListings, AStoppingServerSaysGoodbyeWithTheCursor) {
  ScriptedServer server;
  const WatchScript script(server, {Send({Event(v1::WATCH_EVENT_KIND_GOODBYE, 31)}, grpc::Status::OK),
                                    Send({Event(v1::WATCH_EVENT_KIND_ENTRY, 40)}, grpc::Status::OK)});
  Notebook notebook(40);
  v1::WatchListingsRequest request;
  request.set_resume_revision(30);
  EXPECT_EQ(server.MakeClient()->WatchListings(request, notebook, nullptr).cursor, 40u);
  EXPECT_THAT(script.resumed_from(), ElementsAre(30, 31));
}

TEST(WatchListings, ACursorAheadOfTheLogEndsTheWatch) {
  ScriptedServer server;
  const WatchScript script(
      server, {Send({}, Failure(grpc::StatusCode::OUT_OF_RANGE, "not reached", "CURSOR_OUT_OF_RANGE"))});
  Notebook notebook(0);
  v1::WatchListingsRequest request;
  request.set_resume_revision(99);
  const WatchEnd end = server.MakeClient()->WatchListings(request, notebook, nullptr);
  EXPECT_EQ(ReasonOf(end.status), v1::ERROR_REASON_CURSOR_OUT_OF_RANGE);
  EXPECT_EQ(end.cursor, 99u);
}

TEST(WatchListings, PausesGrowUntilTheServerSendsAgain) {
  ScriptedServer server;
  const WatchScript script(server, {Send({}, Dropped()), Send({}, Dropped()), Send({}, Dropped()),
                                    Send({Event(v1::WATCH_EVENT_KIND_SYNCED, 3)}, Dropped()),
                                    Send({Event(v1::WATCH_EVENT_KIND_ENTRY, 4)}, grpc::Status::OK)});
  Notebook notebook(4);
  server.MakeClient()->WatchListings({}, notebook, nullptr);
  const auto naps = server.sleeper().naps();
  ASSERT_EQ(naps.size(), 4u);
  EXPECT_GE(naps[2], absl::Milliseconds(200));
  EXPECT_LE(naps[3], absl::Milliseconds(100));
}

// Cancels from inside the first message: the server goes on sending nothing, as an idle one does.
TEST(WatchListings, EndsWhenItIsCancelledWhileTheServerIsIdle) {
  ScriptedServer server;
  Cancellation cancellation;
  Cancellation idle;
  const WatchScript script(server, {[&](auto& writer) {
                             writer.Write(Event(v1::WATCH_EVENT_KIND_SYNCED, 3));
                             idle.WaitFor(absl::InfiniteDuration());
                             return grpc::Status::OK;
                           }});
  class Canceller : public Notebook {
   public:
    explicit Canceller(Cancellation& cancellation) : Notebook(0), cancellation_(cancellation) {}
    bool OnEvent(const v1::WatchListingsResponse& event) override {
      thread_ = std::thread([this] { cancellation_.Cancel(); });
      return Notebook::OnEvent(event);
    }
    ~Canceller() override { thread_.join(); }

   private:
    Cancellation& cancellation_;
    std::thread thread_;
  } observer(cancellation);
  const WatchEnd end = server.MakeClient()->WatchListings({}, observer, &cancellation);
  EXPECT_TRUE(end.status.ok()) << end.status;
  EXPECT_EQ(end.cursor, 3u);
  idle.Cancel();
}

TEST(Cancellation, ActionsRunOnceAndNotAfterTheyAreForgotten) {
  Cancellation cancellation;
  int ran = 0;
  const uint64_t forgotten = cancellation.OnCancel([&] { ran += 100; });
  cancellation.OnCancel([&] { ran += 1; });
  cancellation.Forget(forgotten);
  cancellation.Cancel();
  cancellation.Cancel();
  EXPECT_EQ(ran, 1);
  EXPECT_TRUE(cancellation.WaitFor(absl::InfiniteDuration()));
  cancellation.OnCancel([&] { ran += 10; });
  EXPECT_EQ(ran, 11);
}

}  // namespace
}  // namespace chengxin::client
