#include "tests/support/memory_view.h"

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

}  // namespace

void MemoryView::Fold(const log::v1::Event& event) {
  const std::string code(domain::OrganizationCodeOf(event));
  switch (event.outcome_case()) {
    case log::v1::Event::kOrganization:
      organizations_[code] = event.organization();
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

log::v1::Standing MemoryView::StandingOf(std::string_view code) const {
  const log::v1::Standing* found = Find(standings_, code);
  return found == nullptr ? log::v1::Standing() : *found;
}

}  // namespace chengxin
