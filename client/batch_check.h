// A batch check of any length, in parts the server takes, answered as one.
#ifndef CHENGXIN_CLIENT_BATCH_CHECK_H_
#define CHENGXIN_CLIENT_BATCH_CHECK_H_

#include <cstddef>
#include <functional>

#include "absl/status/statusor.h"
#include "chengxin/v1/eligibility_service.pb.h"

namespace chengxin::client {

// Asks one part.
using CheckPart =
    std::function<absl::StatusOr<v1::BatchCheckEligibilityResponse>(const v1::BatchCheckEligibilityRequest&)>;

// Asks for `part_size` codes at a time through `check`. The first part is asked as given; the others for its
// instant of knowledge, with at least its revision, and for the same instant of effect, so that all are of
// one revision (see Client). A part's violations carry the caller's indices. Without codes the request is
// passed on, for the server to refuse.
absl::StatusOr<v1::BatchCheckEligibilityResponse> BatchCheckInParts(
    const v1::BatchCheckEligibilityRequest& request, size_t part_size, const CheckPart& check);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_BATCH_CHECK_H_
