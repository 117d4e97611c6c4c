// Answers eligibility questions from the read index and, for the past, from history (design: read path).
#ifndef CHENGXIN_ENGINE_ELIGIBILITY_READER_H_
#define CHENGXIN_ENGINE_ELIGIBILITY_READER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/eligibility_answer.h"
#include "domain/evaluate.h"
#include "domain/uscc.h"
#include "engine/aliases.h"
#include "engine/read_index.h"
#include "storage/store.h"

namespace chengxin::engine {

// Thread-safe.
class EligibilityReader {
 public:
  EligibilityReader(ReadIndex& index, const Aliases& aliases, const storage::Store& store)
      : index_(index), aliases_(aliases), store_(store) {}

  // Answers for each code at knowledge.revision; a code that an organization had earlier, or has since, is
  // answered for that organization. An entry of the index that is newer than that is read from
  // history, so all answers are of one revision. Errors are the storage's.
  absl::Status Check(absl::Span<const domain::Uscc> codes, const domain::Knowledge& knowledge,
                     bool historical, const domain::AnswerRequest& request,
                     absl::Span<v1::Eligibility* const> answers) const;

 private:
  // The standing of one code at the revision: from the index, or from history. False where the registry copy
  // has none.
  absl::StatusOr<bool> FindStanding(const domain::Uscc& code, uint64_t revision, bool historical,
                                    domain::Standing& standing) const;
  // The same for any code the organization is known by at the revision; sets `first` to its first code.
  absl::StatusOr<bool> FindByAnyCode(const domain::Uscc& code, uint64_t revision, bool historical,
                                     domain::Uscc& first, domain::Standing& standing) const;
  // What FULL adds, as known at the revision: the registered name (empty where there is none) and the
  // organization's records, oldest first.
  absl::StatusOr<std::string> ReadDetails(const domain::Uscc& code, uint64_t revision,
                                          std::vector<v1::CreditRecord>& records) const;

  ReadIndex& index_;  // interns the sources of standings read from history
  const Aliases& aliases_;
  const storage::Store& store_;
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_ELIGIBILITY_READER_H_
