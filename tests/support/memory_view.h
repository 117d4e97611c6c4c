// The state that decisions are read from, in maps: a View that folds events without a store.
#ifndef CHENGXIN_TESTS_SUPPORT_MEMORY_VIEW_H_
#define CHENGXIN_TESTS_SUPPORT_MEMORY_VIEW_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/standing.pb.h"
#include "domain/view.h"

namespace chengxin {

// Holds whole resources, sealed fields included, by their names. One thread.
class MemoryView : public domain::View {
 public:
  // `catalogue` is the one in force; null for none.
  explicit MemoryView(std::shared_ptr<const domain::CompiledCatalogue> catalogue)
      : catalogue_(std::move(catalogue)) {}

  // Puts the outcome of one event where it is read from.
  void Fold(const log::v1::Event& event);

  std::shared_ptr<const domain::CompiledCatalogue> catalogue() const override { return catalogue_; }
  absl::StatusOr<std::optional<v1::Organization>> FindOrganization(std::string_view code) const override;
  absl::StatusOr<std::vector<v1::CreditRecord>> ListRecords(std::string_view code) const override;
  absl::StatusOr<std::optional<v1::CreditRecord>> FindRecordByKey(std::string_view code,
                                                                  std::string_view source,
                                                                  std::string_view source_key) const override;
  absl::StatusOr<std::vector<v1::Listing>> ListListings(std::string_view code) const override;
  absl::StatusOr<std::optional<log::v1::SourceRead>> FindSourceRead(std::string_view source) const override;
  absl::StatusOr<std::optional<log::v1::SourceRead>> FindCompleteRead(std::string_view source) const override;
  absl::StatusOr<std::optional<std::string>> FirstCodeOf(std::string_view code) const override;
  absl::StatusOr<std::optional<log::v1::Standing>> FindStanding(std::string_view code) const override;
  absl::StatusOr<std::optional<v1::Case>> FindCase(domain::RecordId id) const override;
  absl::StatusOr<std::optional<v1::Application>> FindApplication(domain::RecordId id) const override;
  absl::StatusOr<std::optional<v1::Award>> FindAward(domain::RecordId id) const override;
  absl::StatusOr<std::optional<v1::Receipt>> FindReceipt(uint64_t revision) const override;
  absl::StatusOr<std::vector<v1::Case>> ListCases(std::string_view code) const override;
  absl::StatusOr<std::vector<v1::Application>> ListApplications(std::string_view code) const override;
  absl::StatusOr<std::vector<v1::Award>> ListActiveAwards(std::string_view code) const override;
  absl::StatusOr<std::vector<log::v1::SealedPlace>> ListSealedParts(std::string_view name) const override;

  // Says where what is sealed of a resource lies: events do not tell. Their destruction takes it away.
  void PutSealedParts(const std::string& name, std::vector<log::v1::SealedPlace> places) {
    sealed_parts_[name] = std::move(places);
  }

  // The fold that checks are answered from; empty where the organization is not known.
  log::v1::Standing StandingOf(std::string_view code) const;
  // How often FindOrganization was asked.
  int organizations_read() const { return organizations_read_; }
  // How often ListActiveAwards was asked.
  int awards_looked_up() const { return awards_looked_up_; }

 private:
  std::shared_ptr<const domain::CompiledCatalogue> catalogue_;
  std::map<std::string, v1::Organization, std::less<>> organizations_;  // by code
  // By code, then by revision and ordinal, or by list and episode: the orders of the lists.
  std::map<std::string, std::map<std::pair<uint64_t, uint32_t>, v1::CreditRecord>, std::less<>> records_;
  std::map<std::string, std::map<std::pair<int, uint32_t>, v1::Listing>, std::less<>> listings_;
  std::map<std::string, log::v1::SourceRead, std::less<>> sources_;  // by "sources/{id}"
  std::map<std::string, log::v1::SourceRead, std::less<>> complete_reads_;
  std::map<std::string, std::string, std::less<>> first_codes_;  // by any code
  // In the order in which they were made.
  std::map<std::pair<uint64_t, uint32_t>, v1::Case> cases_;
  std::map<std::pair<uint64_t, uint32_t>, v1::Application> applications_;
  std::map<std::pair<uint64_t, uint32_t>, v1::Award> awards_;
  std::map<uint64_t, v1::Receipt> receipts_;
  std::map<std::string, std::vector<log::v1::SealedPlace>, std::less<>> sealed_parts_;  // by name
  std::map<std::string, log::v1::Standing, std::less<>> standings_;                     // by code
  mutable int organizations_read_ = 0;
  mutable int awards_looked_up_ = 0;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_MEMORY_VIEW_H_
