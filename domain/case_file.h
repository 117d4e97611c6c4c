// A case as a document: its history, and what every move brings up to date. Private to domain.
#ifndef CHENGXIN_DOMAIN_CASE_FILE_H_
#define CHENGXIN_DOMAIN_CASE_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// Under which Change a case is written.
struct CaseContext {
  const CompiledCatalogue& catalogue;
  const v1::Organization& organization;
  // Who moves it; a principal without a role: the platform.
  v1::Principal actor;
  uint64_t revision = 0;
  absl::Time stamp;
};

// Adds the move (its verb, the state after it, reason and to_authority as given) to the history, puts the
// case into that state, and sets the organization's names, times, revision, etag and catalogue version. A
// proposed decision that waited for confirmation is gone with the officer who proposed it.
void MoveCase(v1::CaseMove move, const CaseContext& context, v1::Case& the_case);

// The open case that the platform opened on the penalty ends as decided: the registering authority filed the
// penalty with its listing decision (rule 20). `ground` is the one decided, on the listing of that name.
void DecideByFiling(const v1::ListingGround& ground, std::string_view listing, std::string_view officer,
                    const CaseContext& context, v1::Case& the_case);

// What another authority heard and noted is left behind: whoever decides serves notice and hears (rule 20).
void LeaveHearingBehind(v1::Case& the_case);

// The day before which nothing can have been served or decided in the case: when the purchaser's report came
// in, else the day of the conduct.
const std::string& EarliestMoveDay(const v1::Case& the_case);

log::v1::Event EventOf(v1::Case the_case);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_FILE_H_
