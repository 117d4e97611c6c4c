// A small ledger for tests of the store: a data folder, and Changes made by hand, without engine and law.
#ifndef CHENGXIN_TESTS_SUPPORT_LEDGER_H_
#define CHENGXIN_TESTS_SUPPORT_LEDGER_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/log/v1/change.pb.h"
#include "storage/store.h"

namespace chengxin {

// A folder that goes with its holder.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Options of a small store: write buffers that fill soon.
storage::StoreOptions SmallOptions(std::string folder, rocksdb::Env* env = nullptr);

// 2026-11-24, 10:00 in Shanghai: the stamp of revision 1.
absl::Time FirstStamp();
// One second later with each revision.
absl::Time StampOfRevision(uint64_t revision);

// The code of the organization with this number, of 五华区, with valid check characters.
std::string CodeOfNumber(int number);

log::v1::Event OrganizationEvent(std::string_view code, std::string_view display_name);
// A fine of 49,999.99 yuan. `id` is the record's.
log::v1::Event RecordEvent(std::string_view code, domain::RecordId id, std::string_view source_key);
log::v1::Event ListingEvent(const domain::ListingId& id, v1::ListingTransition transition, uint64_t revision);
log::v1::Event SourceReadEvent(std::string_view source, absl::Time as_of, bool complete);
log::v1::Event CatalogueEvent(v1::Catalogue catalogue);
// The same listing with public display until an instant.
log::v1::Event ShownUntil(log::v1::Event listing, absl::Time until);
// The organization first known by `code`, which has another code now.
log::v1::Event RecodedEvent(std::string_view code, std::string_view now, std::vector<std::string> former);
// A purchaser's report to 五华区民政局, with a complainant and a note that are sealed.
log::v1::Event CaseEvent(domain::RecordId id, std::string_view code, v1::CaseState state);
// An application for removal; the contact is sealed.
log::v1::Event ApplicationEvent(domain::RecordId id, std::string_view code, v1::ApplicationState state);
// An award of the purchaser "wuhua-office".
log::v1::Event AwardEvent(domain::RecordId id, std::vector<std::string> contractors, v1::AwardState state);
// A receipt of the purchaser "wuhua-office" and the agency "yunling".
log::v1::Event ReceiptEvent(uint64_t revision, std::string_view code);

// That these parts of a resource are destroyed.
log::v1::Event DestructionEvent(std::string_view resource, std::vector<log::v1::SealedPlace> places);

// Sealing keys of these ids, the last the newest. What they are follows from the id, so that a folder can be
// opened again.
std::shared_ptr<const storage::SealingKeys> SealingKeysOf(const std::vector<std::string>& ids);

// A Change at this revision, stamped StampOfRevision, by "officer-of-wuhua".
storage::NewChange ChangeOf(uint64_t revision, std::vector<log::v1::Event> events,
                            std::string_view request_id = {}, std::string_view request = {});

// Appends and commits one Change as a group of its own; answers its revision.
absl::StatusOr<uint64_t> CommitAlone(storage::Store& store, storage::NewChange change);
// The same at the next revision.
absl::StatusOr<uint64_t> CommitNext(storage::Store& store, std::vector<log::v1::Event> events);

// Every kind of event in a few Changes: organizations that come and are renamed, records, listings of both
// lists that come and end, readings of sources. Answers the first error.
absl::Status WriteSampleHistory(storage::Store& store);

// What WriteSampleHistory leaves out, at the revisions 1 to 6 of an empty store: a case that comes and is
// forwarded and decided, one that stays open, an application, an award that is closed and one that is active,
// a receipt, a listing with dues, and an organization whose code changed twice.
absl::Status WriteProcedureHistory(storage::Store& store);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_LEDGER_H_
