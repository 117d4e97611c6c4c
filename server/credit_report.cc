#include "server/credit_report.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/credit_report.h"
#include "domain/credit_report_document.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "server/access.h"
#include "server/known_codes.h"
#include "server/listing_pages.h"
#include "server/open_cases.h"
#include "server/request_fields.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

using storage::Sealed;

// For whom a report is made.
enum class Reader {
  kPublic,     // what is published and on display
  kPurchaser,  // what is in force, displayed or not, and what is good
  kArchive     // everything
};

Reader ReaderOf(const v1::Principal& principal, const Subject& subject,
                const domain::CompiledCatalogue* catalogue) {
  if (ReadsArchiveOf(principal, subject, catalogue)) return Reader::kArchive;
  switch (principal.role()) {
    case v1::ROLE_AGENCY:
      // Whoever acts for nobody selects nobody.
      return principal.entrustments().empty() ? Reader::kPublic : Reader::kPurchaser;
    case v1::ROLE_PURCHASER:
    case v1::ROLE_CIVIL_AFFAIRS:
    case v1::ROLE_FINANCE:
      return Reader::kPurchaser;
    default:
      return Reader::kPublic;
  }
}

// Whether the record is still shown to everybody (rule 36); what has no end of display and is no penalty
// never was.
bool IsDisplayed(const v1::CreditRecord& record, absl::Time at) {
  return record.has_display_until() ? at < domain::TimeOf(record.display_until()) : record.has_penalty();
}

template <typename Rows, typename Keeps>
void KeepRows(Rows& rows, const Keeps& keeps) {
  rows.erase(std::remove_if(rows.begin(), rows.end(), [&](const auto& row) { return !keeps(row); }),
             rows.end());
}

// Takes out what is not the reader's; the archive was never put in.
void Show(Reader reader, absl::Time at, v1::CreditReport& report) {
  if (reader == Reader::kArchive) return;
  report.clear_other_records();
  if (reader == Reader::kPurchaser) return;
  KeepRows(*report.mutable_adverse_records(),
           [at](const v1::CreditRecord& record) { return IsDisplayed(record, at); });
  KeepRows(*report.mutable_listings(), [at](const v1::Listing& listing) { return IsPublished(listing, at); });
}

// Takes out what a case that is not decided would betray, whoever may read the rest.
void HideOpenCases(const v1::Principal& principal, std::string_view authority,
                   const domain::CompiledCatalogue* catalogue, v1::CreditReport& report) {
  for (auto* const records : {report.mutable_adverse_records(), report.mutable_favourable_records(),
                              report.mutable_other_records(), report.mutable_archived_records()})
    for (v1::CreditRecord& record : *records) HideOpenCase(principal, authority, catalogue, record);
  for (auto* const listings : {report.mutable_listings(), report.mutable_archived_listings()})
    for (v1::Listing& listing : *listings) HideOpenCase(principal, catalogue, listing);
}

// The instants of the report and what it rests on.
absl::Status TakeBasis(ServiceContext& service, const domain::Uscc& code, const v1::AsOf* as_of,
                       v1::AnswerBasis& basis) {
  v1::Eligibility eligibility;
  v1::Eligibility* const answers[] = {&eligibility};
  return service.engine.CheckEligibility(
      {.codes = {&code, 1}, .context = nullptr, .as_of = as_of, .full = false}, answers, basis);
}

absl::Status ReadAll(const storage::Store& store, const std::string& code, uint64_t revision,
                     domain::ReportSubject& subject) {
  CHENGXIN_RETURN_IF_ERROR(
      store.ScanRecords(code, std::nullopt, revision, Sealed::kLeaveOut, [&](v1::CreditRecord record) {
        subject.records.push_back(std::move(record));
        return true;
      }));
  const domain::ListingId before{.code = code, .list = v1::LIST_KIND_UNSPECIFIED, .episode = 0};
  return store.ScanListings(before, revision, [&](v1::Listing listing) {
    const std::optional<domain::ListingId> id = domain::ParseListingName(listing.name());
    if (!id.has_value() || id->code != code) return false;
    subject.listings.push_back(std::move(listing));
    return true;
  });
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
  // Who may read what follows from where it is registered now and from the catalogue in force, whatever
  // instant is asked for.
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> now,
                            store.FindOrganization(first, service.engine.revision(), Sealed::kLeaveOut));
  const std::string_view authority =
      now.has_value() ? std::string_view(now->registration_authority()) : std::string_view();
  const std::shared_ptr<const domain::CompiledCatalogue> in_force = service.engine.knowledge()->catalogue;
  const Reader reader = ReaderOf(own, {first, authority}, in_force.get());
  if (request.has_as_of() && reader == Reader::kPublic) {
    return RoleNotAllowed("公众只能查询现行公布的信息", "the public may ask for what is published now only");
  }
  v1::AnswerBasis basis;
  CHENGXIN_RETURN_IF_ERROR(TakeBasis(service, code, request.has_as_of() ? &request.as_of() : nullptr, basis));
  domain::ReportSubject subject;
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            store.FindOrganization(first, basis.revision(), Sealed::kLeaveOut));
  if (!organization.has_value()) {
    return absl::NotFoundError(StrCat("登记信息副本中没有", request.organization_code(),
                                      " (the registry copy has no organization ", request.organization_code(),
                                      ")"));
  }
  subject.organization = *std::move(organization);
  CHENGXIN_RETURN_IF_ERROR(ReadAll(store, first, basis.revision(), subject));
  // What the report says is said by the catalogue known then, whose version it names.
  CHENGXIN_ASSIGN_OR_RETURN(const std::shared_ptr<const domain::Knowledge> knowledge,
                            service.engine.KnowledgeAt(basis.revision()));
  const absl::Time at = domain::TimeOf(basis.effective_at());
  const auto archive =
      reader == Reader::kArchive ? domain::ArchiveAccess::kRead : domain::ArchiveAccess::kNone;
  v1::CreditReport& report = *response.mutable_report();
  report = domain::MakeCreditReport(std::move(subject), *knowledge, at, archive);
  *report.mutable_basis() = std::move(basis);
  Show(reader, at, report);
  HideOpenCases(principal, authority, in_force.get(), report);
  CHENGXIN_ASSIGN_OR_RETURN(*response.mutable_document(),
                            domain::ReportDocument(report, request.format(), knowledge->catalogue.get()));
  return absl::OkStatus();
}

}  // namespace chengxin::server
