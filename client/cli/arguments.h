// Values of flags, read into the messages of the contract. Errors are InvalidArgument naming the flag.
#ifndef CHENGXIN_CLIENT_CLI_ARGUMENTS_H_
#define CHENGXIN_CLIENT_CLI_ARGUMENTS_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/v1/answer.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/record.pb.h"
#include "client/cli/session.h"
#include "google/protobuf/message.h"

namespace chengxin::cli {

// Flags that say for which instants a question is asked.
struct InstantFlags {
  std::string as_of;
  std::string known_at;
  std::string effective_at;

  // Whether the question is about now.
  bool empty() const { return (as_of.empty() || as_of == "now") && known_at.empty() && effective_at.empty(); }
  // Fills the instants that are given. An as_of of "now" stays unset: that is now by the server's clock.
  absl::Status Fill(Session& session, v1::AsOf& as_of_message) const;
  // The same for the as_of of a request; a question about now has none.
  template <typename Request>
  absl::Status FillRequest(Session& session, Request& request) const {
    return empty() ? absl::OkStatus() : Fill(session, *request.mutable_as_of());
  }
};

// "award", "renewal", "supervision", "administrative".
absl::StatusOr<v1::QueryPurpose> ParsePurpose(std::string_view text);
// "severe" or "abnormal"; empty: both.
absl::StatusOr<v1::ListKind> ParseList(std::string_view text);
// "basic", "annual-report", "inspection", "penalty", "other"; empty: all.
absl::StatusOr<v1::RecordCategory> ParseCategory(std::string_view text);
// "warning", "fine", "confiscation", "suspension", "closure", "revocation", "change-revoked".
absl::StatusOr<v1::PenaltyKind> ParsePenaltyKind(std::string_view text);

// A day that exists, YYYY-MM-DD, from kFirstYear to kLastYear; given back as it is.
absl::StatusOr<std::string> ParseDay(std::string_view flag, std::string_view text);
// An amount in yuan, in fen; at most domain::kLargestAmount, as the server has it.
absl::StatusOr<int64_t> ParseAmount(std::string_view flag, std::string_view text);
// The law cited (rule 19) belongs to the residual grounds alone: InvalidArgument where it comes with another.
absl::Status CheckCitedLaw(std::string_view ground, std::string_view cited_law);
// "km-wuhua" or "authorities/km-wuhua" as "authorities/km-wuhua"; the same for other collections. Empty stays
// empty.
std::string ResourceName(std::string_view collection, std::string_view text);

// A code of a file, with the line it stood on, from 1.
struct FileCode {
  std::string code;
  size_t line;
};
// One code a line; blank lines and lines that begin with '#' are left out, as is a byte-order mark.
std::vector<FileCode> ReadCodes(std::istream& in);

// Texts and JSON files are no longer; a file of codes may be.
inline constexpr size_t kLargestTextBytes = 4 << 20;
inline constexpr size_t kLargestCodesBytes = 64 << 20;

// InvalidArgument naming the flag unless it is a regular file: devices and pipes may have no end.
absl::Status CheckRegularFile(std::string_view flag, const std::string& path);
// The content of a file; "-" reads `standard_input`. InvalidArgument naming the flag where it is no regular
// file, cannot be read, or holds more than `largest` bytes.
absl::StatusOr<std::string> ReadFile(std::string_view flag, const std::string& path,
                                     std::istream& standard_input, size_t largest = kLargestTextBytes);
// A message from protobuf JSON; fields it does not have, and bytes that are not UTF-8, are an error.
absl::Status ParseJson(std::string_view flag, const std::string& json, google::protobuf::Message& message);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_ARGUMENTS_H_
