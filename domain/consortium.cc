#include "domain/consortium.h"

#include "absl/container/flat_hash_set.h"
#include "domain/evaluate.h"

namespace chengxin::domain {

ConsortiumVerdict JudgeConsortium(const google::protobuf::RepeatedPtrField<v1::Eligibility>& members) {
  ConsortiumVerdict whole;
  if (members.empty()) return whole;
  whole.verdict = v1::VERDICT_ELIGIBLE;
  for (const v1::Eligibility& member : members) {
    if (WorseThan(member.verdict(), whole.verdict)) whole.verdict = member.verdict();
  }
  if (whole.verdict == v1::VERDICT_ELIGIBLE) return whole;
  for (const v1::Eligibility& member : members) {
    if (member.verdict() == whole.verdict) whole.deciding_member_codes.push_back(member.organization_code());
  }
  return whole;
}

std::optional<size_t> FindRepeatedMember(absl::Span<const Uscc> members) {
  absl::flat_hash_set<Uscc> seen;
  for (size_t i = 0; i < members.size(); ++i) {
    if (!seen.insert(members[i]).second) return i;
  }
  return std::nullopt;
}

}  // namespace chengxin::domain
