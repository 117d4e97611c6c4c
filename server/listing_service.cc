#include "server/listing_service.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/resource_names.h"
#include "server/access.h"
#include "server/known_codes.h"
#include "server/listing_download.h"
#include "server/listing_pages.h"
#include "server/listing_watch.h"
#include "server/open_cases.h"
#include "server/request_fields.h"
#include "server/unary_call.h"

namespace chengxin::server {

namespace {

absl::Status Get(ServiceContext& service, const v1::Principal& principal,
                 const v1::GetListingRequest& request, v1::GetListingResponse& response) {
  const std::optional<domain::ListingId> id = domain::ParseListingName(request.name());
  if (!id.has_value()) return WrongField("name", "应为“listings/{标识}” (expected the form listings/{id})");
  const bool past = request.has_as_of();
  CHENGXIN_ASSIGN_OR_RETURN(const engine::ResolvedInstant at,
                            service.engine.Resolve(past ? &request.as_of() : nullptr));
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Listing> listing,
                            service.engine.store().FindListing(*id, at.revision));
  const std::string_view authority = listing.has_value() ? std::string_view(listing->authority()) : "";
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  CHENGXIN_ASSIGN_OR_RETURN(const v1::Principal own, WithFirstCode(service, principal));
  const bool reads_archive = ReadsArchiveOf(own, {id->code, authority}, knowledge->catalogue.get());
  if (past && !reads_archive) {
    return RoleNotAllowed(
        "只有其登记管理机关及上级机关、财政、审计和该组织本身可以查询名录的过去内容",
        "only its registering authority and those above, finance, audit and the organization "
        "itself may ask for the list's past");
  }
  if (!listing.has_value() || (!IsPublished(*listing, service.clock.Now()) && !reads_archive))
    return absl::NotFoundError(
        StrCat("公布的名录中没有", request.name(), " (not on the published list: ", request.name(), ")"));
  HideOpenCase(own, knowledge->catalogue.get(), *listing);
  *response.mutable_listing() = *std::move(listing);
  return absl::OkStatus();
}

absl::Status List(ServiceContext& service, const v1::Principal& principal,
                  const v1::ListListingsRequest& request, v1::ListListingsResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(const int page_size,
                            TakeCount("page_size", request.page_size(), kDefaultPageSize, kMaximumPageSize));
  CHENGXIN_ASSIGN_OR_RETURN(v1::ListingFilter filter, TakeFilter(service.engine, request.filter()));
  const std::string question =
      StrCat(MethodName(Method::kListListings), "\n", static_cast<int>(filter.list()), "\n",
             filter.authority(), "\n", filter.organization_code());
  ListingReader reader{.filter = std::move(filter),
                       .revision = service.engine.revision(),
                       .after = {},
                       .now = service.clock.Now()};
  if (!request.page_token().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const PageCursor cursor,
                              service.page_tokens.Read(question, request.page_token()));
    reader.revision = cursor.revision;
    reader.after = domain::ParseListingName(cursor.after);
  }
  CHENGXIN_ASSIGN_OR_RETURN(const bool more, reader.Read(service.engine.store(), page_size,
                                                         kMaximumRowsForPage, *response.mutable_listings()));
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  for (v1::Listing& listing : *response.mutable_listings())
    HideOpenCase(principal, knowledge->catalogue.get(), listing);
  response.set_revision(reader.revision);
  if (more) {
    response.set_next_page_token(service.page_tokens.Make(
        question, {.revision = reader.revision, .after = domain::ListingNameOf(*reader.after)}));
  }
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* ListingService::GetListing(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetListingRequest, v1::GetListingResponse>(
      service_, Method::kGetListing, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return Get(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* ListingService::ListListings(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request,
                                                       grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListListingsRequest, v1::ListListingsResponse>(
      service_, Method::kListListings, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return List(service_, principal, asked, answer);
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* ListingService::DownloadListings(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  return server::DownloadListings(service_, *context, *request);
}

grpc::ServerUnaryReactor* ListingService::GetListState(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* request,
                                                       grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetListStateRequest, v1::GetListStateResponse>(
      service_, Method::kGetListState, {context, request, response},
      [this](const auto&, const auto&, auto& answer) {
        const engine::EngineStats stats = service_.engine.Stats();
        answer.set_revision(stats.revision);
        answer.set_list_revision(stats.list_revision);
        answer.set_abnormal_count(stats.published_abnormal_listings);
        answer.set_severe_count(stats.published_severe_listings);
        return absl::OkStatus();
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* ListingService::WatchListings(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  return server::WatchListings(service_, watches_, *context, *request);
}

}  // namespace chengxin::server
