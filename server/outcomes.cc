#include "server/outcomes.h"

namespace chengxin::server {

const v1::Case* CaseOf(const engine::Committed& committed) {
  for (const log::v1::Event& event : committed.events)
    if (event.has_case_()) return &event.case_();
  return nullptr;
}

const v1::Application* ApplicationOf(const engine::Committed& committed) {
  for (const log::v1::Event& event : committed.events)
    if (event.has_application()) return &event.application();
  return nullptr;
}

const v1::Award* AwardOf(const engine::Committed& committed) {
  for (const log::v1::Event& event : committed.events)
    if (event.has_award()) return &event.award();
  return nullptr;
}

const v1::Receipt* ReceiptOf(const engine::Committed& committed) {
  for (const log::v1::Event& event : committed.events)
    if (event.has_receipt()) return &event.receipt();
  return nullptr;
}

const v1::CreditRecord* RecordOf(const engine::Committed& committed) {
  for (const log::v1::Event& event : committed.events)
    if (event.has_record()) return &event.record();
  return nullptr;
}

ListingsOf::ListingsOf(const engine::Committed& committed) {
  for (const log::v1::Event& event : committed.events) {
    if (!event.has_listing()) continue;
    const v1::Listing& listing = event.listing().listing();
    if (listing.state() == v1::LISTING_STATE_ENDED &&
        listing.end_reason() == v1::LISTING_END_REASON_MOVED_TO_SEVERE) {
      moved = &listing;
    } else if (event.listing().transition() != v1::LISTING_TRANSITION_PERIOD_RESTARTED) {
      led_to = &listing;
    }
  }
}

}  // namespace chengxin::server
