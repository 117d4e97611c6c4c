#include "server/case_reads.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/application_deadlines.h"
#include "domain/case_deadlines.h"
#include "domain/case_workflow.h"
#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/seal.h"
#include "server/access.h"
#include "server/known_codes.h"
#include "server/newest_first.h"
#include "server/request_fields.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

using storage::Party;
using storage::Sealed;

absl::Status WrongName(std::string_view collection) {
  return WrongField("name",
                    StrCat("应为“", collection, "/{标识}” (expected the form ", collection, "/{id})"));
}

// Also for what the caller may not see: that it is there is nobody else's business.
absl::Status NotThere(std::string_view name) {
  return absl::NotFoundError(StrCat("没有", name, "，或您无权查阅 (no ", name, ", or not for you to see)"));
}

// Whose cases or applications the caller lists: its authority's, its unit's, its own.
Party PartyOf(const v1::Principal& principal) {
  if (principal.role() == v1::ROLE_CIVIL_AFFAIRS)
    return Party::Authority(std::string(domain::ParseAuthorityName(principal.authority()).value_or("")));
  if (principal.role() == v1::ROLE_ORGANIZATION) return Party::Organization(principal.unit());
  return Party::Purchaser(std::string(domain::ParsePurchaserName(principal.unit()).value_or("")));
}

// The filter of a list: of one organization, in some states.
template <typename States>
std::string QuestionOf(Method method, const v1::Principal& principal, std::string_view code,
                       const States& states) {
  std::string question = StrCat(MethodName(method), "\n", static_cast<int>(principal.role()), "\n",
                                principal.authority(), "\n", principal.unit(), "\n", code);
  for (const int state : states) StrAppend(&question, "\n", state);
  return question;
}

// The code of the filter; empty where none is asked for.
absl::StatusOr<std::string> TakeOrganization(const ServiceContext& service, const std::string& text) {
  if (text.empty()) return std::string();
  return RequireFirstCode(service, "organization_code", text);
}

template <typename States>
absl::Status CheckStates(const States& states, bool (*is_valid)(int)) {
  for (int i = 0; i < states.size(); ++i)
    if (!is_valid(states.Get(i))) return WrongField(ElementPath("states", i), kUnknownEnumerator);
  return absl::OkStatus();
}

template <typename States>
bool Wanted(const States& states, int state) {
  return states.empty() || std::find(states.begin(), states.end(), state) != states.end();
}

// A decision that waits for its second officer is the authorities' own: it may never be made. What is shown
// of a decided case does not name accounts.
void HideProposal(v1::Case& found) {
  found.clear_proposed_decision();
  found.clear_proposer();
  auto& moves = *found.mutable_moves();
  moves.erase(std::remove_if(moves.begin(), moves.end(),
                             [](const v1::CaseMove& move) {
                               return move.verb() == v1::CASE_VERB_DECIDE &&
                                      move.state() != v1::CASE_STATE_DECIDED;
                             }),
              moves.end());
}

bool IsAbout(const std::string& organization, const std::string& code) {
  return code.empty() || domain::ParseOrganizationName(organization) == std::string_view(code);
}

}  // namespace

void ShowCase(ServiceContext& service, const v1::Principal& principal, v1::Case& found) {
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  if (knowledge->catalogue != nullptr) {
    for (v1::Deadline& deadline :
         domain::DeadlinesOf(found, *knowledge->catalogue, domain::DayOf(service.clock.Now())))
      *found.add_deadlines() = std::move(deadline);
  }
  // An authority above may look, but acts on nothing that lies with another.
  if (found.authority() == principal.authority() || principal.role() != v1::ROLE_CIVIL_AFFAIRS)
    for (const v1::CaseVerb verb : domain::OpenMoves(found, principal.role())) found.add_open_moves(verb);
  // The case belongs to the authority it lies with; its working notes and its people are shown to nobody
  // else.
  if (!SeesSealed(principal, found.authority())) domain::Redact(found);
  if (principal.role() != v1::ROLE_CIVIL_AFFAIRS) HideProposal(found);
}

void ShowApplication(ServiceContext& service, const v1::Principal& principal, v1::Application& application) {
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  if (knowledge->catalogue != nullptr) {
    for (v1::Deadline& deadline :
         domain::DeadlinesOf(application, *knowledge->catalogue, domain::DayOf(service.clock.Now())))
      *application.add_deadlines() = std::move(deadline);
  }
  if (principal.role() != v1::ROLE_ORGANIZATION && !SeesSealed(principal, application.authority()))
    domain::Redact(application);
}

absl::Status GetCase(ServiceContext& service, const v1::Principal& principal,
                     const v1::GetCaseRequest& request, v1::GetCaseResponse& response) {
  const std::optional<domain::RecordId> id = domain::ParseCaseName(request.name());
  if (!id.has_value()) return WrongName("cases");
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Case> found,
                            service.engine.store().FindCase(*id, service.engine.revision(), Sealed::kMerge));
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  if (!found.has_value() || !SeesCase(principal, *found, knowledge->catalogue.get()))
    return NotThere(request.name());
  ShowCase(service, principal, *found);
  *response.mutable_case_() = *std::move(found);
  return absl::OkStatus();
}

absl::Status ListCases(ServiceContext& service, const v1::Principal& principal,
                       const v1::ListCasesRequest& request, v1::ListCasesResponse& response) {
  CHENGXIN_RETURN_IF_ERROR(CheckStates(request.states(), v1::CaseState_IsValid));
  CHENGXIN_ASSIGN_OR_RETURN(const std::string code, TakeOrganization(service, request.organization_code()));
  CHENGXIN_ASSIGN_OR_RETURN(
      NewestFirst page,
      NewestFirst::Take(service, QuestionOf(Method::kListCases, principal, code, request.states()),
                        request.page_size(), request.page_token()));
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  CHENGXIN_RETURN_IF_ERROR(service.engine.store().ScanCases(
      PartyOf(principal), domain::ParseCaseName(page.after()), /*only_open=*/false, page.revision(),
      Sealed::kMerge, [&](v1::Case found) {
        if (!page.Look(found.name())) return false;
        if (!Wanted(request.states(), found.state()) || !IsAbout(found.organization(), code)) return true;
        // A purchaser and an agency of one name are on one docket.
        if (!SeesCase(principal, found, knowledge->catalogue.get())) return true;
        page.Add();
        ShowCase(service, principal, found);
        *response.add_cases() = std::move(found);
        return true;
      }));
  response.set_next_page_token(page.NextPageToken(service));
  return absl::OkStatus();
}

absl::Status GetApplication(ServiceContext& service, const v1::Principal& principal,
                            const v1::GetApplicationRequest& request, v1::GetApplicationResponse& response) {
  const std::optional<domain::RecordId> id = domain::ParseApplicationName(request.name());
  if (!id.has_value()) return WrongName("applications");
  CHENGXIN_ASSIGN_OR_RETURN(const v1::Principal own, WithFirstCode(service, principal));
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<v1::Application> application,
      service.engine.store().FindApplication(*id, service.engine.revision(), Sealed::kMerge));
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  if (!application.has_value() || !SeesApplication(own, own.unit(), *application, knowledge->catalogue.get()))
    return NotThere(request.name());
  ShowApplication(service, principal, *application);
  *response.mutable_application() = *std::move(application);
  return absl::OkStatus();
}

absl::Status ListApplications(ServiceContext& service, const v1::Principal& principal,
                              const v1::ListApplicationsRequest& request,
                              v1::ListApplicationsResponse& response) {
  CHENGXIN_RETURN_IF_ERROR(CheckStates(request.states(), v1::ApplicationState_IsValid));
  CHENGXIN_ASSIGN_OR_RETURN(const std::string code, TakeOrganization(service, request.organization_code()));
  CHENGXIN_ASSIGN_OR_RETURN(const v1::Principal own, WithFirstCode(service, principal));
  CHENGXIN_ASSIGN_OR_RETURN(
      NewestFirst page,
      NewestFirst::Take(service, QuestionOf(Method::kListApplications, own, code, request.states()),
                        request.page_size(), request.page_token()));
  CHENGXIN_RETURN_IF_ERROR(service.engine.store().ScanApplications(
      PartyOf(own), domain::ParseApplicationName(page.after()), /*only_open=*/false, page.revision(),
      Sealed::kMerge, [&](v1::Application application) {
        if (!page.Look(application.name())) return false;
        if (!Wanted(request.states(), application.state()) || !IsAbout(application.organization(), code))
          return true;
        page.Add();
        ShowApplication(service, principal, application);
        *response.add_applications() = std::move(application);
        return true;
      }));
  response.set_next_page_token(page.NextPageToken(service));
  return absl::OkStatus();
}

}  // namespace chengxin::server
