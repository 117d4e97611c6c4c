#include "domain/favour.h"

#include <string>
#include <utility>

#include "domain/civil_day.h"

namespace chengxin::domain {

namespace {

// A record that speaks to the condition: its place among others of its kind, and since when it is in favour;
// an empty day where it is not. Days as YYYY-MM-DD compare as texts.
struct Voice {
  std::pair<int, std::string_view> rank;
  std::string_view ground;
  std::string_view since;
};

std::optional<Voice> VoiceOf(const v1::AnnualInspection& inspection, std::string_view today) {
  if (inspection.concluded_on() > today) return std::nullopt;
  const bool good = inspection.conclusion() == v1::ANNUAL_CONCLUSION_QUALIFIED ||
                    inspection.conclusion() == v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED ||
                    inspection.conclusion() == v1::ANNUAL_CONCLUSION_FILED;
  return Voice{{inspection.year(), inspection.concluded_on()},
               "INS-03",
               good ? std::string_view(inspection.concluded_on()) : std::string_view()};
}

std::optional<Voice> VoiceOf(const v1::Inspection& inspection, std::string_view today) {
  if (inspection.subject() != v1::INSPECTION_SUBJECT_FINANCE || inspection.concluded_on() > today)
    return std::nullopt;
  const bool rectified = !inspection.rectified_on().empty() && inspection.rectified_on() <= today;
  std::string_view since;
  if (!inspection.problems_found()) since = inspection.concluded_on();
  if (inspection.problems_found() && rectified) since = inspection.rectified_on();
  return Voice{{0, inspection.concluded_on()}, "FIN-02", since};
}

std::optional<Voice> VoiceOf(const v1::TaxStanding& standing, std::string_view today) {
  if (standing.as_of() > today) return std::nullopt;
  return Voice{{0, standing.as_of()},
               "TAX-03",
               standing.good() ? std::string_view(standing.as_of()) : std::string_view()};
}

// Certificates do not take each other's place: the latest of those that hold.
std::optional<Voice> VoiceOf(const v1::Qualification& certificate, std::string_view kind,
                             std::string_view today) {
  const bool ended = (!certificate.valid_until().empty() && certificate.valid_until() < today) ||
                     (!certificate.revoked_on().empty() && certificate.revoked_on() <= today);
  if (kind.empty() || certificate.kind() != kind || certificate.valid_from() > today || ended)
    return std::nullopt;
  return Voice{{0, certificate.valid_from()}, "QUA-02", certificate.valid_from()};
}

std::optional<Voice> VoiceOf(v1::Condition condition, std::string_view kind, const v1::CreditRecord& record,
                             std::string_view today) {
  switch (record.content_case()) {
    case v1::CreditRecord::kAnnualInspection:
      if (condition == v1::CONDITION_GOVERNANCE) return VoiceOf(record.annual_inspection(), today);
      break;
    case v1::CreditRecord::kInspection:
      if (condition == v1::CONDITION_ACCOUNTING) return VoiceOf(record.inspection(), today);
      break;
    case v1::CreditRecord::kQualification:
      if (condition == v1::CONDITION_CAPABILITY) return VoiceOf(record.qualification(), kind, today);
      break;
    case v1::CreditRecord::kTaxStanding:
      if (condition == v1::CONDITION_TAX_AND_SOCIAL_SECURITY) return VoiceOf(record.tax_standing(), today);
      break;
    default:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fact> FavourOf(v1::Condition condition, std::string_view kind,
                             absl::Span<const v1::CreditRecord> records, absl::Time effective_at) {
  if (records.empty()) return std::nullopt;
  const std::string today = DayOf(effective_at).ToString();
  std::optional<Voice> latest;
  const v1::CreditRecord* behind = nullptr;
  for (const v1::CreditRecord& record : records) {
    if (record.has_withdrawal()) continue;  // supports nothing (rule 39)
    const std::optional<Voice> voice = VoiceOf(condition, kind, record, today);
    if (!voice.has_value() || (latest.has_value() && voice->rank < latest->rank)) continue;
    latest = voice;
    behind = &record;
  }
  if (behind == nullptr || latest->since.empty()) return std::nullopt;
  const auto since = CivilDay::Parse(latest->since);
  Fact fact;
  fact.ground = std::string(latest->ground);
  fact.reference = behind->name();
  fact.subject = std::string(kind);
  if (since.ok()) fact.from_ns = absl::ToUnixNanos(StartOfDay(*since));
  return fact;
}

}  // namespace chengxin::domain
