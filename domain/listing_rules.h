// How a decided ground changes an organization's entries on the two lists: rules 19, 25, 27, 36.
#ifndef CHENGXIN_DOMAIN_LISTING_RULES_H_
#define CHENGXIN_DOMAIN_LISTING_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// A ground that the registering authority has decided on.
struct DecidedGround {
  const v1::Ground* row = nullptr;
  // Complete: effective_on, authority and remedies are set.
  v1::ListingDecision decision;
  std::string record;
  std::vector<std::string> further_records;
  CivilDay conduct_on;
  CivilDay effective_on;
  // The case it was decided in; empty: in one act with a penalty.
  std::string in_case;
  // A duty to perform or rectify is outstanding by the decision (rules 30, 32).
  bool duty_outstanding = false;
};

// Under which Change entries are written.
struct ListingContext {
  const CompiledCatalogue& catalogue;
  const v1::Organization& organization;
  uint64_t revision = 0;
  absl::Time stamp;
};

// Whether an order to suspend execution (rule 40) is about the ground. The organ or court had before it what
// was decided by that day: a ground decided later is of a decision that nobody suspended.
bool Suspends(const v1::ReviewMark& review, const v1::ListingGround& ground);

// A change of an entry: `listing` as it is afterwards, with everything that a change brings up to date set
// here: the organization's names, authority, update time, revision, etag, catalogue version, and `suspended`:
// whether a ground that holds is suspended. Others of the entry may bar all the same.
log::v1::ListingOutcome OutcomeOf(v1::ListingTransition transition, v1::Listing listing,
                                  const ListingContext& context);

// The first entry of the next episode of the organization on the list, listed from `effective_on` and without
// grounds yet. `listings` are all of the organization.
v1::Listing NewEpisode(v1::ListKind list, CivilDay effective_on, const std::vector<v1::Listing>& listings,
                       const ListingContext& context);

// The entry as it is once it has ended: from `ended` on the organization is no longer on the list by it.
// `ended_by` is "applications/{id}", "cases/{id}" or "organizations/{code}"; empty where the platform or the
// law itself ended it.
v1::Listing Ended(v1::Listing listing, v1::ListingEndReason reason, absl::Time ended, std::string ended_by);
// The same as a change.
log::v1::ListingOutcome EndEntry(v1::Listing listing, v1::ListingEndReason reason, absl::Time ended,
                                 std::string ended_by, const ListingContext& context);

// The entry by which the organization is on the list, or null.
const v1::Listing* FindInForce(const std::vector<v1::Listing>& listings, v1::ListKind list);

// The entries that change, as they are afterwards:
// 1. The entry on the ground's list: the one in force gets the ground added, its first listed date kept
//    (GROUND_ADDED); otherwise a new episode begins (LISTED). There is one entry per organization, list and
//    episode.
// 2. The abnormal entry in force, if the ground moves it: ended as MOVED_TO_SEVERE with the instant the
//    ground takes effect, pointing to the first (ENDED; rule 25 prevails over 27). By the ground of two years
//    (rule 26) the first is marked escalated, what duty was outstanding is so there too (rule 32), and the
//    ground names every record that the grounds which hold of the second rest on (rule 39).
// 3. Otherwise the entry in force on the other list, if a new ground restarts its period
//    (PERIOD_RESTARTED; rule 27, a switch of the catalogue).
// The days that their clocks run to are set (listing_clocks.h).
// `listings` are all of the organization, ended ones included.
std::vector<log::v1::ListingOutcome> AddGround(const DecidedGround& ground,
                                               const std::vector<v1::Listing>& listings,
                                               const ListingContext& context);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_LISTING_RULES_H_
