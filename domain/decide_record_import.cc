// Imports of credit records. Penalties that come this way never list; they propose (rule 20).
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/deciders.h"
#include "domain/field_checks.h"
#include "domain/import_run.h"
#include "domain/organization_lookup.h"
#include "domain/record_filing.h"
#include "domain/resource_names.h"
#include "domain/uscc.h"
#include "domain/validate_record.h"

namespace chengxin::domain {

namespace {

// 重大违法记录 arises from convictions and from penalties alike.
constexpr std::string_view kMajorViolationGround = "GP-04";

bool Delivers(const v1::Source& source, std::string_view ground) {
  return std::find(source.grounds().begin(), source.grounds().end(), ground) != source.grounds().end();
}

// A list's keeper delivers its list, and nobody else does.
void CheckAgainstSource(const v1::CreditRecord& record, const v1::Source& source, const FieldChecks& checks) {
  if (record.has_external_listing()) {
    checks.Under("external_listing")
        .Check(Delivers(source, record.external_listing().ground()), "ground",
               "该来源不提供此名单 (the source does not deliver this list)");
    return;
  }
  if (source.kind() != v1::SOURCE_KIND_EXTERNAL_LIST || record.content_case() == 0) return;
  const bool major = record.has_major_violation() || record.has_penalty();
  checks.Check(major && Delivers(source, kMajorViolationGround), "content",
               "该来源不提供此类记录 (the source does not deliver records of this kind)");
}

// Decides one batch, row by row, each on what the rows before it left.
class RecordImport {
 public:
  RecordImport(const v1::ImportRecordsRequest& request, const ImportRun& run, const CommandContext& context,
               const View& view)
      : request_(request),
        run_(run),
        view_(view),
        catalogue_(view.catalogue()),
        today_(DayOf(context.stamp)),
        filer_(request.source(), context, *catalogue_, decision_) {
    decision_.tally.emplace();
    decision_.tally->mutable_outcomes()->Reserve(request.records_size());
    decision_.events.reserve(static_cast<size_t>(request.records_size()) + 1);
  }

  absl::StatusOr<Decision> Run() {
    for (const v1::ImportRecord& row : request_.records()) {
      FieldViolations violations;
      CHENGXIN_RETURN_IF_ERROR(Take(row, violations));
      if (violations.empty()) continue;
      const auto& first = violations.message().field_violations(0);
      RejectRow(first.field(), first.description(), *decision_.tally);
    }
    EndRun(HeaderOf(request_), run_, decision_);
    return std::move(decision_);
  }

 private:
  // Tallies the row, or says what is wrong with it.
  absl::Status Take(const v1::ImportRecord& row, FieldViolations& violations) {
    const FieldChecks checks("", today_, violations);
    CHENGXIN_ASSIGN_OR_RETURN(OrganizationFile * file, FindFile(row.organization_code(), checks));
    const FieldChecks record = checks.Under("record");
    ValidateRecord(row.record(), record);
    record.Check(row.record().deciding_officer().empty(), "deciding_officer",
                 "导入的记录不含列入决定 (imported records come without a listing decision)");
    CheckAgainstCatalogue(row.record(), *catalogue_, record);
    CheckAgainstSource(row.record(), *run_.source, record);
    if (!violations.empty()) return absl::OkStatus();

    CHENGXIN_ASSIGN_OR_RETURN(const Filing filing, filer_.File(row.record(), /*propose=*/true, *file));
    if (filing.outcome == v1::IMPORT_OUTCOME_REJECTED) {
      checks.Add("record", StrCat("与已有记录", filing.record.name(),
                                  "内容不同，应予更正 (differs from the record that is there: ",
                                  filing.record.name(), "; a correction is needed)"));
      return absl::OkStatus();
    }
    decision_.tally->add_outcomes(filing.outcome);
    return absl::OkStatus();
  }

  // The file of the organization that the code is or was one of; null where it is not in the registry copy.
  absl::StatusOr<OrganizationFile*> FileOf(const Uscc& code) {
    if (const auto known = files_.find(code); known != files_.end()) return known->second.get();
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                              FindByAnyCode(code.ToString(), view_));
    std::shared_ptr<OrganizationFile> file;
    if (organization.has_value()) {
      const Uscc first =
          Uscc::FromStored(ParseOrganizationName(organization->name()).value_or("")).value_or(code);
      std::shared_ptr<OrganizationFile>& of_first = files_[first];
      if (of_first == nullptr) {
        of_first = std::make_shared<OrganizationFile>(*std::move(organization), view_);
      }
      file = of_first;
    }
    files_[code] = file;
    return file.get();
  }

  // The organization's file, or null with a violation.
  absl::StatusOr<OrganizationFile*> FindFile(const std::string& code, const FieldChecks& checks) {
    const UsccInspection inspection = Uscc::Inspect(code);
    if (!inspection.code.has_value()) {
      checks.Add("organization_code", inspection.Describe());
      return nullptr;
    }
    CHENGXIN_ASSIGN_OR_RETURN(OrganizationFile* const file, FileOf(*inspection.code));
    if (file == nullptr) {
      checks.Add("organization_code",
                 inspection.ok() ? "不在登记信息副本中 (not in the registry copy)" : inspection.Describe());
      return nullptr;
    }
    checks.Check(
        run_.only_authority.empty() || run_.only_authority == file->organization().registration_authority(),
        "organization_code", "不在本机关登记 (the organization is registered with another authority)");
    return file;
  }

  const v1::ImportRecordsRequest& request_;
  const ImportRun& run_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  const CivilDay today_;
  Decision decision_;
  RecordFiler filer_;
  // By every code met; null for those that are not in the registry copy.
  absl::flat_hash_map<Uscc, std::shared_ptr<OrganizationFile>> files_;
};

}  // namespace

absl::StatusOr<Decision> DecideCommand(const v1::ImportRecordsRequest& request, const CommandContext& context,
                                       const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(
      const ImportRun run,
      OpenRun(HeaderOf(request), {v1::SOURCE_KIND_EXTERNAL_LIST, v1::SOURCE_KIND_RECORDS}, context, view));
  if (run.refusal.has_value()) {
    Decision decision;
    decision.refusal = run.refusal;
    return decision;
  }
  return RecordImport(request, run, context, view).Run();
}

}  // namespace chengxin::domain
