// Cases that the platform opens itself, so that the registering authority decides: it proposes and reminds,
// and never decides by itself (rules 20, 26, 36, 39).
#ifndef CHENGXIN_DOMAIN_CASE_OPENING_H_
#define CHENGXIN_DOMAIN_CASE_OPENING_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// What the case is about.
struct CaseOpening {
  // PENALTY, ESCALATION, REDECISION or DISPLAY_ENDED.
  v1::CaseOrigin origin = v1::CASE_ORIGIN_UNSPECIFIED;
  // The ground that the law names: what a penalty meets, the ground of two years on the abnormal list, the
  // ground to decide on again; empty: none.
  std::string proposed_ground;
  // "organizations/{code}/records/{id}": the penalty, or what was withdrawn; empty: none.
  std::string record;
  // "listings/{id}": the listing it concerns; empty: none.
  std::string listing;
  // Day of the conduct, YYYY-MM-DD, by which the rows of the law are chosen (rule 29); empty: that of
  // opening.
  std::string conduct_on;
  // What happened, in words for the officer.
  std::string facts;
};

// The case, to be put among the events of the Change at `revision` and `stamp` by EventOf (case_file.h). It
// is accepted (nobody reported it) and lies with the authority where the organization is registered;
// `received_on` is the day of the stamp, from which the time to decide again runs (rule 39). `ordinal` names
// it: one more than the events that the decision has before it.
v1::Case OpenByPlatform(CaseOpening opening, const v1::Organization& organization,
                        const CompiledCatalogue& catalogue, uint64_t revision, absl::Time stamp,
                        uint32_t ordinal);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_OPENING_H_
