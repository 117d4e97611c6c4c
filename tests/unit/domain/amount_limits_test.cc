// Amounts from outside are at most 10^12 yuan, the command line's limit and the server's: rule 11.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>

#include "domain/money.h"
#include "tests/support/catalogue_files.h"
#include "tests/unit/domain/procurement_desk.h"

namespace chengxin {
namespace {

using domain::kLargestAmount;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What came before there was a limit.
constexpr int64_t kBeyond = 10 * kLargestAmount;

TEST(Rule11, TheLimitIsATrillionYuan) { EXPECT_EQ(kLargestAmount, *domain::ParseYuan("1,000,000,000,000")); }

TEST(Rule11, AmountsOfAPenaltyReachTheLimitAndNotOneFenMore) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto judge = [&](const std::function<void(v1::Penalty&)>& fill) {
    v1::CreateRecordRequest request = bureau.Penalty(code, kBorderFine, "2026-11-20");
    request.mutable_record()->mutable_penalty()->add_kinds(v1::PENALTY_KIND_CONFISCATION);
    fill(*request.mutable_record()->mutable_penalty());
    return domain::Validate(request, bureau.now());
  };
  EXPECT_TRUE(judge([](v1::Penalty& penalty) {
                penalty.set_fine_fen(kLargestAmount);
                penalty.set_confiscation_fen(kLargestAmount);
                penalty.set_sector_large_fine_fen(kLargestAmount);
              }).ok());
  const absl::Status refused = judge([](v1::Penalty& penalty) {
    penalty.set_fine_fen(kLargestAmount + 1);
    penalty.set_confiscation_fen(kBeyond);
    penalty.set_sector_large_fine_fen(INT64_MAX);
  });
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(FieldsOf(refused), ElementsAre("record.penalty.fine_fen", "record.penalty.confiscation_fen",
                                             "record.penalty.sector_large_fine_fen"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("1,000,000,000,000.00元"));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("at most 100000000000000"));
}

TEST(Rule11, AContractsPriceReachesTheLimitAndNotOneFenMore) {
  ProcurementDesk desk;
  const std::string code = desk.Register(1);
  v1::CreateAwardRequest request = desk.Draft({code}, desk.Certify(code));
  v1::ContractTerm& term = *request.mutable_award()->mutable_terms(0);
  term.set_price_fen(kLargestAmount + 1);
  EXPECT_THAT(FieldsOf(desk.Do(request).status()), ElementsAre("award.terms[0].price_fen"));
  term.set_price_fen(kLargestAmount);
  const v1::Award award = desk.Award(request);
  // Within a tenth of the last price, and beyond the limit all the same.
  const auto renewed =
      desk.Do(desk.Renewal(award, "2028-01-01", "2028-12-31", kLargestAmount + kLargestAmount / 20));
  EXPECT_THAT(FieldsOf(renewed.status()), ElementsAre("term.price_fen"));
}

TEST(Rule11, ARegistersCapitalReachesTheLimitAndNotOneFenMore) {
  Bureau bureau;
  v1::Organization row = Bureau::OrganizationOf(1);
  row.set_registered_capital_fen(kLargestAmount + 1);
  const auto refused = bureau.Try(Bureau::Sync(), bureau.Batch({row}));
  ASSERT_TRUE(refused.ok()) << refused.status();
  ASSERT_EQ(refused->tally->rejections_size(), 1);
  EXPECT_EQ(refused->tally->rejections(0).field(), "registered_capital_fen");
  row.set_registered_capital_fen(kLargestAmount);
  const auto taken = bureau.Try(Bureau::Sync(), bureau.Batch({row}));
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_THAT(taken->tally->rejections(), IsEmpty());
}

TEST(Rule11, ACatalogueIsNotActivatedWithABoundBeyondTheLimitAndAnOldOneStillLoads) {
  v1::ActivateCatalogueRequest request;
  v1::Catalogue& catalogue = *request.mutable_catalogue();
  catalogue = LoadDeployedCatalogue();
  int ground = 0;
  while (catalogue.grounds(ground).penalty().fine_at_least_fen() == 0) ++ground;
  catalogue.mutable_grounds(ground)->mutable_penalty()->set_fine_at_least_fen(kLargestAmount + 1);
  int row = 0;
  while (catalogue.display_classes(row).fine_at_least_fen() == 0) ++row;
  catalogue.mutable_display_classes(row)->set_fine_below_fen(kBeyond);
  request.set_request_id("activate");
  EXPECT_THAT(FieldsOf(domain::Validate(request, Bureau().now())),
              ElementsAre("catalogue.grounds[" + std::to_string(ground) + "].penalty.fine_at_least_fen",
                          "catalogue.display_classes[" + std::to_string(row) + "].fine_below_fen"));
  // What is in the log is compiled again at each start.
  EXPECT_TRUE(domain::CompiledCatalogue::Compile(catalogue).ok());
}

// Rule 13: what was recorded before there was a limit stays what it is, is read and is worked on.
TEST(Rule13, ARecordFromBeforeTheLimitIsReadNotedOnAndWithdrawn) {
  Bureau bureau;
  const std::string code = bureau.Register(1);
  const auto filed = bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, kBorderFine, "2026-11-20"));
  ASSERT_TRUE(filed.ok()) << filed.status();
  log::v1::Event event = filed->events.front();
  event.mutable_record()->mutable_penalty()->set_fine_fen(kBeyond);
  bureau.Fold(event);
  const v1::CreditRecord old = bureau.RecordsOf(code).at(0);
  ASSERT_EQ(old.penalty().fine_fen(), kBeyond);

  v1::NoteReviewRequest note;
  note.set_item(old.name());
  note.set_etag(old.etag());
  note.set_request_id(bureau.NextRequestId());
  note.mutable_review()->set_kind(v1::REVIEW_KIND_LITIGATION);
  note.mutable_review()->set_number("（2026）云0102行初1号");
  note.mutable_review()->set_organ("昆明市五华区人民法院");
  note.mutable_review()->set_since("2026-11-23");
  const auto noted = bureau.Try(Bureau::Wuhua(), note);
  ASSERT_TRUE(noted.ok()) << noted.status();

  v1::WithdrawRecordRequest withdraw;
  withdraw.set_name(old.name());
  withdraw.set_etag(bureau.RecordsOf(code).at(0).etag());
  withdraw.set_request_id(bureau.NextRequestId());
  withdraw.mutable_withdrawal()->set_reason("罚款金额录入有误");
  withdraw.mutable_withdrawal()->set_basis("《行政处罚法》第四十八条");
  withdraw.mutable_withdrawal()->set_decided_on("2026-11-24");
  const auto withdrawn = bureau.Try(Bureau::Wuhua(), withdraw);
  ASSERT_TRUE(withdrawn.ok()) << withdrawn.status();
  EXPECT_EQ(bureau.RecordsOf(code).at(0).penalty().fine_fen(), kBeyond);
  EXPECT_TRUE(bureau.RecordsOf(code).at(0).has_withdrawal());
}

}  // namespace
}  // namespace chengxin
