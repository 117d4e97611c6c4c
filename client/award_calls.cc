// Calls on receipts and awards.
#include <utility>

#include "client/client.h"
#include "client/connection.h"
#include "client/unary.h"

namespace chengxin::client {

absl::StatusOr<v1::CertifyResponse> Client::Certify(v1::CertifyRequest request) {
  return Command(*connection_, "chengxin.v1.EligibilityService/Certify", connection_->eligibility(),
                 &v1::EligibilityService::Stub::Certify, std::move(request));
}

absl::StatusOr<v1::GetReceiptResponse> Client::GetReceipt(const v1::GetReceiptRequest& request) {
  return Read(*connection_, "chengxin.v1.EligibilityService/GetReceipt", connection_->eligibility(),
              &v1::EligibilityService::Stub::GetReceipt, request);
}

absl::StatusOr<v1::CreateAwardResponse> Client::CreateAward(v1::CreateAwardRequest request) {
  return Command(*connection_, "chengxin.v1.AwardService/CreateAward", connection_->awards(),
                 &v1::AwardService::Stub::CreateAward, std::move(request));
}

absl::StatusOr<v1::RenewAwardResponse> Client::RenewAward(v1::RenewAwardRequest request) {
  return Command(*connection_, "chengxin.v1.AwardService/RenewAward", connection_->awards(),
                 &v1::AwardService::Stub::RenewAward, std::move(request));
}

absl::StatusOr<v1::CloseAwardResponse> Client::CloseAward(v1::CloseAwardRequest request) {
  return Command(*connection_, "chengxin.v1.AwardService/CloseAward", connection_->awards(),
                 &v1::AwardService::Stub::CloseAward, std::move(request));
}

absl::StatusOr<v1::GetAwardResponse> Client::GetAward(const v1::GetAwardRequest& request) {
  return Read(*connection_, "chengxin.v1.AwardService/GetAward", connection_->awards(),
              &v1::AwardService::Stub::GetAward, request);
}

absl::StatusOr<v1::ListAwardsResponse> Client::ListAwards(const v1::ListAwardsRequest& request) {
  return Read(*connection_, "chengxin.v1.AwardService/ListAwards", connection_->awards(),
              &v1::AwardService::Stub::ListAwards, request);
}

}  // namespace chengxin::client
