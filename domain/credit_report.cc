#include "domain/credit_report.h"

#include <algorithm>
#include <string>
#include <utility>

#include "domain/civil_day.h"
#include "domain/merits.h"
#include "domain/record_summary.h"
#include "domain/seal.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

enum class Shelf { kNone, kAdverse, kFavourable, kOther, kArchive };

bool Repaired(bool has_repair, const v1::RepairMark& repair) { return has_repair && !repair.has_revoked(); }

// Sorts items as of one instant.
class ReportClerk {
 public:
  ReportClerk(const CompiledCatalogue* catalogue, absl::Time at)
      : catalogue_(catalogue), at_(at), today_(DayOf(at).ToString()) {}

  Shelf ShelfOf(const v1::CreditRecord& record, const RecordSummary& summary) const {
    if (summary.day > today_) return Shelf::kNone;
    if (record.has_withdrawal() || Repaired(record.has_repair(), record.repair())) return Shelf::kArchive;
    if (!summary.adverse) return IsFavourable(record) ? Shelf::kFavourable : Shelf::kOther;
    if (IsInForce(record) || IsOnDisplay(record)) return Shelf::kAdverse;
    return record.has_display_until() ? Shelf::kArchive : Shelf::kOther;
  }

  Shelf ShelfOf(const v1::Listing& listing) const {
    if (at_ < TimeOf(listing.effective_from())) return Shelf::kNone;
    const bool void_now = listing.end_reason() == v1::LISTING_END_REASON_WITHDRAWN ||
                          Repaired(listing.has_repair(), listing.repair());
    const bool ended = listing.has_ended() && TimeOf(listing.ended()) <= at_;
    return void_now || ended ? Shelf::kArchive : Shelf::kAdverse;
  }

 private:
  // Whether an effect that speaks against it holds.
  bool IsInForce(const v1::CreditRecord& record) const {
    return std::any_of(record.effects().begin(), record.effects().end(), [&](const v1::Effect& effect) {
      const absl::Time from = TimeOf(effect.from());
      if (at_ < from || (effect.has_until() && TimeOf(effect.until()) <= at_)) return false;
      const v1::Ground* row =
          catalogue_ == nullptr ? nullptr : catalogue_->FindGround(effect.ground(), DayOf(from));
      return row == nullptr || row->outcome() != v1::OUTCOME_PASS;
    });
  }

  bool IsOnDisplay(const v1::CreditRecord& record) const {
    return record.has_display_until() ? at_ < TimeOf(record.display_until()) : record.has_penalty();
  }

  bool IsFavourable(const v1::CreditRecord& record) const {
    switch (record.content_case()) {
      case v1::CreditRecord::kAssessmentLevel:
        return record.assessment_level().level() >= kLowestLevelShown &&
               today_ <= record.assessment_level().valid_until();
      case v1::CreditRecord::kPerformanceEvaluation:
      case v1::CreditRecord::kHonour:
      case v1::CreditRecord::kContractPerformance:
        return true;
      default:
        return false;
    }
  }

  const CompiledCatalogue* const catalogue_;
  const absl::Time at_;
  const std::string today_;
};

struct DatedRecord {
  std::string day;
  v1::CreditRecord* record;
};

}  // namespace

v1::CreditReport MakeCreditReport(ReportSubject subject, const Knowledge& knowledge, absl::Time effective_at,
                                  ArchiveAccess archive) {
  v1::CreditReport report;
  const ReportClerk clerk(knowledge.catalogue.get(), effective_at);
  std::vector<v1::CreditRecord> standing;  // what merits may rest on
  std::vector<DatedRecord> dated;
  for (v1::CreditRecord& record : subject.records) dated.push_back({SummaryOf(record).day, &record});
  // Of one day the one recorded last comes first.
  std::reverse(dated.begin(), dated.end());
  std::stable_sort(dated.begin(), dated.end(),
                   [](const DatedRecord& a, const DatedRecord& b) { return a.day > b.day; });
  for (v1::CreditRecord& record : subject.records) {
    if (clerk.ShelfOf(record, SummaryOf(record)) == Shelf::kFavourable) standing.push_back(record);
  }
  for (v1::Merit& merit : MeritsOf(standing, effective_at)) *report.add_merits() = std::move(merit);
  for (const DatedRecord& item : dated) {
    switch (clerk.ShelfOf(*item.record, SummaryOf(*item.record))) {
      case Shelf::kAdverse:
        *report.add_adverse_records() = std::move(*item.record);
        break;
      case Shelf::kFavourable:
        *report.add_favourable_records() = std::move(*item.record);
        break;
      case Shelf::kOther:
        *report.add_other_records() = std::move(*item.record);
        break;
      case Shelf::kArchive:
        if (archive == ArchiveAccess::kRead) *report.add_archived_records() = std::move(*item.record);
        break;
      case Shelf::kNone:
        break;
    }
  }
  std::stable_sort(subject.listings.begin(), subject.listings.end(),
                   [](const v1::Listing& a, const v1::Listing& b) {
                     return TimeOf(a.effective_from()) > TimeOf(b.effective_from());
                   });
  for (v1::Listing& listing : subject.listings) {
    const Shelf shelf = clerk.ShelfOf(listing);
    if (shelf == Shelf::kAdverse) {
      *report.add_listings() = std::move(listing);
    } else if (shelf == Shelf::kArchive && archive == ArchiveAccess::kRead) {
      *report.add_archived_listings() = std::move(listing);
    }
  }
  *report.mutable_organization() = std::move(subject.organization);
  FillBasis(knowledge, effective_at, *report.mutable_basis());
  Redact(report);
  return report;
}

}  // namespace chengxin::domain
