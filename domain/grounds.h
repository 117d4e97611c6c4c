// Which ground of the two lists a penalty meets by law: rules 12, 24, 25, 29.
#ifndef CHENGXIN_DOMAIN_GROUNDS_H_
#define CHENGXIN_DOMAIN_GROUNDS_H_

#include <string>
#include <vector>

#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/civil_day.h"

namespace chengxin::domain {

// A ground that a penalty meets.
struct MetGround {
  // The version applied; lives as long as the catalogue.
  const v1::Ground* row = nullptr;
  // Names of the earlier and later penalties counted with it, by decision date (rule 25); mostly empty.
  std::vector<std::string> further_records;
  // The latest decision among all penalties it rests on: no listing can be decided before.
  CivilDay latest_decision;
};

// The day of the conduct; where the penalty does not say, of its decision.
CivilDay ConductDayOf(const v1::Penalty& penalty);

// The grounds that the penalty of `record` meets on the list that prevails, in catalogue order; empty where
// it meets none. The severe list prevails: whoever is to be listed there is not listed on the abnormal list
// for the same penalty (rule 25). Several grounds of that list may be met at once, and the authority may name
// any of them.
//
// The rows in force on the day of the conduct are applied, unless those in force on `deciding_day` are
// lighter: they lead to the abnormal list in place of the severe one, or to none (rule 29; 处罚法 art 37).
//
// `records` is all that is kept of the organization; whether `record` is among them makes no difference.
// Penalties of whatever organ count, each once (rule 12): a decision never makes two records. What was
// withdrawn or repaired does not count (rules 25, 35).
std::vector<MetGround> GroundsMet(const v1::CreditRecord& record,
                                  const std::vector<v1::CreditRecord>& records,
                                  const CompiledCatalogue& catalogue, CivilDay deciding_day);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_GROUNDS_H_
