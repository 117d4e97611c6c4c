#include "domain/authority_change.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "domain/application_moves.h"
#include "domain/case_file.h"
#include "domain/case_workflow.h"
#include "domain/listing_rules.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kReason = "登记管理机关变更 (the registering authority changed)";

bool HasListing(const Decision& decision, const std::string& name) {
  return std::any_of(decision.events.begin(), decision.events.end(), [&](const log::v1::Event& event) {
    return event.has_listing() && event.listing().listing().name() == name;
  });
}

// Where a case stands with the authority that it went over to: at its beginning. What the platform opened
// needs no acceptance, and what is back with the reporter stays there.
v1::CaseState StateAfter(const v1::Case& the_case) {
  if (the_case.state() == v1::CASE_STATE_RETURNED) return the_case.state();
  return IsOpenedByPlatform(the_case.origin()) ? v1::CASE_STATE_ACCEPTED : v1::CASE_STATE_RECEIVED;
}

v1::Case Forwarded(v1::Case the_case, const v1::Organization& organization, const CommandContext& context,
                   const CompiledCatalogue& catalogue) {
  the_case.set_authority(organization.registration_authority());
  LeaveHearingBehind(the_case);
  v1::CaseMove move;
  move.set_verb(v1::CASE_VERB_FORWARD);
  move.set_state(StateAfter(the_case));
  move.set_reason(std::string(kReason));
  move.set_to_authority(organization.registration_authority());
  MoveCase(std::move(move),
           {.catalogue = catalogue,
            .organization = organization,
            .actor = {},
            .revision = context.revision,
            .stamp = context.stamp},
           the_case);
  return the_case;
}

}  // namespace

absl::Status FollowAuthority(const v1::Organization& organization, const CommandContext& context,
                             const View& view, Decision& decision) {
  const std::string code(ParseOrganizationName(organization.name()).value_or(""));
  const auto catalogue = view.catalogue();
  const ListingContext listing_context{.catalogue = *catalogue,
                                       .organization = organization,
                                       .revision = context.revision,
                                       .stamp = context.stamp};
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Listing> listings, view.ListListings(code));
  for (v1::Listing& listing : listings) {
    if (listing.state() != v1::LISTING_STATE_LISTED || HasListing(decision, listing.name())) continue;
    *decision.events.emplace_back().mutable_listing() =
        OutcomeOf(v1::LISTING_TRANSITION_ANNOTATED, std::move(listing), listing_context);
  }
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Case> cases, view.ListCases(code));
  for (v1::Case& one : cases) {
    if (!IsOpen(one) || one.authority() == organization.registration_authority()) continue;
    decision.events.push_back(EventOf(Forwarded(std::move(one), organization, context, *catalogue)));
  }
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Application> applications, view.ListApplications(code));
  for (v1::Application& one : applications) {
    if (!IsOpen(one.state()) || one.authority() == organization.registration_authority()) continue;
    one.set_authority(organization.registration_authority());
    WriteApplication(std::move(one), organization, context, decision);
  }
  return absl::OkStatus();
}

}  // namespace chengxin::domain
