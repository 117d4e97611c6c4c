#include "server/listing_download.h"

#include <limits>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status.h"
#include "chengxin/v1/listing_service.pb.h"
#include "server/listing_pages.h"
#include "server/open_cases.h"
#include "server/part_stream.h"
#include "server/request_fields.h"
#include "server/wire.h"

namespace chengxin::server {

namespace {

class ListingDownload final : public PartStream<v1::DownloadListingsRequest> {
 public:
  ListingDownload(ServiceContext& service, const grpc::CallbackServerContext& context)
      : PartStream(service, context, Method::kDownloadListings) {}

 private:
  absl::Status Start(const v1::DownloadListingsRequest& request) override {
    CHENGXIN_ASSIGN_OR_RETURN(reader_.filter, TakeFilter(service_.engine, request.filter()));
    reader_.revision = service_.engine.revision();
    reader_.now = service_.clock.Now();
    call_.Answered(reader_.revision);
    return absl::OkStatus();
  }
  absl::StatusOr<bool> ReadPart(grpc::ByteBuffer& bytes) override {
    v1::DownloadListingsResponse part;
    CHENGXIN_ASSIGN_OR_RETURN(
        const bool more, reader_.Read(service_.engine.store(), kDownloadPart, std::numeric_limits<int>::max(),
                                      *part.mutable_listings()));
    const std::shared_ptr<const domain::Knowledge> knowledge = service_.engine.knowledge();
    for (v1::Listing& listing : *part.mutable_listings())
      HideOpenCase(call_.principal(), knowledge->catalogue.get(), listing);
    part.set_complete(!more);
    part.set_revision(reader_.revision);
    SerializeMessage(part, bytes);
    return more;
  }

  ListingReader reader_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* DownloadListings(ServiceContext& service,
                                                             grpc::CallbackServerContext& context,
                                                             const grpc::ByteBuffer& request) {
  auto* const download = new ListingDownload(service, context);
  download->Begin(request);
  return download;
}

}  // namespace chengxin::server
