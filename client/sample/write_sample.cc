#include "client/sample/write_sample.h"

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "client/sample/organizations.h"
#include "client/sample/output_file.h"
#include "client/sample/records.h"
#include "domain/money.h"
#include "google/protobuf/util/json_util.h"

namespace chengxin::sample {
namespace {

constexpr size_t kBlockBytes = 1 << 20;
constexpr std::array<std::string_view, kStoryOrganizations> kParts = {"severe", "eligible", "abnormal"};

constexpr std::string_view kOrganizationsHeader =
    "统一社会信用代码,社会组织名称,社会组织类型,登记管理机关,登记状态,状态日期,民非性质,成立登记日期,"
    "业务主管单位,"
    "住所,注册资金（万元）\r\n";

std::string_view WordOf(v1::OrganizationType type) {
  if (type == v1::ORGANIZATION_TYPE_SOCIAL_GROUP) return "社会团体";
  return type == v1::ORGANIZATION_TYPE_FOUNDATION ? "基金会" : "民办非企业单位";
}

std::string_view WordOf(v1::RegistrationStatus status) {
  switch (status) {
    case v1::REGISTRATION_STATUS_CANCELLED:
      return "已注销";
    case v1::REGISTRATION_STATUS_IN_LIQUIDATION:
      return "注销中";
    case v1::REGISTRATION_STATUS_REGISTRATION_REVOKED:
      return "撤销登记";
    default:
      return "正常";
  }
}

std::string_view WordOf(v1::CertificateForm form) {
  if (form == v1::CERTIFICATE_FORM_PARTNERSHIP) return "合伙";
  return form == v1::CERTIFICATE_FORM_INDIVIDUAL ? "个体" : "法人";
}

// No value holds a comma or a quote, so that none needs quotes.
void AppendRow(const v1::Organization& row, std::string& out) {
  StrAppend(&out, row.code(), ",", row.display_name(), ",", WordOf(row.type()), ",",
            row.registration_authority());
  StrAppend(&out, ",", WordOf(row.status()), ",", row.status_since(), ",", WordOf(row.certificate_form()),
            ",", row.established_on());
  StrAppend(&out, ",", row.supervising_unit(), ",", row.domicile(), ",",
            row.registered_capital_fen() / domain::kFenPerWanYuan, "\r\n");
}

absl::Status WriteWhole(const std::string& path, std::string_view text) {
  OutputFile file(path);
  file.Write(text);
  return file.Close();
}

// Writes kunming.csv and records.csv, and gives the story's organizations.
absl::StatusOr<std::vector<v1::Organization>> WriteInvented(const SampleOptions& options) {
  OutputFile organizations_file(StrCat(options.folder, "/kunming.csv"));
  OutputFile records_file(StrCat(options.folder, "/records.csv"));
  organizations_file.Write(kOrganizationsHeader);
  records_file.Write(RecordsHeader());
  std::vector<v1::Organization> story;
  Organizations organizations(options.seed);
  // Of its own, so that records do not change which organizations there are.
  Random records_random(options.seed ^ 0x5265636F72647321);
  std::string rows, records;
  v1::Organization organization;
  for (size_t i = 0; i < options.count; ++i) {
    organizations.Next(organization);
    AppendRow(organization, rows);
    const bool in_story = i < kStoryOrganizations;
    if (in_story) story.push_back(organization);
    if (organization.status() == v1::REGISTRATION_STATUS_ACTIVE)
      AppendRecords(organization, in_story, records_random, records);
    if (rows.size() >= kBlockBytes) {
      organizations_file.Write(rows);
      records_file.Write(records);
      rows.clear();
      records.clear();
    }
  }
  organizations_file.Write(rows);
  records_file.Write(records);
  CHENGXIN_RETURN_IF_ERROR(organizations_file.Close());
  CHENGXIN_RETURN_IF_ERROR(records_file.Close());
  return story;
}

absl::Status WriteNational(const SampleOptions& options) {
  std::string lines;
  for (const PublicOrganization& organization : PublicOrganizations()) {
    std::string line;
    google::protobuf::util::JsonPrintOptions print;
    print.preserve_proto_field_names = true;
    const auto printed = google::protobuf::util::MessageToJsonString(ToRow(organization), &line, print);
    if (!printed.ok()) return absl::InternalError("a register row cannot be printed as JSON");
    StrAppend(&lines, line, "\n");
  }
  return WriteWhole(StrCat(options.folder, "/national.jsonl"), lines);
}

absl::Status WriteLists(const SampleOptions& options) {
  for (const std::string_view source : {"court-defaulters", "tax-violations", "procurement-violations"})
    CHENGXIN_RETURN_IF_ERROR(WriteWhole(StrCat(options.folder, "/", source, ".csv"), ExternalListHeader()));
  return WriteWhole(StrCat(options.folder, "/major-violations.csv"), MajorViolationsHeader());
}

absl::Status WriteStory(const SampleOptions& options, const std::vector<v1::Organization>& story) {
  std::string text, json = "{\n";
  for (size_t i = 0; i < story.size(); ++i) {
    const v1::Organization& part = story[i];
    const std::string authority = part.registration_authority().substr(std::string("authorities/").size());
    StrAppend(&text, kParts[i], "_code=", part.code(), "\n", kParts[i], "_name='", part.display_name(),
              "'\n");
    StrAppend(&text, kParts[i], "_authority=", authority, "\n");
    StrAppend(&json, "  \"", kParts[i], "\": {\"code\": \"", part.code(), "\", \"name\": \"");
    StrAppend(&json, part.display_name(), "\", \"authority\": \"", authority, "\"},\n");
  }
  StrAppend(&text, "unknown_code=", CodeOutsideCoverage(), "\n");
  StrAppend(&json, "  \"unknown\": {\"code\": \"", CodeOutsideCoverage(), "\"}\n}\n");
  CHENGXIN_RETURN_IF_ERROR(WriteWhole(StrCat(options.folder, "/story.txt"), text));
  return WriteWhole(StrCat(options.folder, "/story.json"), json);
}

}  // namespace

absl::Status WriteSample(const SampleOptions& options) {
  if (options.count < kStoryOrganizations || options.count > kMaximumOrganizations)
    return absl::InvalidArgumentError(StrCat("数量应为 ", kStoryOrganizations, " 至 ", kMaximumOrganizations,
                                             " (the count is out of range)"));
  if (options.folder.empty()) return absl::InvalidArgumentError("须给出文件夹 (name a folder)");
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) return absl::UnavailableError(StrCat("无法建立文件夹 ", options.folder, "：", error.message()));
  CHENGXIN_ASSIGN_OR_RETURN(const auto story, WriteInvented(options));
  CHENGXIN_RETURN_IF_ERROR(WriteNational(options));
  CHENGXIN_RETURN_IF_ERROR(WriteLists(options));
  return WriteStory(options, story);
}

}  // namespace chengxin::sample
