// What a record means for decisions: facts with a ground of the catalogue and the time in which they hold
// (domain rules 47, 48 and the table of conditions).
#ifndef CHENGXIN_DOMAIN_RECORD_EFFECTS_H_
#define CHENGXIN_DOMAIN_RECORD_EFFECTS_H_

#include <vector>

#include "absl/time/time.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// The effects of a record taken by itself, under the catalogue. A ground that the catalogue does not have
// gives no effect. What a listing bars follows from the listing, not from the record behind it. A withdrawn
// record has none, a repaired one none while the repair stands (rules 35, 37, 39).
std::vector<v1::Effect> EffectsOf(const v1::CreditRecord& record, const CompiledCatalogue& catalogue);

// Cuts short or drops the effects of `record` where `other`, another record of the same organization, takes
// its place. Answers whether anything changed.
//
// The latest annual inspection takes the place of the earlier ones, whatever it says; so does the latest
// statement of one organ on taxes and social security, and the latest evaluation by one purchaser, which also
// takes the place of its earlier statements that a contract was not performed (never the other way round). A
// certificate of a kind, while it holds, takes the place of one that lapsed. Of two statements of the same
// day the one recorded later counts: pass it as `other`, with `recorded_later`. What supports nothing takes
// no other record's place.
bool Displace(v1::CreditRecord& record, const v1::CreditRecord& other, bool recorded_later);

// The records whose effects are others from `at` on because `changed` was corrected, withdrawn, repaired, or
// had its repair revoked: itself first, then those that it took the place of and those that take its place
// now. Before `at` their effects stay as they were known. `records` are all of the organization, oldest
// first, with `changed` as it was.
std::vector<v1::CreditRecord> EffectsFrom(absl::Time at, const v1::CreditRecord& changed,
                                          std::vector<v1::CreditRecord> records,
                                          const CompiledCatalogue& catalogue);

// Whether records of this kind take each other's place at all.
bool MayDisplace(const v1::CreditRecord& record);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RECORD_EFFECTS_H_
