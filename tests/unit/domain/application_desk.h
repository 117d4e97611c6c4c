// Applications as they are handed in and answered, for tests: each test changes what it is about.
#ifndef CHENGXIN_TESTS_UNIT_DOMAIN_APPLICATION_DESK_H_
#define CHENGXIN_TESTS_UNIT_DOMAIN_APPLICATION_DESK_H_

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "tests/support/bureau.h"

namespace chengxin {

v1::Evidence Proof(std::string_view title = "整改完成情况报告");

// What an organization hands in on the bureau's day: reasons, one proof, and for a repair the commitment.
v1::FileApplicationRequest ApplicationFor(Bureau& bureau, v1::ApplicationKind kind, std::string_view item);
v1::AcceptApplicationRequest Acceptance(Bureau& bureau, const v1::Application& application);
v1::RejectApplicationRequest Rejection(Bureau& bureau, const v1::Application& application);
// `verified_on` is empty for none.
v1::AnswerApplicationRequest Answer(Bureau& bureau, const v1::Application& application, bool granted,
                                    std::string_view verified_on = {});
v1::RevokeRepairRequest Revocation(Bureau& bureau, const v1::Application& application);

// The application after a decision; its first event.
const v1::Application& ApplicationOf(const absl::StatusOr<domain::Decision>& decision);

// Filed by the organization, and accepted by 五华区民政局. Ends the program where either is refused.
v1::Application Filed(Bureau& bureau, v1::ApplicationKind kind, std::string_view item);
v1::Application Accepted(Bureau& bureau, v1::ApplicationKind kind, std::string_view item);
// The same, then granted with performance verified on the bureau's day.
v1::Application Granted(Bureau& bureau, v1::ApplicationKind kind, std::string_view item);

// Lists the organization by a penalty of `fine_fen` decided on a day; answers the entry's name.
std::string List(Bureau& bureau, std::string_view code, int64_t fine_fen, std::string_view decided_on,
                 std::string_view ground);
// Puts an abnormal entry on a non-penalty ground in place, listed on the day.
v1::Listing PutAbnormal(Bureau& bureau, std::string_view code, std::string_view ground,
                        std::string_view listed_on);

// The organization's entry by name; its record by name.
v1::Listing ListingNamed(const Bureau& bureau, std::string_view code, std::string_view name);
v1::CreditRecord RecordNamed(const Bureau& bureau, std::string_view code, std::string_view name);

// Whether the organization's standing has a fact of the ground that holds at the instant.
bool Holds(const Bureau& bureau, std::string_view code, std::string_view ground, absl::Time at);
// The same at the bureau's instant.
bool HoldsNow(const Bureau& bureau, std::string_view code, std::string_view ground);

// 10:00 in Shanghai on a day.
absl::Time InstantOn(std::string_view day);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_UNIT_DOMAIN_APPLICATION_DESK_H_
