// Instants and days as people write and read them: Asia/Shanghai (rule 65).
#ifndef CHENGXIN_CLIENT_CLI_INSTANTS_H_
#define CHENGXIN_CLIENT_CLI_INSTANTS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace chengxin::cli {

// Years outside these are slips of the pen.
inline constexpr int kFirstYear = 1949;
inline constexpr int kLastYear = 2199;

// RFC 3339 with its offset ("2026-11-23T10:00:00+08:00"), or "YYYY-MM-DD HH:MM[:SS[.fraction]]" in
// Asia/Shanghai, or "now"; from kFirstYear to kLastYear. InvalidArgument naming `field` otherwise: a bare day
// has two ends and is not guessed.
absl::StatusOr<google::protobuf::Timestamp> ParseInstant(std::string_view field, std::string_view text,
                                                         absl::Time now);

// "2026-11-23 10:00:00" in Asia/Shanghai, with the fraction of a second where there is one, so that it can be
// asked for again.
std::string FormatInstant(const google::protobuf::Timestamp& instant);
// The same, to the second.
std::string FormatToSecond(const google::protobuf::Timestamp& instant);

google::protobuf::Timestamp ToTimestamp(absl::Time time);
absl::Time TimeOf(const google::protobuf::Timestamp& stamp);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_INSTANTS_H_
