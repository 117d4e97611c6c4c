#include "domain/record_identity.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "google/protobuf/util/message_differencer.h"

namespace chengxin::domain {

namespace {

using google::protobuf::util::MessageDifferencer;

// Texts that are written for one another, each with the form that stands for it.
constexpr std::pair<std::string_view, std::string_view> kForms[] = {
    {"〔", "["}, {"〕", "]"}, {"［", "["}, {"］", "]"}, {"【", "["}, {"】", "]"}, {"(", "["},     {")", "]"},
    {"（", "["}, {"）", "]"}, {" ", ""},   {"\t", ""},  {"\n", ""},  {"\r", ""},  {"\u3000", ""},
};

// Whether a form may begin with the byte: most texts are nearly all other bytes.
constexpr std::array<bool, 256> kBeginsForm = [] {
  std::array<bool, 256> begins{};
  for (const auto& [written, stands] : kForms) begins[static_cast<unsigned char>(written.front())] = true;
  return begins;
}();

std::string Normalized(std::string_view text) {
  std::string normalized;
  normalized.reserve(text.size());
  while (!text.empty()) {
    const auto form = !kBeginsForm[static_cast<unsigned char>(text.front())]
                          ? std::end(kForms)
                          : std::find_if(std::begin(kForms), std::end(kForms), [&](const auto& candidate) {
                              return text.starts_with(candidate.first);
                            });
    if (form == std::end(kForms)) {
      normalized += text.front();
      text.remove_prefix(1);
    } else {
      normalized += form->second;
      text.remove_prefix(form->first.size());
    }
  }
  return normalized;
}

// The day on which the item ended, where its kind has one.
std::string* EndOf(v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kExternalListing:
      return record.mutable_external_listing()->mutable_removed_on();
    case v1::CreditRecord::kInspection:
      return record.mutable_inspection()->mutable_rectified_on();
    case v1::CreditRecord::kQualification:
      return record.mutable_qualification()->mutable_revoked_on();
    default:
      return nullptr;
  }
}

bool OnlyAddsItsEnd(const v1::CreditRecord& known, const v1::CreditRecord& delivered) {
  v1::CreditRecord before = known;
  v1::CreditRecord after = delivered;
  std::string* const known_end = EndOf(before);
  std::string* const end = EndOf(after);
  if (known_end == nullptr || end == nullptr || !known_end->empty() || end->empty()) return false;
  end->clear();
  return SameContent(before, after);
}

// The legal basis of an adverse item; records of earlier releases may lack it (rule 9).
std::string* BasisOf(v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kAnnualInspection:
      return record.mutable_annual_inspection()->mutable_basis();
    case v1::CreditRecord::kQualification:
      return record.mutable_qualification()->mutable_basis();
    default:
      return nullptr;
  }
}

bool OnlyAddsItsBasis(const v1::CreditRecord& known, const v1::CreditRecord& delivered) {
  v1::CreditRecord before = known;
  v1::CreditRecord after = delivered;
  std::string* const known_basis = BasisOf(before);
  std::string* const basis = BasisOf(after);
  if (known_basis == nullptr || basis == nullptr || !known_basis->empty() || basis->empty()) return false;
  basis->clear();
  return SameContent(before, after) || OnlyAddsItsEnd(before, after);
}

// What the item said before a correction (rule 13).
bool WasSuperseded(const v1::CreditRecord& known, const v1::CreditRecord& delivered,
                   std::string_view delivering_source) {
  v1::SupersededContents superseded;
  if (!superseded.ParseFromString(known.superseded())) return false;
  return std::any_of(superseded.contents().begin(), superseded.contents().end(),
                     [&](v1::CreditRecord earlier) {
                       earlier.set_source(known.source());
                       return Compare(earlier, delivered, delivering_source) == Delivery::kSame;
                     });
}

// A day that only one of them states is no contradiction: the exchange layout (双公示) has no day of conduct.
bool SameWhereStated(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }

bool SameInLaw(const v1::Penalty& a, const v1::Penalty& b) {
  std::vector<int> kinds(a.kinds().begin(), a.kinds().end());
  std::vector<int> others(b.kinds().begin(), b.kinds().end());
  std::sort(kinds.begin(), kinds.end());
  std::sort(others.begin(), others.end());
  return kinds == others && a.fine_fen() == b.fine_fen() && a.confiscation_fen() == b.confiscation_fen() &&
         a.decided_on() == b.decided_on() && SameWhereStated(a.conduct_on(), b.conduct_on()) &&
         SameWhereStated(a.valid_until(), b.valid_until());
}

}  // namespace

v1::RecordCategory CategoryOf(const v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty:
      return v1::RECORD_CATEGORY_PENALTY;
    case v1::CreditRecord::kAnnualInspection:
      return v1::RECORD_CATEGORY_ANNUAL_REPORT;
    case v1::CreditRecord::kInspection:
      return v1::RECORD_CATEGORY_INSPECTION;
    default:
      return v1::RECORD_CATEGORY_OTHER;
  }
}

std::string NaturalKeyOf(const v1::CreditRecord& record) {
  switch (record.content_case()) {
    case v1::CreditRecord::kPenalty:
      return StrCat("penalty|", Normalized(record.penalty().organ()), "|",
                    Normalized(record.penalty().decision_number()));
    case v1::CreditRecord::kAnnualInspection:
      return StrCat("annual-inspection|", record.annual_inspection().year(), "|",
                    record.annual_inspection().concluded_on());
    case v1::CreditRecord::kInspection:
      return StrCat("inspection|", record.inspection().organ(), "|", record.inspection().subject(), "|",
                    record.inspection().concluded_on());
    case v1::CreditRecord::kExternalListing:
      return StrCat("external-listing|", record.external_listing().ground(), "|",
                    record.external_listing().entry_number(), "|", record.external_listing().listed_on());
    case v1::CreditRecord::kMajorViolation:
      return StrCat("major-violation|", record.major_violation().organ(), "|",
                    record.major_violation().decision_number());
    case v1::CreditRecord::kTaxStanding:
      return StrCat("tax-standing|", record.tax_standing().organ(), "|", record.tax_standing().as_of());
    case v1::CreditRecord::kQualification:
      return StrCat("qualification|", record.qualification().kind(), "|",
                    record.qualification().certificate_number());
    case v1::CreditRecord::kAssessmentLevel:
      return StrCat("assessment-level|", record.assessment_level().organ(), "|",
                    record.assessment_level().valid_from());
    case v1::CreditRecord::kPerformanceEvaluation:
      return StrCat("performance-evaluation|", record.performance_evaluation().purchaser(), "|",
                    record.performance_evaluation().project(), "|",
                    record.performance_evaluation().evaluated_on());
    case v1::CreditRecord::kSubstantiatedConduct:
      return StrCat("substantiated-conduct|", record.substantiated_conduct().decision_number());
    case v1::CreditRecord::kHonour:
      return StrCat("honour|", record.honour().organ(), "|", record.honour().title(), "|",
                    record.honour().conferred_on());
    case v1::CreditRecord::kContractPerformance:
      return StrCat("contract-performance|", record.contract_performance().purchaser(), "|",
                    record.contract_performance().contract(), "|", record.contract_performance().stated_on());
    case v1::CreditRecord::CONTENT_NOT_SET:
      break;
  }
  return {};
}

bool SameDecision(const v1::Penalty& a, const v1::Penalty& b) {
  return Normalized(a.decision_number()) == Normalized(b.decision_number()) &&
         Normalized(a.organ()) == Normalized(b.organ());
}

void CopyContent(const v1::CreditRecord& from, v1::CreditRecord& to) {
  to.clear_content();
  const auto* field = v1::CreditRecord::descriptor()->FindFieldByNumber(from.content_case());
  if (field == nullptr) return;
  to.GetReflection()->MutableMessage(&to, field)->CopyFrom(from.GetReflection()->GetMessage(from, field));
}

bool SameContent(const v1::CreditRecord& a, const v1::CreditRecord& b) {
  if (a.content_case() != b.content_case()) return false;
  const auto* field = v1::CreditRecord::descriptor()->FindFieldByNumber(a.content_case());
  if (field == nullptr) return true;
  return MessageDifferencer::Equals(a.GetReflection()->GetMessage(a, field),
                                    b.GetReflection()->GetMessage(b, field));
}

void Supersede(v1::CreditRecord& record) {
  v1::SupersededContents superseded;
  if (!superseded.ParseFromString(record.superseded())) superseded.Clear();
  CopyContent(record, *superseded.add_contents());
  record.set_superseded(superseded.SerializeAsString());
}

Delivery Compare(const v1::CreditRecord& known, const v1::CreditRecord& delivered,
                 std::string_view delivering_source) {
  if (SameContent(known, delivered)) return Delivery::kSame;
  const bool same_source = known.source() == delivering_source;
  if (!same_source && known.has_penalty() && delivered.has_penalty() &&
      SameInLaw(known.penalty(), delivered.penalty())) {
    return Delivery::kSame;
  }
  if (WasSuperseded(known, delivered, delivering_source)) return Delivery::kSame;
  const bool adds = OnlyAddsItsEnd(known, delivered) || OnlyAddsItsBasis(known, delivered);
  return same_source && adds ? Delivery::kEnds : Delivery::kConflicts;
}

}  // namespace chengxin::domain
