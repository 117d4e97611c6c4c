#include "tests/support/memory_view.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/strings.h"
#include "domain/apply.h"
#include "domain/resource_names.h"

namespace chengxin {

namespace {

template <typename Values>
auto ValuesOf(const Values* by_key) {
  std::vector<typename Values::mapped_type> values;
  if (by_key == nullptr) return values;
  for (const auto& [key, value] : *by_key) values.push_back(value);
  return values;
}

template <typename Map>
const typename Map::mapped_type* Find(const Map& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// A fold of something that no decision makes: the test is wrong, or the decision is.
[[noreturn]] void Die(const log::v1::Event& event) {
  std::fprintf(stderr, "cannot fold %s\n", event.ShortDebugString().c_str());
  std::abort();
}

template <typename Resource>
void PutById(const std::optional<domain::RecordId>& id, const log::v1::Event& event, const Resource& resource,
             std::map<std::pair<uint64_t, uint32_t>, Resource>& by_id) {
  if (!id.has_value()) Die(event);
  by_id[{id->revision, id->ordinal}] = resource;
}

template <typename Resource>
std::optional<Resource> FindById(const std::map<std::pair<uint64_t, uint32_t>, Resource>& by_id,
                                 domain::RecordId id) {
  const auto found = by_id.find({id.revision, id.ordinal});
  return found == by_id.end() ? std::nullopt : std::optional(found->second);
}

template <typename Resource>
std::vector<Resource> OfOrganization(const std::map<std::pair<uint64_t, uint32_t>, Resource>& by_id,
                                     std::string_view code) {
  std::vector<Resource> found;
  for (const auto& [id, resource] : by_id) {
    if (resource.organization() == domain::OrganizationName(code)) found.push_back(resource);
  }
  return found;
}

}  // namespace

void MemoryView::Fold(const log::v1::Event& event) {
  const std::string code(domain::OrganizationCodeOf(event));
  switch (event.outcome_case()) {
    case log::v1::Event::kOrganization:
      organizations_[code] = event.organization();
      first_codes_[event.organization().code()] = code;
      for (const std::string& former : event.organization().former_codes()) first_codes_[former] = code;
      break;
    case log::v1::Event::kRecord: {
      const auto name = domain::ParseRecordName(event.record().name());
      if (!name.has_value()) Die(event);
      records_[code][{name->id.revision, name->id.ordinal}] = event.record();
      break;
    }
    case log::v1::Event::kListing: {
      const auto id = domain::ParseListingName(event.listing().listing().name());
      if (!id.has_value()) Die(event);
      listings_[code][{id->list, id->episode}] = event.listing().listing();
      break;
    }
    case log::v1::Event::kCatalogue: {
      auto compiled = domain::CompiledCatalogue::Compile(event.catalogue());
      if (!compiled.ok()) Die(event);
      catalogue_ = *std::move(compiled);
      return;
    }
    case log::v1::Event::kSourceRead:
      sources_[event.source_read().source()] = event.source_read();
      if (event.source_read().complete()) {
        complete_reads_[event.source_read().source()] = event.source_read();
      }
      return;
    case log::v1::Event::kCase:
      PutById(domain::ParseCaseName(event.case_().name()), event, event.case_(), cases_);
      return;
    case log::v1::Event::kApplication:
      PutById(domain::ParseApplicationName(event.application().name()), event, event.application(),
              applications_);
      return;
    case log::v1::Event::kAward:
      PutById(domain::ParseAwardName(event.award().name()), event, event.award(), awards_);
      return;
    case log::v1::Event::kReceipt: {
      const auto revision = domain::ParseReceiptName(event.receipt().name());
      if (!revision.has_value()) Die(event);
      receipts_[*revision] = event.receipt();
      return;
    }
    case log::v1::Event::kDestruction:
      sealed_parts_.erase(event.destruction().resource());
      return;
    case log::v1::Event::OUTCOME_NOT_SET:
      Die(event);
  }
  if (code.empty()) Die(event);
  log::v1::Standing& standing = standings_[code];
  standing.set_code(code);
  domain::Apply(event, standing);
}

absl::StatusOr<std::optional<v1::Organization>> MemoryView::FindOrganization(std::string_view code) const {
  ++organizations_read_;
  const v1::Organization* found = Find(organizations_, code);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

absl::StatusOr<std::vector<v1::CreditRecord>> MemoryView::ListRecords(std::string_view code) const {
  return ValuesOf(Find(records_, code));
}

absl::StatusOr<std::optional<v1::CreditRecord>> MemoryView::FindRecordByKey(
    std::string_view code, std::string_view source, std::string_view source_key) const {
  for (const v1::CreditRecord& record : ValuesOf(Find(records_, code))) {
    if (record.source() == source && record.source_key() == source_key) return std::optional(record);
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<v1::Listing>> MemoryView::ListListings(std::string_view code) const {
  return ValuesOf(Find(listings_, code));
}

absl::StatusOr<std::optional<log::v1::SourceRead>> MemoryView::FindSourceRead(std::string_view source) const {
  const log::v1::SourceRead* found = Find(sources_, domain::SourceName(source));
  return found == nullptr ? std::nullopt : std::optional(*found);
}

absl::StatusOr<std::optional<log::v1::SourceRead>> MemoryView::FindCompleteRead(
    std::string_view source) const {
  const log::v1::SourceRead* found = Find(complete_reads_, domain::SourceName(source));
  return found == nullptr ? std::nullopt : std::optional(*found);
}

absl::StatusOr<std::optional<std::string>> MemoryView::FirstCodeOf(std::string_view code) const {
  const std::string* found = Find(first_codes_, code);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

absl::StatusOr<std::optional<log::v1::Standing>> MemoryView::FindStanding(std::string_view code) const {
  const log::v1::Standing* found = Find(standings_, code);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

absl::StatusOr<std::optional<v1::Case>> MemoryView::FindCase(domain::RecordId id) const {
  return FindById(cases_, id);
}

absl::StatusOr<std::optional<v1::Application>> MemoryView::FindApplication(domain::RecordId id) const {
  return FindById(applications_, id);
}

absl::StatusOr<std::optional<v1::Award>> MemoryView::FindAward(domain::RecordId id) const {
  return FindById(awards_, id);
}

absl::StatusOr<std::optional<v1::Receipt>> MemoryView::FindReceipt(uint64_t revision) const {
  const auto found = receipts_.find(revision);
  return found == receipts_.end() ? std::nullopt : std::optional(found->second);
}

absl::StatusOr<std::vector<v1::Case>> MemoryView::ListCases(std::string_view code) const {
  return OfOrganization(cases_, code);
}

absl::StatusOr<std::vector<v1::Application>> MemoryView::ListApplications(std::string_view code) const {
  return OfOrganization(applications_, code);
}

absl::StatusOr<std::vector<v1::Award>> MemoryView::ListActiveAwards(std::string_view code) const {
  ++awards_looked_up_;
  std::vector<v1::Award> found;
  for (const auto& [id, award] : awards_) {
    const auto& codes = award.contractor_codes();
    if (award.state() == v1::AWARD_STATE_ACTIVE &&
        std::find(codes.begin(), codes.end(), code) != codes.end()) {
      found.push_back(award);
    }
  }
  return found;
}

absl::StatusOr<std::vector<log::v1::SealedPlace>> MemoryView::ListSealedParts(std::string_view name) const {
  const std::vector<log::v1::SealedPlace>* found = Find(sealed_parts_, name);
  return found == nullptr ? std::vector<log::v1::SealedPlace>() : *found;
}

log::v1::Standing MemoryView::StandingOf(std::string_view code) const {
  const log::v1::Standing* found = Find(standings_, code);
  return found == nullptr ? log::v1::Standing() : *found;
}

}  // namespace chengxin
