#include "client/client.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "client/batch_check.h"
#include "client/connection.h"
#include "client/error.h"
#include "client/unary.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace chengxin::client {

namespace {

// Answers may be long: the full view of 1,000 organizations is some megabytes.
constexpr int kMaximumAnswerBytes = 64 << 20;
// A dead connection under a quiet stream is found by pings; more often than every five minutes servers take
// them for abuse.
constexpr int kPingMilliseconds = 310'000;
constexpr int kPingTimeoutMilliseconds = 20'000;
// A server that restarts is found soon.
constexpr int kFirstReconnectMilliseconds = 100;
constexpr int kLongestReconnectMilliseconds = 5'000;

// gRPC itself would take a missing port for 443, and tell of a wrong one as of a server that is not there.
bool HasHostAndPort(std::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  // An IPv6 address without brackets has no port.
  if (address.substr(0, colon).find(':') != std::string_view::npos && address[colon - 1] != ']') return false;
  const std::string_view port = address.substr(colon + 1);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc() && end == port.data() + port.size() && number >= 1 && number <= 65'535;
}

std::shared_ptr<grpc::Channel> Open(const std::string& address,
                                    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaximumAnswerBytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPingMilliseconds);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeoutMilliseconds);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstReconnectMilliseconds);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestReconnectMilliseconds);
  // Addresses are given by whoever runs this; a proxy of the environment must not see the questions.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, credentials, arguments);
}

}  // namespace

Client::Client(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Client::~Client() = default;

absl::StatusOr<std::unique_ptr<Client>> Client::Create(ClientOptions options) {
  if (options.address.empty())
    return FieldError("server", "缺少服务地址 (address of the server is empty; expected HOST:PORT)");
  if (!HasHostAndPort(options.address))
    return FieldError(
        "server", StrCat("\"", std::string_view(options.address).substr(0, 100),
                         "\" 应为主机:端口，端口1至65535 (expected HOST:PORT, the port from 1 to 65535)"));
  CHENGXIN_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ChannelCredentials> credentials,
                            ChannelCredentialsOf(options.proof));
  if (!options.proof.authorities_file.empty()) {
    options.identity = Identity();
    CHENGXIN_ASSIGN_OR_RETURN(options.identity.token, TokenOf(options.proof));
  }
  std::shared_ptr<grpc::Channel> channel = Open(options.address, credentials);
  return OverChannel(std::move(channel), std::move(options));
}

std::unique_ptr<Client> Client::OverChannel(std::shared_ptr<grpc::ChannelInterface> channel,
                                            ClientOptions options) {
  return std::unique_ptr<Client>(
      new Client(std::make_unique<Connection>(std::move(channel), std::move(options))));
}

absl::StatusOr<v1::CheckEligibilityResponse> Client::CheckEligibility(
    const v1::CheckEligibilityRequest& request) {
  return Read(*connection_, "chengxin.v1.EligibilityService/CheckEligibility", connection_->eligibility(),
              &v1::EligibilityService::Stub::CheckEligibility, request);
}

absl::StatusOr<v1::BatchCheckEligibilityResponse> Client::BatchCheckEligibility(
    const v1::BatchCheckEligibilityRequest& request) {
  return BatchCheckInParts(request, kMaximumBatchCodes, [this](const v1::BatchCheckEligibilityRequest& part) {
    return Read(*connection_, "chengxin.v1.EligibilityService/BatchCheckEligibility",
                connection_->eligibility(), &v1::EligibilityService::Stub::BatchCheckEligibility, part);
  });
}

absl::StatusOr<v1::CheckConsortiumResponse> Client::CheckConsortium(
    const v1::CheckConsortiumRequest& request) {
  return Read(*connection_, "chengxin.v1.EligibilityService/CheckConsortium", connection_->eligibility(),
              &v1::EligibilityService::Stub::CheckConsortium, request);
}

absl::StatusOr<v1::GetOrganizationResponse> Client::GetOrganization(
    const v1::GetOrganizationRequest& request) {
  return Read(*connection_, "chengxin.v1.OrganizationService/GetOrganization", connection_->organizations(),
              &v1::OrganizationService::Stub::GetOrganization, request);
}

absl::StatusOr<v1::BatchGetOrganizationsResponse> Client::BatchGetOrganizations(
    const v1::BatchGetOrganizationsRequest& request) {
  return Read(*connection_, "chengxin.v1.OrganizationService/BatchGetOrganizations",
              connection_->organizations(), &v1::OrganizationService::Stub::BatchGetOrganizations, request);
}

absl::StatusOr<v1::ListOrganizationsResponse> Client::ListOrganizations(
    const v1::ListOrganizationsRequest& request) {
  return Read(*connection_, "chengxin.v1.OrganizationService/ListOrganizations", connection_->organizations(),
              &v1::OrganizationService::Stub::ListOrganizations, request);
}

absl::StatusOr<v1::SearchOrganizationsResponse> Client::SearchOrganizations(
    const v1::SearchOrganizationsRequest& request) {
  return Read(*connection_, "chengxin.v1.OrganizationService/SearchOrganizations",
              connection_->organizations(), &v1::OrganizationService::Stub::SearchOrganizations, request);
}

std::unique_ptr<OrganizationImport> Client::ImportOrganizations(
    const ImportStreamOptions& options, OrganizationImport::OnAcknowledged on_acknowledged) {
  return std::make_unique<OrganizationImport>(*connection_, options, std::move(on_acknowledged));
}

absl::StatusOr<v1::CreateRecordResponse> Client::CreateRecord(v1::CreateRecordRequest request) {
  return Command(*connection_, "chengxin.v1.RecordService/CreateRecord", connection_->records(),
                 &v1::RecordService::Stub::CreateRecord, std::move(request));
}

absl::StatusOr<v1::GetRecordResponse> Client::GetRecord(const v1::GetRecordRequest& request) {
  return Read(*connection_, "chengxin.v1.RecordService/GetRecord", connection_->records(),
              &v1::RecordService::Stub::GetRecord, request);
}

absl::StatusOr<v1::ListRecordsResponse> Client::ListRecords(const v1::ListRecordsRequest& request) {
  return Read(*connection_, "chengxin.v1.RecordService/ListRecords", connection_->records(),
              &v1::RecordService::Stub::ListRecords, request);
}

std::unique_ptr<RecordImport> Client::ImportRecords(const ImportStreamOptions& options,
                                                    RecordImport::OnAcknowledged on_acknowledged) {
  return std::make_unique<RecordImport>(*connection_, options, std::move(on_acknowledged));
}

absl::StatusOr<v1::GetListingResponse> Client::GetListing(const v1::GetListingRequest& request) {
  return Read(*connection_, "chengxin.v1.ListingService/GetListing", connection_->listings(),
              &v1::ListingService::Stub::GetListing, request);
}

absl::StatusOr<v1::ListListingsResponse> Client::ListListings(const v1::ListListingsRequest& request) {
  return Read(*connection_, "chengxin.v1.ListingService/ListListings", connection_->listings(),
              &v1::ListingService::Stub::ListListings, request);
}

absl::StatusOr<v1::GetListStateResponse> Client::GetListState(const v1::GetListStateRequest& request) {
  return Read(*connection_, "chengxin.v1.ListingService/GetListState", connection_->listings(),
              &v1::ListingService::Stub::GetListState, request);
}

absl::StatusOr<DownloadedList> Client::DownloadListings(const v1::ListingFilter& filter) {
  v1::DownloadListingsRequest request;
  *request.mutable_filter() = filter;
  DownloadedList list;
  bool complete = false;
  bool mixed = false;
  CHENGXIN_RETURN_IF_ERROR(connection_->Call(
      RowOf("chengxin.v1.ListingService/DownloadListings"), {}, [&](grpc::ClientContext& context) {
        list = DownloadedList();
        complete = mixed = false;
        bool first = true;
        const auto reader = connection_->listings().DownloadListings(&context, request);
        for (v1::DownloadListingsResponse part; reader->Read(&part);) {
          mixed |= !first && part.revision() != list.revision;
          first = false;
          list.revision = part.revision();
          complete = part.complete();
          for (v1::Listing& listing : *part.mutable_listings()) list.listings.push_back(std::move(listing));
        }
        return reader->Finish();
      }));
  if (!complete || mixed)
    return absl::DataLossError(
        "名录下载不完整 (the list's parts did not come to an end, or were of different revisions)");
  return list;
}

absl::StatusOr<v1::ActivateCatalogueResponse> Client::ActivateCatalogue(
    v1::ActivateCatalogueRequest request) {
  return Command(*connection_, "chengxin.v1.AdminService/ActivateCatalogue", connection_->admin(),
                 &v1::AdminService::Stub::ActivateCatalogue, std::move(request));
}

absl::StatusOr<v1::GetCatalogueResponse> Client::GetCatalogue(const v1::GetCatalogueRequest& request) {
  return Read(*connection_, "chengxin.v1.AdminService/GetCatalogue", connection_->admin(),
              &v1::AdminService::Stub::GetCatalogue, request);
}

absl::StatusOr<v1::GetStatusResponse> Client::GetStatus(const v1::GetStatusRequest& request) {
  return Read(*connection_, "chengxin.v1.AdminService/GetStatus", connection_->admin(),
              &v1::AdminService::Stub::GetStatus, request);
}

absl::StatusOr<v1::CorrectRecordResponse> Client::CorrectRecord(v1::CorrectRecordRequest request) {
  return Command(*connection_, "chengxin.v1.RecordService/CorrectRecord", connection_->records(),
                 &v1::RecordService::Stub::CorrectRecord, std::move(request));
}

absl::StatusOr<v1::WithdrawRecordResponse> Client::WithdrawRecord(v1::WithdrawRecordRequest request) {
  return Command(*connection_, "chengxin.v1.RecordService/WithdrawRecord", connection_->records(),
                 &v1::RecordService::Stub::WithdrawRecord, std::move(request));
}

absl::StatusOr<v1::DestroySealedPartsResponse> Client::DestroySealedParts(
    v1::DestroySealedPartsRequest request) {
  return Command(*connection_, "chengxin.v1.RecordService/DestroySealedParts", connection_->records(),
                 &v1::RecordService::Stub::DestroySealedParts, std::move(request));
}

absl::StatusOr<v1::NoteReviewResponse> Client::NoteReview(v1::NoteReviewRequest request) {
  return Command(*connection_, "chengxin.v1.RecordService/NoteReview", connection_->records(),
                 &v1::RecordService::Stub::NoteReview, std::move(request));
}

absl::StatusOr<v1::GetCreditReportResponse> Client::GetCreditReport(
    const v1::GetCreditReportRequest& request) {
  return Read(*connection_, "chengxin.v1.RecordService/GetCreditReport", connection_->records(),
              &v1::RecordService::Stub::GetCreditReport, request);
}

absl::StatusOr<v1::ListLateCapturesResponse> Client::ListLateCaptures(
    const v1::ListLateCapturesRequest& request) {
  return Read(*connection_, "chengxin.v1.RecordService/ListLateCaptures", connection_->records(),
              &v1::RecordService::Stub::ListLateCaptures, request);
}

absl::StatusOr<v1::ChangeOrganizationCodeResponse> Client::ChangeOrganizationCode(
    v1::ChangeOrganizationCodeRequest request) {
  return Command(*connection_, "chengxin.v1.OrganizationService/ChangeOrganizationCode",
                 connection_->organizations(), &v1::OrganizationService::Stub::ChangeOrganizationCode,
                 std::move(request));
}

absl::StatusOr<v1::MergeOrganizationResponse> Client::MergeOrganization(
    v1::MergeOrganizationRequest request) {
  return Command(*connection_, "chengxin.v1.OrganizationService/MergeOrganization",
                 connection_->organizations(), &v1::OrganizationService::Stub::MergeOrganization,
                 std::move(request));
}

absl::StatusOr<v1::AdvanceClockResponse> Client::AdvanceClock(const v1::AdvanceClockRequest& request) {
  return Unary(*connection_, "chengxin.v1.AdminService/AdvanceClock", {}, connection_->admin(),
               &v1::AdminService::Stub::AdvanceClock, request);
}

}  // namespace chengxin::client
