#include "server/listing_download.h"

#include <limits>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status.h"
#include "chengxin/v1/listing_service.pb.h"
#include "domain/refusal.h"
#include "server/access.h"
#include "server/grpc_status.h"
#include "server/listing_pages.h"
#include "server/open_cases.h"
#include "server/request_fields.h"
#include "server/unary_call.h"
#include "server/wire.h"

namespace chengxin::server {

namespace {

// Deletes itself when done. Its reactions follow each other, so it needs no lock: at any time either a part
// is being written or the end is under way.
class ListingDownload final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  ListingDownload(ServiceContext& service, const grpc::CallbackServerContext& context)
      : service_(service), call_(service, context, Method::kDownloadListings) {}

  // Checks what is asked for; to be followed by Begin with what it answers.
  absl::Status Take(const grpc::ByteBuffer& bytes) {
    CHENGXIN_RETURN_IF_ERROR(call_.Admit());
    if (service_.stopping) {
      return domain::ToStatus({.reason = v1::ERROR_REASON_SHUTTING_DOWN,
                               .message = "服务正在停止，请稍后重试 (the server stops; try again later)",
                               .metadata = {}});
    }
    v1::DownloadListingsRequest request;
    CHENGXIN_RETURN_IF_ERROR(ParseMessage(bytes, request));
    call_.StreamStarted(request);
    CHENGXIN_ASSIGN_OR_RETURN(reader_.filter, TakeFilter(service_.engine, request.filter()));
    return absl::OkStatus();
  }
  void Begin(const absl::Status& taken) {
    if (!taken.ok()) {
      End(taken);
      return;
    }
    reader_.revision = service_.engine.revision();
    reader_.now = service_.clock.Now();
    call_.Answered(reader_.revision);
    SendPart();
  }
  void OnWriteDone(bool ok) override {
    if (!ok) {
      End(absl::CancelledError("下载已取消 (the download was cancelled)"));
    } else if (complete_) {
      End(absl::OkStatus());
    } else {
      SendPart();
    }
  }
  void OnDone() override { delete this; }

 private:
  void SendPart() {
    if (const absl::Status believed = call_.Recheck(); !believed.ok()) {
      End(believed);
      return;
    }
    v1::DownloadListingsResponse part;
    const absl::StatusOr<bool> more = reader_.Read(service_.engine.store(), kDownloadPart,
                                                   std::numeric_limits<int>::max(), *part.mutable_listings());
    if (!more.ok()) {
      End(more.status());
      return;
    }
    const std::shared_ptr<const domain::Knowledge> knowledge = service_.engine.knowledge();
    for (v1::Listing& listing : *part.mutable_listings())
      HideOpenCase(call_.principal(), knowledge->catalogue.get(), listing);
    complete_ = !*more;
    part.set_complete(complete_);
    part.set_revision(reader_.revision);
    SerializeMessage(part, part_);
    StartWrite(&part_);
  }
  void End(const absl::Status& status) { Finish(call_.End(status)); }

  ServiceContext& service_;
  Call call_;
  ListingReader reader_;
  bool complete_ = false;
  grpc::ByteBuffer part_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* DownloadListings(ServiceContext& service,
                                                             grpc::CallbackServerContext& context,
                                                             const grpc::ByteBuffer& request) {
  auto* const download = new ListingDownload(service, context);
  download->Begin(download->Take(request));
  return download;
}

}  // namespace chengxin::server
