// What makes two deliveries the same item: rules 8, 12, 13. Private to domain.
#ifndef CHENGXIN_DOMAIN_RECORD_IDENTITY_H_
#define CHENGXIN_DOMAIN_RECORD_IDENTITY_H_

#include <string>
#include <string_view>

#include "chengxin/v1/record.pb.h"

namespace chengxin::domain {

// The category that follows from the content (rule 8; O60 arts 6–7).
v1::RecordCategory CategoryOf(const v1::CreditRecord& record);

// The key of an item whose source gives none: what it is, and what tells it from others of its kind; for a
// penalty its organ and decision number. Stable for ever, since it is stored.
std::string NaturalKeyOf(const v1::CreditRecord& record);

// Whether two penalties are one decision of one organ, from whatever source: the same organ and number, with
// white space and the forms of brackets left aside (〔2026〕, [2026] and （2026） are written for one
// another).
bool SameDecision(const v1::Penalty& a, const v1::Penalty& b);

// How a delivery relates to the record that is there under the same identity.
enum class Delivery {
  kSame,      // says the same; nothing changes
  kEnds,      // says the same and adds the day on which it ended, or a basis it lacked: no correction
  kConflicts  // says something else: that needs a correction (rule 13)
};

// Compares contents. What the item said before a correction says the same as it: whoever delivers it again
// has not heard of the correction yet. From the record's own source every field must agree, save one that
// says when the item ended: removed_on, rectified_on, revoked_on, added once. A penalty that another source
// delivers is the same where kinds, amounts and days agree; each source puts facts and results in its own
// words.
Delivery Compare(const v1::CreditRecord& known, const v1::CreditRecord& delivered,
                 std::string_view delivering_source);

// Whether both have the same content, to the letter.
bool SameContent(const v1::CreditRecord& a, const v1::CreditRecord& b);

// Keeps the content among those superseded, before a correction replaces it.
void Supersede(v1::CreditRecord& record);

// Replaces the content of `to` with that of `from`; the rest of `to` stays.
void CopyContent(const v1::CreditRecord& from, v1::CreditRecord& to);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RECORD_IDENTITY_H_
