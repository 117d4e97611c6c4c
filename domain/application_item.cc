#include "domain/application_item.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/ground_standing.h"
#include "domain/item_standing.h"
#include "domain/record_summary.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

// The first code of the organization whose item it is; nothing where the name is none.
std::optional<std::string> CodeInName(std::string_view name) {
  if (auto listing = ParseListingName(name)) return std::move(listing->code);
  if (auto record = ParseRecordName(name)) return std::move(record->code);
  return std::nullopt;
}

template <typename Resource>
std::optional<Resource> FindNamed(std::vector<Resource>& resources, std::string_view name) {
  const auto found = std::find_if(resources.begin(), resources.end(),
                                  [&](const Resource& resource) { return resource.name() == name; });
  return found == resources.end() ? std::nullopt : std::optional(std::move(*found));
}

// Keeps the earlier of the two days; a text that is no day leaves it.
void KeepFirst(std::string_view text, std::optional<CivilDay>& first) {
  const std::optional<CivilDay> day = DayIn(text);
  if (day.has_value() && (!first.has_value() || *day < *first)) first = day;
}

}  // namespace

bool IsItemName(std::string_view name) { return CodeInName(name).has_value(); }

absl::Status NoSuchItem(std::string_view name) {
  return absl::NotFoundError(ToAbsl(StrCat(name, "不存在 (no such resource)")));
}

absl::StatusOr<ApplicationItem> FindItem(std::string_view name, const View& view) {
  const std::optional<std::string> code = CodeInName(name);
  if (!code.has_value()) return NoSuchItem(name);
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization, view.FindOrganization(*code));
  if (!organization.has_value()) return NoSuchItem(name);
  ApplicationItem item{.organization = *std::move(organization), .listing = {}, .record = {}};
  if (ParseListingName(name).has_value()) {
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::Listing> listings, view.ListListings(*code));
    item.listing = FindNamed(listings, name);
  } else {
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::CreditRecord> records, view.ListRecords(*code));
    item.record = FindNamed(records, name);
  }
  if (!item.listing.has_value() && !item.record.has_value()) return NoSuchItem(name);
  return item;
}

std::optional<CivilDay> FirstDayOf(const ApplicationItem& item) {
  std::optional<CivilDay> first;
  if (item.listing.has_value()) {
    KeepFirst(item.listing->first_listed_on(), first);
    for (const v1::ListingGround& ground : item.listing->grounds())
      KeepFirst(ground.decision().decided_on(), first);
  } else {
    KeepFirst(item.record->formed_on(), first);
    KeepFirst(SummaryOf(*item.record).day, first);
  }
  return first;
}

absl::StatusOr<std::optional<CivilDay>> FirstDecisionOn(const ApplicationItem& item, const View& view) {
  std::optional<CivilDay> first = FirstDayOf(item);
  if (item.record.has_value()) return item.record->has_external_listing() ? std::nullopt : first;
  CHENGXIN_ASSIGN_OR_RETURN(const Foundation foundation, ReadFoundation(item.organization, view));
  for (const v1::CreditRecord& record : foundation.records) {
    const bool named =
        std::any_of(item.listing->grounds().begin(), item.listing->grounds().end(),
                    [&](const v1::ListingGround& ground) { return NamesRecord(ground, record.name()); });
    if (named) KeepFirst(SummaryOf(record).day, first);
  }
  return first;
}

absl::Status CheckNotBefore(std::string_view field, std::string_view day,
                            const std::optional<CivilDay>& first, std::string_view first_zh,
                            std::string_view first_en) {
  const std::optional<CivilDay> given = DayIn(day);
  if (!given.has_value() || !first.has_value() || *given >= *first) return absl::OkStatus();
  FieldViolations violations;
  violations.Add(field, StrCat("不得早于", first_zh, first->ToString(), " (before ", first_en, ", ",
                               first->ToString(), ")"));
  return violations.ToStatus();
}

std::optional<Refusal> RefuseEndedItem(const ApplicationItem& item) {
  const bool ended = item.listing.has_value() ? item.listing->state() != v1::LISTING_STATE_LISTED
                                              : SupportsNothing(*item.record);
  if (!ended) return std::nullopt;
  Refusal refusal{.reason = v1::ERROR_REASON_ITEM_ENDED,
                  .message = "该项已移出、撤回或者修复 (it has ended, was withdrawn or was repaired already)",
                  .metadata = {}};
  if (item.listing.has_value()) {
    refusal.metadata["end_reason"] = v1::ListingEndReason_Name(item.listing->end_reason());
  }
  return refusal;
}

ItemWriter::ItemWriter(const v1::Organization& organization, const CommandContext& context, const View& view,
                       Decision& decision)
    : catalogue_(view.catalogue()),
      listing_context_{.catalogue = *catalogue_,
                       .organization = organization,
                       .revision = context.revision,
                       .stamp = context.stamp},
      decision_(decision),
      file_(organization, view),
      filer_("", context, *catalogue_, decision) {}

void ItemWriter::Write(v1::ListingTransition transition, v1::Listing listing) {
  *decision_.events.emplace_back().mutable_listing() =
      OutcomeOf(transition, std::move(listing), listing_context_);
}

void ItemWriter::Write(v1::CreditRecord record) { filer_.Put(std::move(record), file_); }

absl::Status ItemWriter::WriteReconsidered(const v1::CreditRecord& record) {
  return filer_.Reconsider(record, file_);
}

void ItemWriter::WriteAnnotated(const ApplicationItem& item) {
  if (item.listing.has_value()) {
    Write(v1::LISTING_TRANSITION_ANNOTATED, *item.listing);
  } else {
    Write(*item.record);
  }
}

}  // namespace chengxin::domain
