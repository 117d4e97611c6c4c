#include "server/award_watch.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "chengxin/v1/award_service.pb.h"
#include "server/feed_watch.h"
#include "server/wire.h"

namespace chengxin::server {

namespace {

// Events read from the feed at a time; each holds a whole award.
constexpr size_t kEventsAtATime = 64;

class AwardWatch final : public FeedWatch {
 public:
  AwardWatch(ServiceContext& service, WatchHub& hub, const grpc::CallbackServerContext& context)
      : FeedWatch(service, hub, context, Method::kWatchAwards) {}

  // Checks what is asked for; to be followed by Begin with what it answers.
  absl::StatusOr<WatchOrder> Take(const grpc::ByteBuffer& bytes) {
    CHENGXIN_RETURN_IF_ERROR(call_.Admit());
    purchaser_ = call_.principal().unit();
    v1::WatchAwardsRequest request;
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(bytes, request));
    call_.StreamStarted(request);
    return TakeWatchOrder(service_, request.resume_revision(), request.heartbeat_seconds());
  }

 protected:
  absl::StatusOr<engine::FeedBatch> ReadState(engine::Feed::StateCursor& cursor) override {
    return service_.engine.feed().ReadAwardState(purchaser_, kEventsAtATime, cursor);
  }
  absl::StatusOr<engine::FeedBatch> ReadSince(uint64_t revision) override {
    return service_.engine.feed().AlertsSince(purchaser_, revision);
  }
  absl::StatusOr<engine::FeedBatch> ReadAfter(uint64_t revision) override {
    return service_.engine.feed().ReadAlertsAfter(purchaser_, revision, kEventsAtATime);
  }
  grpc::ByteBuffer Synced(uint64_t revision) const override {
    return Mark<v1::WatchAwardsResponse>(v1::AWARD_WATCH_KIND_SYNCED, revision, std::nullopt);
  }
  grpc::ByteBuffer Heartbeat(uint64_t cursor) const override {
    return Mark<v1::WatchAwardsResponse>(v1::AWARD_WATCH_KIND_HEARTBEAT, cursor, service_.clock.Now());
  }
  std::optional<grpc::ByteBuffer> Goodbye(uint64_t) const override { return std::nullopt; }

 private:
  std::string purchaser_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchAwards(ServiceContext& service, WatchHub& hub,
                                                        grpc::CallbackServerContext& context,
                                                        const grpc::ByteBuffer& request) {
  const auto watch = std::make_shared<AwardWatch>(service, hub, context);
  watch->Begin(watch->Take(request));
  return watch.get();
}

}  // namespace chengxin::server
