// The log and its views on RocksDB, in one data folder.
//
// One log: Changes at revisions 1, 2, 3, …, stored as the bytes that were hashed. Everything else in the
// folder is a fold of the log and can be made again from it (Verify does, and compares byte by byte). The
// layout of keys and values is written down in docs/storage-format.md.
#ifndef CHENGXIN_STORAGE_STORE_H_
#define CHENGXIN_STORAGE_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/due.pb.h"
#include "chengxin/log/v1/standing.pb.h"
#include "chengxin/v1/application.pb.h"
#include "chengxin/v1/award.pb.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/receipt.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/resource_names.h"
#include "domain/view.h"
#include "storage/party.h"
#include "storage/sealing_keys.h"

namespace rocksdb {
class Env;
}

namespace chengxin::storage {

// Version of the layout of the data folder; a folder of another version is refused.
inline constexpr uint32_t kFormatVersion = 1;
// Tables that are held open at once, beside a few files more.
inline constexpr int kMaximumOpenTables = 4'096;
// How long a request_id is remembered, by stamp.
inline constexpr absl::Duration kRequestRetention = absl::Hours(24 * 30);

// Reads at the newest state.
inline constexpr uint64_t kNewest = UINT64_MAX;

// Whether a read merges what was sealed back in.
enum class Sealed { kLeaveOut, kMerge };

struct StoreOptions {
  // The data folder; created (mode 0700) where it does not exist.
  std::string folder;
  uint64_t block_cache_bytes = 256u << 20;
  // Memory of what is written and not yet in table files, of all tables together; also bounds the time to
  // open after a crash.
  uint64_t write_buffer_bytes = 64u << 20;
  // Null: the file system. Tests give a memory environment or one that fails.
  rocksdb::Env* env = nullptr;
  // Set: the folder's time is a simulated one. A folder that is made now is marked so for good and begins at
  // this instant; one that is marked goes on from where its clock stood.
  std::optional<absl::Time> simulated_clock_start = std::nullopt;
  // Set: sealed parts are encrypted from now on. Null: they are stored as they are. Those already there stay
  // as they were, and are read where the key that wraps theirs is among these.
  std::shared_ptr<const SealingKeys> sealing_keys = nullptr;
};

// Where the log ends.
struct Head {
  uint64_t revision = 0;  // 0: empty
  absl::Time stamp;       // of that Change; InfinitePast where empty
  std::string leaf_hash;  // RFC 9162 leaf hash of that Change; empty where empty
};

// A Change as it is made: the envelope without revision-chained fields set by the store (previous_leaf_hash),
// whole events and the request's bytes. The store seals, salts, hashes and serializes.
struct NewChange {
  log::v1::Change envelope;            // revision, stamp, actor, kind, request_id, tally, versions; no events
  std::vector<log::v1::Event> events;  // whole resources, sealed fields included
  std::string request;                 // serialized request, digested with a salt
};

// A past request of a principal.
struct PastRequest {
  uint64_t revision = 0;
  absl::Time stamp;
  bool same_body = false;  // digest equal to that of the body asked with
};

// Numbers for metrics and status.
struct StoreStats {
  uint64_t disk_bytes = 0;
  uint64_t memtable_bytes = 0;
  uint64_t stall_micros = 0;
  bool write_stopped = false;
  uint64_t pending_compaction_bytes = 0;
};

class Store;

// The state overlaid with the commands of one group, and the batch that will make them durable. Used by one
// thread at a time. Dropping it without Store::Commit leaves nothing behind.
class Group : public domain::View {
 public:
  ~Group() override = default;
  // Adds a Change, whose revision must follow the last one's. Seals, hashes, serializes and folds it into the
  // views of the overlay. Returns the Change's envelope as stored, events without sealed fields.
  // InvalidArgument where an event cannot be stored, FailedPrecondition where the revision or the stamp does
  // not follow: the group goes on without it. Any other error spoils the group: it answers nothing and cannot
  // be committed any more.
  virtual absl::StatusOr<log::v1::Change> Append(NewChange change) = 0;
  // A request of this principal whose stamp is less than 30 days before `now`, or nothing. Sees the group's
  // own.
  virtual absl::StatusOr<std::optional<PastRequest>> FindRequest(std::string_view subject,
                                                                 std::string_view request_id,
                                                                 std::string_view request,
                                                                 absl::Time now) const = 0;
  // An event list of a Change of the log or of this group, whole (sealed parts merged in).
  virtual absl::StatusOr<log::v1::Change> ReadWhole(uint64_t revision) const = 0;
  // The standings changed by the group's Change at `revision`, in no order; also after the commit.
  virtual const std::vector<log::v1::Standing>& ChangedStandings(uint64_t revision) const = 0;
  // What was sealed of the events of the group's Change at `revision`, in their order, empty where nothing
  // was (domain::Unseal); also after the commit.
  virtual const std::vector<std::string>& SealedContents(uint64_t revision) const = 0;
  virtual bool empty() const = 0;
  // Of the last Change with the group's own.
  virtual uint64_t revision() const = 0;
  // Completes the batch: nothing is appended any more. Before another group begins after this one.
  virtual void Close() = 0;
  // Lets go of the group before, which is in the tables now; nothing is read through this group after it. A
  // group may begin after this one meanwhile.
  virtual void LetGo() = 0;
  // Size of the batch in bytes, for metrics.
  virtual size_t batch_bytes() const = 0;
};

// Thread-safe; groups begin one after the other and are committed in that order, while the next may be under
// way. Reads see what was committed last; a read at a revision sees the newest version at or before it and
// never changes afterwards, but that sealed fields which were destroyed are absent from then on. A read that
// merges what was sealed answers FailedPrecondition where the sealing key it needs was not given, and names
// it.
class Store {
 public:
  virtual ~Store() = default;

  // Opens or creates a data folder; one that an earlier program wrote gains the tables it lacks.
  // FailedPrecondition: the folder is of another format version, holds something else, is marked for a
  // simulated clock and opened without one, or the reverse, or its last Change is sealed with a key that is
  // not given (the message names it); Unavailable: another process has it open;
  // DataLoss: the views are not at the log's head, or a checksum is wrong.
  static absl::StatusOr<std::unique_ptr<Store>> Open(const StoreOptions& options);

  virtual Head head() const = 0;
  // Where the simulated clock of the folder stood when it was opened, never before the last stamp; nothing
  // where the folder's time is real.
  virtual std::optional<absl::Time> simulated_clock() const = 0;
  // Keeps where the simulated clock stands, synced. FailedPrecondition where the folder's time is real.
  virtual absl::Status KeepSimulatedClock(absl::Time now) = 0;

  // -- writing
  // ------------------------------------------------------------------------------------------------------------
  // A group on the log's head, or after `before`, a closed group that may not be written yet. Should that
  // fail, what begins after it cannot be committed either.
  virtual std::unique_ptr<Group> BeginGroup(const Group* before) = 0;
  std::unique_ptr<Group> BeginGroup() { return BeginGroup(nullptr); }
  // Writes the group in one synced batch. Where the write fails nothing more may be written through this
  // Store: every later Commit answers FailedPrecondition at once, and whether the group became durable is
  // unknown until the folder is opened again. A spoiled group answers what spoiled it, one that does not
  // follow the log's head FailedPrecondition; neither is written.
  virtual absl::Status Commit(Group& group) = 0;
  // Rewrites the files in which sealed parts that committed Changes have destroyed may still lie, so that
  // nothing is left of them in the folder. Returns at once where nothing is to be done; else it writes all
  // that is in memory to files, and takes as long as rewriting a few of them takes, while reads and writes go
  // on. What was cut short is done by the next call or when the folder is opened. Errors are the disk's.
  virtual absl::Status PurgeDestroyed() = 0;

  // -- the log
  // ------------------------------------------------------------------------------------------------------------
  // The bytes of the Change's envelope, or NotFound.
  virtual absl::StatusOr<std::string> ReadChangeBytes(uint64_t revision) const = 0;
  // The Change with sealed parts merged back in, or NotFound.
  virtual absl::StatusOr<log::v1::Change> ReadWholeChange(uint64_t revision) const = 0;
  // The last revision stamped at or before `instant`; 0 where there is none.
  virtual absl::StatusOr<uint64_t> RevisionAt(absl::Time instant) const = 0;

  // -- resources, at the newest state or as known at a revision
  // -------------------------------------------------------------
  virtual absl::StatusOr<std::optional<v1::Organization>> FindOrganization(std::string_view code, uint64_t at,
                                                                           Sealed sealed) const = 0;
  virtual absl::StatusOr<std::optional<v1::CreditRecord>> FindRecord(std::string_view code,
                                                                     domain::RecordId id, uint64_t at,
                                                                     Sealed sealed) const = 0;
  virtual absl::StatusOr<std::optional<v1::Listing>> FindListing(const domain::ListingId& id,
                                                                 uint64_t at) const = 0;
  // The standing and the revision of its last change, as known at `at`.
  struct StandingAt {
    log::v1::Standing standing;
    uint64_t revision = 0;
  };
  virtual absl::StatusOr<std::optional<StandingAt>> FindStanding(std::string_view code,
                                                                 uint64_t at) const = 0;
  // The catalogue known at `at` and the revision of its activation.
  struct CatalogueAt {
    v1::Catalogue catalogue;
    uint64_t revision = 0;
  };
  virtual absl::StatusOr<std::optional<CatalogueAt>> FindCatalogue(uint64_t at) const = 0;
  // The last complete reading of a source (without "sources/") as known at `at`.
  virtual absl::StatusOr<std::optional<log::v1::SourceRead>> FindCompleteRead(std::string_view source,
                                                                              uint64_t at) const = 0;
  // Sealed fields of receipts and awards there are none.
  virtual absl::StatusOr<std::optional<v1::Case>> FindCase(domain::RecordId id, uint64_t at,
                                                           Sealed sealed) const = 0;
  virtual absl::StatusOr<std::optional<v1::Application>> FindApplication(domain::RecordId id, uint64_t at,
                                                                         Sealed sealed) const = 0;
  virtual absl::StatusOr<std::optional<v1::Award>> FindAward(domain::RecordId id, uint64_t at) const = 0;
  // The receipt that was made at `revision`.
  virtual absl::StatusOr<std::optional<v1::Receipt>> FindReceipt(uint64_t revision, uint64_t at) const = 0;

  // What a party has, newest first, after `after` in that order, until the visitor answers false. Never looks
  // at what is another's, and with `only_open` never at what has ended. Whose a resource is and whether it is
  // open is that of the newest state; its content is that of `at`, and what was not there then is passed
  // over.
  virtual absl::Status ScanCases(const Party& party, std::optional<domain::RecordId> after, bool only_open,
                                 uint64_t at, Sealed sealed,
                                 const std::function<bool(v1::Case)>& visit) const = 0;
  virtual absl::Status ScanApplications(const Party& party, std::optional<domain::RecordId> after,
                                        bool only_open, uint64_t at, Sealed sealed,
                                        const std::function<bool(v1::Application)>& visit) const = 0;
  // Open are those that are active.
  virtual absl::Status ScanAwards(const Party& party, std::optional<domain::RecordId> after, bool only_open,
                                  uint64_t at, const std::function<bool(v1::Award)>& visit) const = 0;
  // After the receipt made at `after`, at the newest state.
  virtual absl::Status ScanReceipts(const Party& party, std::optional<uint64_t> after,
                                    const std::function<bool(v1::Receipt)>& visit) const = 0;

  // Records that the authority (without "authorities/") captured late (rule 7), newest first, after `after`.
  virtual absl::Status ScanLateCaptures(const std::string& authority, std::optional<domain::RecordName> after,
                                        uint64_t at, Sealed sealed,
                                        const std::function<bool(v1::CreditRecord)>& visit) const = 0;

  // What falls due, at the newest state: from `from` on (nothing: from the first), in the order of instant,
  // kind and resource, up to and including `until`. Rows that are gone cost time where they lie between
  // `from` and what is found: pass how far one has come.
  virtual absl::Status ScanDues(const std::optional<log::v1::Due>& from, absl::Time until,
                                const std::function<bool(log::v1::Due)>& visit) const = 0;
  // Whether exactly this is still due.
  virtual absl::StatusOr<bool> HasDue(const log::v1::Due& due) const = 0;

  // The code by which the organization of any code it was ever known by was first known, as known at `at`;
  // nothing where no organization had it.
  virtual absl::StatusOr<std::optional<std::string>> FindFirstCode(std::string_view code,
                                                                   uint64_t at) const = 0;
  // Every code that is not the first of its organization, with the revision that told of it; for start-up.
  virtual absl::Status ScanAliases(
      const std::function<void(std::string_view code, std::string_view first_code, uint64_t revision)>& visit)
      const = 0;

  // Organizations with codes after `after_code`, in order, at most `limit`; a callback that answers false
  // ends it.
  virtual absl::Status ScanOrganizations(std::string_view after_code, uint64_t at, Sealed sealed,
                                         const std::function<bool(v1::Organization)>& visit) const = 0;
  // Records of an organization after `after`, oldest first.
  virtual absl::Status ScanRecords(std::string_view code, std::optional<domain::RecordId> after, uint64_t at,
                                   Sealed sealed,
                                   const std::function<bool(v1::CreditRecord)>& visit) const = 0;
  // Listings, ended ones included, in the order organization code, list, episode, after `after`.
  virtual absl::Status ScanListings(std::optional<domain::ListingId> after, uint64_t at,
                                    const std::function<bool(v1::Listing)>& visit) const = 0;
  // Listings changed at revisions in (from, to], each once, in the order of their first change there.
  virtual absl::StatusOr<std::vector<domain::ListingId>> ListingsChangedBetween(uint64_t from,
                                                                                uint64_t to) const = 0;
  // All standings at the newest state with the revision of their last change; for start-up. Does not follow
  // later commits.
  virtual absl::Status ScanStandings(
      const std::function<void(const log::v1::Standing&, uint64_t revision)>& visit) const = 0;

  // Codes of organizations whose registered name contains `text` (two or more characters, folded as the index
  // folds: ASCII lower case, full width to half width, no white space), at most `limit`, and whether there
  // are more. Never scans names.
  struct NameSearch {
    std::vector<std::string> codes;
    bool truncated = false;
  };
  virtual absl::StatusOr<NameSearch> SearchNames(std::string_view text, int limit) const = 0;

  // Cheap enough to be asked every few seconds; lists the folder.
  virtual StoreStats Stats() const = 0;
};

// Folds the log of `folder` into the empty folder `scratch` and compares every view byte by byte. Ok where
// equal; DataLoss naming the first difference (view, key) else. Sealed parts are opened and compared with
// their digests: FailedPrecondition where the key of one is not given. The folder must not be open. `report`
// is told the revision now and then.
absl::Status Verify(const StoreOptions& folder, const std::string& scratch,
                    const std::function<void(uint64_t revision, uint64_t head)>& report);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_STORE_H_
