// Awards, and the checks and receipts they rest on (rules 41 to 59).
#include "base/strings.h"
#include "tests/access/table_targets.h"

namespace chengxin {

namespace {

// A question of 文化's project; who asks for no project may say for which all the same.
template <typename Request>
Request QuestionAbout(LawOffice& office, const std::string& code) {
  Request request;
  *request.mutable_context() = office.CertificateOn(code, v1::QUERY_PURPOSE_AWARD).context();
  return request;
}

// What the public is told of the award, and what those who see it whole.
void Look(const v1::Award& award, const std::string& name, Outcome& outcome) {
  if (award.name() != name) return;
  outcome.told_public = !award.project().empty();
  outcome.done = award.terms_size() > 0;
}

}  // namespace

Target CreateAward(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return CommandOn(office, code, &Awards::CreateAward, office.AwardOn(office.Certify(kCulture, code)));
}

Target RenewAward(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const v1::Award award = office.Award(code);
  v1::RenewAwardRequest request;
  v1::ContractTerm& term = *request.mutable_term();
  term.set_starts_on((office.today() + 4).ToString());
  term.set_ends_on((office.today() + 300).ToString());
  term.set_price_fen(award.terms(0).price_fen());
  term.set_finance_approval("昆财采〔2024〕31号");
  term.set_receipt(office.Certify(kCulture, code, v1::QUERY_PURPOSE_RENEWAL).name());
  return MoveOf(office, code, &Awards::RenewAward, award, request);
}

Target CloseAward(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::CloseAwardRequest request;
  v1::AwardEvaluation& evaluation = *request.add_evaluations();
  evaluation.set_organization_code(code);
  evaluation.set_passed(true);
  evaluation.set_score_centi(9'000);
  evaluation.set_satisfaction_centi(9'000);
  evaluation.set_contract_performed(true);
  evaluation.set_evaluated_on(office.Today());
  request.set_closing_reason("双方协商提前终止");
  return MoveOf(office, code, &Awards::CloseAward, office.Award(code), request);
}

Target GetAward(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::GetAwardRequest request;
  request.set_name(office.Award(code).name());
  return {.code = code, .call = [&office, request](std::string_view who, v1::Role) {
            const auto told = office.Ask(who, &Awards::GetAward, request);
            Outcome outcome{.status = told.status};
            Look(told.response.award(), request.name(), outcome);
            return outcome;
          }};
}

Target ListAwards(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = office.Award(code).name();
  return PageOn(office, code, &Awards::ListAwards, v1::ListAwardsRequest(), &v1::ListAwardsResponse::awards,
                [name](const v1::Award& award, Outcome& outcome) { Look(award, name, outcome); });
}

Target WatchAwards(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = office.Award(code).name();
  return {.code = code, .call = [&office, name](std::string_view who, v1::Role) {
            Outcome outcome;
            const std::function<bool(const v1::WatchAwardsResponse&)> look =
                [&](const v1::WatchAwardsResponse& message) {
                  outcome.done |= message.award().name() == name;
                  return message.kind() == v1::AWARD_WATCH_KIND_AWARD;
                };
            outcome.status = office.Read(who, &Awards::WatchAwards, v1::WatchAwardsRequest(), look);
            return outcome;
          }};
}

Target CheckEligibility(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  auto request = QuestionAbout<v1::CheckEligibilityRequest>(office, code);
  request.set_organization_code(code);
  return QuestionOn(office, code, &Eligibility::CheckEligibility, request);
}

Target BatchCheckEligibility(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  auto request = QuestionAbout<v1::BatchCheckEligibilityRequest>(office, code);
  request.add_organization_codes(code);
  return QuestionOn(office, code, &Eligibility::BatchCheckEligibility, request);
}

Target CheckConsortium(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  auto request = QuestionAbout<v1::CheckConsortiumRequest>(office, code);
  request.add_member_codes(code);
  request.add_member_codes(office.Register());
  return QuestionOn(office, code, &Eligibility::CheckConsortium, request);
}

Target Certify(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return CommandOn(office, code, &Eligibility::Certify, office.CertificateOn(code, v1::QUERY_PURPOSE_AWARD));
}

Target GetReceipt(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::GetReceiptRequest request;
  request.set_name(office.Certify(kAgency, code).name());
  return QuestionOn(office, code, &Eligibility::GetReceipt, request);
}

}  // namespace chengxin
