// Awards as each caller may see them: in full, or the fields that the catalogue makes public.
#ifndef CHENGXIN_SERVER_AWARD_READS_H_
#define CHENGXIN_SERVER_AWARD_READS_H_

#include "absl/status/status.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "server/service_context.h"

namespace chengxin::server {

// The methods, as award_service.proto documents them.
absl::Status GetAward(ServiceContext& service, const v1::Principal& principal,
                      const v1::GetAwardRequest& request, v1::GetAwardResponse& response);
absl::Status ListAwards(ServiceContext& service, const v1::Principal& principal,
                        const v1::ListAwardsRequest& request, v1::ListAwardsResponse& response);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AWARD_READS_H_
