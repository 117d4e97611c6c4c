#include "domain/listing_ruling.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_join.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/grounds.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

absl::Status UnknownGround(std::string_view ground) {
  FieldViolations violations;
  violations.Add(
      "listing_decision.ground",
      StrCat("\"", ground,
             "\"不是两个名单的列入情形，应为ABN-01至ABN-07或SER-01至SER-08 (not a ground of the two "
             "lists; expected ABN-01 to ABN-07 or SER-01 to SER-08)"));
  return violations.ToStatus();
}

bool DecidesRevocation(const v1::Penalty& penalty) {
  return std::find(penalty.kinds().begin(), penalty.kinds().end(), v1::PENALTY_KIND_REVOCATION) !=
         penalty.kinds().end();
}

std::optional<Refusal> RefuseWithoutPenalty(const v1::Ground& row) {
  if (row.has_penalty()) return std::nullopt;
  return Refusal{
      .reason = v1::ERROR_REASON_NOTICE_REQUIRED,
      .message = StrCat(row.id(),
                        "不是因行政处罚列入的情形，应先书面告知并听取陈述申辩 (no penalty meets this "
                        "ground: notice and a statement period come first)"),
      .metadata = {{"article", row.legal_basis().zh()}}};
}

Refusal Mismatch(const std::vector<MetGround>& met, const v1::ListingDecision& decision) {
  const std::string expected =
      absl::StrJoin(met, ",", [](std::string* out, const MetGround& ground) { *out += ground.row->id(); });
  const std::string article = met.empty() ? "" : met.front().row->legal_basis().zh();
  std::string message =
      met.empty() ? StrCat("该处罚不符合任何列入情形 (the penalty meets no ground of the two lists)")
                  : StrCat("处罚达到的情形是", expected, "，不是", decision.ground(), " (the penalty meets ",
                           expected, ", not ", decision.ground(), ")");
  return Refusal{.reason = v1::ERROR_REASON_GROUND_MISMATCH,
                 .message = std::move(message),
                 .metadata = {{"expected", expected}, {"article", article}}};
}

Refusal WrongDay(std::string_view decision, std::string_view field, std::string_view what,
                 CivilDay earliest) {
  return Refusal{.reason = v1::ERROR_REASON_DECISION_DATE,
                 .message = StrCat(what, "，最早为", earliest.ToString(), " (", field, ": not before ",
                                   earliest.ToString(), ")"),
                 .metadata = {{"field", StrCat(decision, ".", field)}, {"earliest", earliest.ToString()}}};
}

std::optional<Refusal> RefuseDays(const MetGround& met, CivilDay decided_on, CivilDay effective_on,
                                  const ListingCase& listing_case) {
  if (decided_on < met.latest_decision) {
    return WrongDay(listing_case.field, "decided_on", "列入决定早于所依据的处罚决定", met.latest_decision);
  }
  if (effective_on < decided_on) {
    return WrongDay(listing_case.field, "effective_on", "列入生效日早于决定日", decided_on);
  }
  if (!met.row->moves_from_abnormal()) return std::nullopt;
  const v1::Listing* moved = FindInForce(listing_case.listings, v1::LIST_KIND_ABNORMAL);
  if (moved == nullptr) return std::nullopt;
  if (const CivilDay listed = DayOf(TimeOf(moved->effective_from())); effective_on < listed) {
    return WrongDay(listing_case.field, "effective_on", "移入生效日早于活动异常名录的列入日", listed);
  }
  return std::nullopt;
}

}  // namespace

ListingRuling Refused(Refusal refusal) {
  ListingRuling ruling;
  ruling.refusal = std::move(refusal);
  return ruling;
}

std::optional<Refusal> RefuseEnded(const v1::Organization& organization, bool decides_revocation) {
  const v1::RegistrationStatus status = organization.status();
  const bool revoked = status == v1::REGISTRATION_STATUS_REGISTRATION_REVOKED ||
                       status == v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED;
  if (status != v1::REGISTRATION_STATUS_CANCELLED && !(revoked && !decides_revocation)) return std::nullopt;
  return Refusal{
      .reason = v1::ERROR_REASON_ORGANIZATION_ENDED,
      .message = StrCat("该社会组织自", organization.status_since(),
                        "起已注销或被撤销、吊销，不能再列入 (cancelled or revoked; it can no longer be "
                        "listed)"),
      .metadata = {{"status", v1::RegistrationStatus_Name(status)}}};
}

std::optional<Refusal> RefuseWithoutLaw(const v1::Ground& row, const v1::ListingDecision& decision,
                                        std::string_view field) {
  if (!row.residual() || !decision.cited_law().empty()) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_RESIDUAL_GROUND_WITHOUT_LAW,
                 .message = StrCat(row.id(),
                                   "须引用规定应当列入的法律、行政法规 (this ground needs the law or "
                                   "administrative regulation that demands it)"),
                 .metadata = {{"field", StrCat(field, ".cited_law")}}};
}

DecidedGround DecidedOn(const v1::Ground& row, v1::ListingDecision decision, std::string record,
                        CivilDay conduct_on, const v1::Organization& organization,
                        const CompiledCatalogue& catalogue) {
  const CivilDay effective_on =
      DayAt(decision.effective_on().empty() ? decision.decided_on() : decision.effective_on());
  decision.set_effective_on(effective_on.ToString());
  decision.set_authority(organization.registration_authority());
  decision.set_remedies(catalogue.message().remedies_zh());
  return {.row = &row,
          .decision = std::move(decision),
          .record = std::move(record),
          .further_records = {},
          .conduct_on = conduct_on,
          .effective_on = effective_on,
          .in_case = "",
          .duty_outstanding = false};
}

absl::StatusOr<ListingRuling> RuleOn(const v1::ListingDecision& decision, const ListingCase& listing_case) {
  const v1::Penalty& penalty = listing_case.record.penalty();
  const CivilDay conduct_on = ConductDayOf(penalty);
  const v1::Ground* row = listing_case.catalogue.FindGround(decision.ground(), conduct_on);
  if (row == nullptr || row->origin() != v1::GROUND_ORIGIN_LISTING) return UnknownGround(decision.ground());
  if (auto refusal = RefuseEnded(listing_case.organization, DecidesRevocation(penalty))) {
    return Refused(*std::move(refusal));
  }
  if (auto refusal = RefuseWithoutLaw(*row, decision, listing_case.field))
    return Refused(*std::move(refusal));
  if (auto refusal = RefuseWithoutPenalty(*row)) return Refused(*std::move(refusal));

  const CivilDay decided_on = DayAt(decision.decided_on());
  std::vector<MetGround> met =
      GroundsMet(listing_case.record, listing_case.records, listing_case.catalogue, decided_on);
  const auto named = std::find_if(
      met.begin(), met.end(), [&](const MetGround& ground) { return ground.row->id() == decision.ground(); });
  if (named == met.end()) return Refused(Mismatch(met, decision));
  ListingRuling ruling;
  ruling.ground = DecidedOn(*named->row, decision, listing_case.record.name(), conduct_on,
                            listing_case.organization, listing_case.catalogue);
  ruling.ground.further_records = std::move(named->further_records);
  if (auto refusal = RefuseDays(*named, decided_on, ruling.ground.effective_on, listing_case)) {
    return Refused(*std::move(refusal));
  }
  return ruling;
}

}  // namespace chengxin::domain
