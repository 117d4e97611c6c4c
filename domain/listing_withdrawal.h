// What becomes of an entry when a record it rests on was withdrawn (rule 39).
#ifndef CHENGXIN_DOMAIN_LISTING_WITHDRAWAL_H_
#define CHENGXIN_DOMAIN_LISTING_WITHDRAWAL_H_

#include <functional>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "domain/listing_rules.h"

namespace chengxin::domain {

// Whether the ground holds and rests on the record: as its own, or as one counted with it (rule 25).
bool RestsOn(const v1::ListingGround& ground, std::string_view record);

// The entry without the grounds that hold and are among `falling`: from `from` on they hold no more. Where
// others hold, the clocks are counted from those alone (GROUND_WITHDRAWN); where none does, the entry ends as
// WITHDRAWN at `from` (ENDED). It comes first; the entry in force on the other list follows where a ground
// that fell had begun its period anew: that counts from the ground before it again (PERIOD_RESTARTED; rule
// 27). The entry must be in force, and a ground of it must fall; `listings` are all of the organization.
std::vector<log::v1::ListingOutcome> WithdrawGrounds(
    const v1::Listing& listing, const std::function<bool(const v1::ListingGround&)>& falling, absl::Time from,
    std::vector<v1::Listing> listings, const ListingContext& context);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_LISTING_WITHDRAWAL_H_
