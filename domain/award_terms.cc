#include "domain/award_terms.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/decide.h"
#include "domain/money.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"

namespace chengxin::domain {

namespace {

Refusal OfTerm(std::string_view field, std::string_view limit, std::string_view why) {
  return {.reason = v1::ERROR_REASON_CONTRACT_TERM,
          .message = StrCat(why, "；实施办法四 (section 4 of the implementing measures)"),
          .metadata = {{"field", std::string(field)}, {"limit", std::string(limit)}}};
}

std::optional<Refusal> RefusePrice(Fen before, Fen now) {
  // Whole fen: a change within a tenth is one of at most the tenth rounded down.
  const Fen allowed = before / (100 / kMaximumPriceChangePercent);
  const Fen change = now > before ? now - before : before - now;
  if (change <= allowed) return std::nullopt;
  return OfTerm("price_fen", StrCat(before - allowed, "-", before + allowed),
                StrCat("价格由", FormatYuan(before), "变为", FormatYuan(now),
                       "，变化超过10%，应按新的项目重新组织实施购买 (the price changes by more than 10 %: it "
                       "is a new project)"));
}

void CheckTerm(const v1::ContractTerm& term, const FieldChecks& checks) {
  const auto starts_on = checks.RequiredDay("starts_on", term.starts_on());
  checks.NotBefore("ends_on", checks.RequiredDay("ends_on", term.ends_on()), "starts_on", starts_on);
  if (checks.Amount("price_fen", term.price_fen()))
    checks.Check(term.price_fen() > 0, "price_fen", "应大于0，单位为分 (in fen, above 0)");
  checks.Check(ParseReceiptName(term.receipt()).has_value(), "receipt",
               "应为\"receipts/{number}\" (expected \"receipts/{number}\")");
  checks.OptionalText("review_reason", term.review_reason(), kMaximumFactsLength);
}

}  // namespace

void CheckFirstTerm(const v1::ContractTerm& term, const FieldChecks& checks) {
  CheckTerm(term, checks);
  checks.Check(
      term.finance_approval().empty(), "finance_approval",
      "首个合同期不填，续签才须报财政部门审批 (none for the first term; renewals alone are approved)");
}

void CheckRenewalTerm(const v1::ContractTerm& term, const FieldChecks& checks) {
  CheckTerm(term, checks);
  checks.RequiredText("finance_approval", term.finance_approval(), kMaximumNumberLength);
}

std::optional<Refusal> RefuseTerm(const v1::ContractTerm& term) {
  const CivilDay last = AddPeriod(DayAt(term.starts_on()), {.years = kMaximumTermYears});
  if (DayAt(term.ends_on()) <= last) return std::nullopt;
  return OfTerm(
      "ends_on", last.ToString(),
      StrCat("合同履行期限不超过1年，至迟止于", last.ToString(), " (a term is of one year at most)"));
}

std::optional<Refusal> RefuseRenewal(const v1::Award& award, const v1::ContractTerm& term) {
  if (!award.renewable()) {
    return OfTerm("renewable", "false",
                  "购买内容不属于相对固定、连续性强、经费来源稳定的项目，不得续签 (the contract was not made "
                  "as a renewable one)");
  }
  if (award.terms_size() > kMaximumRenewals) {
    return OfTerm("terms", StrCat(kMaximumRenewals), "续签不得超过2次 (at most two renewals)");
  }
  const v1::ContractTerm& before = award.terms(award.terms_size() - 1);
  const CivilDay earliest = DayAt(before.ends_on()) + 1;
  if (DayAt(term.starts_on()) < earliest) {
    return OfTerm(
        "starts_on", earliest.ToString(),
        StrCat("续签的期限不得早于", earliest.ToString(), "开始 (it begins before the last one ended)"));
  }
  const CivilDay last = AddPeriod(DayAt(award.terms(0).starts_on()), {.years = kMaximumContractYears});
  if (DayAt(term.ends_on()) > last) {
    return OfTerm("ends_on", last.ToString(),
                  StrCat("合同履行期限合计不超过3年，至迟止于", last.ToString(), " (three years in all)"));
  }
  if (std::optional<Refusal> refusal = RefuseTerm(term)) return refusal;
  return RefusePrice(before.price_fen(), term.price_fen());
}

}  // namespace chengxin::domain
