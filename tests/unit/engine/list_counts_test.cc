// How many entries the lists have, and how many of them are published: rules 35, 36.
#include "engine/list_counts.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "absl/time/time.h"
#include "domain/timestamps.h"

namespace chengxin::engine {
namespace {

const absl::Time kNoon = absl::FromUnixSeconds(1'800'000'000);

v1::Listing Listed(const std::string& name, v1::ListKind list) {
  v1::Listing listing;
  listing.set_name(name);
  listing.set_list(list);
  listing.set_state(v1::LISTING_STATE_LISTED);
  return listing;
}

v1::Listing DisplayedUntil(v1::Listing listing, absl::Time until) {
  domain::SetTimestamp(until, *listing.mutable_display_until());
  return listing;
}

void ExpectSevere(const ListCounts& counts, int64_t in_force, int64_t published, absl::Time now) {
  EXPECT_EQ(counts.InForce().severe, in_force);
  EXPECT_EQ(counts.PublishedAt(now).severe, published);
  EXPECT_EQ(counts.InForce().abnormal, 0);
  EXPECT_EQ(counts.PublishedAt(now).abnormal, 0);
}

TEST(Rule36ListCounts, TheInstantAtWhichDisplayEndsIsTheFirstWithoutIt) {
  ListCounts counts;
  counts.Put(DisplayedUntil(Listed("S1", v1::LIST_KIND_SEVERE), kNoon));
  ExpectSevere(counts, 1, 1, kNoon - absl::Nanoseconds(1));
  ExpectSevere(counts, 1, 0, kNoon);
}

TEST(Rule36ListCounts, WhatHasNoEndIsPublishedWhileListed) {
  ListCounts counts;
  counts.Put(Listed("S1", v1::LIST_KIND_SEVERE));
  ExpectSevere(counts, 1, 1, kNoon + absl::Hours(24 * 365 * 100));
  v1::Listing ended = Listed("S1", v1::LIST_KIND_SEVERE);
  ended.set_state(v1::LISTING_STATE_ENDED);
  counts.Put(ended);
  ExpectSevere(counts, 0, 0, kNoon);
}

TEST(Rule36ListCounts, WhatIsNoLongerDisplayedStaysInForceAndCountsOnceAgainWhereDisplayRestarts) {
  ListCounts counts;
  v1::Listing listing = DisplayedUntil(Listed("S1", v1::LIST_KIND_SEVERE), kNoon);
  counts.Put(listing);
  listing.set_display_ended(true);
  counts.Put(listing);
  ExpectSevere(counts, 1, 0, kNoon - absl::Hours(1));
  listing.set_display_ended(false);
  counts.Put(DisplayedUntil(listing, kNoon + absl::Hours(1)));
  ExpectSevere(counts, 1, 1, kNoon);
  ExpectSevere(counts, 1, 0, kNoon + absl::Hours(1));
}

TEST(Rule36ListCounts, AnyCourseAgreesWithCountingOneByOne) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto pick = [&random](int below) {
    return static_cast<int>(random() % static_cast<uint32_t>(below));
  };
  ListCounts counts;
  std::map<std::string, v1::Listing> oracle;
  for (int step = 0; step < 2'000; ++step) {
    const bool severe = pick(2) == 0;
    v1::Listing listing = Listed((severe ? "S" : "A") + std::to_string(pick(20)),
                                 severe ? v1::LIST_KIND_SEVERE : v1::LIST_KIND_ABNORMAL);
    if (pick(3) == 0) listing.set_state(v1::LISTING_STATE_ENDED);
    if (pick(2) == 0) listing = DisplayedUntil(listing, kNoon + absl::Hours(pick(10)));
    listing.set_display_ended(pick(4) == 0);
    counts.Put(listing);
    oracle[listing.name()] = listing;
    const absl::Time now = kNoon + absl::Hours(pick(10));
    ListCounts::Numbers in_force, published;
    for (const auto& [name, entry] : oracle) {
      if (entry.state() != v1::LISTING_STATE_LISTED) continue;
      const bool shown = !entry.display_ended() &&
                         (!entry.has_display_until() || now < domain::TimeOf(entry.display_until()));
      ++(entry.list() == v1::LIST_KIND_SEVERE ? in_force.severe : in_force.abnormal);
      if (shown) ++(entry.list() == v1::LIST_KIND_SEVERE ? published.severe : published.abnormal);
    }
    ASSERT_EQ(counts.InForce().severe, in_force.severe) << step;
    ASSERT_EQ(counts.InForce().abnormal, in_force.abnormal) << step;
    ASSERT_EQ(counts.PublishedAt(now).severe, published.severe) << step;
    ASSERT_EQ(counts.PublishedAt(now).abnormal, published.abnormal) << step;
  }
}

}  // namespace
}  // namespace chengxin::engine
