// Apply: the fold. Holds no law: it puts outcomes where decisions are read from.
#ifndef CHENGXIN_DOMAIN_APPLY_H_
#define CHENGXIN_DOMAIN_APPLY_H_

#include <optional>
#include <string>

#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/standing.pb.h"

namespace chengxin::domain {

// The first code of the organization whose standing an event changes; empty for all but registrations,
// records and listings: an open case or an award colours no verdict (rule 46).
std::string_view OrganizationCodeOf(const log::v1::Event& event);

// Folds an event about one organization into its standing: an organization's registration replaces the
// register's part (a changed status adds a span), a record's effects replace the facts of that record, a
// listing's grounds those of that listing, without the time in which a ground was suspended. Deterministic;
// facts stay ordered by reference, then ground.
void Apply(const log::v1::Event& event, log::v1::Standing& standing);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_APPLY_H_
