#include "server/access_table.h"

#include <array>
#include <cstddef>

namespace chengxin::server {

namespace {

using enum Scope;

struct Row {
  Method method;
  Scopes scopes;
  Audit audit = Audit::kRecorded;
};

// A call that is open to everybody, with what some may see beyond.
constexpr Scopes Open(Scopes more = {}) {
  for (Scope* const scope : {&more.open, &more.organization, &more.purchaser, &more.agency,
                             &more.civil_affairs, &more.finance, &more.audit, &more.sync, &more.admin})
    if (*scope == kNothing) *scope = kPublished;
  return more;
}

constexpr Scopes kAuthorityAlone = {.civil_affairs = kOwn};
constexpr Scopes kPurchaserAlone = {.purchaser = kOwn};
constexpr Scopes kAuditAlone = {.audit = kAll};
constexpr Scopes kAdminAlone = {.admin = kAll};
// A purchaser's report, an agency's for it; an authority's own case. Complaints an authority takes in about
// any organization, to forward them (rule 17).
constexpr Scopes kReport = {.purchaser = kOwn, .agency = kOwn, .civil_affairs = kOwn};
constexpr Scopes kReadCase = {.purchaser = kOwn, .agency = kOwn, .civil_affairs = kBelow};
constexpr Scopes kApply = {.organization = kOwn, .civil_affairs = kOwn};
// Records, and listings that have ended or as they were.
constexpr Scopes kArchive = {.organization = kOwn, .civil_affairs = kBelow, .finance = kBelow, .audit = kAll};
// For a purchaser's project, of whatever organizations.
constexpr Scopes kCheckMany = {
    .purchaser = kOwn, .agency = kOwn, .civil_affairs = kAll, .finance = kAll, .audit = kAll};
constexpr Scopes kCheck = {.organization = kOwn,
                           .purchaser = kOwn,
                           .agency = kOwn,
                           .civil_affairs = kAll,
                           .finance = kAll,
                           .audit = kAll};
constexpr Scopes kBuy = {.purchaser = kOwn, .agency = kOwn};
// What a source delivers; an authority delivers and revises what is registered with it.
constexpr Scopes kDeliver = {.civil_affairs = kOwn, .sync = kOwn};
// Whole awards; an authority's are those with a contractor of its own or below.
constexpr Scopes kAwards = Open({.purchaser = kOwn, .civil_affairs = kBelow, .finance = kAll, .audit = kAll});
// With the fields that are sealed.
constexpr Scopes kRegister = Open({.civil_affairs = kOwn});
// The archive in it. What is in force, displayed or not, is shown to purchasers and those who act for one,
// and to every authority and finance department.
constexpr Scopes kCreditReport = Open({.organization = kOwn,
                                       .purchaser = kAll,
                                       .agency = kAll,
                                       .civil_affairs = kBelow,
                                       .finance = kBelow,
                                       .audit = kAll});

constexpr std::array<Row, kMethodCount> kRows = {{
    {Method::kActivateCatalogue, kAdminAlone},
    {Method::kGetCatalogue, Open(), Audit::kPublished},
    {Method::kGetStatus, Open(), Audit::kPublished},
    {Method::kAdvanceClock, kAdminAlone},
    {Method::kListAuditEntries, kAuditAlone},
    {Method::kExportAuditEntries, kAuditAlone},
    {Method::kCreateAward, kPurchaserAlone},
    {Method::kRenewAward, kPurchaserAlone},
    {Method::kCloseAward, kPurchaserAlone},
    {Method::kGetAward, kAwards, Audit::kCounted},
    {Method::kListAwards, kAwards, Audit::kCounted},
    {Method::kWatchAwards, kPurchaserAlone},
    {Method::kOpenCase, kReport},
    {Method::kAcceptCase, kAuthorityAlone},
    {Method::kReturnCase, kAuthorityAlone},
    {Method::kResubmitCase, kReport},
    {Method::kDismissCase, kAuthorityAlone},
    {Method::kForwardCase, kAuthorityAlone},
    {Method::kServeNotice, kAuthorityAlone},
    {Method::kRecordStatement, kAuthorityAlone},
    {Method::kDecideCase, kAuthorityAlone},
    {Method::kConfirmDecision, kAuthorityAlone},
    {Method::kTransferCase, kAuthorityAlone},
    {Method::kGetCase, kReadCase},
    // The caller's own docket: who stands above reads case by case.
    {Method::kListCases, kReport},
    {Method::kListDeadlines, kAuthorityAlone},
    {Method::kFileApplication, kApply},
    {Method::kAcceptApplication, kAuthorityAlone},
    {Method::kRejectApplication, kAuthorityAlone},
    {Method::kAnswerApplication, kAuthorityAlone},
    {Method::kRevokeRepair, kAuthorityAlone},
    {Method::kGetApplication, {.organization = kOwn, .civil_affairs = kBelow}},
    {Method::kListApplications, kApply},
    {Method::kCheckEligibility, kCheck},
    {Method::kBatchCheckEligibility, kCheck},
    {Method::kCheckConsortium, kCheckMany},
    {Method::kCertify, kBuy},
    {Method::kGetReceipt, {.purchaser = kOwn, .agency = kOwn, .finance = kAll, .audit = kAll}},
    {Method::kGetListing, Open(kArchive), Audit::kCounted},
    {Method::kListListings, Open(), Audit::kCounted},
    {Method::kDownloadListings, Open(), Audit::kCounted},
    {Method::kGetListState, Open(), Audit::kPublished},
    {Method::kWatchListings, Open(), Audit::kCounted},
    {Method::kGetOrganization, kRegister, Audit::kCounted},
    {Method::kBatchGetOrganizations, kRegister, Audit::kCounted},
    {Method::kListOrganizations, kRegister, Audit::kCounted},
    {Method::kSearchOrganizations, Open(), Audit::kCounted},
    {Method::kImportOrganizations, kDeliver},
    {Method::kChangeOrganizationCode, kAuthorityAlone},
    {Method::kMergeOrganization, kAuthorityAlone},
    {Method::kCreateRecord, kAuthorityAlone},
    {Method::kGetRecord, kArchive},
    {Method::kListRecords, kArchive},
    {Method::kImportRecords, kDeliver},
    {Method::kCorrectRecord, kDeliver},
    {Method::kWithdrawRecord, kDeliver},
    {Method::kNoteReview, kAuthorityAlone},
    {Method::kGetCreditReport, kCreditReport, Audit::kCounted},
    {Method::kDestroySealedParts, kAuthorityAlone},
    {Method::kListLateCaptures, kAuthorityAlone},
}};

constexpr bool RowsAreInOrder() {
  for (size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<size_t>(kRows[i].method) != i) return false;
  }
  return true;
}
static_assert(RowsAreInOrder());

const Row& RowOf(Method method) { return kRows[static_cast<size_t>(method)]; }

}  // namespace

Scope ScopeOf(v1::Role role, Method method) {
  const Scopes& scopes = RowOf(method).scopes;
  switch (role) {
    case v1::ROLE_PUBLIC:
      return scopes.open;
    case v1::ROLE_ORGANIZATION:
      return scopes.organization;
    case v1::ROLE_PURCHASER:
      return scopes.purchaser;
    case v1::ROLE_AGENCY:
      return scopes.agency;
    case v1::ROLE_CIVIL_AFFAIRS:
      return scopes.civil_affairs;
    case v1::ROLE_FINANCE:
      return scopes.finance;
    case v1::ROLE_AUDIT:
      return scopes.audit;
    case v1::ROLE_SYNC:
      return scopes.sync;
    case v1::ROLE_ADMIN:
      return scopes.admin;
    default:
      return kNothing;
  }
}

Audit AuditOf(Method method) { return RowOf(method).audit; }

}  // namespace chengxin::server
