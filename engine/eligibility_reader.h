// Answers eligibility questions from the read index and, for the past, from history (design: read path).
#ifndef CHENGXIN_ENGINE_ELIGIBILITY_READER_H_
#define CHENGXIN_ENGINE_ELIGIBILITY_READER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/v1/answer.pb.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/evaluate.h"
#include "domain/uscc.h"
#include "engine/read_index.h"
#include "storage/store.h"

namespace chengxin::engine {

// The instants one query is answered for.
struct QueryInstants {
  absl::Time effective_at;
  // Set where the project's cut-off had passed at the instant of asking: effective_at is the cut-off, and
  // what turned adverse up to this later instant is added.
  std::optional<absl::Time> compare_at;
};

// Thread-safe.
class EligibilityReader {
 public:
  EligibilityReader(ReadIndex& index, const storage::Store& store) : index_(index), store_(store) {}

  // Answers for each code at knowledge.revision. An entry of the index that is newer than that is read from
  // history, so all answers are of one revision. Errors are the storage's.
  absl::Status Check(absl::Span<const domain::Uscc> codes, const domain::Knowledge& knowledge,
                     bool historical, const QueryInstants& instants, bool full,
                     absl::Span<const std::string> required_qualifications,
                     absl::Span<v1::Eligibility* const> answers) const;

 private:
  // The standing of one code at the revision: from the index, or from history. False where the registry copy
  // has none.
  absl::StatusOr<bool> FindStanding(const domain::Uscc& code, uint64_t revision, bool historical,
                                    domain::Standing& standing) const;
  // What FULL adds, as known at the revision: the registered name (empty where there is none) and the
  // organization's records, oldest first.
  absl::StatusOr<std::string> ReadDetails(const domain::Uscc& code, uint64_t revision,
                                          std::vector<v1::CreditRecord>& records) const;

  ReadIndex& index_;  // interns the sources of standings read from history
  const storage::Store& store_;
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_ELIGIBILITY_READER_H_
