#include "engine/feed_ring.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "chengxin/v1/award_service.pb.h"
#include "domain/resource_names.h"

namespace chengxin::engine {

namespace {

// Revisions of the log looked at in one step of a net difference.
constexpr uint64_t kWindow = 4096;
// Events of a net difference sent at a time.
constexpr size_t kDifferenceEvents = 4096;

// What has ended, and what is no longer displayed, is published no more (rules 35, 36). Display ends for
// watchers with its Change.
bool IsPublished(const v1::Listing& listing) {
  return listing.state() == v1::LISTING_STATE_LISTED && !listing.display_ended();
}

// What of an entry that is no longer published may still be told (rule 35).
v1::Listing Removed(const v1::Listing& listing) {
  v1::Listing removed;
  removed.set_name(listing.name());
  removed.set_organization(listing.organization());
  removed.set_organization_code(listing.organization_code());
  removed.set_list(listing.list());
  removed.set_authority(listing.authority());
  return removed;
}

// The code that the entry stands under, which its name holds; a change of code leaves it (rule 56).
std::string FirstCodeOf(const v1::Listing& listing) {
  std::optional<domain::ListingId> id = domain::ParseListingName(listing.name());
  return id.has_value() ? std::move(id->code) : std::string();
}

bool PassesParts(const v1::ListingFilter& filter, v1::ListKind list, std::string_view authority,
                 std::string_view first_code) {
  return (filter.list() == v1::LIST_KIND_UNSPECIFIED || filter.list() == list) &&
         (filter.authority().empty() || filter.authority() == authority) &&
         (filter.organization_code().empty() || filter.organization_code() == first_code);
}

bool Passes(const v1::ListingFilter& filter, const FeedEvent& event) {
  return event.purchaser.empty() && PassesParts(filter, event.list, event.authority, event.organization_code);
}

std::shared_ptr<const FeedEvent> MakeMark(v1::WatchEventKind kind, uint64_t revision) {
  v1::WatchListingsResponse message;
  message.set_kind(kind);
  message.set_revision(revision);
  auto event = std::make_shared<FeedEvent>();
  event->revision = revision;
  event->bytes = message.SerializeAsString();
  return event;
}

// The message that tells an award as it is, or, with an alert, what changed.
std::shared_ptr<const FeedEvent> MakeAwardEvent(const v1::Award& award, const v1::AwardAlert* alert,
                                                uint64_t revision) {
  v1::WatchAwardsResponse message;
  message.set_kind(alert == nullptr ? v1::AWARD_WATCH_KIND_AWARD : v1::AWARD_WATCH_KIND_ALERT);
  message.set_revision(revision);
  *message.mutable_award() = award;
  if (alert != nullptr) {
    *message.mutable_alert() = *alert;
    *message.mutable_stamp() = alert->stamp();
  }
  auto event = std::make_shared<FeedEvent>();
  event->revision = revision;
  event->purchaser = award.purchaser();
  event->bytes = message.SerializeAsString();
  return event;
}

storage::Party PartyOf(std::string_view purchaser) {
  return storage::Party::Purchaser(std::string(domain::ParsePurchaserName(purchaser).value_or("")));
}

// One event for each alert that the Change at `revision` added to the award.
void AddAlerts(const v1::Award& award, uint64_t revision,
               std::vector<std::shared_ptr<const FeedEvent>>& events) {
  for (const v1::AwardAlert& alert : award.alerts())
    if (alert.revision() == revision) events.push_back(MakeAwardEvent(award, &alert, revision));
}

}  // namespace

bool Passes(const v1::ListingFilter& filter, const v1::Listing& listing) {
  return PassesParts(filter, listing.list(), listing.authority(),
                     filter.organization_code().empty() ? std::string() : FirstCodeOf(listing));
}

std::shared_ptr<const FeedEvent> MakeFeedEvent(v1::WatchEventKind kind, const v1::Listing& listing,
                                               uint64_t revision, v1::ListingTransition transition,
                                               const google::protobuf::Timestamp* stamp,
                                               bool more_at_revision) {
  v1::WatchListingsResponse message;
  message.set_kind(kind);
  message.set_revision(revision);
  *message.mutable_listing() = kind == v1::WATCH_EVENT_KIND_REMOVED ? Removed(listing) : listing;
  // Everybody reads the same bytes, and nobody may learn here of a case that is not decided (rules 15, 46).
  message.mutable_listing()->clear_escalation_case();
  message.set_transition(transition);
  if (stamp != nullptr) *message.mutable_stamp() = *stamp;
  message.set_more_at_revision(more_at_revision);
  auto event = std::make_shared<FeedEvent>();
  event->revision = revision;
  event->list = listing.list();
  event->authority = listing.authority();
  event->organization_code = FirstCodeOf(listing);
  event->bytes = message.SerializeAsString();
  return event;
}

FeedRing::FeedRing(const storage::Store& store, size_t capacity)
    : store_(store), capacity_(capacity), ring_floor_(store.head().revision), visible_(ring_floor_) {
  waker_ = std::thread([this] { WakeLoop(); });
}

FeedRing::~FeedRing() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    changed_.NotifyAll();
  }
  waker_.join();
}

void FeedRing::Publish(const std::vector<const log::v1::Change*>& changes, uint64_t revision) {
  std::vector<std::shared_ptr<const FeedEvent>> events;
  for (const log::v1::Change* change : changes) {
    size_t left = std::count_if(change->events().begin(), change->events().end(),
                                [](const log::v1::Event& event) { return event.has_listing(); });
    for (const log::v1::Event& event : change->events()) {
      if (event.has_award()) AddAlerts(event.award(), change->revision(), events);
      if (!event.has_listing()) continue;
      const v1::Listing& listing = event.listing().listing();
      const auto kind = IsPublished(listing) ? v1::WATCH_EVENT_KIND_ENTRY : v1::WATCH_EVENT_KIND_REMOVED;
      events.push_back(MakeFeedEvent(kind, listing, change->revision(), event.listing().transition(),
                                     &change->stamp(),
                                     /*more_at_revision=*/--left > 0));
    }
  }
  MutexLock lock(mu_);
  visible_ = revision;
  if (events.empty()) return;
  ring_.insert(ring_.end(), events.begin(), events.end());
  // A revision leaves the ring whole, or the ring would tell half of it.
  while (ring_.size() > capacity_) {
    ring_floor_ = ring_.front()->revision;
    while (!ring_.empty() && ring_.front()->revision == ring_floor_) ring_.pop_front();
  }
  wake_due_ = true;
  changed_.NotifyAll();
}

absl::StatusOr<FeedBatch> FeedRing::ReadState(const v1::ListingFilter& filter, size_t limit,
                                              StateCursor& cursor) {
  if (cursor.revision == 0) {
    MutexLock lock(mu_);
    cursor.revision = visible_;
  }
  FeedBatch batch;
  batch.revision = cursor.revision;
  bool more = false;
  if (cursor.revision > 0) {
    CHENGXIN_RETURN_IF_ERROR(store_.ScanListings(
        domain::ParseListingName(cursor.after), cursor.revision, [&](const v1::Listing& listing) {
          if (batch.events.size() >= limit) {
            more = true;
            return false;
          }
          cursor.after = listing.name();
          if (IsPublished(listing) && engine::Passes(filter, listing)) {
            batch.events.push_back(MakeFeedEvent(v1::WATCH_EVENT_KIND_STATE, listing, cursor.revision,
                                                 v1::LISTING_TRANSITION_UNSPECIFIED, nullptr,
                                                 /*more_at_revision=*/true));
          }
          return true;
        }));
  }
  if (!more) {
    batch.events.push_back(MakeMark(v1::WATCH_EVENT_KIND_SYNCED, cursor.revision));
    cursor.done = true;
  }
  return batch;
}

absl::StatusOr<std::optional<FeedBatch>> FeedRing::ReadRing(
    uint64_t revision, size_t limit, absl::FunctionRef<bool(const FeedEvent&)> passes) const {
  MutexLock lock(mu_);
  if (revision > visible_)
    return absl::OutOfRangeError(StrCat("revision ", revision, " is after the log's ", visible_));
  if (revision < ring_floor_) return std::nullopt;
  FeedBatch batch;
  batch.revision = visible_;
  auto next = std::upper_bound(ring_.begin(), ring_.end(), revision,
                               [](uint64_t r, const auto& event) { return r < event->revision; });
  for (; next != ring_.end(); ++next) {
    if (batch.events.size() >= limit && (*next)->revision != batch.events.back()->revision) {
      batch.revision = batch.events.back()->revision;
      break;
    }
    if (passes(**next)) batch.events.push_back(*next);
  }
  return batch;
}

absl::StatusOr<uint64_t> FeedRing::VisibleFrom(uint64_t revision) const {
  MutexLock lock(mu_);
  if (revision > visible_)
    return absl::OutOfRangeError(StrCat("revision ", revision, " is after the log's ", visible_));
  return visible_;
}

absl::StatusOr<FeedBatch> FeedRing::ReadAfter(const v1::ListingFilter& filter, uint64_t revision,
                                              size_t limit) {
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<FeedBatch> recent,
      ReadRing(revision, limit, [&](const FeedEvent& event) { return Passes(filter, event); }));
  if (recent.has_value()) return *std::move(recent);
  return Difference(filter, revision, limit);
}

absl::StatusOr<FeedBatch> FeedRing::NetDifference(const v1::ListingFilter& filter, uint64_t revision) {
  return Difference(filter, revision, kDifferenceEvents);
}

absl::StatusOr<FeedBatch> FeedRing::Difference(const v1::ListingFilter& filter, uint64_t revision,
                                               size_t limit) {
  CHENGXIN_ASSIGN_OR_RETURN(const uint64_t to, VisibleFrom(revision));
  FeedBatch batch;
  batch.revision = revision;
  while (batch.revision < to && batch.events.size() < limit) {
    const uint64_t end = std::min(to, batch.revision + kWindow);
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<domain::ListingId> ids,
                              store_.ListingsChangedBetween(batch.revision, end));
    for (size_t i = 0; i < ids.size(); ++i) {
      // As it is now, not as it was at the end of the window: what was repaired since is never published
      // again.
      CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Listing> listing, store_.FindListing(ids[i], to));
      if (!listing.has_value()) {
        return absl::DataLossError(
            StrCat("listing ", domain::ListingNameOf(ids[i]), " changed but is not stored"));
      }
      if (!engine::Passes(filter, *listing)) continue;
      const auto kind = IsPublished(*listing) ? v1::WATCH_EVENT_KIND_ENTRY : v1::WATCH_EVENT_KIND_REMOVED;
      batch.events.push_back(MakeFeedEvent(kind, *listing, end, v1::LISTING_TRANSITION_UNSPECIFIED, nullptr,
                                           /*more_at_revision=*/i + 1 < ids.size()));
    }
    batch.revision = end;
  }
  return batch;
}

absl::StatusOr<FeedBatch> FeedRing::ReadAwardState(std::string_view purchaser, size_t limit,
                                                   StateCursor& cursor) {
  if (cursor.revision == 0) {
    CHENGXIN_ASSIGN_OR_RETURN(cursor.revision, VisibleFrom(0));
  }
  FeedBatch batch;
  batch.revision = cursor.revision;
  bool more = false;
  if (cursor.revision > 0) {
    CHENGXIN_RETURN_IF_ERROR(
        store_.ScanAwards(PartyOf(purchaser), domain::ParseAwardName(cursor.after), /*only_open=*/true,
                          cursor.revision, [&](const v1::Award& award) {
                            if (batch.events.size() >= limit) {
                              more = true;
                              return false;
                            }
                            cursor.after = award.name();
                            batch.events.push_back(MakeAwardEvent(award, nullptr, cursor.revision));
                            return true;
                          }));
  }
  if (!more) {
    v1::WatchAwardsResponse synced;
    synced.set_kind(v1::AWARD_WATCH_KIND_SYNCED);
    synced.set_revision(cursor.revision);
    auto event = std::make_shared<FeedEvent>();
    event->revision = cursor.revision;
    event->bytes = synced.SerializeAsString();
    batch.events.push_back(std::move(event));
    cursor.done = true;
  }
  return batch;
}

absl::StatusOr<FeedBatch> FeedRing::ReadAlertsAfter(std::string_view purchaser, uint64_t revision,
                                                    size_t limit) {
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<FeedBatch> recent,
      ReadRing(revision, limit, [&](const FeedEvent& event) { return event.purchaser == purchaser; }));
  if (recent.has_value()) return *std::move(recent);
  return StoredAlerts(purchaser, revision, limit);
}

absl::StatusOr<FeedBatch> FeedRing::AlertsSince(std::string_view purchaser, uint64_t revision) {
  return StoredAlerts(purchaser, revision, kDifferenceEvents);
}

absl::StatusOr<FeedBatch> FeedRing::StoredAlerts(std::string_view purchaser, uint64_t revision,
                                                 size_t limit) const {
  CHENGXIN_ASSIGN_OR_RETURN(const uint64_t to, VisibleFrom(revision));
  struct Found {
    std::shared_ptr<const v1::Award> award;
    int alert;
    uint64_t revision;
  };
  std::vector<Found> found;
  CHENGXIN_RETURN_IF_ERROR(
      store_.ScanAwards(PartyOf(purchaser), std::nullopt, /*only_open=*/false, to, [&](v1::Award award) {
        const auto shared = std::make_shared<const v1::Award>(std::move(award));
        for (int i = 0; i < shared->alerts_size(); ++i) {
          const uint64_t at = shared->alerts(i).revision();
          if (at > revision) found.push_back({shared, i, at});
        }
        return true;
      }));
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.revision < b.revision; });
  FeedBatch batch;
  batch.revision = to;
  for (const Found& next : found) {
    if (batch.events.size() >= limit && next.revision != batch.events.back()->revision) {
      batch.revision = batch.events.back()->revision;
      break;
    }
    batch.events.push_back(MakeAwardEvent(*next.award, &next.award->alerts(next.alert), next.revision));
  }
  return batch;
}

uint64_t FeedRing::Subscribe(std::function<void()> wake) {
  MutexLock lock(subscribers_mu_);
  const uint64_t ticket = next_ticket_++;
  subscribers_.emplace(ticket, std::move(wake));
  return ticket;
}

void FeedRing::Unsubscribe(uint64_t ticket) {
  MutexLock lock(subscribers_mu_);
  subscribers_.erase(ticket);
}

void FeedRing::WakeLoop() {
  for (;;) {
    {
      MutexLock lock(mu_);
      while (!wake_due_ && !stopping_) changed_.Wait(mu_);
      if (stopping_) return;
      wake_due_ = false;
    }
    MutexLock lock(subscribers_mu_);
    for (const auto& [ticket, wake] : subscribers_) wake();
  }
}

}  // namespace chengxin::engine
