// The receipt that an award or a renewal rests on: rules 41 to 44, 49. Private to domain.
#ifndef CHENGXIN_DOMAIN_AWARD_RECEIPTS_H_
#define CHENGXIN_DOMAIN_AWARD_RECEIPTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/v1/award.pb.h"
#include "chengxin/v1/receipt.pb.h"
#include "domain/refusal.h"
#include "domain/view.h"

namespace chengxin::domain {

// What the receipt must be.
struct ReceiptDemand {
  // Purchaser, project, contractors and whether they are a consortium. Contractors go by their first codes.
  const v1::Award& award;
  v1::QueryPurpose purpose = v1::QUERY_PURPOSE_UNSPECIFIED;
  // The cut-off it must have been asked for; nothing: its own, which it may not lie after.
  std::optional<absl::Time> cut_off;
  // When it must have been certified, both instants included.
  absl::Time from;
  absl::Time until;
};

// A receipt, or why it does not do.
struct ReceiptRuling {
  std::optional<Refusal> refusal;
  v1::Receipt receipt;
  // What it says of each contractor, in the award's order.
  std::vector<v1::Eligibility> answers;
};

// Judges the receipt of a term: UNKNOWN_RECEIPT; RECEIPT_MISMATCH with metadata field (purchaser, project,
// purpose, cut_off, subject, contractor_codes); RECEIPT_OUTSIDE_WINDOW with from and until;
// RECEIPT_FORBIDS with verdict and organization_code where it says INELIGIBLE or UNKNOWN of whom it is about,
// or REVIEW and the term has no review_reason.
//
// Of SINGLE awards the receipt is of exactly the contractor or the consortium, or of candidates with the
// contractor among them; of VOUCHER awards it is of candidates with all contractors among them.
absl::StatusOr<ReceiptRuling> RuleOnReceipt(const v1::ContractTerm& term, const ReceiptDemand& demand,
                                            const View& view);

// The first code of the organization that has or had this code; where the registry copy has none, the code
// itself as it is stored. `text` was checked for its shape.
absl::StatusOr<std::string> FirstCodeOrSelf(std::string_view text, const View& view);

// RECEIPT_FORBIDS: why a contractor may not be selected.
Refusal ForbidAward(v1::Verdict verdict, std::string_view organization_code, std::string_view why);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_AWARD_RECEIPTS_H_
