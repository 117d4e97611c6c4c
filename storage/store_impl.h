// The store: see store.h. Private to storage.
#ifndef CHENGXIN_STORAGE_STORE_IMPL_H_
#define CHENGXIN_STORAGE_STORE_IMPL_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "storage/fold.h"
#include "storage/store.h"
#include "storage/tables.h"

namespace chengxin::storage {

class StoreImpl final : public Store {
 public:
  StoreImpl(std::unique_ptr<Tables> tables, Head head, FoldState fold_state,
            std::shared_ptr<const domain::CompiledCatalogue> catalogue,
            std::optional<absl::Time> simulated_clock);

  Head head() const override;
  std::optional<absl::Time> simulated_clock() const override { return simulated_clock_; }
  absl::Status KeepSimulatedClock(absl::Time now) override;
  std::unique_ptr<Group> BeginGroup(const Group* before) override;
  absl::Status Commit(Group& group) override;
  absl::Status PurgeDestroyed() override;

  absl::StatusOr<std::string> ReadChangeBytes(uint64_t revision) const override;
  absl::StatusOr<log::v1::Change> ReadWholeChange(uint64_t revision) const override;
  absl::StatusOr<uint64_t> RevisionAt(absl::Time instant) const override;

  absl::StatusOr<std::optional<v1::Organization>> FindOrganization(std::string_view code, uint64_t at,
                                                                   Sealed sealed) const override;
  absl::StatusOr<std::optional<v1::CreditRecord>> FindRecord(std::string_view code, domain::RecordId id,
                                                             uint64_t at, Sealed sealed) const override;
  absl::StatusOr<std::optional<v1::Listing>> FindListing(const domain::ListingId& id,
                                                         uint64_t at) const override;
  absl::StatusOr<std::optional<StandingAt>> FindStanding(std::string_view code, uint64_t at) const override;
  absl::StatusOr<std::optional<CatalogueAt>> FindCatalogue(uint64_t at) const override;
  absl::StatusOr<std::optional<log::v1::SourceRead>> FindCompleteRead(std::string_view source,
                                                                      uint64_t at) const override;
  absl::StatusOr<std::optional<v1::Case>> FindCase(domain::RecordId id, uint64_t at,
                                                   Sealed sealed) const override;
  absl::StatusOr<std::optional<v1::Application>> FindApplication(domain::RecordId id, uint64_t at,
                                                                 Sealed sealed) const override;
  absl::StatusOr<std::optional<v1::Award>> FindAward(domain::RecordId id, uint64_t at) const override;
  absl::StatusOr<std::optional<v1::Receipt>> FindReceipt(uint64_t revision, uint64_t at) const override;
  absl::Status ScanCases(const Party& party, std::optional<domain::RecordId> after, bool only_open,
                         uint64_t at, Sealed sealed,
                         const std::function<bool(v1::Case)>& visit) const override;
  absl::Status ScanApplications(const Party& party, std::optional<domain::RecordId> after, bool only_open,
                                uint64_t at, Sealed sealed,
                                const std::function<bool(v1::Application)>& visit) const override;
  absl::Status ScanAwards(const Party& party, std::optional<domain::RecordId> after, bool only_open,
                          uint64_t at, const std::function<bool(v1::Award)>& visit) const override;
  absl::Status ScanReceipts(const Party& party, std::optional<uint64_t> after,
                            const std::function<bool(v1::Receipt)>& visit) const override;
  absl::Status ScanLateCaptures(const std::string& authority, std::optional<domain::RecordName> after,
                                uint64_t at, Sealed sealed,
                                const std::function<bool(v1::CreditRecord)>& visit) const override;
  absl::Status ScanDues(const std::optional<log::v1::Due>& from, absl::Time until,
                        const std::function<bool(log::v1::Due)>& visit) const override;
  absl::StatusOr<bool> HasDue(const log::v1::Due& due) const override;
  absl::StatusOr<std::optional<std::string>> FindFirstCode(std::string_view code, uint64_t at) const override;
  absl::Status ScanAliases(const std::function<void(std::string_view code, std::string_view first_code,
                                                    uint64_t revision)>& visit) const override;
  absl::Status ScanOrganizations(std::string_view after_code, uint64_t at, Sealed sealed,
                                 const std::function<bool(v1::Organization)>& visit) const override;
  absl::Status ScanRecords(std::string_view code, std::optional<domain::RecordId> after, uint64_t at,
                           Sealed sealed, const std::function<bool(v1::CreditRecord)>& visit) const override;
  absl::Status ScanListings(std::optional<domain::ListingId> after, uint64_t at,
                            const std::function<bool(v1::Listing)>& visit) const override;
  absl::StatusOr<std::vector<domain::ListingId>> ListingsChangedBetween(uint64_t from,
                                                                        uint64_t to) const override;
  absl::Status ScanStandings(
      const std::function<void(const log::v1::Standing&, uint64_t revision)>& visit) const override;
  absl::StatusOr<NameSearch> SearchNames(std::string_view text, int limit) const override;

  StoreStats Stats() const override;

 private:
  const std::unique_ptr<const Tables> tables_;
  const std::optional<absl::Time> simulated_clock_;

  mutable Mutex mu_;
  FoldState fold_state_ CHENGXIN_GUARDED_BY(mu_);
  std::shared_ptr<const domain::CompiledCatalogue> catalogue_ CHENGXIN_GUARDED_BY(mu_);
  Head head_ CHENGXIN_GUARDED_BY(mu_);
  // The first error of a write; Ok while writing goes on.
  absl::Status write_error_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_STORE_IMPL_H_
