#include "storage/fold.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/apply.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "storage/derived_rows.h"
#include "storage/digest.h"
#include "storage/name_index.h"
#include "storage/resources.h"
#include "storage/sealed_parts.h"
#include "storage/status.h"

namespace chengxin::storage {

namespace {

absl::Status Misnamed(int index, std::string_view name) {
  return absl::InvalidArgumentError(
      StrCat("events[", index, "] cannot be stored: its resource's name is \"", name, "\""));
}

// A resource whose key begins with its organization's code.
absl::StatusOr<Place> PlaceOfOrganization(Table table, std::string resource,
                                          const google::protobuf::Message& message,
                                          const log::v1::Event& event, int index) {
  const std::string_view code = domain::OrganizationCodeOf(event);
  if (!resource.starts_with(code) || code.size() != kCodeSize) return Misnamed(index, code);
  return Place{table, std::move(resource), &message, code};
}

// A case, an application or an award, whose key is its own id.
template <typename Resource>
absl::StatusOr<Place> PlaceOfId(Table table, std::optional<domain::RecordId> id, const Resource& resource,
                                int index) {
  if (!id.has_value()) return Misnamed(index, resource.name());
  return Place{table, RecordIdValue(*id), &resource, {}};
}

// What belongs to the course of the law and is no part of a standing.
absl::StatusOr<Place> PlaceOfProcedure(const log::v1::Event& event, int index) {
  if (event.has_case_()) {
    return PlaceOfId(Table::kCases, domain::ParseCaseName(event.case_().name()), event.case_(), index);
  }
  if (event.has_application()) {
    const v1::Application& application = event.application();
    return PlaceOfId(Table::kApplications, domain::ParseApplicationName(application.name()), application,
                     index);
  }
  if (event.has_award()) {
    return PlaceOfId(Table::kAwards, domain::ParseAwardName(event.award().name()), event.award(), index);
  }
  const std::optional<uint64_t> revision = domain::ParseReceiptName(event.receipt().name());
  if (!revision.has_value()) return Misnamed(index, event.receipt().name());
  return Place{Table::kReceipts, RevisionKey(*revision), &event.receipt(), {}};
}

// What is destroyed lies before the Change that destroys it.
absl::StatusOr<Place> PlaceOfDestruction(const log::v1::SealedDestruction& destruction, uint64_t revision,
                                         int index) {
  for (const log::v1::SealedPlace& place : destruction.places()) {
    if (place.revision() == 0 || place.revision() >= revision) return Misnamed(index, destruction.resource());
  }
  return Place{Table::kSealed, destruction.resource(), nullptr, {}};
}

absl::StatusOr<Place> PlaceOf(const log::v1::Event& event, uint64_t revision, int index) {
  switch (event.outcome_case()) {
    case log::v1::Event::kOrganization: {
      const auto code = domain::ParseOrganizationName(event.organization().name());
      if (!code.has_value() || code->size() != kCodeSize) return Misnamed(index, event.organization().name());
      return PlaceOfOrganization(Table::kOrganizations, std::string(*code), event.organization(), event,
                                 index);
    }
    case log::v1::Event::kRecord: {
      const auto name = domain::ParseRecordName(event.record().name());
      if (!name.has_value() || name->code.size() != kCodeSize) return Misnamed(index, event.record().name());
      return PlaceOfOrganization(Table::kRecords, RecordResource(name->code, name->id), event.record(), event,
                                 index);
    }
    case log::v1::Event::kListing: {
      const v1::Listing& listing = event.listing().listing();
      const auto id = domain::ParseListingName(listing.name());
      if (!id.has_value() || id->code.size() != kCodeSize) return Misnamed(index, listing.name());
      return PlaceOfOrganization(Table::kListings, ListingResource(*id), listing, event, index);
    }
    case log::v1::Event::kCatalogue:
      return Place{Table::kCatalogues, "", &event.catalogue(), {}};
    case log::v1::Event::kSourceRead: {
      const auto id = domain::ParseSourceName(event.source_read().source());
      if (!id.has_value()) return Misnamed(index, event.source_read().source());
      return Place{
          Table::kSources, SourceResource(*id, event.source_read().complete()), &event.source_read(), {}};
    }
    case log::v1::Event::kCase:
    case log::v1::Event::kApplication:
    case log::v1::Event::kAward:
    case log::v1::Event::kReceipt:
      return PlaceOfProcedure(event, index);
    case log::v1::Event::kDestruction:
      return PlaceOfDestruction(event.destruction(), revision, index);
    case log::v1::Event::OUTCOME_NOT_SET:
      break;
  }
  return absl::InvalidArgumentError(StrCat("events[", index, "] has no outcome"));
}

// Whether the event makes its resource, so that there is no state before it: an id begins with the revision
// that made it, and a listing is listed once.
bool MakesResource(const log::v1::Event& event, const Place& place, uint64_t revision) {
  if (event.has_listing()) return event.listing().transition() == v1::LISTING_TRANSITION_LISTED;
  if (event.has_record())
    return ReadBigEndian64(std::string_view(place.resource).substr(kCodeSize)) == revision;
  return ReadBigEndian64(place.resource) == revision;
}

// The rows of a resource's newest state among `rows`; none where there is no such state.
absl::StatusOr<std::vector<DerivedRow>> DerivedRowsBefore(const Rows& rows, const log::v1::Event& event,
                                                          const Place& place) {
  log::v1::Event before;
  const auto read = [&]<typename Resource>(Resource& into) -> absl::Status {
    CHENGXIN_ASSIGN_OR_RETURN(
        std::optional<Resource> found,
        ReadResource<Resource>(rows, place.table, place.resource, kNewest, Sealed::kLeaveOut));
    if (found.has_value()) into = *std::move(found);
    return absl::OkStatus();
  };
  absl::Status status;
  if (event.has_listing()) status = read(*before.mutable_listing()->mutable_listing());
  if (event.has_case_()) status = read(*before.mutable_case_());
  if (event.has_application()) status = read(*before.mutable_application());
  if (event.has_award()) status = read(*before.mutable_award());
  if (event.has_receipt()) status = read(*before.mutable_receipt());
  if (event.has_record()) status = read(*before.mutable_record());
  CHENGXIN_RETURN_IF_ERROR(status);
  return DerivedRowsOf(before);
}

// One Change on its way into the views.
class ChangeFold {
 public:
  ChangeFold(const log::v1::Change& change, const std::vector<Place>& places, Overlay& overlay,
             std::vector<log::v1::Standing>& standings)
      : change_(change), places_(places), overlay_(overlay), standings_(standings) {}

  absl::Status Run() {
    for (int i = 0; i < change_.events_size(); ++i) CHENGXIN_RETURN_IF_ERROR(FoldEvent(i));
    PutStandings();
    PutNames();
    PutRequest();
    return absl::OkStatus();
  }

 private:
  absl::Status FoldEvent(int index) {
    const log::v1::Event& event = change_.events(index);
    const Place& place = places_[static_cast<size_t>(index)];
    const uint32_t ordinal = static_cast<uint32_t>(index) + 1;
    if (event.has_destruction()) {
      FoldDestruction(event.destruction());
      return absl::OkStatus();
    }
    if (!place.code.empty()) CHENGXIN_RETURN_IF_ERROR(FoldStanding(event, place.code));
    if (event.has_record() && !event.record().source_key().empty()) {
      const v1::CreditRecord& record = event.record();
      // The resource is the code and then the record's id.
      overlay_.Put(Table::kRecordKeys, RecordKeyKey(place.code, record.source(), record.source_key()),
                   std::string_view(place.resource).substr(kCodeSize));
    } else if (event.has_listing()) {
      overlay_.Put(Table::kListingChanges, ListingChangeKey(change_.revision(), ordinal), place.resource);
    }
    if (event.has_organization()) CHENGXIN_RETURN_IF_ERROR(FoldAliases(event.organization(), place.code));
    if (HasDerivedRows(event)) CHENGXIN_RETURN_IF_ERROR(FoldDerivedRows(event, place));
    WriteVersion(ordinal, !event.sealed_digest().empty(), *place.message, value_);
    overlay_.Put(place.table, VersionKey(place.resource, change_.revision()), value_);
    return absl::OkStatus();
  }

  // No view tells of it: what was sealed is in none.
  void FoldDestruction(const log::v1::SealedDestruction& destruction) {
    const std::string destroyed = DestroyedRow(change_.revision());
    for (const log::v1::SealedPlace& place : destruction.places()) {
      overlay_.Put(Table::kSealed, SealedKey(place.revision(), place.ordinal()), destroyed);
    }
  }

  // A code equal to the organization's own name needs no row: nearly all organizations have none.
  absl::Status FoldAliases(const v1::Organization& organization, std::string_view first_code) {
    if (organization.code() == first_code && organization.former_codes().empty()) return absl::OkStatus();
    CHENGXIN_RETURN_IF_ERROR(FoldAlias(organization.code(), first_code));
    for (const std::string& former : organization.former_codes()) {
      CHENGXIN_RETURN_IF_ERROR(FoldAlias(former, first_code));
    }
    return absl::OkStatus();
  }

  // A row that says so already keeps the revision it came with: what was asked as of a time before it is
  // answered as before.
  absl::Status FoldAlias(std::string_view code, std::string_view first_code) {
    if (code == first_code || code.size() != kCodeSize) return absl::OkStatus();
    std::string value;
    CHENGXIN_ASSIGN_OR_RETURN(const bool found, overlay_.Get(Table::kAliases, code, value));
    if (found && value.starts_with(first_code)) return absl::OkStatus();
    overlay_.Put(Table::kAliases, code,
                 AliasValue({.first_code = std::string(first_code), .revision = change_.revision()}));
    return absl::OkStatus();
  }

  // Before the event's own row is put: the state before it is still the newest.
  absl::Status FoldDerivedRows(const log::v1::Event& event, const Place& place) {
    std::string key(1, static_cast<char>(place.table));
    key.append(place.resource);
    const auto [it, first_in_change] = derived_of_.try_emplace(std::move(key));
    std::vector<DerivedRow> before = std::move(it->second);
    if (first_in_change && !MakesResource(event, place, change_.revision())) {
      CHENGXIN_ASSIGN_OR_RETURN(before, DerivedRowsBefore(overlay_, event, place));
    }
    std::vector<DerivedRow> after = DerivedRowsOf(event);
    for (const DerivedRow& row : before) {
      if (!std::binary_search(after.begin(), after.end(), row)) overlay_.Delete(row.table, row.key);
    }
    for (const DerivedRow& row : after) {
      if (!std::binary_search(before.begin(), before.end(), row)) overlay_.Put(row.table, row.key, "");
    }
    it->second = std::move(after);
    return absl::OkStatus();
  }

  // Before the event's own row is put: the name before it is still the newest.
  absl::Status FoldStanding(const log::v1::Event& event, std::string_view code) {
    const auto [it, first_in_change] = standing_of_.try_emplace(code, standings_.size());
    bool known = true;
    if (first_in_change) {
      CHENGXIN_ASSIGN_OR_RETURN(
          std::optional<log::v1::Standing> standing,
          ReadResource<log::v1::Standing>(overlay_, Table::kStandings, code, kNewest, Sealed::kLeaveOut));
      known = standing.has_value();
      standings_.push_back(known ? *std::move(standing) : log::v1::Standing());
      if (!known) standings_.back().set_code(code.data(), code.size());
    }
    if (event.has_organization()) {
      // Every organization has a standing: without one there is no name to take out of the index.
      std::string before;
      if (known) {
        CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> organization,
                                  ReadResource<v1::Organization>(overlay_, Table::kOrganizations, code,
                                                                 kNewest, Sealed::kLeaveOut));
        if (organization.has_value()) before = organization->display_name();
      }
      AppendNameChanges(before, event.organization().display_name(), code, names_);
    }
    domain::Apply(event, standings_[it->second]);
    return absl::OkStatus();
  }

  void PutStandings() {
    for (const auto& [code, index] : standing_of_) {
      WriteVersion(0, false, standings_[index], value_);
      overlay_.Put(Table::kStandings, VersionKey(code, change_.revision()), value_);
    }
  }

  // In order, which the memtable inserts fastest; of several changes of one key the last.
  void PutNames() {
    std::stable_sort(names_.begin(), names_.end(),
                     [](const NameKeyChange& a, const NameKeyChange& b) { return a.key < b.key; });
    for (size_t i = 0; i < names_.size(); ++i) {
      if (i + 1 < names_.size() && names_[i + 1].key == names_[i].key) continue;
      if (names_[i].added) {
        overlay_.Put(Table::kNames, names_[i].key, "");
      } else {
        overlay_.Delete(Table::kNames, names_[i].key);
      }
    }
  }

  void PutRequest() {
    std::string stamp_value = RevisionKey(change_.revision());
    if (!change_.request_id().empty()) {
      const std::string key = RequestKey(change_.actor().subject(), change_.request_id());
      overlay_.Put(Table::kRequests, key,
                   RequestValue({.revision = change_.revision(),
                                 .stamp_ns = StampOf(change_),
                                 .digest = change_.request_digest()}));
      stamp_value.append(key);
    }
    overlay_.Put(Table::kStamps, StampKey(StampOf(change_)), stamp_value);
  }

  const log::v1::Change& change_;
  const std::vector<Place>& places_;
  Overlay& overlay_;
  std::vector<log::v1::Standing>& standings_;
  absl::flat_hash_map<std::string_view, size_t> standing_of_;
  std::vector<NameKeyChange> names_;
  // Of the resources that this Change has touched, by table and key.
  absl::flat_hash_map<std::string, std::vector<DerivedRow>> derived_of_;
  std::string value_;
};

// Forgets the request of one row of `stamps`, unless the same request_id was used again since.
absl::Status ForgetRequest(std::string_view stamp_value, Overlay& overlay) {
  if (stamp_value.size() != kRevisionSize + kDigestSize) return absl::OkStatus();  // there was no request_id
  const std::string key(stamp_value.substr(kRevisionSize));
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, overlay.Get(Table::kRequests, key, value));
  if (!found) return absl::OkStatus();
  const std::optional<RequestRow> row = ParseRequestValue(value);
  if (!row.has_value()) return Unreadable(Table::kRequests, key);
  if (row->revision == ReadBigEndian64(stamp_value)) overlay.Delete(Table::kRequests, key);
  return absl::OkStatus();
}

absl::Status ForgetRequests(int64_t stamp_ns, Overlay& overlay, FoldState& state) {
  const int64_t forgotten_ns = stamp_ns - absl::ToInt64Nanoseconds(kRequestRetention);
  if (state.next_stamp_ns.has_value() && *state.next_stamp_ns > forgotten_ns) return absl::OkStatus();
  const RowIterator rows = overlay.Iterate(Table::kStamps);
  rows->Seek(StampKey(state.request_horizon_ns + 1));
  for (int forgotten = 0; rows->Valid(); ++forgotten) {
    const int64_t ns = static_cast<int64_t>(ReadBigEndian64(ViewOf(rows->key())));
    state.next_stamp_ns = ns;
    if (ns > forgotten_ns || forgotten == kForgottenPerChange) break;
    CHENGXIN_RETURN_IF_ERROR(ForgetRequest(ViewOf(rows->value()), overlay));
    state.request_horizon_ns = ns;
    rows->Next();
  }
  return ToStatus(rows->status(), "read stamps");
}

}  // namespace

int64_t StampOf(const log::v1::Change& change) { return absl::ToUnixNanos(domain::TimeOf(change.stamp())); }

absl::StatusOr<std::vector<Place>> PlacesOf(const log::v1::Change& change) {
  std::vector<Place> places;
  places.reserve(static_cast<size_t>(change.events_size()));
  for (int i = 0; i < change.events_size(); ++i) {
    CHENGXIN_ASSIGN_OR_RETURN(Place place, PlaceOf(change.events(i), change.revision(), i));
    places.push_back(std::move(place));
  }
  return places;
}

absl::StatusOr<FoldState> ReadFoldState(const Rows& rows) {
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool found, rows.Get(Table::kMeta, kRequestHorizonKey, value));
  if (!found) return FoldState{};
  if (value.size() != 8) return Unreadable(Table::kMeta, kRequestHorizonKey);
  return FoldState{.request_horizon_ns = static_cast<int64_t>(ReadBigEndian64(value)),
                   .next_stamp_ns = std::nullopt};
}

absl::Status Fold(const log::v1::Change& change, const std::vector<Place>& places, Overlay& overlay,
                  FoldState& state, std::vector<log::v1::Standing>& standings) {
  CHENGXIN_RETURN_IF_ERROR(ChangeFold(change, places, overlay, standings).Run());
  // The Change's own stamp is among the rows now, and too young: there is always a next one to remember.
  return ForgetRequests(StampOf(change), overlay, state);
}

void PutFoldState(const FoldState& state, uint64_t revision, Overlay& overlay) {
  overlay.Put(Table::kMeta, kViewsKey, RevisionKey(revision));
  overlay.Put(Table::kMeta, kRequestHorizonKey, StampKey(state.request_horizon_ns));
}

}  // namespace chengxin::storage
