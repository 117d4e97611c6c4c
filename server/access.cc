#include "server/access.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "domain/entrustment.h"
#include "domain/refusal.h"
#include "domain/resource_names.h"
#include "server/authenticator.h"

namespace chengxin::server {

namespace {

// A set of roles, one bit each.
using RoleSet = uint32_t;

constexpr RoleSet Roles(std::initializer_list<v1::Role> roles) {
  RoleSet set = 0;
  for (const v1::Role role : roles) set |= RoleSet{1} << role;
  return set;
}

// Whoever has said who it is: the public and everybody else.
constexpr RoleSet kEverybody =
    Roles({v1::ROLE_PUBLIC, v1::ROLE_ORGANIZATION, v1::ROLE_PURCHASER, v1::ROLE_AGENCY,
           v1::ROLE_CIVIL_AFFAIRS, v1::ROLE_FINANCE, v1::ROLE_AUDIT, v1::ROLE_SYNC, v1::ROLE_ADMIN});
constexpr RoleSet kAdmin = Roles({v1::ROLE_ADMIN});
// What a source delivers; which one may be delivered by whom is decided with the command.
constexpr RoleSet kDeliver = Roles({v1::ROLE_SYNC, v1::ROLE_CIVIL_AFFAIRS});
constexpr RoleSet kCivilAffairs = Roles({v1::ROLE_CIVIL_AFFAIRS});
// Whose records they may read is ReadsArchiveOf's.
constexpr RoleSet kReadRecords =
    Roles({v1::ROLE_ORGANIZATION, v1::ROLE_CIVIL_AFFAIRS, v1::ROLE_FINANCE, v1::ROLE_AUDIT});
constexpr RoleSet kCheckMany =
    Roles({v1::ROLE_PURCHASER, v1::ROLE_AGENCY, v1::ROLE_CIVIL_AFFAIRS, v1::ROLE_FINANCE, v1::ROLE_AUDIT});
// An organization checks itself alone.
constexpr RoleSet kCheck = kCheckMany | Roles({v1::ROLE_ORGANIZATION});

constexpr RoleSet kAudit = Roles({v1::ROLE_AUDIT});
constexpr RoleSet kPurchaser = Roles({v1::ROLE_PURCHASER});
constexpr RoleSet kBuy = Roles({v1::ROLE_PURCHASER, v1::ROLE_AGENCY});
// Whose cases they may see is SeesCase's; what each may do with one is the workflow's.
constexpr RoleSet kReport = Roles({v1::ROLE_PURCHASER, v1::ROLE_AGENCY, v1::ROLE_CIVIL_AFFAIRS});
constexpr RoleSet kApply = Roles({v1::ROLE_ORGANIZATION, v1::ROLE_CIVIL_AFFAIRS});
constexpr RoleSet kReadReceipts = kBuy | Roles({v1::ROLE_FINANCE, v1::ROLE_AUDIT});

// What a call leaves in the audit trail (rules 55, 63).
enum class Audit {
  kRecorded,  // an entry, whoever calls
  kCounted,   // none where the public calls: it reads what is published, which is counted alone
  // None: it shows everybody the same. An administrator must see the status when nothing can be recorded.
  kPublished,
};

struct Row {
  Method method;
  RoleSet roles;
  Audit audit = Audit::kRecorded;
};
constexpr std::array<Row, kMethodCount> kRows = {{
    {Method::kActivateCatalogue, kAdmin},
    {Method::kGetCatalogue, kEverybody, Audit::kPublished},
    {Method::kGetStatus, kEverybody, Audit::kPublished},
    {Method::kAdvanceClock, kAdmin},
    {Method::kListAuditEntries, kAudit},
    {Method::kExportAuditEntries, kAudit},
    {Method::kCreateAward, kPurchaser},
    {Method::kRenewAward, kPurchaser},
    {Method::kCloseAward, kPurchaser},
    {Method::kGetAward, kEverybody, Audit::kCounted},
    {Method::kListAwards, kEverybody, Audit::kCounted},
    {Method::kWatchAwards, kPurchaser},
    {Method::kOpenCase, kReport},
    {Method::kAcceptCase, kCivilAffairs},
    {Method::kReturnCase, kCivilAffairs},
    {Method::kResubmitCase, kReport},
    {Method::kDismissCase, kCivilAffairs},
    {Method::kForwardCase, kCivilAffairs},
    {Method::kServeNotice, kCivilAffairs},
    {Method::kRecordStatement, kCivilAffairs},
    {Method::kDecideCase, kCivilAffairs},
    {Method::kConfirmDecision, kCivilAffairs},
    {Method::kTransferCase, kCivilAffairs},
    {Method::kGetCase, kReport},
    {Method::kListCases, kReport},
    {Method::kListDeadlines, kCivilAffairs},
    {Method::kFileApplication, kApply},
    {Method::kAcceptApplication, kCivilAffairs},
    {Method::kRejectApplication, kCivilAffairs},
    {Method::kAnswerApplication, kCivilAffairs},
    {Method::kRevokeRepair, kCivilAffairs},
    {Method::kGetApplication, kApply},
    {Method::kListApplications, kApply},
    {Method::kCheckEligibility, kCheck},
    {Method::kBatchCheckEligibility, kCheck},
    {Method::kCheckConsortium, kCheckMany},
    {Method::kCertify, kBuy},
    {Method::kGetReceipt, kReadReceipts},
    {Method::kGetListing, kEverybody, Audit::kCounted},
    {Method::kListListings, kEverybody, Audit::kCounted},
    {Method::kDownloadListings, kEverybody, Audit::kCounted},
    {Method::kGetListState, kEverybody, Audit::kPublished},
    {Method::kWatchListings, kEverybody, Audit::kCounted},
    {Method::kGetOrganization, kEverybody, Audit::kCounted},
    {Method::kBatchGetOrganizations, kEverybody, Audit::kCounted},
    {Method::kListOrganizations, kEverybody, Audit::kCounted},
    {Method::kSearchOrganizations, kEverybody, Audit::kCounted},
    {Method::kImportOrganizations, kDeliver},
    {Method::kChangeOrganizationCode, kCivilAffairs},
    {Method::kMergeOrganization, kCivilAffairs},
    {Method::kCreateRecord, kCivilAffairs},
    {Method::kGetRecord, kReadRecords},
    {Method::kListRecords, kReadRecords},
    {Method::kImportRecords, kDeliver},
    {Method::kCorrectRecord, kDeliver},
    {Method::kWithdrawRecord, kDeliver},
    {Method::kNoteReview, kCivilAffairs},
    {Method::kGetCreditReport, kEverybody, Audit::kCounted},
    {Method::kDestroySealedParts, kCivilAffairs},
    {Method::kListLateCaptures, kCivilAffairs},
}};

constexpr bool RowsAreInOrder() {
  for (size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<size_t>(kRows[i].method) != i) return false;
  }
  return true;
}
static_assert(RowsAreInOrder());

// Levels of authorities; one more would be a circle.
constexpr int kMostLevels = 10;

// Whether `superior` is the authority `id` itself or above it (上级机关).
bool IsAtOrAbove(const domain::CompiledCatalogue* catalogue, std::string_view superior, std::string_view id) {
  for (int level = 0; level < kMostLevels && !id.empty(); ++level) {
    if (id == superior) return true;
    const v1::Authority* authority = catalogue == nullptr ? nullptr : catalogue->FindAuthority(id);
    if (authority == nullptr) return false;
    id = authority->parent();
  }
  return false;
}

// Whether the principal has the role and is of the authority ("authorities/{id}") or of one above it.
bool IsOfOrAbove(const v1::Principal& principal, v1::Role role, std::string_view authority,
                 const domain::CompiledCatalogue* catalogue) {
  if (principal.role() != role) return false;
  const std::optional<std::string_view> own = domain::ParseAuthorityName(principal.authority());
  const std::optional<std::string_view> of = domain::ParseAuthorityName(authority);
  return own.has_value() && of.has_value() && IsAtOrAbove(catalogue, *own, *of);
}

// Whether the principal speaks for the unit in the role: of one name, a purchaser and an agency are two.
bool IsOfUnit(const v1::Principal& principal, v1::Role role, std::string_view unit) {
  return principal.role() == role && !unit.empty() && principal.unit() == unit;
}

}  // namespace

bool MayCall(v1::Role role, Method method) {
  if (role <= v1::ROLE_UNSPECIFIED || role > v1::Role_MAX) return false;
  return (kRows[static_cast<size_t>(method)].roles & (RoleSet{1} << role)) != 0;
}

absl::Status RoleNotAllowed(std::string_view zh, std::string_view en) {
  return domain::ToStatus(
      {.reason = v1::ERROR_REASON_ROLE_NOT_ALLOWED, .message = StrCat(zh, " (", en, ")"), .metadata = {}});
}

absl::Status CheckRole(v1::Role role, Method method) {
  if (MayCall(role, method)) return absl::OkStatus();
  const std::string_view name = NameOf(role);
  return RoleNotAllowed(StrCat("角色", name, "不能调用", MethodName(method)),
                        StrCat("role ", name, " may not call ", MethodName(method)));
}

bool LeavesEntry(v1::Role role, Method method) {
  switch (kRows[static_cast<size_t>(method)].audit) {
    case Audit::kPublished:
      return false;
    case Audit::kCounted:
      return role != v1::ROLE_PUBLIC;
    case Audit::kRecorded:
      return true;
  }
  return true;
}

bool SeesSealed(const v1::Principal& principal, std::string_view registration_authority) {
  return principal.role() == v1::ROLE_CIVIL_AFFAIRS && !registration_authority.empty() &&
         principal.authority() == registration_authority;
}

bool ReadsArchiveOf(const v1::Principal& principal, const Subject& subject,
                    const domain::CompiledCatalogue* catalogue) {
  switch (principal.role()) {
    case v1::ROLE_AUDIT:
      return true;
    case v1::ROLE_ORGANIZATION:
      return principal.unit() == subject.code;
    case v1::ROLE_CIVIL_AFFAIRS:
    case v1::ROLE_FINANCE:
      return IsOfOrAbove(principal, principal.role(), subject.registration_authority, catalogue);
    default:
      return false;
  }
}

bool SeesCase(const v1::Principal& principal, const v1::Case& found,
              const domain::CompiledCatalogue* catalogue) {
  return IsOfUnit(principal, v1::ROLE_PURCHASER, found.reporter()) || domain::IsReportOf(principal, found) ||
         IsOfOrAbove(principal, v1::ROLE_CIVIL_AFFAIRS, found.authority(), catalogue);
}

bool SeesOpenCases(const v1::Principal& principal, std::string_view registration_authority,
                   const domain::CompiledCatalogue* catalogue) {
  return IsOfOrAbove(principal, v1::ROLE_CIVIL_AFFAIRS, registration_authority, catalogue);
}

bool SeesApplication(const v1::Principal& principal, std::string_view own_code,
                     const v1::Application& application, const domain::CompiledCatalogue* catalogue) {
  if (principal.role() == v1::ROLE_ORGANIZATION)
    return domain::ParseOrganizationName(application.organization()) == own_code;
  return IsOfOrAbove(principal, v1::ROLE_CIVIL_AFFAIRS, application.authority(), catalogue);
}

bool SeesReceipt(const v1::Principal& principal, const v1::Receipt& receipt) {
  return principal.role() == v1::ROLE_FINANCE || principal.role() == v1::ROLE_AUDIT ||
         IsOfUnit(principal, v1::ROLE_PURCHASER, receipt.purchaser()) ||
         IsOfUnit(principal, v1::ROLE_AGENCY, receipt.agency());
}

bool SeesWholeAward(const v1::Principal& principal, const v1::Award& award) {
  return principal.role() == v1::ROLE_FINANCE || principal.role() == v1::ROLE_AUDIT ||
         IsOfUnit(principal, v1::ROLE_PURCHASER, award.purchaser());
}

}  // namespace chengxin::server
