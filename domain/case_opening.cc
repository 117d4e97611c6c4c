#include "domain/case_opening.h"

#include <utility>

#include "domain/case_file.h"
#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

v1::Case OpenByPlatform(CaseOpening opening, const v1::Organization& organization,
                        const CompiledCatalogue& catalogue, uint64_t revision, absl::Time stamp,
                        uint32_t ordinal) {
  const std::string today = DayOf(stamp).ToString();
  v1::Case the_case;
  the_case.set_name(CaseNameOf({.revision = revision, .ordinal = ordinal}));
  the_case.set_organization(organization.name());
  the_case.set_authority(organization.registration_authority());
  the_case.set_origin(opening.origin);
  the_case.set_proposed_ground(std::move(opening.proposed_ground));
  the_case.set_record(std::move(opening.record));
  the_case.set_listing(std::move(opening.listing));
  the_case.set_conduct_on(opening.conduct_on.empty() ? today : std::move(opening.conduct_on));
  the_case.set_facts(std::move(opening.facts));
  the_case.set_received_on(today);
  SetTimestamp(stamp, *the_case.mutable_create_time());

  v1::CaseMove move;
  move.set_verb(v1::CASE_VERB_OPEN);
  move.set_state(v1::CASE_STATE_ACCEPTED);
  MoveCase(std::move(move),
           {.catalogue = catalogue,
            .organization = organization,
            .actor = {},
            .revision = revision,
            .stamp = stamp},
           the_case);
  return the_case;
}

}  // namespace chengxin::domain
