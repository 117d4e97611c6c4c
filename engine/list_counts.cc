#include "engine/list_counts.h"

#include "domain/timestamps.h"

namespace chengxin::engine {

namespace {

absl::Time DisplayEndOf(const v1::Listing& listing) {
  if (listing.display_ended()) return absl::InfinitePast();
  return listing.has_display_until() ? domain::TimeOf(listing.display_until()) : absl::InfiniteFuture();
}

}  // namespace

void ListCounts::Put(const v1::Listing& listing) {
  MutexLock lock(mu_);
  if (const auto known = entries_.find(listing.name()); known != entries_.end()) {
    Count(known->second, -1);
    entries_.erase(known);
  }
  if (listing.state() != v1::LISTING_STATE_LISTED) return;
  const Entry entry{.list = listing.list(), .display_end = DisplayEndOf(listing)};
  Count(entry, 1);
  entries_.emplace(listing.name(), entry);
}

ListCounts::Numbers ListCounts::InForce() const {
  MutexLock lock(mu_);
  return {.abnormal = abnormal_.entries, .severe = severe_.entries};
}

ListCounts::Numbers ListCounts::PublishedAt(absl::Time now) const {
  MutexLock lock(mu_);
  return {.abnormal = PublishedOf(abnormal_, now), .severe = PublishedOf(severe_, now)};
}

void ListCounts::Count(const Entry& entry, int64_t by) {
  List& list = entry.list == v1::LIST_KIND_SEVERE ? severe_ : abnormal_;
  list.entries += by;
  const auto end = list.display_ends.try_emplace(entry.display_end, 0).first;
  end->second += by;
  if (end->second == 0) list.display_ends.erase(end);
}

int64_t ListCounts::PublishedOf(const List& list, absl::Time now) {
  int64_t published = list.entries;
  for (const auto& [end, entries] : list.display_ends) {
    if (end > now) break;
    published -= entries;
  }
  return published;
}

}  // namespace chengxin::engine
