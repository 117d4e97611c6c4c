// The group: see store.h. Private to storage.
#ifndef CHENGXIN_STORAGE_GROUP_H_
#define CHENGXIN_STORAGE_GROUP_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/fold.h"
#include "storage/overlay.h"
#include "storage/store.h"

namespace chengxin::storage {

class GroupImpl final : public Group {
 public:
  // `below` holds the rows of the group before, where that is not in the tables yet.
  GroupImpl(const Tables& tables, Head head, FoldState fold_state,
            std::shared_ptr<const domain::CompiledCatalogue> catalogue, std::shared_ptr<const Overlay> below,
            TableIterators idle);

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

  absl::StatusOr<log::v1::Change> Append(NewChange change) override;
  absl::StatusOr<std::optional<PastRequest>> FindRequest(std::string_view subject,
                                                         std::string_view request_id,
                                                         std::string_view request,
                                                         absl::Time now) const override;
  absl::StatusOr<log::v1::Change> ReadWhole(uint64_t revision) const override;
  const std::vector<log::v1::Standing>& ChangedStandings(uint64_t revision) const override;
  const std::vector<std::string>& SealedContents(uint64_t revision) const override;
  bool empty() const override { return changes_.empty(); }
  size_t batch_bytes() const override { return overlay_->bytes(); }
  uint64_t revision() const override { return head_.revision; }
  void Close() override;
  void LetGo() override { overlay_->LetGo(); }

  // Where the log stood before the group, and where it stands with it.
  const Head& base() const { return base_; }
  const Head& head() const { return head_; }
  const FoldState& fold_state() const { return fold_state_; }
  std::shared_ptr<const Overlay> overlay() const { return overlay_; }
  // The whole batch of a closed group, `meta` included; or why the group cannot be written: an Append failed
  // half way.
  absl::StatusOr<rocksdb::WriteBatch*> batch();

 private:
  // What is kept of a Change of the group.
  struct Kept {
    std::vector<log::v1::Standing> standings;
    std::vector<std::string> sealed;  // by event
  };

  // Of the group's Change at `revision`; of another nothing.
  const Kept& At(uint64_t revision) const;
  // So many random bytes that were never given before; valid until the next call.
  absl::StatusOr<std::string_view> TakeRandom(size_t count);
  // Sets digests and puts the sealed parts of the events, whose sealed fields it takes out into `contents`.
  absl::Status SealEvents(std::string_view request, log::v1::Change& envelope,
                          std::vector<std::string>& contents);
  absl::Status CheckNext(const log::v1::Change& envelope) const;
  // Compiles what the Change activates, if it does.
  absl::Status CompileCatalogue(const log::v1::Change& envelope,
                                std::shared_ptr<const domain::CompiledCatalogue>& catalogue) const;

  const Head base_;
  Head head_;
  const std::shared_ptr<Overlay> overlay_;
  bool closed_ = false;
  FoldState fold_state_;
  std::shared_ptr<const domain::CompiledCatalogue> catalogue_;
  std::string random_;
  size_t random_taken_ = 0;
  std::vector<Kept> changes_;
  // Why the group is spoiled: the overlay holds a part of a Change.
  absl::Status failure_;
};

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_GROUP_H_
