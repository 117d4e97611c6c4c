// The verdict on a consortium (联合体) from the answers on its members (rule 49; 财库〔2016〕125号).
#ifndef CHENGXIN_DOMAIN_CONSORTIUM_H_
#define CHENGXIN_DOMAIN_CONSORTIUM_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "chengxin/v1/eligibility.pb.h"
#include "domain/uscc.h"
#include "google/protobuf/repeated_field.h"

namespace chengxin::domain {

// Limits, documented in the API.
inline constexpr size_t kMinimumMembers = 2;
inline constexpr size_t kMaximumMembers = 20;

struct ConsortiumVerdict {
  // The worst of the members': any member's bad record counts as the consortium's.
  v1::Verdict verdict = v1::VERDICT_UNKNOWN;
  // Codes of the members that have it, in their order; empty where all are eligible.
  std::vector<std::string> deciding_member_codes;
};

// Judges the whole. A consortium of nobody is UNKNOWN.
ConsortiumVerdict JudgeConsortium(const google::protobuf::RepeatedPtrField<v1::Eligibility>& members);

// The index of the first member that was named before, or nothing: nobody joins one contract twice
// (政府采购法实施条例 art 22). Compares codes as parsed, so that neither case nor white space hides one.
std::optional<size_t> FindRepeatedMember(absl::Span<const Uscc> members);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CONSORTIUM_H_
