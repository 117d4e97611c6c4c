#include <optional>
#include <string_view>
#include <variant>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/decide.h"
#include "domain/deciders.h"
#include "domain/field_checks.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"
#include "domain/validate_record.h"

namespace chengxin::domain {

namespace {

// The last second of the year 9999, and a whole second in nanoseconds: what google.protobuf.Timestamp allows.
constexpr int64_t kLastSecond = 253'402'300'799;
constexpr int32_t kNanosecondsPerSecond = 1'000'000'000;

void CheckSourceAsOf(bool present, const google::protobuf::Timestamp& as_of, absl::Time now,
                     const FieldChecks& checks) {
  constexpr std::string_view kField = "source_as_of";
  if (!checks.Check(present, kField, "必填 (required)")) return;
  if (!CheckInstant(kField, as_of, checks)) return;
  checks.Check(TimeOf(as_of) <= now, kField, "不得晚于现在 (in the future)");
}

// What both imports have.
template <typename Request>
void CheckImport(const Request& request, int rows, std::string_view rows_field, absl::Time now,
                 const FieldChecks& checks) {
  checks.Check(ParseSourceName(request.source()).has_value(), "source",
               "应为\"sources/{id}\" (expected \"sources/{id}\")");
  CheckSourceAsOf(request.has_source_as_of(), request.source_as_of(), now, checks);
  CheckRequestId(request.request_id(), checks);
  if (rows > kMaximumImportRows) {
    checks.Add(rows_field, StrCat(rows, "行，一批至多", kMaximumImportRows, "行 (", rows, " rows; at most ",
                                  kMaximumImportRows, " in one batch)"));
  }
  checks.NotNegative("rejected_by_reader", request.rejected_by_reader());
  checks.NotNegative("identity_numbers_dropped", request.identity_numbers_dropped());
  if (request.end_of_run()) return;
  constexpr std::string_view kOnlyAtTheEnd = "仅与end_of_run同用 (only with end_of_run)";
  checks.Check(!request.complete(), "complete", kOnlyAtTheEnd);
  checks.Check(request.rejected_by_reader() == 0, "rejected_by_reader", kOnlyAtTheEnd);
  checks.Check(request.identity_numbers_dropped() == 0, "identity_numbers_dropped", kOnlyAtTheEnd);
}

}  // namespace

void CheckRequestId(std::string_view request_id, const FieldChecks& checks) {
  checks.RequiredText("request_id", request_id, kMaximumRequestIdLength);
}

bool CheckInstant(std::string_view field, const google::protobuf::Timestamp& instant,
                  const FieldChecks& checks) {
  const bool shaped = instant.seconds() >= 0 && instant.seconds() <= kLastSecond && instant.nanos() >= 0 &&
                      instant.nanos() < kNanosecondsPerSecond;
  return checks.Check(shaped, field, "应为1970年至9999年的时刻 (expected an instant from 1970 to 9999)");
}

void CheckOrganizationCode(std::string_view field, std::string_view text, const FieldChecks& checks) {
  const UsccInspection inspection = Uscc::Inspect(text);
  if (!inspection.code.has_value()) {
    checks.Add(field, inspection.Describe());
    return;
  }
  checks.Check(
      inspection.code->is_social_organization(), field,
      "应为社会组织的代码：第1位为5，第2位为1、2、3或9 (expected a social organization's code: 5, then 1, "
      "2, 3 or 9)");
}

void CheckCommand(const v1::ActivateCatalogueRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  if (checks.Check(request.has_catalogue(), "catalogue", "必填 (required)")) {
    ValidateCatalogue(request.catalogue(), checks.Under("catalogue"));
  }
}

void CheckCommand(const v1::ImportOrganizationsRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckImport(request, request.organizations_size(), "organizations", now, checks);
}

void CheckCommand(const v1::ImportRecordsRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckImport(request, request.records_size(), "records", now, checks);
}

void CheckCommand(const v1::CreateRecordRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  CheckOrganizationCode("organization_code", request.organization_code(), checks);
  checks.OptionalText("organization_etag", request.organization_etag(), kMaximumNumberLength);
  const FieldChecks record = checks.Under("record");
  ValidateRecord(request.record(), record);
  if (!request.has_listing_decision()) {
    record.Check(request.record().deciding_officer().empty(), "deciding_officer",
                 "仅与列入决定同用 (only with a listing decision)");
    return;
  }
  ValidateListingDecision(request.listing_decision(), checks.Under("listing_decision"));
  record.Check(!request.record().deciding_officer().empty(), "deciding_officer",
               "有列入决定时必填 (required with a listing decision)");
  // Every other ground needs prior notice and is no matter of one act (rule 20).
  checks.Check(request.record().has_penalty(), "listing_decision",
               "仅与行政处罚同报；其他情形应先行告知 (only with a penalty; other grounds need prior notice)");
}

absl::Status Validate(const Command& command, absl::Time now) {
  FieldViolations violations;
  const FieldChecks checks("", DayOf(now), violations);
  std::visit([&](const auto& request) { CheckCommand(request, now, checks); }, command);
  if (violations.empty()) return absl::OkStatus();
  const auto& first = violations.message().field_violations(0);
  if (std::holds_alternative<v1::ActivateCatalogueRequest>(command) && first.field() != "request_id") {
    return RefuseFields(
        Refusal{.reason = v1::ERROR_REASON_BAD_CATALOGUE,
                .message = StrCat("目录有误：", first.field(), "：", first.description(), " (bad catalogue)"),
                .metadata = {{"row", first.field()}}},
        violations);
  }
  return violations.ToStatus();
}

}  // namespace chengxin::domain
