#include "storage/group.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/catalogue.h"
#include "domain/seal.h"
#include "storage/derived_rows.h"
#include "storage/digest.h"
#include "storage/head.h"
#include "storage/purge.h"
#include "storage/resources.h"
#include "storage/sealed_parts.h"

namespace chengxin::storage {

namespace {

// Asking the source of randomness costs as much for one part as for all of a group.
constexpr size_t kRandomAtOnce = 4'096;

// What an organization has on a docket, oldest first.
template <typename Resource>
absl::StatusOr<std::vector<Resource>> ReadDocket(const Rows& rows, Table table, std::string_view code,
                                                 Docket docket, bool only_open) {
  std::vector<Resource> resources;
  if (code.size() != kCodeSize) return resources;
  const std::string prefix = DocketPrefix(Party::Organization(std::string(code)), docket, only_open);
  CHENGXIN_RETURN_IF_ERROR(ScanDocket<Resource>(rows, table, prefix, std::nullopt, kNewest, Sealed::kMerge,
                                                [&](Resource resource) {
                                                  resources.push_back(std::move(resource));
                                                  return true;
                                                }));
  std::reverse(resources.begin(), resources.end());
  return resources;
}

}  // namespace

GroupImpl::GroupImpl(const Tables& tables, Head head, FoldState fold_state,
                     std::shared_ptr<const domain::CompiledCatalogue> catalogue,
                     std::shared_ptr<const Overlay> below, TableIterators idle)
    : base_(head),
      head_(std::move(head)),
      overlay_(std::make_shared<Overlay>(tables, std::move(below), std::move(idle))),
      fold_state_(fold_state),
      catalogue_(std::move(catalogue)) {}

absl::StatusOr<std::optional<v1::Organization>> GroupImpl::FindOrganization(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  if (code.size() != kCodeSize) return std::nullopt;
  return ReadResource<v1::Organization>(*overlay_, Table::kOrganizations, code, kNewest, Sealed::kMerge);
}

absl::StatusOr<std::vector<v1::CreditRecord>> GroupImpl::ListRecords(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  std::vector<v1::CreditRecord> records;
  if (code.size() != kCodeSize) return records;
  const RowIterator rows = overlay_->Iterate(Table::kRecords);
  CHENGXIN_RETURN_IF_ERROR(ScanResources<v1::CreditRecord>(
      *overlay_, *rows, Table::kRecords, code, code, kNewest, Sealed::kMerge, [&](v1::CreditRecord record) {
        records.push_back(std::move(record));
        return true;
      }));
  return records;
}

absl::StatusOr<std::optional<v1::CreditRecord>> GroupImpl::FindRecordByKey(
    std::string_view code, std::string_view source, std::string_view source_key) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadRecordByKey(*overlay_, code, source, source_key);
}

absl::StatusOr<std::vector<v1::Listing>> GroupImpl::ListListings(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  std::vector<v1::Listing> listings;
  if (code.size() != kCodeSize) return listings;
  const RowIterator rows = overlay_->Iterate(Table::kListings);
  CHENGXIN_RETURN_IF_ERROR(ScanResources<v1::Listing>(*overlay_, *rows, Table::kListings, code, code, kNewest,
                                                      Sealed::kMerge, [&](v1::Listing listing) {
                                                        listings.push_back(std::move(listing));
                                                        return true;
                                                      }));
  return listings;
}

absl::StatusOr<std::optional<log::v1::SourceRead>> GroupImpl::FindSourceRead(std::string_view source) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadSourceRead(*overlay_, source);
}

absl::StatusOr<std::optional<log::v1::SourceRead>> GroupImpl::FindCompleteRead(
    std::string_view source) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadResource<log::v1::SourceRead>(*overlay_, Table::kSources, SourceResource(source, true), kNewest,
                                           Sealed::kLeaveOut);
}

absl::StatusOr<std::optional<std::string>> GroupImpl::FirstCodeOf(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadFirstCode(*overlay_, code, kNewest);
}

absl::StatusOr<std::optional<log::v1::Standing>> GroupImpl::FindStanding(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  if (code.size() != kCodeSize) return std::nullopt;
  return ReadResource<log::v1::Standing>(*overlay_, Table::kStandings, code, kNewest, Sealed::kLeaveOut);
}

absl::StatusOr<std::optional<v1::Case>> GroupImpl::FindCase(domain::RecordId id) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadResource<v1::Case>(*overlay_, Table::kCases, RecordIdValue(id), kNewest, Sealed::kMerge);
}

absl::StatusOr<std::optional<v1::Application>> GroupImpl::FindApplication(domain::RecordId id) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadResource<v1::Application>(*overlay_, Table::kApplications, RecordIdValue(id), kNewest,
                                       Sealed::kMerge);
}

absl::StatusOr<std::optional<v1::Award>> GroupImpl::FindAward(domain::RecordId id) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadResource<v1::Award>(*overlay_, Table::kAwards, RecordIdValue(id), kNewest, Sealed::kMerge);
}

absl::StatusOr<std::optional<v1::Receipt>> GroupImpl::FindReceipt(uint64_t revision) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadResource<v1::Receipt>(*overlay_, Table::kReceipts, RevisionKey(revision), kNewest,
                                   Sealed::kMerge);
}

absl::StatusOr<std::vector<v1::Case>> GroupImpl::ListCases(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadDocket<v1::Case>(*overlay_, Table::kCases, code, Docket::kCases, /*only_open=*/false);
}

absl::StatusOr<std::vector<v1::Application>> GroupImpl::ListApplications(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadDocket<v1::Application>(*overlay_, Table::kApplications, code, Docket::kApplications,
                                     /*only_open=*/false);
}

absl::StatusOr<std::vector<v1::Award>> GroupImpl::ListActiveAwards(std::string_view code) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadDocket<v1::Award>(*overlay_, Table::kAwards, code, Docket::kAwards, /*only_open=*/true);
}

absl::StatusOr<std::vector<log::v1::SealedPlace>> GroupImpl::ListSealedParts(std::string_view name) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadSealedPlaces(*overlay_, name);
}

absl::Status GroupImpl::CheckNext(const log::v1::Change& envelope) const {
  if (envelope.revision() != head_.revision + 1) {
    return absl::FailedPreconditionError(
        StrCat("revision ", envelope.revision(), " does not follow revision ", head_.revision));
  }
  const int64_t stamp_ns = StampOf(envelope);
  if (stamp_ns <= 0 || stamp_ns == INT64_MAX || absl::FromUnixNanos(stamp_ns) <= head_.stamp) {
    return absl::FailedPreconditionError(StrCat("the stamp of revision ", envelope.revision(),
                                                " is not later than that of the one before, or not between "
                                                "1970 and 2262"));
  }
  if (envelope.events_size() != 0) return absl::InvalidArgumentError("the envelope already has events");
  return absl::OkStatus();
}

absl::Status GroupImpl::CompileCatalogue(const log::v1::Change& envelope,
                                         std::shared_ptr<const domain::CompiledCatalogue>& catalogue) const {
  for (const log::v1::Event& event : envelope.events()) {
    if (!event.has_catalogue()) continue;
    CHENGXIN_ASSIGN_OR_RETURN(catalogue, domain::CompiledCatalogue::Compile(event.catalogue()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> GroupImpl::TakeRandom(size_t count) {
  if (random_.size() - random_taken_ < count) {
    CHENGXIN_ASSIGN_OR_RETURN(random_, RandomBytes(std::max(count, kRandomAtOnce)));
    random_taken_ = 0;
  }
  const std::string_view taken = std::string_view(random_).substr(random_taken_, count);
  random_taken_ += taken.size();
  return taken;
}

absl::Status GroupImpl::SealEvents(std::string_view request, log::v1::Change& envelope,
                                   std::vector<std::string>& contents) {
  const SealingKeys* const keys = overlay_->sealing_keys();
  const size_t each = RandomPerPart(keys);
  // For the header and, at most, every event.
  CHENGXIN_ASSIGN_OR_RETURN(const std::string_view random,
                            TakeRandom((static_cast<size_t>(envelope.events_size()) + 1) * each));
  const auto salt_of = [&](uint32_t ordinal) { return random.substr(ordinal * each, kDigestSize); };
  const auto put = [&](uint32_t ordinal, std::string_view content) -> absl::Status {
    const std::string key = SealedKey(envelope.revision(), ordinal);
    CHENGXIN_ASSIGN_OR_RETURN(const std::string row,
                              SealedRow(key, random.substr(ordinal * each, each), content, keys));
    overlay_->Put(Table::kSealed, key, row);
    return absl::OkStatus();
  };
  contents.reserve(static_cast<size_t>(envelope.events_size()));
  for (log::v1::Event& event : *envelope.mutable_events()) {
    event.clear_sealed_digest();
    const std::string& content = contents.emplace_back(domain::Seal(event));
    if (content.empty()) continue;
    const auto ordinal = static_cast<uint32_t>(contents.size());
    event.set_sealed_digest(Sha256(salt_of(ordinal), content));
    CHENGXIN_RETURN_IF_ERROR(put(ordinal, content));
  }
  envelope.set_request_digest(Sha256(salt_of(0), request));
  return put(0, "");
}

absl::StatusOr<log::v1::Change> GroupImpl::Append(NewChange change) {
  if (!failure_.ok()) return failure_;
  if (closed_) return absl::FailedPreconditionError("the group is closed");
  log::v1::Change& envelope = change.envelope;
  CHENGXIN_RETURN_IF_ERROR(CheckNext(envelope));
  envelope.mutable_events()->Reserve(static_cast<int>(change.events.size()));
  for (log::v1::Event& event : change.events) envelope.mutable_events()->Add(std::move(event));
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<Place> places, PlacesOf(envelope));
  std::shared_ptr<const domain::CompiledCatalogue> catalogue = catalogue_;
  CHENGXIN_RETURN_IF_ERROR(CompileCatalogue(envelope, catalogue));

  // From here on the overlay changes: what fails now spoils the group.
  Kept kept;
  failure_ = SealEvents(change.request, envelope, kept.sealed);
  if (!failure_.ok()) return failure_;
  envelope.set_previous_leaf_hash(head_.leaf_hash);
  std::string bytes;
  AppendDeterministic(envelope, bytes);
  failure_ = Fold(envelope, places, *overlay_, fold_state_, kept.standings);
  if (!failure_.ok()) return failure_;
  overlay_->Put(Table::kLog, RevisionKey(envelope.revision()), bytes);
  NotePurge(envelope, *overlay_);

  head_ = Head{.revision = envelope.revision(),
               .stamp = absl::FromUnixNanos(StampOf(envelope)),
               .leaf_hash = LeafHash(bytes)};
  catalogue_ = std::move(catalogue);
  changes_.push_back(std::move(kept));
  return std::move(envelope);
}

absl::StatusOr<std::optional<PastRequest>> GroupImpl::FindRequest(std::string_view subject,
                                                                  std::string_view request_id,
                                                                  std::string_view request,
                                                                  absl::Time now) const {
  CHENGXIN_RETURN_IF_ERROR(failure_);
  return ReadRequest(*overlay_, subject, request_id, request, now);
}

absl::StatusOr<log::v1::Change> GroupImpl::ReadWhole(uint64_t revision) const {
  return ReadWholeChange(*overlay_, revision);
}

const GroupImpl::Kept& GroupImpl::At(uint64_t revision) const {
  static const Kept& none = *new Kept();
  if (revision <= base_.revision || revision > head_.revision) return none;
  return changes_[revision - base_.revision - 1];
}

const std::vector<log::v1::Standing>& GroupImpl::ChangedStandings(uint64_t revision) const {
  return At(revision).standings;
}

const std::vector<std::string>& GroupImpl::SealedContents(uint64_t revision) const {
  return At(revision).sealed;
}

void GroupImpl::Close() {
  if (closed_) return;
  closed_ = true;
  if (!failure_.ok() || empty()) return;
  PutFoldState(fold_state_, head_.revision, *overlay_);
  PutHead(head_, *overlay_);
}

absl::StatusOr<rocksdb::WriteBatch*> GroupImpl::batch() {
  if (!failure_.ok()) return failure_;
  return overlay_->batch();
}

}  // namespace chengxin::storage
