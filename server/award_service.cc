#include "server/award_service.h"

#include "server/award_reads.h"
#include "server/award_watch.h"
#include "server/outcomes.h"
#include "server/unary_call.h"

namespace chengxin::server {

namespace {

// The award after the command; only its own purchaser gets so far.
struct FillAward {
  template <typename Response>
  void operator()(const v1::Principal&, const engine::Committed& committed, Response& response) const {
    response.set_revision(committed.revision);
    if (const v1::Award* award = AwardOf(committed)) *response.mutable_award() = *award;
  }
};

}  // namespace

grpc::ServerUnaryReactor* AwardService::CreateAward(grpc::CallbackServerContext* context,
                                                    const grpc::ByteBuffer* request,
                                                    grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::CreateAwardRequest, v1::CreateAwardResponse>(
      service_, Method::kCreateAward, {context, request, response}, FillAward());
}

grpc::ServerUnaryReactor* AwardService::RenewAward(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::RenewAwardRequest, v1::RenewAwardResponse>(
      service_, Method::kRenewAward, {context, request, response}, FillAward());
}

grpc::ServerUnaryReactor* AwardService::CloseAward(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::CloseAwardRequest, v1::CloseAwardResponse>(
      service_, Method::kCloseAward, {context, request, response}, FillAward());
}

grpc::ServerUnaryReactor* AwardService::GetAward(grpc::CallbackServerContext* context,
                                                 const grpc::ByteBuffer* request,
                                                 grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetAwardRequest, v1::GetAwardResponse>(
      service_, Method::kGetAward, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::GetAward(service_, principal, asked, answer);
      });
}

grpc::ServerUnaryReactor* AwardService::ListAwards(grpc::CallbackServerContext* context,
                                                   const grpc::ByteBuffer* request,
                                                   grpc::ByteBuffer* response) {
  return AnswerNow<v1::ListAwardsRequest, v1::ListAwardsResponse>(
      service_, Method::kListAwards, {context, request, response},
      [this](const auto& principal, const auto& asked, auto& answer) {
        return server::ListAwards(service_, principal, asked, answer);
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* AwardService::WatchAwards(grpc::CallbackServerContext* context,
                                                                      const grpc::ByteBuffer* request) {
  return server::WatchAwards(service_, watches_, *context, *request);
}

}  // namespace chengxin::server
