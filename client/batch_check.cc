#include "client/batch_check.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "client/error.h"

namespace chengxin::client {

namespace {

// Makes `part` ask for the instants and the revision that `basis` was answered for: asked at the instant up
// to which the first part's cut-off was compared or, where it was not, for which its facts were taken.
void Pin(const v1::AnswerBasis& basis, v1::BatchCheckEligibilityRequest& part) {
  v1::AsOf& as_of = *part.mutable_as_of();
  as_of.Clear();
  *as_of.mutable_known_at() = basis.known_at();
  *as_of.mutable_effective_at() = basis.has_compared_at() ? basis.compared_at() : basis.effective_at();
  part.set_at_least_revision(std::max(part.at_least_revision(), basis.revision()));
}

}  // namespace

absl::StatusOr<v1::BatchCheckEligibilityResponse> BatchCheckInParts(
    const v1::BatchCheckEligibilityRequest& request, size_t part_size, const CheckPart& check) {
  const size_t count = static_cast<size_t>(request.organization_codes_size());
  if (count <= part_size) return check(request);

  v1::BatchCheckEligibilityResponse whole;
  v1::BatchCheckEligibilityRequest part = request;
  for (size_t begin = 0; begin < count; begin += part_size) {
    const size_t end = std::min(count, begin + part_size);
    part.mutable_organization_codes()->Assign(request.organization_codes().begin() + static_cast<int>(begin),
                                              request.organization_codes().begin() + static_cast<int>(end));
    if (begin > 0) Pin(whole.basis(), part);
    absl::StatusOr<v1::BatchCheckEligibilityResponse> answer = check(part);
    if (!answer.ok()) return ShiftViolations(answer.status(), "organization_codes", begin);
    if (static_cast<size_t>(answer->results_size()) != end - begin)
      return absl::InternalError(
          StrCat("服务端答复数不符 (asked for ", end - begin, " codes, got ", answer->results_size(), ")"));
    if (begin == 0) {
      whole = *std::move(answer);
      continue;
    }
    if (answer->basis().revision() != whole.basis().revision()) {
      return absl::InternalError(StrCat("各批答复的版本不一致 (parts answered at revisions ",
                                        whole.basis().revision(), " and ", answer->basis().revision(), ")"));
    }
    for (v1::Eligibility& result : *answer->mutable_results())
      whole.mutable_results()->Add(std::move(result));
  }
  return whole;
}

}  // namespace chengxin::client
