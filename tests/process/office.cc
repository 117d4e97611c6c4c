#include "tests/process/office.h"

#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <utility>

#include "absl/time/clock.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/timestamps.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {

namespace {

// Only a server that hangs meets it.
constexpr std::chrono::seconds kDeadline{60};

void Prepare(grpc::ClientContext& context, std::string_view role) {
  As(context, role);
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
}

absl::Status ToAbslStatus(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

// Sends one batch and waits for its acknowledgement.
template <typename Request, typename Response, typename Open>
grpc::Status SendOne(const Open& open, const Request& request) {
  grpc::ClientContext context;
  Prepare(context, StrCat("sync:", request.source().substr(std::string_view("sources/").size())));
  const auto stream = open(context);
  stream->Write(request);
  stream->WritesDone();
  Response response;
  const bool acknowledged = stream->Read(&response);
  grpc::Status status = stream->Finish();
  if (status.ok() && !acknowledged) {
    return {grpc::StatusCode::INTERNAL, "the batch was not acknowledged"};
  }
  return status;
}

}  // namespace

TestFolder::TestFolder() {
  path_ = (std::filesystem::temp_directory_path() / "chengxin-process-XXXXXX").string();
  if (::mkdtemp(path_.data()) == nullptr) std::abort();
}

TestFolder::~TestFolder() { std::filesystem::remove_all(path_); }

void As(grpc::ClientContext& context, std::string_view role) {
  const size_t colon = role.find(':');
  if (colon != std::string_view::npos)
    context.AddMetadata("chengxin-unit", StrCat("sources/", role.substr(colon + 1)));
  role = role.substr(0, colon);
  context.AddMetadata("chengxin-role", std::string(role));
  if (role == "civil-affairs") context.AddMetadata("chengxin-authority", "authorities/km-wuhua");
  if (role == "purchaser") context.AddMetadata("chengxin-unit", "purchasers/km-culture");
}

Office::Office(const Daemon& daemon)
    : channel_(daemon.Connect()),
      admin_(v1::AdminService::NewStub(channel_)),
      eligibility_(v1::EligibilityService::NewStub(channel_)),
      listings_(v1::ListingService::NewStub(channel_)),
      organizations_(v1::OrganizationService::NewStub(channel_)),
      records_(v1::RecordService::NewStub(channel_)),
      health_(grpc::health::v1::Health::NewStub(channel_)) {}

grpc::Status Office::ActivateCatalogue() {
  grpc::ClientContext context;
  Prepare(context, "admin");
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("catalogue");
  v1::ActivateCatalogueResponse response;
  return admin_->ActivateCatalogue(&context, request, &response);
}

grpc::Status Office::EndRun(const v1::Source& source) {
  const auto fill = [&](auto& request) {
    request.set_source("sources/" + source.id());
    domain::SetTimestamp(absl::Now(), *request.mutable_source_as_of());
    request.set_request_id(StrCat("end of ", source.id(), " at ", absl::ToUnixNanos(absl::Now())));
    request.set_end_of_run(true);
    request.set_complete(true);
  };
  if (source.kind() == v1::SOURCE_KIND_REGISTRY) {
    v1::ImportOrganizationsRequest request;
    fill(request);
    return SendOne<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>(
        [this](auto& context) { return organizations_->ImportOrganizations(&context); }, request);
  }
  v1::ImportRecordsRequest request;
  fill(request);
  return SendOne<v1::ImportRecordsRequest, v1::ImportRecordsResponse>(
      [this](auto& context) { return records_->ImportRecords(&context); }, request);
}

grpc::Status Office::OpenForBusiness() {
  grpc::Status status = ActivateCatalogue();
  const v1::Catalogue catalogue = LoadDeployedCatalogue();
  for (const v1::Source& source : catalogue.sources()) {
    if (!status.ok()) return status;
    if (source.kind() != v1::SOURCE_KIND_LISTS) status = EndRun(source);
  }
  return status;
}

v1::ImportOrganizationsRequest Office::Batch(absl::Time as_of, const std::string& request_id,
                                             std::vector<v1::Organization> rows) {
  v1::ImportOrganizationsRequest request;
  request.set_source("sources/registry-kunming");
  domain::SetTimestamp(as_of, *request.mutable_source_as_of());
  request.set_request_id(request_id);
  for (v1::Organization& row : rows) *request.add_organizations() = std::move(row);
  return request;
}

grpc::Status Office::Import(std::vector<v1::Organization> rows, const std::string& request_id) {
  grpc::Status status = SendOne<v1::ImportOrganizationsRequest, v1::ImportOrganizationsResponse>(
      [this](auto& context) { return organizations_->ImportOrganizations(&context); },
      Batch(absl::Now(), request_id, std::move(rows)));
  const v1::Catalogue catalogue = LoadDeployedCatalogue();
  for (const v1::Source& source : catalogue.sources()) {
    if (status.ok() && source.kind() == v1::SOURCE_KIND_EXTERNAL_LIST) status = EndRun(source);
  }
  return status;
}

absl::StatusOr<v1::CreateRecordResponse> Office::Penalize(const std::string& code, int64_t fine_fen,
                                                          std::string_view ground,
                                                          const std::string& request_id) {
  const std::string today = domain::DayOf(absl::Now()).ToString();
  v1::CreateRecordRequest request;
  request.set_organization_code(code);
  request.set_request_id(request_id);
  v1::CreditRecord& record = *request.mutable_record();
  record.set_formed_on(today);
  v1::Penalty& penalty = *record.mutable_penalty();
  penalty.add_kinds(v1::PENALTY_KIND_FINE);
  penalty.set_fine_fen(fine_fen);
  penalty.set_decision_number(StrCat("五民罚〔样例〕", request_id, "号"));
  penalty.set_decided_on(today);
  penalty.set_facts("超出章程规定的业务范围进行活动");
  penalty.set_basis("《民办非企业单位登记管理暂行条例》第二十五条");
  penalty.set_organ("昆明市五华区民政局");
  penalty.set_result(StrCat("罚款", fine_fen / 100, "元"));
  if (!ground.empty()) {
    v1::ListingDecision& decision = *request.mutable_listing_decision();
    decision.set_number(StrCat("五民列〔样例〕", request_id, "号"));
    decision.set_ground(std::string(ground));
    decision.set_decided_on(today);
    decision.set_facts("受到罚款处罚");
    decision.set_repair_notice_served(true);
    record.set_deciding_officer("经办人甲");
  }
  grpc::ClientContext context;
  Prepare(context, "civil-affairs");
  v1::CreateRecordResponse response;
  const grpc::Status status = records_->CreateRecord(&context, request, &response);
  if (!status.ok()) return ToAbslStatus(status);
  return response;
}

absl::StatusOr<v1::CheckEligibilityResponse> Office::Check(const std::string& code,
                                                           std::optional<absl::Time> instant) {
  v1::CheckEligibilityRequest request;
  request.set_organization_code(code);
  v1::QueryContext& why = *request.mutable_context();
  why.set_purpose(v1::QUERY_PURPOSE_AWARD);
  why.set_project("KM-2026-001");
  domain::SetTimestamp(absl::Now() + absl::Hours(24), *why.mutable_cut_off());
  if (instant.has_value()) domain::SetTimestamp(*instant, *request.mutable_as_of()->mutable_instant());
  grpc::ClientContext context;
  Prepare(context, "purchaser");
  v1::CheckEligibilityResponse response;
  const grpc::Status status = eligibility_->CheckEligibility(&context, request, &response);
  if (!status.ok()) return ToAbslStatus(status);
  return response;
}

absl::StatusOr<v1::GetStatusResponse> Office::Status() {
  grpc::ClientContext context;
  Prepare(context, "admin");
  v1::GetStatusResponse response;
  const grpc::Status status = admin_->GetStatus(&context, {}, &response);
  if (!status.ok()) return ToAbslStatus(status);
  return response;
}

absl::StatusOr<grpc::health::v1::HealthCheckResponse::ServingStatus> Office::Health(const std::string& name) {
  grpc::ClientContext context;
  Prepare(context, "public");
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(name);
  grpc::health::v1::HealthCheckResponse response;
  const grpc::Status status = health_->Check(&context, request, &response);
  if (!status.ok()) return ToAbslStatus(status);
  return response.status();
}

absl::StatusOr<std::vector<std::string>> Office::AllCodes() {
  std::vector<std::string> codes;
  v1::ListOrganizationsRequest request;
  request.set_page_size(1'000);
  for (;;) {
    grpc::ClientContext context;
    Prepare(context, "audit");
    v1::ListOrganizationsResponse response;
    const grpc::Status status = organizations_->ListOrganizations(&context, request, &response);
    if (!status.ok()) return ToAbslStatus(status);
    for (const v1::Organization& organization : response.organizations())
      codes.push_back(organization.code());
    if (response.next_page_token().empty()) return codes;
    request.set_page_token(response.next_page_token());
  }
}

}  // namespace chengxin
