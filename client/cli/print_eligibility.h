// Answers of eligibility for people.
#ifndef CHENGXIN_CLIENT_CLI_PRINT_ELIGIBILITY_H_
#define CHENGXIN_CLIENT_CLI_PRINT_ELIGIBILITY_H_

#include <ostream>

#include "chengxin/v1/eligibility_service.pb.h"

namespace chengxin::cli {

// One organization: the verdict, then every finding with its legal basis, what it rests on and since when,
// then what speaks in favour, then the basis of the answer.
void Print(std::ostream& out, const v1::CheckEligibilityResponse& answer);
// One line for each organization, then how many of each verdict, then the basis.
void Print(std::ostream& out, const v1::BatchCheckEligibilityResponse& answer);
// The verdict of the whole and who decides it, then each member.
void Print(std::ostream& out, const v1::CheckConsortiumResponse& answer);
// What an answer rests on: revision, instants, versions, and the freshness of each source.
void Print(std::ostream& out, const v1::AnswerBasis& basis);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PRINT_ELIGIBILITY_H_
