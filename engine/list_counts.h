// How many entries each of the two lists has.
#ifndef CHENGXIN_ENGINE_LIST_COUNTS_H_
#define CHENGXIN_ENGINE_LIST_COUNTS_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "base/mutex.h"
#include "chengxin/v1/listing.pb.h"

namespace chengxin::engine {

// Entries in force, and those of them that are on public display. Thread-safe.
class ListCounts {
 public:
  struct Numbers {
    int64_t abnormal = 0;
    int64_t severe = 0;
  };

  // The entry as it is now takes the place of what it was.
  void Put(const v1::Listing& listing);

  Numbers InForce() const;
  // What the published list shows at `now` (rules 35, 36): a display that has run out is over also before the
  // timer has said so.
  Numbers PublishedAt(absl::Time now) const;

 private:
  struct Entry {
    v1::ListKind list;
    absl::Time display_end;  // in the infinite future: none; in the infinite past: display has ended
  };
  // Entries of one list by the end of their display: by days, so there are few ends.
  struct List {
    int64_t entries = 0;
    std::map<absl::Time, int64_t> display_ends;
  };

  void Count(const Entry& entry, int64_t by) CHENGXIN_REQUIRES(mu_);
  static int64_t PublishedOf(const List& list, absl::Time now);

  mutable Mutex mu_;
  // In force, by name.
  absl::flat_hash_map<std::string, Entry> entries_ CHENGXIN_GUARDED_BY(mu_);
  List abnormal_ CHENGXIN_GUARDED_BY(mu_);
  List severe_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::engine

#endif  // CHENGXIN_ENGINE_LIST_COUNTS_H_
