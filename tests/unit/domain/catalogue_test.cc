// The compiled catalogue: look-ups by day, and every kind of wrong row named.
#include "domain/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "base/strings.h"
#include "domain/refusal.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::domain {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The deployed catalogue with the divisions its authorities are in alone: thousands more would only take
// time.
const v1::Catalogue& Deployed() {
  static const v1::Catalogue catalogue = [] {
    v1::Catalogue whole = LoadDeployedCatalogue();
    auto& divisions = *whole.mutable_divisions();
    divisions.erase(std::remove_if(divisions.begin(), divisions.end(),
                                   [](const v1::Division& row) {
                                     const int province = row.code() / 10'000;
                                     return province != 10 && province != 14 && province != 44 &&
                                            province != 53;
                                   }),
                    divisions.end());
    return whole;
  }();
  return catalogue;
}

// The fields named as wrong; empty where the catalogue compiles.
std::vector<std::string> WrongRows(v1::Catalogue catalogue) {
  const auto compiled = CompiledCatalogue::Compile(std::move(catalogue));
  if (compiled.ok()) return {};
  EXPECT_EQ(compiled.status().code(), absl::StatusCode::kInvalidArgument);
  google::rpc::BadRequest details;
  const auto payload = compiled.status().GetPayload(ToAbsl(kBadRequestUrl));
  EXPECT_TRUE(payload.has_value() && details.ParseFromString(std::string(*payload)));
  std::vector<std::string> fields;
  for (const auto& violation : details.field_violations()) {
    EXPECT_FALSE(violation.description().empty()) << violation.field();
    fields.push_back(violation.field());
  }
  return fields;
}

// The deployed catalogue with one thing changed.
std::vector<std::string> WrongRowsAfter(const std::function<void(v1::Catalogue&)>& change) {
  v1::Catalogue catalogue = Deployed();
  change(catalogue);
  return WrongRows(std::move(catalogue));
}

int IndexOf(const v1::Catalogue& catalogue, std::string_view ground) {
  for (int i = 0; i < catalogue.grounds_size(); ++i) {
    if (catalogue.grounds(i).id() == ground) return i;
  }
  ADD_FAILURE() << "no ground " << ground;
  return 0;
}

v1::Ground& GroundOf(v1::Catalogue& catalogue, std::string_view id) {
  return *catalogue.mutable_grounds(IndexOf(catalogue, id));
}

// The path of a wrong row; looked up only while a test runs, so that a catalogue that cannot be loaded fails
// the tests that need it and no others.
class RowPath {
 public:
  RowPath(const char* path) : find_([path] { return std::string(path); }) {}
  explicit RowPath(std::function<std::string()> find) : find_(std::move(find)) {}
  std::string Find() const { return find_(); }

 private:
  std::function<std::string()> find_;
};

// Where the deployed ground stands, as "grounds[7].validity"; `after` counts further rows.
RowPath At(std::string_view ground, std::string_view field, int after = 0) {
  return RowPath([=] { return StrCat("grounds[", IndexOf(Deployed(), ground) + after, "].", field); });
}

std::shared_ptr<const CompiledCatalogue> Compiled(v1::Catalogue catalogue) {
  auto compiled = CompiledCatalogue::Compile(std::move(catalogue));
  EXPECT_TRUE(compiled.ok()) << compiled.status();
  return compiled.ok() ? *compiled : nullptr;
}

// GP-02 has two rows: under its old name through 2022-01-31, under its new one from 2022-02-01.
TEST(Rule29, TheRowInForceOnTheDayOfTheConductIsFound) {
  const auto catalogue = Compiled(Deployed());
  EXPECT_EQ(catalogue->FindGround("GP-02", CivilDay(2022, 1, 31))->zh(), "重大税收违法案件当事人");
  EXPECT_EQ(catalogue->FindGround("GP-02", CivilDay(2022, 2, 1))->zh(), "重大税收违法失信主体");
}

TEST(Rule29, ConductBeforeTheFirstRowIsJudgedByTheEarliestRow) {
  const auto catalogue = Compiled(Deployed());
  const v1::Ground* ground = catalogue->FindGround("SER-04", CivilDay(2010, 5, 1));
  ASSERT_NE(ground, nullptr);
  EXPECT_EQ(ground->validity().from(), "2018-01-24");
}

TEST(Rule29, AFactKeepsItsMeaningAfterItsRowWasClosed) {
  v1::Catalogue changed = Deployed();
  GroundOf(changed, "KM-02").mutable_validity()->set_through("2024-12-31");
  const auto catalogue = Compiled(std::move(changed));
  const v1::Ground* ground = catalogue->FindGround("KM-02", CivilDay(2026, 1, 1));
  ASSERT_NE(ground, nullptr);
  EXPECT_EQ(ground->validity().through(), "2024-12-31");
}

TEST(Catalogue, ADayBetweenTwoRowsBelongsToTheLaterOne) {
  v1::Catalogue changed = Deployed();
  GroundOf(changed, "KM-02").mutable_validity()->set_through("2023-12-31");
  v1::Ground later = GroundOf(changed, "KM-02");
  later.mutable_validity()->set_from("2025-01-01");
  later.mutable_validity()->clear_through();
  *changed.add_grounds() = later;
  const auto catalogue = Compiled(std::move(changed));
  EXPECT_EQ(catalogue->FindGround("KM-02", CivilDay(2023, 12, 31))->validity().from(), "2021-12-06");
  EXPECT_EQ(catalogue->FindGround("KM-02", CivilDay(2024, 6, 1))->validity().from(), "2025-01-01");
}

TEST(Catalogue, WhatItDoesNotHaveIsNotFound) {
  const auto catalogue = Compiled(Deployed());
  EXPECT_EQ(catalogue->FindGround("KM-99", CivilDay(2026, 1, 1)), nullptr);
  EXPECT_EQ(catalogue->FindAuthority("km-nowhere"), nullptr);
  EXPECT_EQ(catalogue->FindAuthority("authorities/km"), nullptr);
  EXPECT_EQ(catalogue->FindSource("sources/registry-kunming"), nullptr);
  EXPECT_EQ(catalogue->FindThreshold("small-fine", CivilDay(2026, 1, 1)), nullptr);
  EXPECT_EQ(catalogue->FindCondition(v1::CONDITION_UNSPECIFIED), nullptr);
  EXPECT_EQ(catalogue->FindCondition(static_cast<v1::Condition>(99)), nullptr);
  EXPECT_EQ(catalogue->FindCondition(static_cast<v1::Condition>(-1)), nullptr);
}

TEST(Catalogue, GroundsOfADayAreThoseInForceOnIt) {
  const auto catalogue = Compiled(Deployed());
  const auto has = [&](CivilDay day, std::string_view id) {
    for (const v1::Ground* ground : catalogue->GroundsOn(day)) {
      if (ground->id() == id) return true;
    }
    return false;
  };
  EXPECT_FALSE(has(CivilDay(2018, 1, 23), "SER-04"));
  EXPECT_TRUE(has(CivilDay(2018, 1, 24), "SER-04"));
  EXPECT_TRUE(has(CivilDay(2003, 1, 1), "GP-05"));
  EXPECT_THAT(catalogue->GroundsOn(CivilDay(1999, 1, 1)), IsEmpty());
}

TEST(Rule19, SixGroundsOfTheAbnormalListAreRefused) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                catalogue.mutable_grounds()->DeleteSubrange(IndexOf(catalogue, "ABN-06"), 1);
              }),
              Contains("grounds"));
}

TEST(Rule19, ANinthGroundOfTheSevereListIsRefused) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                v1::Ground ninth = GroundOf(catalogue, "SER-06");
                ninth.set_id("SER-09");
                *catalogue.add_grounds() = ninth;
              }),
              Contains("grounds"));
}

// The count holds on every day, not only today: a row closed one day too early leaves a day with seven.
TEST(Rule19, ADayWithoutOneOfTheGroundsIsRefused) {
  const auto wrong = CompiledCatalogue::Compile([] {
    v1::Catalogue catalogue = Deployed();
    v1::Ground later = GroundOf(catalogue, "SER-04");
    GroundOf(catalogue, "SER-04").mutable_validity()->set_through("2024-02-28");
    later.mutable_validity()->set_from("2024-03-01");
    *catalogue.add_grounds() = later;
    return catalogue;
  }());
  ASSERT_FALSE(wrong.ok());
  EXPECT_THAT(std::string(wrong.status().message()), HasSubstr("2024-02-29"));
}

TEST(Rule19, ARowThatFollowsTheOneBeforeWithoutAGapIsAccepted) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                v1::Ground later = GroundOf(catalogue, "SER-04");
                GroundOf(catalogue, "SER-04").mutable_validity()->set_through("2024-02-29");
                later.mutable_validity()->set_from("2024-03-01");
                *catalogue.add_grounds() = later;
              }),
              IsEmpty());
}

TEST(Rule19, AGroundCannotChangeItsListFromRowToRow) {
  EXPECT_THAT(WrongRowsAfter([](v1::Catalogue& catalogue) {
                v1::Ground later = GroundOf(catalogue, "ABN-06");
                GroundOf(catalogue, "ABN-06").mutable_validity()->set_through("2024-12-31");
                later.mutable_validity()->set_from("2025-01-01");
                later.set_list(v1::LIST_KIND_SEVERE);
                *catalogue.add_grounds() = later;
              }),
              Contains(StrCat("grounds[", Deployed().grounds_size(), "].origin")));
}

// One way in which a catalogue contradicts itself, and the row it must name.
struct Flaw {
  const char* name;
  std::function<void(v1::Catalogue&)> change;
  RowPath row;
};

class CatalogueFlaw : public ::testing::TestWithParam<Flaw> {};

TEST_P(CatalogueFlaw, IsNamedByItsRow) {
  EXPECT_THAT(WrongRowsAfter(GetParam().change), Contains(GetParam().row.Find()));
}

std::string NameOfFlaw(const ::testing::TestParamInfo<Flaw>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Whole, CatalogueFlaw,
    ::testing::Values(
        Flaw{"NoVersion", [](v1::Catalogue& c) { c.clear_version(); }, "version"},
        Flaw{"VersionOf101Bytes", [](v1::Catalogue& c) { c.set_version(std::string(101, '1')); }, "version"},
        Flaw{"NoCaptureTime", [](v1::Catalogue& c) { c.clear_capture_working_days(); },
             "capture_working_days"},
        Flaw{"NoRemedies", [](v1::Catalogue& c) { c.clear_remedies_zh(); }, "remedies_zh"},
        Flaw{"DivisionOfFiveDigits", [](v1::Catalogue& c) { c.mutable_divisions(2)->set_code(53010); },
             "divisions[2]"},
        Flaw{"DivisionMonths", [](v1::Catalogue& c) { c.mutable_divisions(2)->set_first_listed("2020-13"); },
             "divisions[2]"},
        Flaw{"DivisionName", [](v1::Catalogue& c) { c.mutable_divisions(2)->clear_display_name(); },
             "divisions[2].display_name"},
        Flaw{"DayOffThatDoesNotExist",
             [](v1::Catalogue& c) { c.mutable_calendar(3)->set_days_off(1, "2018-02-29"); },
             "calendar[3].days_off[1]"},
        Flaw{"DayOfAnotherYear",
             [](v1::Catalogue& c) { c.mutable_calendar(3)->set_days_off(1, "2020-01-01"); }, "calendar[3]"},
        Flaw{"CalendarYearTwice",
             [](v1::Catalogue& c) { *c.add_calendar() = v1::CalendarYear(c.calendar(0)); },
             RowPath([] { return StrCat("calendar[", Deployed().calendar_size(), "]"); })},
        Flaw{"ConditionTwice",
             [](v1::Catalogue& c) { c.mutable_conditions(1)->set_condition(v1::CONDITION_REGISTRATION); },
             "conditions[1].condition"},
        Flaw{"ConditionWithoutBasis", [](v1::Catalogue& c) { c.mutable_conditions(6)->clear_legal_basis(); },
             "conditions[6].legal_basis"},
        Flaw{"ConditionWithoutEnglish", [](v1::Catalogue& c) { c.mutable_conditions(6)->clear_en(); },
             "conditions[6].en"}),
    NameOfFlaw);

INSTANTIATE_TEST_SUITE_P(
    Authorities, CatalogueFlaw,
    ::testing::Values(
        Flaw{"UpperCaseId", [](v1::Catalogue& c) { c.mutable_authorities(1)->set_id("YN"); },
             "authorities[1].id"},
        Flaw{"IdTwice", [](v1::Catalogue& c) { c.mutable_authorities(1)->set_id("mca"); },
             "authorities[1].id"},
        Flaw{"NoName", [](v1::Catalogue& c) { c.mutable_authorities(1)->clear_display_name(); },
             "authorities[1].display_name"},
        Flaw{"UnknownDivision", [](v1::Catalogue& c) { c.mutable_authorities(1)->set_division(530199); },
             "authorities[1].division"},
        Flaw{"WrongCode", [](v1::Catalogue& c) { c.mutable_authorities(1)->set_code("53100000500020462H"); },
             "authorities[1].code"},
        Flaw{"UnknownParent", [](v1::Catalogue& c) { c.mutable_authorities(1)->set_parent("nobody"); },
             "authorities[1].parent"},
        Flaw{"ParentsInACircle", [](v1::Catalogue& c) { c.mutable_authorities(0)->set_parent("yn"); },
             "authorities[0].parent"},
        Flaw{"NoFirstDay", [](v1::Catalogue& c) { c.mutable_authorities(1)->clear_validity(); },
             "authorities[1].validity"}),
    NameOfFlaw);

INSTANTIATE_TEST_SUITE_P(
    Grounds, CatalogueFlaw,
    ::testing::Values(
        Flaw{"NoId", [](v1::Catalogue& c) { GroundOf(c, "KM-02").clear_id(); }, At("KM-02", "id")},
        Flaw{"NoWords", [](v1::Catalogue& c) { GroundOf(c, "KM-02").clear_zh(); }, At("KM-02", "zh")},
        Flaw{"NoOrigin", [](v1::Catalogue& c) { GroundOf(c, "KM-02").clear_origin(); },
             At("KM-02", "origin")},
        Flaw{"NoCondition", [](v1::Catalogue& c) { GroundOf(c, "KM-02").clear_condition(); },
             At("KM-02", "condition")},
        Flaw{"OutcomeUnknown",
             [](v1::Catalogue& c) { GroundOf(c, "KM-02").set_outcome(v1::OUTCOME_UNKNOWN); },
             At("KM-02", "outcome")},
        Flaw{"NoReason", [](v1::Catalogue& c) { GroundOf(c, "KM-02").clear_reason(); },
             At("KM-02", "reason")},
        Flaw{"NoLegalBasis", [](v1::Catalogue& c) { GroundOf(c, "KM-02").clear_legal_basis(); },
             At("KM-02", "legal_basis")},
        Flaw{"UnknownMark",
             [](v1::Catalogue& c) { GroundOf(c, "KM-02").mutable_legal_basis()->set_mark("X"); },
             At("KM-02", "legal_basis.mark")},
        Flaw{"MarkLeftOpen",
             [](v1::Catalogue& c) { GroundOf(c, "KM-02").mutable_legal_basis()->set_mark("S+"); },
             At("KM-02", "legal_basis.mark")},
        Flaw{"PeriodInWords", [](v1::Catalogue& c) { GroundOf(c, "SER-04").set_minimum_period("2 years"); },
             At("SER-04", "minimum_period")},
        Flaw{"PeriodOfNothing", [](v1::Catalogue& c) { GroundOf(c, "SER-04").set_maximum_display("P0Y"); },
             At("SER-04", "maximum_display")},
        Flaw{"PeriodOfTwoUnits", [](v1::Catalogue& c) { GroundOf(c, "GP-04").set_holds_for("P1Y6M"); },
             At("GP-04", "holds_for")},
        Flaw{"DayThatDoesNotExist",
             [](v1::Catalogue& c) { GroundOf(c, "KM-02").mutable_validity()->set_from("2025-02-29"); },
             At("KM-02", "validity")},
        Flaw{"DaysOutOfOrder",
             [](v1::Catalogue& c) { GroundOf(c, "KM-02").mutable_validity()->set_through("2021-12-05"); },
             At("KM-02", "validity")},
        Flaw{"RowsOverlapByOneDay",
             [](v1::Catalogue& c) {
               c.mutable_grounds(IndexOf(c, "GP-02"))->mutable_validity()->set_through("2022-02-01");
             },
             At("GP-02", "validity", 1)},
        Flaw{"ListingWithoutList", [](v1::Catalogue& c) { GroundOf(c, "SER-04").clear_list(); },
             At("SER-04", "list")},
        Flaw{"RecordOnAList", [](v1::Catalogue& c) { GroundOf(c, "KM-02").set_list(v1::LIST_KIND_SEVERE); },
             At("KM-02", "list")},
        Flaw{"ResidualRecord", [](v1::Catalogue& c) { GroundOf(c, "KM-02").set_residual(true); },
             At("KM-02", "residual")},
        Flaw{"AbnormalMovesFromAbnormal",
             [](v1::Catalogue& c) { GroundOf(c, "ABN-05").set_moves_from_abnormal(true); },
             At("ABN-05", "moves_from_abnormal")}),
    NameOfFlaw);

INSTANTIATE_TEST_SUITE_P(
    Penalties, CatalogueFlaw,
    ::testing::Values(
        Flaw{"OnARecordGround",
             [](v1::Catalogue& c) {
               GroundOf(c, "KM-02").mutable_penalty()->add_kinds(v1::PENALTY_KIND_WARNING);
             },
             At("KM-02", "penalty")},
        Flaw{"OnAResidualGround",
             [](v1::Catalogue& c) {
               GroundOf(c, "SER-08").mutable_penalty()->add_kinds(v1::PENALTY_KIND_WARNING);
             },
             At("SER-08", "penalty")},
        Flaw{"WithoutKind", [](v1::Catalogue& c) { GroundOf(c, "SER-03").mutable_penalty()->clear_kinds(); },
             At("SER-03", "penalty.kinds")},
        Flaw{"BoundsWithoutFine",
             [](v1::Catalogue& c) { GroundOf(c, "SER-03").mutable_penalty()->set_fine_at_least_fen(1); },
             At("SER-03", "penalty.kinds")},
        Flaw{"EmptyRangeOfFines",
             [](v1::Catalogue& c) {
               GroundOf(c, "ABN-05").mutable_penalty()->set_fine_at_least_fen(5'000'000);
             },
             At("ABN-05", "penalty.fine_below_fen")},
        Flaw{"CountWithoutPeriod",
             [](v1::Catalogue& c) { GroundOf(c, "SER-05").mutable_penalty()->clear_period(); },
             At("SER-05", "penalty.period")},
        Flaw{"CountsAnUnknownGround",
             [](v1::Catalogue& c) { GroundOf(c, "SER-05").mutable_penalty()->set_counts_ground("ABN-99"); },
             At("SER-05", "penalty.counts_ground")},
        Flaw{"CountsItself",
             [](v1::Catalogue& c) { GroundOf(c, "SER-05").mutable_penalty()->set_counts_ground("SER-05"); },
             At("SER-05", "penalty.counts_ground")},
        Flaw{"PeriodWithoutCount",
             [](v1::Catalogue& c) { GroundOf(c, "ABN-05").mutable_penalty()->set_period("P3Y"); },
             At("ABN-05", "penalty.count")}),
    NameOfFlaw);

// sources[0] and [1] are registers, [2] the platform's own lists, [3] an external list.
INSTANTIATE_TEST_SUITE_P(
    SourcesAndFigures, CatalogueFlaw,
    ::testing::Values(
        Flaw{"SourceTwice", [](v1::Catalogue& c) { c.mutable_sources(1)->set_id(c.sources(0).id()); },
             "sources[1].id"},
        Flaw{"SourceWithoutKind", [](v1::Catalogue& c) { c.mutable_sources(3)->clear_kind(); },
             "sources[3].kind"},
        Flaw{"UnknownAuthority", [](v1::Catalogue& c) { c.mutable_sources(0)->set_authorities(2, "nobody"); },
             "sources[0].authorities[2]"},
        Flaw{"AuthorityOfTwoRegisters", [](v1::Catalogue& c) { c.mutable_sources(1)->add_authorities("km"); },
             "sources[1].authorities[4]"},
        Flaw{"RegisterOfNobody", [](v1::Catalogue& c) { c.mutable_sources(1)->clear_authorities(); },
             "sources[1].authorities"},
        Flaw{"UnknownDivision", [](v1::Catalogue& c) { c.mutable_sources(1)->add_covered_divisions(530199); },
             "sources[1].covered_divisions[0]"},
        Flaw{"DivisionOfTwoRegisters",
             [](v1::Catalogue& c) { c.mutable_sources(1)->add_covered_divisions(530122); },
             "sources[1].covered_divisions[0]"},
        Flaw{"ListCoversADivision",
             [](v1::Catalogue& c) { c.mutable_sources(3)->add_covered_divisions(530122); },
             "sources[3].covered_divisions"},
        Flaw{"UnknownGround", [](v1::Catalogue& c) { c.mutable_sources(3)->set_grounds(0, "GP-99"); },
             "sources[3].grounds[0]"},
        Flaw{"DeliversListings", [](v1::Catalogue& c) { c.mutable_sources(3)->set_grounds(0, "SER-06"); },
             "sources[3].grounds[0]"},
        Flaw{"ListsOfAnUnknownAuthority",
             [](v1::Catalogue& c) { c.mutable_sources(2)->set_authorities(1, "nobody"); },
             "sources[2].authorities[1]"},
        Flaw{"ExternalListOfAnAuthority",
             [](v1::Catalogue& c) { c.mutable_sources(3)->add_authorities("km"); }, "sources[3].authorities"},
        Flaw{"DeliversNothing", [](v1::Catalogue& c) { c.mutable_sources(3)->clear_grounds(); },
             "sources[3].grounds"},
        Flaw{"NeverStale", [](v1::Catalogue& c) { c.mutable_sources(0)->clear_maximum_age_seconds(); },
             "sources[0].maximum_age_seconds"},
        Flaw{"OwnListsGrowOld", [](v1::Catalogue& c) { c.mutable_sources(2)->set_maximum_age_seconds(1); },
             "sources[2].maximum_age_seconds"},
        Flaw{"FigureOfNothing", [](v1::Catalogue& c) { c.mutable_thresholds(0)->clear_value(); },
             "thresholds[0].value"},
        Flaw{"FigureWithoutBasis", [](v1::Catalogue& c) { c.mutable_thresholds(0)->clear_legal_basis(); },
             "thresholds[0].legal_basis"},
        Flaw{"FiguresOverlap", [](v1::Catalogue& c) { *c.add_thresholds() = v1::Threshold(c.thresholds(0)); },
             "thresholds[1].validity"}),
    NameOfFlaw);

TEST(Catalogue, AllWrongRowsAreNamedAtOnce) {
  const auto wrong = WrongRowsAfter([](v1::Catalogue& catalogue) {
    catalogue.clear_version();
    catalogue.mutable_authorities(3)->set_parent("nobody");
    GroundOf(catalogue, "KM-03").clear_legal_basis();
    catalogue.mutable_sources(0)->set_authorities(0, "nobody");
  });
  EXPECT_THAT(
      wrong, ::testing::UnorderedElementsAre("version", "authorities[3].parent",
                                             At("KM-03", "legal_basis").Find(), "sources[0].authorities[0]"));
}

TEST(Catalogue, AnEmptyOneNamesWhatIsMissingAndDoesNotCrash) {
  EXPECT_THAT(WrongRows(v1::Catalogue()),
              ::testing::UnorderedElementsAre("version", "capture_working_days", "remedies_zh"));
}

}  // namespace
}  // namespace chengxin::domain
