#include "engine/eligibility_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"

namespace chengxin::engine {

absl::StatusOr<bool> EligibilityReader::FindStanding(const domain::Uscc& code, uint64_t revision,
                                                     bool historical, domain::Standing& standing) const {
  if (!historical) {
    if (!index_.Find(code, standing)) return false;
    if (standing.revision <= revision) return true;
  }
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<storage::Store::StandingAt> found,
                            store_.FindStanding(code.ToString(), revision));
  if (!found.has_value()) return false;
  standing = domain::Compact(found->standing, found->revision, index_.Intern(found->standing.source()));
  return true;
}

absl::StatusOr<bool> EligibilityReader::FindByAnyCode(const domain::Uscc& code, uint64_t revision,
                                                      bool historical, domain::Uscc& first,
                                                      domain::Standing& standing) const {
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, FindStanding(code, revision, historical, standing));
  if (found) return true;
  const std::optional<domain::Uscc> alias = aliases_.Find(code, revision);
  if (!alias.has_value()) return false;
  first = *alias;
  return FindStanding(*alias, revision, historical, standing);
}

absl::StatusOr<std::string> EligibilityReader::ReadDetails(const domain::Uscc& code, uint64_t revision,
                                                           std::vector<v1::CreditRecord>& records) const {
  const std::string text = code.ToString();
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            store_.FindOrganization(text, revision, storage::Sealed::kLeaveOut));
  if (!organization.has_value()) return std::string();
  CHENGXIN_RETURN_IF_ERROR(store_.ScanRecords(text, std::nullopt, revision, storage::Sealed::kLeaveOut,
                                              [&records](v1::CreditRecord record) {
                                                records.push_back(std::move(record));
                                                return true;
                                              }));
  return std::move(*organization->mutable_display_name());
}

absl::Status EligibilityReader::Check(absl::Span<const domain::Uscc> codes,
                                      const domain::Knowledge& knowledge, bool historical,
                                      const domain::AnswerRequest& request,
                                      absl::Span<v1::Eligibility* const> answers) const {
  // Codes looked up ahead of the one that is answered.
  constexpr size_t kAhead = 8;
  for (size_t i = 0; codes.size() > 1 && i < std::min(kAhead, codes.size()); ++i) index_.Prefetch(codes[i]);
  for (size_t i = 0; i < codes.size(); ++i) {
    if (i + kAhead < codes.size()) index_.Prefetch(codes[i + kAhead]);
    domain::Standing standing;
    domain::Uscc first = codes[i];
    CHENGXIN_ASSIGN_OR_RETURN(const bool found,
                              FindByAnyCode(codes[i], knowledge.revision, historical, first, standing));
    domain::KnownOrganization known;
    if (found) known.standing = &standing;
    std::string name;
    std::vector<v1::CreditRecord> records;
    if (request.full && found) {
      CHENGXIN_ASSIGN_OR_RETURN(name, ReadDetails(first, knowledge.revision, records));
      known.display_name = name;
      known.records = records;
    }
    domain::AnswerEligibility(codes[i], known, knowledge, request, *answers[i]);
  }
  return absl::OkStatus();
}

}  // namespace chengxin::engine
