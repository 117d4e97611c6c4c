// What a commit made, taken out of its events for the answer.
#ifndef CHENGXIN_SERVER_OUTCOMES_H_
#define CHENGXIN_SERVER_OUTCOMES_H_

#include "engine/engine.h"

namespace chengxin::server {

// The first resource of its kind among the events, which is the one commanded: what follows from it comes
// after. Null where there is none.
const v1::Case* CaseOf(const engine::Committed& committed);
const v1::Application* ApplicationOf(const engine::Committed& committed);
const v1::Award* AwardOf(const engine::Committed& committed);
const v1::Receipt* ReceiptOf(const engine::Committed& committed);
const v1::CreditRecord* RecordOf(const engine::Committed& committed);

// The entries of the two lists that changed.
struct ListingsOf {
  explicit ListingsOf(const engine::Committed& committed);

  // The one the command led to, added to, noted on or ended.
  const v1::Listing* led_to = nullptr;
  // The abnormal one that ended as moved (rules 25, 26).
  const v1::Listing* moved = nullptr;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_OUTCOMES_H_
