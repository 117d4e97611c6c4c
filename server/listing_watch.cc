#include "server/listing_watch.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "chengxin/v1/listing_service.pb.h"
#include "server/feed_watch.h"
#include "server/request_fields.h"
#include "server/wire.h"

namespace chengxin::server {

namespace {

// Events read from the feed at a time.
constexpr size_t kEventsAtATime = 256;

class ListingWatch final : public FeedWatch {
 public:
  ListingWatch(ServiceContext& service, WatchHub& hub, const grpc::CallbackServerContext& context)
      : FeedWatch(service, hub, context, Method::kWatchListings) {}

  // Checks what is asked for; to be followed by Begin with what it answers.
  absl::StatusOr<WatchOrder> Take(const grpc::ByteBuffer& bytes) {
    CHENGXIN_RETURN_IF_ERROR(call_.Admit());
    v1::WatchListingsRequest request;
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(bytes, request));
    call_.StreamStarted(request);
    CHENGXIN_ASSIGN_OR_RETURN(filter_, TakeFilter(service_.engine, request.filter()));
    return TakeWatchOrder(service_, request.resume_revision(), request.heartbeat_seconds());
  }

 protected:
  absl::StatusOr<engine::FeedBatch> ReadState(engine::Feed::StateCursor& cursor) override {
    return service_.engine.feed().ReadState(filter_, kEventsAtATime, cursor);
  }
  absl::StatusOr<engine::FeedBatch> ReadSince(uint64_t revision) override {
    return service_.engine.feed().NetDifference(filter_, revision);
  }
  absl::StatusOr<engine::FeedBatch> ReadAfter(uint64_t revision) override {
    return service_.engine.feed().ReadAfter(filter_, revision, kEventsAtATime);
  }
  grpc::ByteBuffer Synced(uint64_t revision) const override {
    return Mark<v1::WatchListingsResponse>(v1::WATCH_EVENT_KIND_SYNCED, revision, std::nullopt);
  }
  grpc::ByteBuffer Heartbeat(uint64_t cursor) const override {
    return Mark<v1::WatchListingsResponse>(v1::WATCH_EVENT_KIND_HEARTBEAT, cursor, service_.clock.Now());
  }
  std::optional<grpc::ByteBuffer> Goodbye(uint64_t cursor) const override {
    return Mark<v1::WatchListingsResponse>(v1::WATCH_EVENT_KIND_GOODBYE, cursor, service_.clock.Now());
  }

 private:
  v1::ListingFilter filter_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchListings(ServiceContext& service, WatchHub& hub,
                                                          grpc::CallbackServerContext& context,
                                                          const grpc::ByteBuffer& request) {
  const auto watch = std::make_shared<ListingWatch>(service, hub, context);
  watch->Begin(watch->Take(request));
  return watch.get();
}

}  // namespace chengxin::server
