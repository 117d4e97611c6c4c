// ListingService: the published list.
#ifndef CHENGXIN_SERVER_LISTING_SERVICE_H_
#define CHENGXIN_SERVER_LISTING_SERVICE_H_

#include "chengxin/v1/listing_service.grpc.pb.h"
#include "server/service_context.h"
#include "server/watch_hub.h"

namespace chengxin::server {

// The service with raw methods: see wire.h.
using RawListingService = v1::ListingService::WithRawCallbackMethod_GetListing<
    v1::ListingService::WithRawCallbackMethod_ListListings<
        v1::ListingService::WithRawCallbackMethod_DownloadListings<
            v1::ListingService::WithRawCallbackMethod_GetListState<
                v1::ListingService::WithRawCallbackMethod_WatchListings<v1::ListingService::Service>>>>>;

// As listing_service.proto documents. Thread-safe.
class ListingService final : public RawListingService {
 public:
  ListingService(ServiceContext& service, WatchHub& watches) : service_(service), watches_(watches) {}

  grpc::ServerUnaryReactor* GetListing(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListListings(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* DownloadListings(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* GetListState(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchListings(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* request) override;

 private:
  ServiceContext& service_;
  WatchHub& watches_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_LISTING_SERVICE_H_
