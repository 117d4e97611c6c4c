// Whether the listing decision that comes with a penalty stands: rules 18 to 20, 24, 25. Private to domain.
#ifndef CHENGXIN_DOMAIN_LISTING_RULING_H_
#define CHENGXIN_DOMAIN_LISTING_RULING_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"
#include "domain/listing_rules.h"
#include "domain/refusal.h"

namespace chengxin::domain {

// What is known where the decision is judged.
struct ListingCase {
  const v1::Organization& organization;
  // The penalty's record, named.
  const v1::CreditRecord& record;
  // All of the organization.
  const std::vector<v1::CreditRecord>& records;
  const std::vector<v1::Listing>& listings;
  const CompiledCatalogue& catalogue;
  // Where the request holds the decision, for naming its fields.
  std::string_view field = "listing_decision";
};

// A ground that may be added, or why not.
struct ListingRuling {
  std::optional<Refusal> refusal;
  DecidedGround ground;
};
ListingRuling Refused(Refusal refusal);

// ORGANIZATION_ENDED where the organization is cancelled; or revoked, unless it is the revocation that is
// decided on.
std::optional<Refusal> RefuseEnded(const v1::Organization& organization, bool decides_revocation);

// RESIDUAL_GROUND_WITHOUT_LAW where the ground is residual and no law is cited (rule 19). `field` holds the
// decision.
std::optional<Refusal> RefuseWithoutLaw(const v1::Ground& row, const v1::ListingDecision& decision,
                                        std::string_view field);

// The ground as decided: the decision with its effective day, authority and remedies filled in.
DecidedGround DecidedOn(const v1::Ground& row, v1::ListingDecision decision, std::string record,
                        CivilDay conduct_on, const v1::Organization& organization,
                        const CompiledCatalogue& catalogue);

// Judges the decision of the registering authority. Refuses with
//   ORGANIZATION_ENDED            cancelled; or revoked, where it is not the revocation that is decided on
//   RESIDUAL_GROUND_WITHOUT_LAW   a residual ground that cites no law (rule 19)
//   NOTICE_REQUIRED               a ground that no penalty meets (rule 20)
//   GROUND_MISMATCH               not a ground that this penalty meets (rules 24, 25)
//   DECISION_DATE                 decided before the penalties it rests on, effective before decided, or
//                                 effective before the entry that it would move
// InvalidArgument on "listing_decision.ground" where the ground is none of the two lists.
absl::StatusOr<ListingRuling> RuleOn(const v1::ListingDecision& decision, const ListingCase& listing_case);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_LISTING_RULING_H_
