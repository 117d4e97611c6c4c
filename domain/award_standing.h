// How the contractors of an award stand, and what the award notes of it (rules 44, 59). Private to domain.
#ifndef CHENGXIN_DOMAIN_AWARD_STANDING_H_
#define CHENGXIN_DOMAIN_AWARD_STANDING_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/log/v1/standing.pb.h"
#include "chengxin/v1/award.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "domain/decide.h"
#include "domain/evaluate.h"
#include "domain/uscc.h"
#include "domain/view.h"

namespace chengxin::domain {

// An award keeps its latest so many alerts; earlier ones are in its earlier versions.
inline constexpr int kMaximumAwardAlerts = 200;

// The answer from a stored standing; without one, for a code that the registry copy does not have.
v1::Eligibility EvaluateStanding(const Uscc& code, const std::optional<log::v1::Standing>& standing,
                                 const Knowledge& knowledge, const Question& question);

// The same for a contractor by its first code, as the view has it.
absl::StatusOr<v1::Eligibility> EvaluateContractor(std::string_view code, const View& view,
                                                   const Knowledge& knowledge, const Question& question);

// Whether the adverse reasons or the verdict differ, staleness of sources left aside.
bool StandingDiffers(const v1::Eligibility& a, const v1::Eligibility& b);

// The qualifications that the project requires, as the receipt of the award's last term was asked for.
absl::StatusOr<std::vector<std::string>> RequiredQualificationsOf(const v1::Award& award, const View& view);

// Appends an alert with the Change's stamp and revision, and notes the verdict as last seen. `cause` is the
// name of what caused it.
void AddAlert(std::string_view code, v1::Verdict before, const v1::Eligibility& now, std::string cause,
              const CommandContext& context, v1::Award& award);

// What every change of an award brings up to date.
void TouchAward(const CommandContext& context, v1::Award& award);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_AWARD_STANDING_H_
