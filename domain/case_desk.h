// Takes a case in hand for one command: finds it, for whom it is his, at the version he saw, where the move
// is open (rules 16, 17, 46). Private to domain.
#ifndef CHENGXIN_DOMAIN_CASE_DESK_H_
#define CHENGXIN_DOMAIN_CASE_DESK_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "domain/case_file.h"
#include "domain/case_workflow.h"
#include "domain/decide.h"
#include "domain/view.h"

namespace chengxin::domain {

// A case that may be moved, or why not.
struct CaseInHand {
  std::optional<Refusal> refusal;
  v1::Case the_case;
  v1::Organization organization;
  std::shared_ptr<const CompiledCatalogue> catalogue;
  // The state the move leads to.
  v1::CaseState next = v1::CASE_STATE_UNSPECIFIED;
};

// Finds the case that the principal wants to move. NotFound where there is none, or it is not the reporter's
// own, or does not lie with the authority. Refuses with
//   ROLE_NOT_ALLOWED      a role that never makes the move
//   STALE_ETAG            another version than the current one
//   MOVE_NOT_OPEN         not in this state, or not of this case
//   REGISTERED_ELSEWHERE  notice, statement, decision or transfer by an authority where the organization is
//                         not registered (rule 17)
//   REPORTER_DECIDES      a decision or its confirmation by whoever opened the case (rule 18)
absl::StatusOr<CaseInHand> TakeInHand(v1::CaseVerb verb, std::string_view name, std::string_view etag,
                                      const CommandContext& context, const View& view);

// The case after the move, as its event; reason and to_authority stand in the history.
log::v1::Event Moved(v1::CaseVerb verb, CaseInHand hand, const CommandContext& context,
                     std::string_view reason = {}, std::string_view to_authority = {});

// For whom the principal reports, "purchasers/{id}": a purchaser for itself, an agency for the purchaser of
// the award ("awards/{id}"), which says whose contract it is and of which project.
struct Reporter {
  // NOT_OWN_CONTRACT for a purchaser without a unit; NOT_ENTRUSTED for an agency without an award of a
  // project that it is entrusted with.
  std::optional<Refusal> refusal;
  std::string unit;
};
absl::StatusOr<Reporter> FindReporter(const v1::Principal& principal, std::string_view award,
                                      const View& view);

// The open case of that name; nothing where the name is empty or the case has ended.
absl::StatusOr<std::optional<v1::Case>> FindOpenCase(std::string_view name, const View& view);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CASE_DESK_H_
