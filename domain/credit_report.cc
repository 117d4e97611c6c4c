#include "domain/credit_report.h"

#include <algorithm>
#include <string>
#include <utility>

#include "domain/civil_day.h"
#include "domain/merits.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

bool IsDisplayed(const v1::CreditRecord& record, absl::Time at) {
  return record.has_display_until() && at < TimeOf(record.display_until());
}

bool IsDisplayed(const v1::Listing& listing, absl::Time at) {
  return !listing.display_ended() && (!listing.has_display_until() || at < TimeOf(listing.display_until()));
}

// Whether a fact of the record holds at the instant. What has no effect of its own, as a warning that a
// listing rests on, is taken to hold until its display ends.
bool HoldsAt(const v1::CreditRecord& record, absl::Time at) {
  if (record.effects().empty()) return !record.has_display_until();
  return std::any_of(record.effects().begin(), record.effects().end(), [at](const v1::Effect& effect) {
    return (!effect.has_from() || TimeOf(effect.from()) <= at) &&
           (!effect.has_until() || at < TimeOf(effect.until()));
  });
}

// Whether the record speaks for the organization at the instant.
bool IsFavourable(const v1::CreditRecord& record, absl::Time at) {
  switch (record.content_case()) {
    case v1::CreditRecord::kHonour:
      return true;
    case v1::CreditRecord::kPerformanceEvaluation:
      return record.performance_evaluation().passed();
    case v1::CreditRecord::kContractPerformance:
      return record.contract_performance().performed();
    case v1::CreditRecord::kAssessmentLevel: {
      const std::string today = DayOf(at).ToString();
      const v1::AssessmentLevel& level = record.assessment_level();
      return level.valid_from() <= today && today <= level.valid_until();
    }
    default:
      return false;
  }
}

void AddRecord(v1::CreditRecord record, absl::Time at, ReportReader reader, v1::CreditReport& report) {
  const bool archive = reader == ReportReader::kArchive;
  if (IsOutOfUse(record)) {
    if (archive) *report.add_archived_records() = std::move(record);
  } else if (IsAdverse(record)) {
    const bool displayed = IsDisplayed(record, at);
    if (displayed || (reader != ReportReader::kPublic && HoldsAt(record, at))) {
      *report.add_adverse_records() = std::move(record);
    } else if (archive) {
      *report.add_other_records() = std::move(record);
    }
  } else if (IsFavourable(record, at)) {
    *report.add_favourable_records() = std::move(record);
  } else if (archive) {
    *report.add_other_records() = std::move(record);
  }
}

}  // namespace

bool IsInForce(const v1::Listing& listing, absl::Time at) {
  return TimeOf(listing.effective_from()) <= at && (!listing.has_ended() || at < TimeOf(listing.ended()));
}

bool IsOutOfUse(const v1::CreditRecord& record) {
  return record.has_withdrawal() || (record.has_repair() && !record.repair().has_revoked());
}

bool IsAdverse(const v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty:
    case v1::CreditRecord::kExternalListing:
    case v1::CreditRecord::kMajorViolation:
    case v1::CreditRecord::kSubstantiatedConduct:
      return true;
    case v1::CreditRecord::kAnnualInspection:
      return record.annual_inspection().conclusion() == v1::ANNUAL_CONCLUSION_UNQUALIFIED ||
             record.annual_inspection().conclusion() == v1::ANNUAL_CONCLUSION_NOT_FILED;
    case v1::CreditRecord::kInspection:
      return record.inspection().problems_found();
    case v1::CreditRecord::kTaxStanding:
      return !record.tax_standing().good();
    case v1::CreditRecord::kQualification:
      return !record.qualification().revoked_on().empty();
    case v1::CreditRecord::kPerformanceEvaluation:
      return !record.performance_evaluation().passed();
    case v1::CreditRecord::kContractPerformance:
      return !record.contract_performance().performed();
    default:
      return false;
  }
}

void FillSections(std::vector<v1::CreditRecord> records, std::vector<v1::Listing> listings, absl::Time at,
                  ReportReader reader, v1::CreditReport& report) {
  std::vector<v1::CreditRecord> in_use;
  std::copy_if(records.begin(), records.end(), std::back_inserter(in_use),
               [](const v1::CreditRecord& record) { return !IsOutOfUse(record); });
  for (v1::Merit& merit : MeritsOf(in_use, at)) *report.add_merits() = std::move(merit);
  std::for_each(records.rbegin(), records.rend(),
                [&](v1::CreditRecord& record) { AddRecord(std::move(record), at, reader, report); });
  for (auto listing = listings.rbegin(); listing != listings.rend(); ++listing) {
    if (!IsInForce(*listing, at)) {
      if (reader == ReportReader::kArchive) *report.add_archived_listings() = std::move(*listing);
    } else if (reader != ReportReader::kPublic || IsDisplayed(*listing, at)) {
      *report.add_listings() = std::move(*listing);
    }
  }
}

}  // namespace chengxin::domain
