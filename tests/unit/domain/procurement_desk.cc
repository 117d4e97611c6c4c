#include "tests/unit/domain/procurement_desk.h"

#include <cstdio>
#include <cstdlib>

#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin {

namespace {

constexpr int64_t kPriceFen = 10'000'000;

[[noreturn]] void Die(std::string_view what, const absl::Status& status) {
  std::fprintf(stderr, "%s: %s\n", std::string(what).c_str(), status.ToString().c_str());
  std::abort();
}

domain::Decision Must(std::string_view what, absl::StatusOr<domain::Decision> decision) {
  if (!decision.ok()) Die(what, decision.status());
  return *std::move(decision);
}

}  // namespace

absl::Time ShanghaiTime(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime("%Y-%m-%d %H:%M:%S", std::string(text), domain::Shanghai(), &time, &error))
    std::abort();
  return time;
}

ProcurementDesk::ProcurementDesk() { ReadSources(); }

void ProcurementDesk::ReadSources() {
  for (const v1::Source& source : bureau.view().catalogue()->message().sources()) {
    const auto known = *bureau.view().FindSourceRead(source.id());
    if (known.has_value() && bureau.now() < domain::TimeOf(known->as_of())) continue;
    if (source.kind() == v1::SOURCE_KIND_REGISTRY) {
      v1::ImportOrganizationsRequest request = bureau.Batch({});
      request.set_source(domain::SourceName(source.id()));
      request.set_end_of_run(true);
      request.set_complete(true);
      Must("read a register", bureau.Try(Bureau::Sync(request.source()), request));
    } else if (source.kind() != v1::SOURCE_KIND_LISTS) {
      v1::ImportRecordsRequest request = bureau.Records(domain::SourceName(source.id()), "", {});
      request.set_end_of_run(true);
      request.set_complete(true);
      Must("read a source", bureau.Try(Bureau::Sync(request.source()), request));
    }
  }
}

void ProcurementDesk::SetNow(std::string_view text) { bureau.SetNow(ShanghaiTime(text)); }

v1::CertifyRequest ProcurementDesk::Query(const std::vector<std::string>& codes, v1::ReceiptSubject subject,
                                          v1::QueryPurpose purpose) {
  v1::CertifyRequest request;
  for (const std::string& code : codes) request.add_organization_codes(code);
  request.set_subject(subject);
  request.mutable_context()->set_purpose(purpose);
  request.mutable_context()->set_project("五华采〔2026〕17号");
  domain::SetTimestamp(ShanghaiTime("2026-11-30 17:00:00"), *request.mutable_context()->mutable_cut_off());
  request.set_request_id(bureau.NextRequestId());
  return request;
}

v1::Receipt ProcurementDesk::Certify(const v1::CertifyRequest& request) {
  return Must("certify", bureau.Try(Purchaser(), request)).events.front().receipt();
}

v1::CreateAwardRequest ProcurementDesk::Draft(const std::vector<std::string>& codes,
                                              const v1::Receipt& receipt) {
  v1::CreateAwardRequest request;
  v1::Award& award = *request.mutable_award();
  award.set_project("五华采〔2026〕17号");
  award.set_title("社区居家养老服务");
  award.set_mode(v1::AWARD_MODE_SINGLE);
  for (const std::string& code : codes) award.add_contractor_codes(code);
  domain::SetTimestamp(ShanghaiTime("2026-11-30 17:00:00"), *award.mutable_cut_off());
  award.set_contract("五华购〔2026〕" + std::to_string(contract_++) + "号");
  v1::ContractTerm& term = *award.add_terms();
  term.set_starts_on("2027-01-01");
  term.set_ends_on("2027-12-31");
  term.set_price_fen(kPriceFen);
  term.set_receipt(receipt.name());
  award.set_renewable(true);
  request.set_request_id(bureau.NextRequestId());
  return request;
}

v1::Award ProcurementDesk::Award(const v1::CreateAwardRequest& request) {
  return Must("award", bureau.Try(Purchaser(), request)).events.front().award();
}

v1::RenewAwardRequest ProcurementDesk::Renewal(const v1::Award& award, std::string_view starts_on,
                                               std::string_view ends_on, int64_t price_fen) {
  const domain::CivilDay start = domain::CivilDay::Parse(starts_on).value();
  bureau.SetDay((start - 10).ToString());
  ReadSources();
  v1::CertifyRequest query =
      Query({award.contractor_codes(0)}, v1::RECEIPT_SUBJECT_ORGANIZATION, v1::QUERY_PURPOSE_RENEWAL);
  domain::SetTimestamp(domain::StartOfDay(start - 5), *query.mutable_context()->mutable_cut_off());
  v1::RenewAwardRequest request;
  v1::ContractTerm& term = *request.mutable_term();
  term.set_receipt(Certify(query).name());
  term.set_starts_on(std::string(starts_on));
  term.set_ends_on(std::string(ends_on));
  term.set_price_fen(price_fen);
  term.set_finance_approval("五华财采〔2027〕31号");
  request.set_name(award.name());
  request.set_etag(Current(award).etag());
  request.set_request_id(bureau.NextRequestId());
  return request;
}

v1::CloseAwardRequest ProcurementDesk::Closing(const v1::Award& award) {
  v1::CloseAwardRequest request;
  request.set_name(award.name());
  request.set_etag(Current(award).etag());
  request.set_request_id(bureau.NextRequestId());
  for (const std::string& code : award.contractor_codes()) {
    v1::AwardEvaluation& evaluation = *request.add_evaluations();
    evaluation.set_organization_code(code);
    evaluation.set_passed(true);
    evaluation.set_score_centi(9'250);
    evaluation.set_satisfaction_centi(9'600);
    evaluation.set_contract_performed(true);
    evaluation.set_evaluated_on(domain::DayOf(bureau.now()).ToString());
  }
  return request;
}

v1::Award ProcurementDesk::Current(const v1::Award& award) const {
  return (*bureau.view().FindAward(domain::ParseAwardName(award.name()).value())).value();
}

v1::Principal ProcurementDesk::Purchaser(std::string_view unit) {
  v1::Principal principal;
  principal.set_subject("buyer-of-wuhua");
  principal.set_role(v1::ROLE_PURCHASER);
  principal.set_unit(std::string(unit));
  return principal;
}

v1::Principal ProcurementDesk::Agency() {
  v1::Principal principal;
  principal.set_subject("agent-of-km");
  principal.set_role(v1::ROLE_AGENCY);
  principal.set_unit("purchasers/km-agency");
  principal.add_entrustments("purchasers/wuhua-mz");
  return principal;
}

}  // namespace chengxin
