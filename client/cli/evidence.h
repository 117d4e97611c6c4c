// Evidence named on the command line: the file stays where it is, its digest is sent.
#ifndef CHENGXIN_CLIENT_CLI_EVIDENCE_H_
#define CHENGXIN_CLIENT_CLI_EVIDENCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chengxin/v1/evidence.pb.h"
#include "google/protobuf/repeated_field.h"

namespace chengxin::cli {

// What to write after such a flag.
inline constexpr char kEvidenceType[] = "FILE[=TITLE[=PLACE]]";

// FILE, FILE=TITLE or FILE=TITLE=PLACE: the SHA-256 of the file, what it is (the file's name where no title
// is given), and where it is kept. The file's name itself must not hold "=". InvalidArgument naming the flag
// where the file cannot be read.
absl::StatusOr<v1::Evidence> ReadEvidence(std::string_view flag, std::string_view text);

// The same for each of a repeated flag.
absl::Status ReadEvidence(std::string_view flag, const std::vector<std::string>& texts,
                          google::protobuf::RepeatedPtrField<v1::Evidence>& evidence);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_EVIDENCE_H_
