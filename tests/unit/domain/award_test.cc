// Awards and their renewals: on which receipt, with which terms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/civil_day.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/procurement_desk.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int64_t kPriceFen = 10'000'000;

// A listing on the severe list, in force from the day on.
void ListSeverely(ProcurementDesk& desk, const std::string& code, std::string_view day) {
  const auto filed = desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kBorderFine, day, "SER-04"));
  ASSERT_TRUE(filed.ok()) << filed.status();
}
void ListAbnormally(ProcurementDesk& desk, const std::string& code, std::string_view day) {
  const auto filed = desk.bureau.Try(Bureau::Wuhua(), desk.bureau.Penalty(code, kSmallFine, day, "ABN-05"));
  ASSERT_TRUE(filed.ok()) << filed.status();
}

TEST(Rule41, AnAwardRestsOnTheReceiptOfItsPurchaserProjectAndCutOff) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Receipt receipt = desk.Certify(code);
  const v1::Award award = desk.Award(desk.Draft({code}, receipt));
  EXPECT_EQ(award.name(), "awards/" + std::to_string(award.revision()) + "-1");
  EXPECT_EQ(award.purchaser(), "purchasers/wuhua-mz");
  EXPECT_EQ(award.state(), v1::AWARD_STATE_ACTIVE);
  EXPECT_EQ(award.terms(0).receipt(), receipt.name());
  EXPECT_THAT(award.contractor_codes(), ElementsAre(code));
  EXPECT_THAT(award.verdicts(), ElementsAre(v1::VERDICT_ELIGIBLE));
  EXPECT_THAT(award.alerts(), IsEmpty());
  EXPECT_EQ(award.etag(), "r" + std::to_string(award.revision()));
  EXPECT_TRUE(award.has_create_time() && award.has_update_time());
}

TEST(Award, OneContractIsAwardedOnce) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Receipt receipt = desk.Certify(code);
  const v1::Award award = desk.Award(desk.Draft({code}, receipt));
  v1::CreateAwardRequest second = desk.Draft({code}, receipt);
  second.mutable_award()->set_contract(award.contract());
  const auto again = desk.Do(second);
  EXPECT_EQ(ReasonOf(again), "CONTRACT_TERM");
  EXPECT_EQ(MetadataOf(again, "field"), "contract");
  EXPECT_EQ(MetadataOf(again, "award"), award.name());
}

TEST(Rule41, AReceiptThatDoesNotExistIsNone) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  v1::CreateAwardRequest request = desk.Draft({code}, desk.Certify(code));
  request.mutable_award()->mutable_terms(0)->set_receipt("receipts/CX2026-000000001");
  EXPECT_EQ(ReasonOf(desk.Do(request)), "UNKNOWN_RECEIPT");
  // Nor one under another year's number.
  std::string other_year = desk.Certify(code).name();
  other_year.replace(other_year.find("2026"), 4, "2025");
  request.mutable_award()->mutable_terms(0)->set_receipt(other_year);
  EXPECT_EQ(ReasonOf(desk.Do(request)), "UNKNOWN_RECEIPT");
}

TEST(Rule41, AnotherPurchasersReceiptDoesNotDo) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const auto others =
      desk.bureau.Try(ProcurementDesk::Purchaser("purchasers/panlong-mz"), desk.Query({code}));
  ASSERT_TRUE(others.ok()) << others.status();
  const auto refused = desk.Do(desk.Draft({code}, others->events[0].receipt()));
  EXPECT_EQ(ReasonOf(refused), "RECEIPT_MISMATCH");
  EXPECT_EQ(MetadataOf(refused, "field"), "purchaser");
}

TEST(Rule41, TheAgencysReceiptForThePurchaserDoes) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  v1::CertifyRequest query = desk.Query({code});
  query.mutable_context()->set_purchaser("purchasers/wuhua-mz");
  const auto certified = desk.bureau.Try(ProcurementDesk::Agency(), query);
  ASSERT_TRUE(certified.ok()) << certified.status();
  EXPECT_EQ(ReasonOf(desk.Do(desk.Draft({code}, certified->events[0].receipt()))), "");
}

TEST(Rule41, AReceiptOfAnotherProjectCutOffPurposeOrContractorDoesNotDo) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1), other = desk.Register(2);
  const v1::Receipt receipt = desk.Certify(code);
  const auto field_of = [&](const v1::CreateAwardRequest& request) {
    const auto refused = desk.Do(request);
    return ReasonOf(refused) + " " + MetadataOf(refused, "field");
  };
  v1::CreateAwardRequest project = desk.Draft({code}, receipt);
  project.mutable_award()->set_project("五华采〔2026〕18号");
  EXPECT_EQ(field_of(project), "RECEIPT_MISMATCH project");
  v1::CreateAwardRequest cut_off = desk.Draft({code}, receipt);
  cut_off.mutable_award()->mutable_cut_off()->set_nanos(1);
  EXPECT_EQ(field_of(cut_off), "RECEIPT_MISMATCH cut_off");
  EXPECT_EQ(field_of(desk.Draft({other}, receipt)), "RECEIPT_MISMATCH contractor_codes");
  const v1::Receipt supervision = desk.Certify(
      desk.Query({code}, v1::RECEIPT_SUBJECT_ORGANIZATION, v1::QUERY_PURPOSE_CONTRACT_SUPERVISION));
  EXPECT_EQ(field_of(desk.Draft({code}, supervision)), "RECEIPT_MISMATCH purpose");
  const v1::Receipt consortium = desk.Certify(desk.Query({code, other}, v1::RECEIPT_SUBJECT_CONSORTIUM));
  EXPECT_EQ(field_of(desk.Draft({code}, consortium)), "RECEIPT_MISMATCH subject");
}

TEST(Rule41, AReceiptOfCandidatesStandsForTheOneChosen) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1), other = desk.Register(2), third = desk.Register(3);
  const v1::Receipt receipt = desk.Certify(desk.Query({other, code}, v1::RECEIPT_SUBJECT_CANDIDATES));
  EXPECT_EQ(ReasonOf(desk.Do(desk.Draft({code}, receipt))), "");
  EXPECT_EQ(MetadataOf(desk.Do(desk.Draft({third}, receipt)), "field"), "contractor_codes");
}

TEST(Rule49, AConsortiumNeedsTheReceiptOfExactlyItsMembers) {
  ProcurementDesk desk;
  const std::string first = desk.Register(1), second = desk.Register(2), third = desk.Register(3);
  v1::CreateAwardRequest request =
      desk.Draft({second, first}, desk.Certify(desk.Query({first, second}, v1::RECEIPT_SUBJECT_CONSORTIUM)));
  request.mutable_award()->set_consortium(true);
  EXPECT_EQ(ReasonOf(desk.Do(request)), "");
  for (const auto& codes : {std::vector<std::string>{first, second, third}, {first, third}}) {
    v1::CreateAwardRequest others =
        desk.Draft({first, second}, desk.Certify(desk.Query(codes, v1::RECEIPT_SUBJECT_CONSORTIUM)));
    others.mutable_award()->set_consortium(true);
    EXPECT_EQ(MetadataOf(desk.Do(others), "field"), "contractor_codes");
  }
  // Checked as candidates its members were not checked as a consortium.
  v1::CreateAwardRequest candidates =
      desk.Draft({first, second}, desk.Certify(desk.Query({first, second}, v1::RECEIPT_SUBJECT_CANDIDATES)));
  candidates.mutable_award()->set_consortium(true);
  EXPECT_EQ(MetadataOf(desk.Do(candidates), "field"), "subject");
}

TEST(Rule49, NobodyStandsTwiceInOneContract) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1), other = desk.Register(2);
  v1::CreateAwardRequest request =
      desk.Draft({code, code}, desk.Certify(desk.Query({code, other}, v1::RECEIPT_SUBJECT_CONSORTIUM)));
  request.mutable_award()->set_consortium(true);
  EXPECT_EQ(ReasonOf(desk.Do(request)), "DUPLICATE_MEMBER");
}

// Rule 41: from the window's first instant to the cut-off, both included.
TEST(Rule41, TheWindowRunsFromThirtyDaysBeforeTheCutOffUpToIt) {
  const struct {
    absl::Time certified;
    std::string_view reason;
  } cases[] = {{ShanghaiTime("2026-10-31 17:00:00"), ""},
               {ShanghaiTime("2026-10-31 17:00:00") - absl::Nanoseconds(1), "RECEIPT_OUTSIDE_WINDOW"},
               {ShanghaiTime("2026-11-30 17:00:00"), ""},
               {ShanghaiTime("2026-11-30 17:01:00"), "RECEIPT_OUTSIDE_WINDOW"}};
  for (const auto& [certified, reason] : cases) {
    ProcurementDesk desk;
    const std::string code = desk.Register(1);
    desk.bureau.SetNow(certified);
    const v1::Receipt receipt = desk.Certify(code);
    ASSERT_EQ(receipt.answers(0).verdict(), v1::VERDICT_ELIGIBLE) << receipt.printed();
    desk.SetNow("2026-11-30 18:00:00");
    const auto decision = desk.Do(desk.Draft({code}, receipt));
    EXPECT_EQ(ReasonOf(decision), reason) << absl::FormatTime(certified);
    if (!reason.empty()) {
      EXPECT_THAT(MetadataOf(decision, "from"), HasSubstr("2026-10-31T17:00:00"));
      EXPECT_THAT(MetadataOf(decision, "until"), HasSubstr("2026-11-30T17:00:00"));
    }
  }
}

TEST(Rule44, AReceiptThatSaysIneligibleForbidsTheAward) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  ListSeverely(desk, code, "2026-11-20");
  const auto refused = desk.Do(desk.Draft({code}, desk.Certify(code)));
  EXPECT_EQ(ReasonOf(refused), "RECEIPT_FORBIDS");
  EXPECT_EQ(MetadataOf(refused, "verdict"), "VERDICT_INELIGIBLE");
  EXPECT_EQ(MetadataOf(refused, "organization_code"), code);
}

// Rule 52: what cannot be told is never taken for eligible.
TEST(Rule52, AReceiptThatSaysUnknownForbidsTheAward) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  desk.bureau.SetNow(ShanghaiTime("2026-11-24 10:00:00") + absl::Hours(24 * 8 + 1));
  v1::CertifyRequest query = desk.Query({code});
  domain::SetTimestamp(ShanghaiTime("2026-12-10 17:00:00"), *query.mutable_context()->mutable_cut_off());
  const v1::Receipt receipt = desk.Certify(query);
  ASSERT_EQ(receipt.verdict(), v1::VERDICT_UNKNOWN);
  v1::CreateAwardRequest request = desk.Draft({code}, receipt);
  *request.mutable_award()->mutable_cut_off() = query.context().cut_off();
  request.mutable_award()->mutable_terms(0)->set_review_reason("照样选择");
  const auto refused = desk.Do(request);
  EXPECT_EQ(ReasonOf(refused), "RECEIPT_FORBIDS");
  EXPECT_EQ(MetadataOf(refused, "verdict"), "VERDICT_UNKNOWN");
}

TEST(Rule45, UnderReviewThePurchaserSaysWhyItSelects) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  ListAbnormally(desk, code, "2026-11-20");
  v1::CreateAwardRequest request = desk.Draft({code}, desk.Certify(code));
  const auto refused = desk.Do(request);
  EXPECT_EQ(ReasonOf(refused), "RECEIPT_FORBIDS");
  EXPECT_EQ(MetadataOf(refused, "verdict"), "VERDICT_REVIEW");
  EXPECT_EQ(MetadataOf(refused, "field"), "review_reason");
  request.mutable_award()->mutable_terms(0)->set_review_reason("已整改，风险可控");
  EXPECT_THAT(desk.Award(request).verdicts(), ElementsAre(v1::VERDICT_REVIEW));
}

// Rules 43, 44: a listing decided after the receipt that is in force at the cut-off bars all the same.
TEST(Rule44, WhatIsKnownLaterToHaveBarredAtTheCutOffForbidsTheAward) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Receipt receipt = desk.Certify(code);
  desk.SetNow("2026-12-02 10:00:00");
  ListSeverely(desk, code, "2026-11-29");
  const auto refused = desk.Do(desk.Draft({code}, receipt));
  EXPECT_EQ(ReasonOf(refused), "RECEIPT_FORBIDS");
  EXPECT_EQ(MetadataOf(refused, "verdict"), "VERDICT_INELIGIBLE");
}

// Rule 59: one that takes effect after the cut-off leaves the award, and the purchaser is told at once.
TEST(Rule59, WhatIsNewerThanTheCutOffIsAnAlertOfTheAward) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Receipt receipt = desk.Certify(code);
  desk.SetNow("2026-12-02 10:00:00");
  ListSeverely(desk, code, "2026-12-01");
  const v1::Award award = desk.Award(desk.Draft({code}, receipt));
  EXPECT_THAT(award.verdicts(), ElementsAre(v1::VERDICT_INELIGIBLE));
  ASSERT_EQ(award.alerts_size(), 1);
  EXPECT_EQ(award.alerts(0).before(), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(award.alerts(0).now(), v1::VERDICT_INELIGIBLE);
  EXPECT_EQ(award.alerts(0).cause(), "listings/" + code + "-S1");
}

TEST(Policy4, AVoucherNeedsThreeContractorsThatPass) {
  ProcurementDesk desk;
  std::vector<std::string> codes = {desk.Register(1), desk.Register(2), desk.Register(3)};
  const auto draft = [&](const std::vector<std::string>& contractors) {
    v1::CreateAwardRequest request =
        desk.Draft(contractors, desk.Certify(desk.Query(codes, v1::RECEIPT_SUBJECT_CANDIDATES)));
    request.mutable_award()->set_mode(v1::AWARD_MODE_VOUCHER);
    return request;
  };
  EXPECT_THAT(FieldsOf(desk.Do(draft({codes[0], codes[1]})).status()), ElementsAre("award.contractor_codes"));
  EXPECT_EQ(ReasonOf(desk.Do(draft({codes[0], codes[1], codes[0]}))), "DUPLICATE_MEMBER");
  EXPECT_EQ(ReasonOf(desk.Do(draft(codes))), "");
  ListSeverely(desk, codes[2], "2026-11-20");
  const auto refused = desk.Do(draft(codes));
  EXPECT_EQ(ReasonOf(refused), "RECEIPT_FORBIDS");
  EXPECT_EQ(MetadataOf(refused, "organization_code"), codes[2]);
}

// Policy section 四: a term is of one year at most; 民法典 201, 202 say where a year ends.
TEST(Policy4, ATermIsOfOneYearAtMost) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Receipt receipt = desk.Certify(code);
  const auto reason_of = [&](std::string_view starts_on, std::string_view ends_on) {
    v1::CreateAwardRequest request = desk.Draft({code}, receipt);
    request.mutable_award()->mutable_terms(0)->set_starts_on(std::string(starts_on));
    request.mutable_award()->mutable_terms(0)->set_ends_on(std::string(ends_on));
    return ReasonOf(desk.Do(request));
  };
  EXPECT_EQ(reason_of("2027-01-01", "2028-01-01"), "");
  EXPECT_EQ(reason_of("2027-01-01", "2028-01-02"), "CONTRACT_TERM");
  // From 29 February a year ends on 28 February; from 28 February it does so too, also in a leap year.
  EXPECT_EQ(reason_of("2028-02-29", "2029-02-28"), "");
  EXPECT_EQ(reason_of("2028-02-29", "2029-03-01"), "CONTRACT_TERM");
  EXPECT_EQ(reason_of("2027-02-28", "2028-02-28"), "");
  EXPECT_EQ(reason_of("2027-02-28", "2028-02-29"), "CONTRACT_TERM");
}

TEST(Policy4, ARenewalsPriceStaysWithinATenth) {
  ProcurementDesk desk;
  const v1::Award award = desk.Awarded(desk.Register(1));
  const auto renew = [&](int64_t price) {
    return desk.Do(desk.Renewal(award, "2028-01-01", "2028-12-31", price));
  };
  const auto refused = renew(kPriceFen + kPriceFen / 10 + 1);
  EXPECT_EQ(ReasonOf(refused), "CONTRACT_TERM");
  EXPECT_EQ(MetadataOf(refused, "field"), "price_fen");
  EXPECT_EQ(MetadataOf(refused, "limit"), "9000000-11000000");
  EXPECT_EQ(ReasonOf(renew(kPriceFen - kPriceFen / 10 - 1)), "CONTRACT_TERM");
  EXPECT_EQ(ReasonOf(renew(kPriceFen + kPriceFen / 10)), "");
  // The tenth is of the last term's price, in whole fen: 11,000,009 fen allow 1,100,000.
  EXPECT_EQ(desk.Current(award).terms_size(), 2);
  EXPECT_EQ(ReasonOf(desk.Do(desk.Renewal(award, "2029-01-01", "2029-12-31", 12'100'001))), "CONTRACT_TERM");
  EXPECT_EQ(ReasonOf(desk.Do(desk.Renewal(award, "2029-01-01", "2029-12-31", 12'100'000))), "");
}

TEST(Policy4, ThereAreTwoRenewalsAndThreeYearsInAll) {
  ProcurementDesk desk;
  const v1::Award award = desk.Awarded(desk.Register(1));
  EXPECT_EQ(ReasonOf(desk.Do(desk.Renewal(award, "2028-01-01", "2028-12-31", kPriceFen))), "");
  // A gap counts: three years from the first day end on 2030-01-01.
  const auto late = desk.Do(desk.Renewal(award, "2029-06-01", "2030-01-02", kPriceFen));
  EXPECT_EQ(MetadataOf(late, "limit"), "2030-01-01");
  EXPECT_EQ(ReasonOf(desk.Do(desk.Renewal(award, "2029-01-01", "2029-12-31", kPriceFen))), "");
  const auto third = desk.Do(desk.Renewal(award, "2030-01-01", "2030-01-01", kPriceFen));
  EXPECT_EQ(ReasonOf(third), "CONTRACT_TERM");
  EXPECT_EQ(MetadataOf(third, "field"), "terms");
}

TEST(Policy4, OnlyARenewableContractIsRenewedAndOnlyAfterItsTerm) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  v1::CreateAwardRequest request = desk.Draft({code}, desk.Certify(code));
  request.mutable_award()->set_renewable(false);
  const v1::Award once = desk.Award(request);
  const v1::Award award = desk.Awarded(code);
  EXPECT_EQ(MetadataOf(desk.Do(desk.Renewal(once, "2028-01-01", "2028-12-31", kPriceFen)), "field"),
            "renewable");
  EXPECT_EQ(MetadataOf(desk.Do(desk.Renewal(award, "2027-12-31", "2028-06-30", kPriceFen)), "field"),
            "starts_on");
}

// 采取逐年续签合同的，需报同级财政部门审批同意.
TEST(Policy4, ARenewalNamesTheApprovalOfTheFinanceDepartment) {
  ProcurementDesk desk;
  const v1::Award award = desk.Awarded(desk.Register(1));
  v1::RenewAwardRequest request = desk.Renewal(award, "2028-01-01", "2028-12-31", kPriceFen);
  v1::ContractTerm& term = *request.mutable_term();
  const auto wrong_fields = [&] {
    const auto refused = desk.Do(request);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
    return FieldsOf(refused.status());
  };
  std::string longest;
  for (int i = 0; i < 100; ++i) longest += "号";
  for (const std::string& none : {std::string(), std::string(" \t"), std::string("　"), longest + "号"}) {
    term.set_finance_approval(none);
    EXPECT_THAT(wrong_fields(), testing::ElementsAre("term.finance_approval")) << none;
  }
  EXPECT_EQ(desk.Current(award).terms_size(), 1);
  term.set_finance_approval(longest);
  EXPECT_EQ(ReasonOf(desk.Do(request)), "");
  EXPECT_EQ(desk.Current(award).terms(1).finance_approval(), longest);
}

TEST(Policy4, AFirstTermHasNoApprovalOfTheFinanceDepartment) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  v1::CreateAwardRequest request = desk.Draft({code}, desk.Certify(code));
  request.mutable_award()->mutable_terms(0)->set_finance_approval("五华财采〔2026〕31号");
  EXPECT_THAT(FieldsOf(desk.Do(request).status()), testing::ElementsAre("award.terms[0].finance_approval"));
  request.mutable_award()->mutable_terms(0)->clear_finance_approval();
  EXPECT_EQ(ReasonOf(desk.Do(request)), "");
}

// Rule 41: a renewal selects anew, on a receipt of its own.
TEST(Rule41, ARenewalNeedsAReceiptForItWithinTheWindowBeforeItBegins) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  v1::RenewAwardRequest request = desk.Renewal(award, "2028-01-01", "2028-12-31", kPriceFen);
  const std::string receipt = request.term().receipt();
  request.mutable_term()->set_receipt(award.terms(0).receipt());
  EXPECT_EQ(MetadataOf(desk.Do(request), "field"), "purpose");
  request.mutable_term()->set_receipt(receipt);
  request.mutable_term()->set_starts_on("2028-02-01");
  EXPECT_EQ(ReasonOf(desk.Do(request)), "RECEIPT_OUTSIDE_WINDOW");
  request.mutable_term()->set_starts_on("2028-01-01");
  EXPECT_EQ(ReasonOf(desk.Do(request)), "");
  // One that was certified after its own cut-off is none either.
  v1::RenewAwardRequest late = desk.Renewal(award, "2029-01-01", "2029-12-31", kPriceFen);
  v1::CertifyRequest query = desk.Query({code}, v1::RECEIPT_SUBJECT_ORGANIZATION, v1::QUERY_PURPOSE_RENEWAL);
  domain::SetTimestamp(desk.bureau.now() - absl::Minutes(1), *query.mutable_context()->mutable_cut_off());
  late.mutable_term()->set_receipt(desk.Certify(query).name());
  EXPECT_EQ(ReasonOf(desk.Do(late)), "RECEIPT_OUTSIDE_WINDOW");
}

TEST(Rule44, ABarredContractorIsNotRenewed) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::Award award = desk.Awarded(code);
  ListSeverely(desk, code, "2026-11-20");
  EXPECT_EQ(ReasonOf(desk.Do(desk.Renewal(award, "2028-01-01", "2028-12-31", kPriceFen))), "RECEIPT_FORBIDS");
}

TEST(Award, AStaleEtagIsAborted) {
  ProcurementDesk desk;
  const v1::Award award = desk.Awarded(desk.Register(1));
  v1::RenewAwardRequest request = desk.Renewal(award, "2028-01-01", "2028-12-31", kPriceFen);
  request.set_etag("r1");
  const auto refused = desk.bureau.Try(ProcurementDesk::Purchaser(), request);
  EXPECT_EQ(ReasonOf(refused), "STALE_ETAG");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(MetadataOf(refused, "etag"), award.etag());
}

// Rule 61: a purchaser has its own projects; of another's award it learns nothing.
TEST(Rule61, AnothersAwardIsNotFound) {
  ProcurementDesk desk;
  const v1::Award award = desk.Awarded(desk.Register(1));
  const auto refused = desk.bureau.Do(ProcurementDesk::Purchaser("purchasers/panlong-mz"),
                                      desk.Renewal(award, "2028-01-01", "2028-12-31", kPriceFen));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kNotFound);
}

TEST(Rule61, OnlyAPurchaserAwards) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  const v1::CreateAwardRequest request = desk.Draft({code}, desk.Certify(code));
  for (const v1::Principal& principal :
       {ProcurementDesk::Agency(), Bureau::Wuhua(), Bureau::Sync(), Bureau::Public()}) {
    EXPECT_EQ(ReasonOf(desk.bureau.Do(principal, request)), "ROLE_NOT_ALLOWED") << principal.subject();
  }
}

TEST(Award, SaysEveryWrongField) {
  ProcurementDesk desk;
  v1::CreateAwardRequest request;
  EXPECT_THAT(FieldsOf(desk.Do(request).status()),
              testing::UnorderedElementsAre("request_id", "award.project", "award.title", "award.contract",
                                            "award.mode", "award.cut_off", "award.terms"));
  const std::string code = desk.Register(1);
  request = desk.Draft({code}, desk.Certify(code));
  v1::ContractTerm& term = *request.mutable_award()->mutable_terms(0);
  term.set_starts_on("2027-02-29");
  term.set_ends_on("");
  term.set_price_fen(0);
  term.set_receipt("CX2026-000000001");
  EXPECT_THAT(FieldsOf(desk.Do(request).status()),
              testing::UnorderedElementsAre("award.terms[0].starts_on", "award.terms[0].ends_on",
                                            "award.terms[0].price_fen", "award.terms[0].receipt"));
}

}  // namespace
}  // namespace chengxin
