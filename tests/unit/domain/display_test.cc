// How long penalties are displayed (rule 36): the class follows from kinds and fine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/display_class.h"
#include "domain/timestamps.h"
#include "tests/unit/domain/passing_time.h"

namespace chengxin {
namespace {

class Rule36Classes : public testing::Test {
 protected:
  v1::CreditRecord Filed(std::vector<v1::PenaltyKind> kinds, int64_t fine_fen, std::string_view decided_on) {
    v1::CreateRecordRequest request = bureau_.Penalty(code_, 0, decided_on);
    v1::Penalty& penalty = *request.mutable_record()->mutable_penalty();
    penalty.clear_kinds();
    for (const v1::PenaltyKind kind : kinds) penalty.add_kinds(kind);
    penalty.set_fine_fen(fine_fen);
    const auto filed = bureau_.Try(Bureau::Wuhua(), request);
    EXPECT_TRUE(filed.ok()) << filed.status();
    return *bureau_.RecordsOf(code_).rbegin();
  }
  static absl::Time DisplayEnd(const v1::CreditRecord& record) {
    return record.has_display_until() ? domain::TimeOf(record.display_until()) : absl::InfiniteFuture();
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
};

TEST_F(Rule36Classes, AWarningIsMinorForThreeMonths) {
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_WARNING}, 0, "2026-08-20")), StartOf("2026-11-21"));
}

TEST_F(Rule36Classes, AFineBelowFiftyThousandYuanIsGeneralForAYearAndTheFigureItselfSevereForThree) {
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_FINE}, kSmallFine, "2026-08-20")), StartOf("2027-08-21"));
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_FINE}, kBorderFine, "2026-08-21")), StartOf("2029-08-22"));
}

TEST_F(Rule36Classes, OfSeveralKindsTheGravestCounts) {
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_WARNING, v1::PENALTY_KIND_ORDERED_CLOSURE}, 0, "2026-08-20")),
            StartOf("2029-08-21"));
}

TEST_F(Rule36Classes, ThreeMonthsFromTheLastOfNovemberEndWithFebruary) {
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_WARNING}, 0, "2023-11-30")), StartOf("2024-03-01"));
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_WARNING}, 0, "2025-11-30")), StartOf("2026-03-01"));
}

TEST_F(Rule36Classes, WhatIsNoPenaltyHasNoClass) {
  v1::CreditRecord honour;
  honour.set_formed_on("2026-11-20");
  honour.mutable_honour()->set_title("先进社会组织");
  honour.mutable_honour()->set_organ("昆明市民政局");
  honour.mutable_honour()->set_conferred_on("2026-11-20");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, honour)).ok());
  EXPECT_FALSE(bureau_.RecordsOf(code_)[0].has_display_until());
  EXPECT_EQ(domain::DisplayClassOf(bureau_.RecordsOf(code_)[0], *bureau_.view().catalogue()), nullptr);
}

TEST_F(Rule36Classes, ThePeriodsAreTheCatalogues) {
  ChangeCatalogue(bureau_, [](v1::Catalogue& catalogue) {
    for (v1::DisplayClass& row : *catalogue.mutable_display_classes()) {
      if (row.id() == "minor") row.set_maximum_display("P1M");
    }
  });
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_WARNING}, 0, "2026-08-20")), StartOf("2026-09-21"));
  ChangeCatalogue(bureau_, [](v1::Catalogue& catalogue) { catalogue.clear_display_classes(); });
  EXPECT_EQ(DisplayEnd(Filed({v1::PENALTY_KIND_WARNING}, 0, "2026-08-21")), absl::InfiniteFuture());
}

}  // namespace
}  // namespace chengxin
