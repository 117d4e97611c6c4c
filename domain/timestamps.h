// Between protobuf's Timestamp and absl::Time, exactly to the nanosecond.
#ifndef CHENGXIN_DOMAIN_TIMESTAMPS_H_
#define CHENGXIN_DOMAIN_TIMESTAMPS_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace chengxin::domain {

inline absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

// Times before 1970 keep nanos in 0 to 999,999,999, as the format wants.
inline void SetTimestamp(absl::Time time, google::protobuf::Timestamp& stamp) {
  const int64_t seconds = absl::ToUnixSeconds(time);  // rounds down
  stamp.set_seconds(seconds);
  stamp.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_TIMESTAMPS_H_
