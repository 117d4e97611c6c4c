#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "client/watch.h"
#include "tests/unit/client/scripted_server.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;

v1::WatchAwardsResponse Event(v1::AwardWatchKind kind, uint64_t revision, const std::string& award = {},
                              const std::string& code = {}) {
  v1::WatchAwardsResponse event;
  event.set_kind(kind);
  event.set_revision(revision);
  event.mutable_award()->set_name(award);
  event.mutable_alert()->set_organization_code(code);
  return event;
}

// Writes down what it is told; a heartbeat of revision 99 ends the watch.
class Notebook : public AwardObserver {
 public:
  bool OnEvent(const v1::WatchAwardsResponse& event) override {
    notes.push_back(StrCat(event.revision(), event.award().name().empty() ? "" : " ", event.award().name(),
                           event.alert().organization_code().empty() ? "" : " ",
                           event.alert().organization_code()));
    return event.revision() != 99;
  }
  std::vector<std::string> notes;
};

// Rule 59: one listing alters the standing of a contractor of two awards, and the line breaks between the two
// alerts.
TEST(WatchAwards, Rule59NoAlertIsLostOrToldTwiceWhereTheConnectionBreaksBetweenThem) {
  ScriptedServer server;
  Seen<uint64_t> resumed;
  server.on_watch_awards = [&](const v1::WatchAwardsRequest& request, auto& writer) {
    if (resumed.Add(request.resume_revision()) == 1) {
      writer.Write(Event(v1::AWARD_WATCH_KIND_AWARD, 7, "awards/1"));
      writer.Write(Event(v1::AWARD_WATCH_KIND_SYNCED, 7));
      writer.Write(Event(v1::AWARD_WATCH_KIND_ALERT, 9, "awards/1", "C"));
      return Failure(grpc::StatusCode::UNAVAILABLE, "gone");
    }
    writer.Write(Event(v1::AWARD_WATCH_KIND_ALERT, 9, "awards/1", "C"));
    writer.Write(Event(v1::AWARD_WATCH_KIND_ALERT, 9, "awards/2", "C"));
    writer.Write(Event(v1::AWARD_WATCH_KIND_HEARTBEAT, 99));
    return grpc::Status::OK;
  };
  Notebook notebook;
  const WatchEnd end = server.MakeClient()->WatchAwards({}, notebook, nullptr);
  EXPECT_TRUE(end.status.ok()) << end.status;
  EXPECT_EQ(end.cursor, 99u);
  EXPECT_THAT(resumed.all(), ElementsAre(0u, 8u));
  EXPECT_THAT(notebook.notes, ElementsAre("7 awards/1", "7", "9 awards/1 C", "9 awards/2 C", "99"));
}

TEST(WatchAwards, WhereTheStateWasNotCompleteItBeginsAgain) {
  ScriptedServer server;
  Seen<uint64_t> resumed;
  server.on_watch_awards = [&](const v1::WatchAwardsRequest& request, auto& writer) {
    if (resumed.Add(request.resume_revision()) == 1) {
      writer.Write(Event(v1::AWARD_WATCH_KIND_AWARD, 7, "awards/1"));
      return Failure(grpc::StatusCode::UNAVAILABLE, "gone");
    }
    writer.Write(Event(v1::AWARD_WATCH_KIND_SYNCED, 98));
    writer.Write(Event(v1::AWARD_WATCH_KIND_HEARTBEAT, 99));
    return grpc::Status::OK;
  };
  Notebook notebook;
  EXPECT_TRUE(server.MakeClient()->WatchAwards({}, notebook, nullptr).status.ok());
  EXPECT_THAT(resumed.all(), ElementsAre(0u, 0u));
}

}  // namespace
}  // namespace chengxin::client
