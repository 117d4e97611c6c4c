#include "tests/support/bureau.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/strings.h"
#include "domain/timestamps.h"
#include "google/rpc/error_details.pb.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {

namespace {

v1::Principal PrincipalOf(std::string_view subject, v1::Role role, std::string_view authority) {
  v1::Principal principal;
  principal.set_subject(std::string(subject));
  principal.set_role(role);
  principal.set_authority(std::string(authority));
  return principal;
}

// Compiled once: there are many bureaus.
std::shared_ptr<const domain::CompiledCatalogue> DeployedCatalogue() {
  static const auto& compiled = *new absl::StatusOr<std::shared_ptr<const domain::CompiledCatalogue>>(
      domain::CompiledCatalogue::Compile(LoadDeployedCatalogue()));
  if (!compiled.ok()) {
    std::fprintf(stderr, "%s\n", compiled.status().ToString().c_str());
    std::abort();
  }
  return *compiled;
}

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  const auto payload = status.GetPayload(ToAbsl(domain::kErrorInfoUrl));
  if (payload.has_value()) info.ParseFromString(std::string(*payload));
  return info;
}

}  // namespace

Bureau::Bureau() : Bureau(DeployedCatalogue()) {}

Bureau::Bureau(std::shared_ptr<const domain::CompiledCatalogue> catalogue) : view_(std::move(catalogue)) {
  SetDay("2026-11-24");
}

void Bureau::SetDay(std::string_view day) {
  now_ = domain::StartOfDay(domain::CivilDay::Parse(day).value()) + absl::Hours(10);
}

absl::StatusOr<domain::Decision> Bureau::Do(const v1::Principal& principal, const domain::Command& command) {
  if (absl::Status valid = domain::Validate(command, now_); !valid.ok()) return valid;
  auto decision =
      domain::Decide(command, {.principal = principal, .revision = revision_ + 1, .stamp = now_}, view_);
  if (!decision.ok() || decision->events.empty()) return decision;
  ++revision_;
  for (const log::v1::Event& event : decision->events) view_.Fold(event);
  now_ += absl::Nanoseconds(1);
  return decision;
}

absl::StatusOr<domain::Decision> Bureau::Try(const v1::Principal& principal, const domain::Command& command) {
  auto decision = Do(principal, command);
  if (decision.ok() && decision->refusal.has_value()) return domain::ToStatus(*decision->refusal);
  return decision;
}

domain::Uscc Bureau::CodeOf(int number, std::string_view category, int division) {
  return domain::Uscc::WithChecks(StrCat("5", category, division), absl::StrFormat("MJT%05d", number))
      .value();
}

v1::Organization Bureau::OrganizationOf(int number) {
  v1::Organization organization;
  organization.set_code(CodeOf(number).ToString());
  organization.set_display_name(absl::StrFormat("五华区第%d号社会工作服务中心（样例）", number));
  organization.set_registration_authority("authorities/km-wuhua");
  organization.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  organization.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  organization.set_established_on("2012-03-01");
  return organization;
}

v1::ImportOrganizationsRequest Bureau::Batch(std::vector<v1::Organization> rows) {
  v1::ImportOrganizationsRequest request;
  request.set_source("sources/registry-kunming");
  domain::SetTimestamp(now_, *request.mutable_source_as_of());
  request.set_request_id(NextRequestId());
  for (v1::Organization& row : rows) *request.add_organizations() = std::move(row);
  return request;
}

std::string Bureau::Register(int number) {
  const auto imported = Try(Sync(), Batch({OrganizationOf(number)}));
  if (!imported.ok() || imported->tally->rejections_size() > 0) {
    std::fprintf(stderr, "cannot register: %s\n", imported.status().ToString().c_str());
    std::abort();
  }
  return CodeOf(number).ToString();
}

v1::CreateRecordRequest Bureau::Penalty(std::string_view code, int64_t fine_fen, std::string_view decided_on,
                                        std::string_view ground) {
  const int number = ++decisions_;
  v1::CreditRecord record;
  record.set_formed_on(std::string(decided_on));
  v1::Penalty& penalty = *record.mutable_penalty();
  penalty.add_kinds(fine_fen > 0 ? v1::PENALTY_KIND_FINE : v1::PENALTY_KIND_WARNING);
  penalty.set_fine_fen(fine_fen);
  penalty.set_decision_number(absl::StrFormat("五民罚〔2026〕%d号", number));
  penalty.set_decided_on(std::string(decided_on));
  penalty.set_facts("超出章程规定的业务范围进行活动");
  penalty.set_basis("《民办非企业单位登记管理暂行条例》第二十五条");
  penalty.set_organ("昆明市五华区民政局");
  penalty.set_result(fine_fen > 0 ? "罚款" : "警告");
  v1::CreateRecordRequest request = Filing(code, std::move(record));
  if (ground.empty()) return request;
  v1::ListingDecision& decision = *request.mutable_listing_decision();
  decision.set_number(absl::StrFormat("五民列〔2026〕%d号", number));
  decision.set_ground(std::string(ground));
  decision.set_decided_on(std::string(decided_on));
  decision.set_facts("受到行政处罚");
  decision.set_repair_notice_served(true);
  request.mutable_record()->set_deciding_officer("经办人甲");
  return request;
}

v1::CreateRecordRequest Bureau::Filing(std::string_view code, v1::CreditRecord record) {
  v1::CreateRecordRequest request;
  request.set_organization_code(std::string(code));
  request.set_request_id(NextRequestId());
  *request.mutable_record() = std::move(record);
  return request;
}

v1::ImportRecordsRequest Bureau::Records(std::string_view source, std::string_view code,
                                         std::vector<v1::CreditRecord> records) {
  v1::ImportRecordsRequest request;
  request.set_source(std::string(source));
  domain::SetTimestamp(now_, *request.mutable_source_as_of());
  request.set_request_id(NextRequestId());
  for (v1::CreditRecord& record : records) {
    v1::ImportRecord& row = *request.add_records();
    row.set_organization_code(std::string(code));
    *row.mutable_record() = std::move(record);
  }
  return request;
}

v1::Principal Bureau::Own(std::string_view code) {
  v1::Principal principal = PrincipalOf("organization-desk", v1::ROLE_ORGANIZATION, "");
  principal.set_unit(std::string(code));
  return principal;
}
v1::Principal Bureau::Wuhua() {
  return PrincipalOf("officer-of-wuhua", v1::ROLE_CIVIL_AFFAIRS, "authorities/km-wuhua");
}
v1::Principal Bureau::Panlong() {
  return PrincipalOf("officer-of-panlong", v1::ROLE_CIVIL_AFFAIRS, "authorities/km-panlong");
}
v1::Principal Bureau::WuhuaIntake() {
  return PrincipalOf("intake-of-wuhua", v1::ROLE_CIVIL_AFFAIRS, "authorities/km-wuhua");
}
v1::Principal Bureau::WuhuaSecond() {
  return PrincipalOf("second-officer-of-wuhua", v1::ROLE_CIVIL_AFFAIRS, "authorities/km-wuhua");
}
v1::Principal Bureau::Sync(std::string_view source) {
  v1::Principal principal = PrincipalOf("sync-job", v1::ROLE_SYNC, "");
  principal.set_unit(std::string(source));
  return principal;
}
v1::Principal Bureau::Admin() { return PrincipalOf("administrator", v1::ROLE_ADMIN, ""); }
v1::Principal Bureau::Public() { return PrincipalOf("public", v1::ROLE_PUBLIC, ""); }

std::string ReasonOf(const absl::Status& status) { return InfoOf(status).reason(); }

std::string ReasonOf(const absl::StatusOr<domain::Decision>& decision) {
  if (decision.ok() && decision->refusal.has_value()) return ReasonOf(domain::ToStatus(*decision->refusal));
  return ReasonOf(decision.status());
}

std::string MetadataOf(const absl::StatusOr<domain::Decision>& decision, const std::string& key) {
  const google::rpc::ErrorInfo info =
      InfoOf(decision.ok() && decision->refusal.has_value() ? domain::ToStatus(*decision->refusal)
                                                            : decision.status());
  const auto found = info.metadata().find(key);
  return found == info.metadata().end() ? "" : found->second;
}

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  google::rpc::BadRequest request;
  const auto payload = status.GetPayload(ToAbsl(domain::kBadRequestUrl));
  if (payload.has_value() && request.ParseFromString(std::string(*payload))) {
    for (const auto& violation : request.field_violations()) fields.push_back(violation.field());
  }
  return fields;
}

}  // namespace chengxin
