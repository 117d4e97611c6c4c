// Types of conduct, classes of display and the procedure: every kind of wrong row named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "domain/catalogue.h"
#include "domain/catalogue_check.h"
#include "domain/procedure.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> WrongRowsAfter(const std::function<void(v1::Catalogue&)>& change) {
  v1::Catalogue catalogue = LoadDeployedCatalogue();
  change(catalogue);
  FieldViolations violations;
  CheckProcedureRows(catalogue, violations);
  std::vector<std::string> fields;
  for (const auto& violation : violations.message().field_violations()) fields.push_back(violation.field());
  return fields;
}

v1::DisplayClass Class() {
  v1::DisplayClass row;
  row.set_id("test-class");
  row.set_zh("测试");
  row.set_maximum_display("P3M");
  row.mutable_legal_basis()->set_zh("某法");
  row.mutable_legal_basis()->set_en("Some law");
  row.mutable_legal_basis()->set_mark("M");
  return row;
}

TEST(CatalogueProcedure, TheDeployedRowsAreRight) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue&) {}), IsEmpty());
}

TEST(Rule9, ATypeOfConductNeedsIdWordsBasisAndDays) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                catalogue.mutable_conduct_types()->Clear();
                catalogue.add_conduct_types()->set_id("Bad id");
              }),
              UnorderedElementsAre("conduct_types[0].id", "conduct_types[0].zh", "conduct_types[0].en",
                                   "conduct_types[0].legal_basis", "conduct_types[0].validity"));
}

TEST(CatalogueProcedure, RowsOfOneTypeDoNotOverlap) {
  EXPECT_EQ(WrongRowsAfter([](v1::Catalogue& catalogue) {
              *catalogue.add_conduct_types() = catalogue.conduct_types(0);
            }).size(),
            1u);
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                catalogue.mutable_conduct_types(0)->mutable_validity()->set_through("2026-12-31");
                v1::ConductType& later = *catalogue.add_conduct_types();
                later = catalogue.conduct_types(0);
                later.mutable_validity()->set_from("2027-01-01");
                later.mutable_validity()->clear_through();
              }),
              IsEmpty());
}

TEST(Rule19, ATypeOfConductLeadsToAGroundOfTheTwoListsOrNone) {
  for (const std::string ground : {"SER-09", "GP-01", "KM-03"}) {
    EXPECT_THAT(WrongRowsAfter([&](v1::Catalogue& catalogue) {
                  catalogue.mutable_conduct_types(0)->set_ground(ground);
                }),
                ElementsAre("conduct_types[0].ground"));
  }
}

TEST(Rule36, AClassOfDisplayNeedsItsPeriodAndBoundsInOrder) {
  const auto wrong = [](const std::function<void(v1::DisplayClass&)>& change) {
    return WrongRowsAfter([&](v1::Catalogue& catalogue) {
      catalogue.mutable_display_classes()->Clear();
      *catalogue.add_display_classes() = Class();
      change(*catalogue.mutable_display_classes(0));
    });
  };
  EXPECT_THAT(wrong([](v1::DisplayClass&) {}), IsEmpty());
  EXPECT_THAT(wrong([](v1::DisplayClass& row) { row.clear_maximum_display(); }),
              ElementsAre("display_classes[0].maximum_display"));
  EXPECT_THAT(wrong([](v1::DisplayClass& row) { row.set_maximum_display("3M"); }),
              ElementsAre("display_classes[0].maximum_display"));
  EXPECT_THAT(wrong([](v1::DisplayClass& row) { row.set_minimum_period("P"); }),
              ElementsAre("display_classes[0].minimum_period"));
  EXPECT_THAT(wrong([](v1::DisplayClass& row) {
                row.set_fine_at_least_fen(100);
                row.set_fine_below_fen(100);
              }),
              ElementsAre("display_classes[0].fine_below_fen"));
  EXPECT_THAT(wrong([](v1::DisplayClass& row) { row.clear_legal_basis(); }),
              ElementsAre("display_classes[0].legal_basis"));
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                catalogue.mutable_display_classes()->Clear();
                *catalogue.add_display_classes() = Class();
                *catalogue.add_display_classes() = Class();
              }),
              ElementsAre("display_classes[1].id"));
}

TEST(CatalogueProcedure, PeriodsMustParseAndDaysLieWithinLimits) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                v1::Procedure& procedure = *catalogue.mutable_procedure();
                procedure.set_statement_working_days(-1);
                procedure.set_decision_working_days(251);
                procedure.set_announcement_period("30D");
                procedure.set_escalation_lead("P2W");
                procedure.add_public_award_fields("secret");
              }),
              UnorderedElementsAre("procedure.statement_working_days", "procedure.decision_working_days",
                                   "procedure.announcement_period", "procedure.escalation_lead",
                                   "procedure.public_award_fields[8]"));
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                catalogue.mutable_procedure()->set_decision_working_days(250);
              }),
              IsEmpty());
}

TEST(Rule26, TheGroundOfTwoYearsMovesTheAbnormalEntry) {
  for (const std::string ground : {"ABN-01", "SER-04", "SER-99"}) {
    const auto wrong = WrongRowsAfter(
        [&](v1::Catalogue& catalogue) { catalogue.mutable_procedure()->set_escalation_ground(ground); });
    EXPECT_THAT(wrong, ElementsAre("procedure.escalation_ground")) << ground;
  }
}

TEST(Rule26, TheAutomaticMoveNeedsALegalBasis) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                catalogue.mutable_procedure()->set_escalation_automatic(true);
                catalogue.mutable_procedure()->clear_legal_basis();
              }),
              ElementsAre("procedure.legal_basis"));
}

TEST(DeployedProcedure, SaysWhatTheRulesSay) {
  const auto compiled = CompiledCatalogue::Compile(LoadDeployedCatalogue());
  ASSERT_TRUE(compiled.ok()) << compiled.status();
  const v1::Procedure procedure = ProcedureOf(**compiled);
  EXPECT_EQ(procedure.statement_working_days(), 10);   // rule 20
  EXPECT_EQ(procedure.decision_working_days(), 10);    // rule 21
  EXPECT_EQ(procedure.announcement_period(), "P30D");  // rule 22
  EXPECT_EQ(procedure.review_period(), "P60D");        // rule 23
  EXPECT_EQ(procedure.litigation_period(), "P6M");     // rule 23
  EXPECT_EQ(procedure.removal_working_days(), 5);      // rule 30
  EXPECT_EQ(procedure.withdrawal_working_days(), 3);   // rule 39
  EXPECT_FALSE(procedure.escalation_automatic());      // rule 26
  EXPECT_NE((*compiled)->FindConductType("fabricated-material", {2026, 9, 1}), nullptr);
  EXPECT_NE((*compiled)->FindConductType("other", {2026, 9, 1}), nullptr);
  EXPECT_EQ((*compiled)->FindConductType("other", {2021, 12, 5}), nullptr);
  EXPECT_EQ((*compiled)->FindConductType("rudeness", {2026, 9, 1}), nullptr);
}

}  // namespace
}  // namespace chengxin::domain
