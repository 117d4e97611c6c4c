#include "engine/eligibility_reader.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "domain/merits.h"

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

absl::Status EligibilityReader::AddDetails(const domain::Uscc& code, uint64_t revision,
                                           absl::Time effective_at, v1::Eligibility& answer) const {
  const std::string text = code.ToString();
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            store_.FindOrganization(text, revision, storage::Sealed::kLeaveOut));
  if (!organization.has_value()) return absl::OkStatus();
  answer.set_organization_display_name(std::move(*organization->mutable_display_name()));
  std::vector<v1::CreditRecord> records;
  CHENGXIN_RETURN_IF_ERROR(store_.ScanRecords(text, std::nullopt, revision, storage::Sealed::kLeaveOut,
                                              [&records](v1::CreditRecord record) {
                                                records.push_back(std::move(record));
                                                return true;
                                              }));
  for (v1::Merit& merit : domain::MeritsOf(records, effective_at))
    answer.mutable_merits()->Add(std::move(merit));
  return absl::OkStatus();
}

absl::Status EligibilityReader::Check(absl::Span<const domain::Uscc> codes,
                                      const domain::Knowledge& knowledge, bool historical,
                                      const QueryInstants& instants, bool full,
                                      absl::Span<const std::string> required_qualifications,
                                      absl::Span<v1::Eligibility* const> answers) const {
  const domain::Question question{.effective_at = instants.effective_at,
                                  .full = full,
                                  .required_qualifications = required_qualifications};
  for (size_t i = 0; i < codes.size(); ++i) {
    domain::Standing standing;
    CHENGXIN_ASSIGN_OR_RETURN(const bool found,
                              FindStanding(codes[i], knowledge.revision, historical, standing));
    domain::Evaluate(codes[i], found ? &standing : nullptr, knowledge, question, *answers[i]);
    if (instants.compare_at.has_value()) {
      domain::Question later = question;
      later.effective_at = *instants.compare_at;
      later.full = false;
      v1::Eligibility now;
      domain::Evaluate(codes[i], found ? &standing : nullptr, knowledge, later, now);
      domain::AddChangesAfterCutOff(now, full, *answers[i]);
    }
    if (full && found) {
      CHENGXIN_RETURN_IF_ERROR(AddDetails(codes[i], knowledge.revision, instants.effective_at, *answers[i]));
    }
  }
  return absl::OkStatus();
}

}  // namespace chengxin::engine
