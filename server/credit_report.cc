#include "server/credit_report.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/credit_report.h"
#include "domain/resource_names.h"
#include "domain/seal.h"
#include "domain/timestamps.h"
#include "server/access.h"
#include "server/known_codes.h"
#include "server/report_document.h"
#include "server/request_fields.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

using domain::ReportReader;
using storage::Sealed;

ReportReader ReaderOf(const v1::Principal& principal, const Subject& subject,
                      const domain::CompiledCatalogue* catalogue) {
  if (ReadsArchiveOf(principal, subject, catalogue)) return ReportReader::kArchive;
  switch (principal.role()) {
    case v1::ROLE_PURCHASER:
    case v1::ROLE_AGENCY:
    case v1::ROLE_CIVIL_AFFAIRS:
      return ReportReader::kPurchaser;
    default:
      return ReportReader::kPublic;
  }
}

// The instants of the report and what it rests on.
absl::Status TakeBasis(ServiceContext& service, const domain::Uscc& code, const v1::AsOf* as_of,
                       v1::AnswerBasis& basis) {
  v1::Eligibility eligibility;
  v1::Eligibility* const answers[] = {&eligibility};
  return service.engine.CheckEligibility(
      {.codes = {&code, 1}, .context = nullptr, .as_of = as_of, .full = false}, answers, basis);
}

absl::Status ReadAll(const storage::Store& store, const std::string& code, uint64_t revision, Sealed sealed,
                     std::vector<v1::CreditRecord>& records, std::vector<v1::Listing>& listings) {
  CHENGXIN_RETURN_IF_ERROR(
      store.ScanRecords(code, std::nullopt, revision, sealed, [&](v1::CreditRecord record) {
        if (sealed == Sealed::kLeaveOut) domain::Redact(record);
        records.push_back(std::move(record));
        return true;
      }));
  const domain::ListingId before{.code = code, .list = v1::LIST_KIND_UNSPECIFIED, .episode = 0};
  return store.ScanListings(before, revision, [&](v1::Listing listing) {
    const std::optional<domain::ListingId> id = domain::ParseListingName(listing.name());
    if (!id.has_value() || id->code != code) return false;
    listings.push_back(std::move(listing));
    return true;
  });
}

absl::Status WriteDocument(v1::ReportFormat format, v1::GetCreditReportResponse& response) {
  switch (format) {
    case v1::REPORT_FORMAT_JSON: {
      CHENGXIN_ASSIGN_OR_RETURN(*response.mutable_document(), ReportAsJson(response.report()));
      return absl::OkStatus();
    }
    case v1::REPORT_FORMAT_HTML:
      response.set_document(ReportAsHtml(response.report()));
      return absl::OkStatus();
    default:
      return absl::OkStatus();
  }
}

}  // namespace

absl::Status GetCreditReport(ServiceContext& service, const v1::Principal& principal,
                             const v1::GetCreditReportRequest& request,
                             v1::GetCreditReportResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(const domain::Uscc code,
                            RequireCode(service.engine, "organization_code", request.organization_code()));
  if (!v1::ReportFormat_IsValid(request.format())) return WrongField("format", kUnknownEnumerator);
  CHENGXIN_ASSIGN_OR_RETURN(const std::string first, FirstCodeOf(service, code.ToString()));
  CHENGXIN_ASSIGN_OR_RETURN(const v1::Principal own, WithFirstCode(service, principal));
  const storage::Store& store = service.engine.store();
  // Who may read what follows from where it is registered now, whatever instant is asked for.
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> now,
                            store.FindOrganization(first, service.engine.revision(), Sealed::kLeaveOut));
  const std::string_view authority =
      now.has_value() ? std::string_view(now->registration_authority()) : std::string_view();
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  const ReportReader reader = ReaderOf(own, {first, authority}, knowledge->catalogue.get());
  if (request.has_as_of() && reader == ReportReader::kPublic) {
    return RoleNotAllowed("公众只能查询现行公布的信息", "the public may ask for what is published now only");
  }
  v1::CreditReport& report = *response.mutable_report();
  CHENGXIN_RETURN_IF_ERROR(
      TakeBasis(service, code, request.has_as_of() ? &request.as_of() : nullptr, *report.mutable_basis()));
  const uint64_t revision = report.basis().revision();
  const Sealed sealed = SeesSealed(principal, authority) ? Sealed::kMerge : Sealed::kLeaveOut;
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            store.FindOrganization(first, revision, sealed));
  if (!organization.has_value()) {
    return absl::NotFoundError(StrCat("登记信息副本中没有", request.organization_code(),
                                      " (the registry copy has no organization ", request.organization_code(),
                                      ")"));
  }
  if (sealed == Sealed::kLeaveOut) domain::Redact(*organization);
  *report.mutable_organization() = *std::move(organization);
  std::vector<v1::CreditRecord> records;
  std::vector<v1::Listing> listings;
  CHENGXIN_RETURN_IF_ERROR(ReadAll(store, first, revision, sealed, records, listings));
  domain::FillSections(std::move(records), std::move(listings), domain::TimeOf(report.basis().effective_at()),
                       reader, report);
  return WriteDocument(request.format(), response);
}

}  // namespace chengxin::server
