// The listing or record that an application or a review is about (标的). Private to domain.
#ifndef CHENGXIN_DOMAIN_APPLICATION_ITEM_H_
#define CHENGXIN_DOMAIN_APPLICATION_ITEM_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/civil_day.h"
#include "domain/decide.h"
#include "domain/listing_rules.h"
#include "domain/record_filing.h"
#include "domain/refusal.h"
#include "domain/view.h"

namespace chengxin::domain {

// Exactly one of listing and record is there.
struct ApplicationItem {
  v1::Organization organization;
  std::optional<v1::Listing> listing;
  std::optional<v1::CreditRecord> record;

  const std::string& etag() const { return listing.has_value() ? listing->etag() : record->etag(); }
};

// Whether the text names an item.
bool IsItemName(std::string_view name);

// NotFound where there is no such item, also for a name that is none.
absl::StatusOr<ApplicationItem> FindItem(std::string_view name, const View& view);

// The status for what is not there, or not to be seen by who asks.
absl::Status NoSuchItem(std::string_view name);

// The day from which there was something to apply against: of an entry its first decision, of a record its
// own day or the day it was formed or received, whichever is first. Nothing where the item does not say.
std::optional<CivilDay> FirstDayOf(const ApplicationItem& item);

// The day of the first decision that a review on the item may be of: an entry's own, or one of the records it
// rests on. Nothing where another keeps the item, for its decision is not known here.
absl::StatusOr<std::optional<CivilDay>> FirstDecisionOn(const ApplicationItem& item, const View& view);

// InvalidArgument naming the field where `day`, as YYYY-MM-DD, lies before `first`; `first_zh` and `first_en`
// say what that day is.
absl::Status CheckNotBefore(std::string_view field, std::string_view day,
                            const std::optional<CivilDay>& first, std::string_view first_zh,
                            std::string_view first_en);

// The item has ended or supports nothing any more (ITEM_ENDED).
std::optional<Refusal> RefuseEndedItem(const ApplicationItem& item);

// Writes new states of an organization's items among a decision's events. Everything given must outlive it.
class ItemWriter {
 public:
  ItemWriter(const v1::Organization& organization, const CommandContext& context, const View& view,
             Decision& decision);

  void Write(v1::ListingTransition transition, v1::Listing listing);
  // A record on which something was noted; what it supports stays.
  void Write(v1::CreditRecord record);
  // A record that supports more or less from this Change on.
  absl::Status WriteReconsidered(const v1::CreditRecord& record);
  // An item on which something was noted.
  void WriteAnnotated(const ApplicationItem& item);

  const ListingContext& context() const { return listing_context_; }

 private:
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  const ListingContext listing_context_;
  Decision& decision_;
  OrganizationFile file_;
  RecordFiler filer_;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_APPLICATION_ITEM_H_
