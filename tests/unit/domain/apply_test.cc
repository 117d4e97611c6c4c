// The fold of events into an organization's standing.
#include "domain/apply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "domain/civil_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kOrganization[] = "organizations/52530102MJT000045W";

log::v1::Event Registered(v1::RegistrationStatus status, std::string_view since = "",
                          std::string_view established = "2019-03-01") {
  log::v1::Event event;
  v1::Organization& organization = *event.mutable_organization();
  organization.set_name(kOrganization);
  organization.set_code("52530102MJT000045W");
  organization.set_registration_authority("authorities/km-wuhua");
  organization.set_source("sources/registry-kunming");
  organization.set_type(v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  organization.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  organization.set_status(status);
  organization.set_status_since(std::string(since));
  organization.set_established_on(std::string(established));
  return event;
}

log::v1::Event RecordWith(std::string_view id, const std::vector<std::string>& grounds) {
  log::v1::Event event;
  v1::CreditRecord& record = *event.mutable_record();
  record.set_name(std::string(kOrganization) + "/records/" + std::string(id));
  for (const std::string& ground : grounds) {
    v1::Effect& effect = *record.add_effects();
    effect.set_ground(ground);
    SetTimestamp(StartOfDay(CivilDay(2026, 3, 1)), *effect.mutable_from());
  }
  return event;
}

log::v1::Event Listed(std::string_view id, const std::vector<std::string>& grounds) {
  log::v1::Event event;
  v1::Listing& listing = *event.mutable_listing()->mutable_listing();
  listing.set_name("listings/52530102MJT000045W-" + std::string(id));
  listing.set_organization(kOrganization);
  for (const std::string& id_of_ground : grounds) {
    v1::ListingGround& ground = *listing.add_grounds();
    ground.set_ground(id_of_ground);
    ground.set_conduct_on("2026-02-28");
    SetTimestamp(StartOfDay(CivilDay(2026, 3, 1)), *ground.mutable_effective_from());
  }
  return event;
}

using Span = std::pair<v1::RegistrationStatus, std::string>;

std::vector<Span> SpansOf(const log::v1::Standing& standing) {
  std::vector<Span> spans;
  for (const log::v1::StatusSpan& span : standing.statuses()) {
    spans.emplace_back(span.status(), CivilDay::FromNumber(span.from_day()).ToString());
  }
  return spans;
}

// The facts as "reference ground", in order.
std::vector<std::string> FactsOf(const log::v1::Standing& standing) {
  std::vector<std::string> facts;
  for (const log::v1::StandingFact& fact : standing.facts()) {
    facts.push_back(fact.reference() + " " + fact.ground());
  }
  return facts;
}

TEST(Apply, ARegistrationSetsTheRegistersPart) {
  log::v1::Standing standing;
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE), standing);
  EXPECT_EQ(standing.code(), "52530102MJT000045W");
  EXPECT_EQ(standing.authority(), "km-wuhua");
  EXPECT_EQ(standing.source(), "registry-kunming");
  EXPECT_EQ(standing.type(), v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  EXPECT_EQ(standing.established_day(), CivilDay(2019, 3, 1).number());
  EXPECT_THAT(SpansOf(standing), ElementsAre(Span(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01")));
}

// Events of before that field was kept fold into the same bytes as then.
TEST(Apply, WhenItWasFirstKnownIsTakenFromTheEventAloneAndStays) {
  log::v1::Standing standing;
  log::v1::Event event = Registered(v1::REGISTRATION_STATUS_ACTIVE);
  SetTimestamp(StartOfDay(CivilDay(2026, 3, 1)), *event.mutable_organization()->mutable_create_time());
  Apply(event, standing);
  EXPECT_EQ(standing.first_known_ns(), 0);
  const absl::Time known = StartOfDay(CivilDay(2026, 3, 1)) + absl::Nanoseconds(7);
  SetTimestamp(known, *event.mutable_organization()->mutable_first_known_time());
  Apply(event, standing);
  EXPECT_EQ(standing.first_known_ns(), absl::ToUnixNanos(known));
}

TEST(Apply, TheFirstCodeIsKeptWhenTheCodeChanges) {
  log::v1::Standing standing;
  log::v1::Event event = Registered(v1::REGISTRATION_STATUS_ACTIVE);
  event.mutable_organization()->set_code("52530102MJT000037X");
  Apply(event, standing);
  EXPECT_EQ(standing.code(), "52530102MJT000045W");
  EXPECT_EQ(OrganizationCodeOf(event), "52530102MJT000045W");
}

TEST(Apply, AChangedStatusAddsASpan) {
  log::v1::Standing standing;
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_CANCELLED, "2026-06-30"), standing);
  EXPECT_THAT(SpansOf(standing), ElementsAre(Span(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01"),
                                             Span(v1::REGISTRATION_STATUS_CANCELLED, "2026-06-30")));
}

TEST(Apply, TheSameRegistrationAgainChangesNothing) {
  log::v1::Standing standing;
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_SUSPENDED, "2026-06-30"), standing);
  const std::string before = standing.SerializeAsString();
  Apply(Registered(v1::REGISTRATION_STATUS_SUSPENDED, "2026-06-30"), standing);
  EXPECT_EQ(standing.SerializeAsString(), before);
}

// What is known now holds from its day on: the suspension of 2025 turns out to lie after the cancellation.
TEST(Apply, AStatusFromAnEarlierDayReplacesTheSpansFromThatDayOn) {
  log::v1::Standing standing;
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_SUSPENDED, "2025-06-30"), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_CANCELLED, "2024-12-31"), standing);
  EXPECT_THAT(SpansOf(standing), ElementsAre(Span(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01"),
                                             Span(v1::REGISTRATION_STATUS_CANCELLED, "2024-12-31")));
}

TEST(Apply, ACorrectedDayOfTheSameStatusMovesItsStart) {
  log::v1::Standing standing;
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_CANCELLED, "2026-06-30"), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_CANCELLED, "2026-07-31"), standing);
  EXPECT_THAT(SpansOf(standing), ElementsAre(Span(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01"),
                                             Span(v1::REGISTRATION_STATUS_CANCELLED, "2026-07-31")));
  Apply(Registered(v1::REGISTRATION_STATUS_CANCELLED, "2026-05-31"), standing);
  EXPECT_THAT(SpansOf(standing), ElementsAre(Span(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01"),
                                             Span(v1::REGISTRATION_STATUS_CANCELLED, "2026-05-31")));
}

// An organization whose suspension ended, in a register that does not say when: the suspension stays in the
// past, and activity counts from the day on which the platform learned of it.
TEST(Apply, ActivityWithoutADayDoesNotWipeOutASuspension) {
  log::v1::Standing standing;
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_SUSPENDED, "2026-01-15"), standing);
  log::v1::Event event = Registered(v1::REGISTRATION_STATUS_ACTIVE);
  // Half past midnight in Shanghai, still the day before in UTC.
  SetTimestamp(StartOfDay(CivilDay(2026, 7, 16)) + absl::Minutes(30),
               *event.mutable_organization()->mutable_update_time());
  Apply(event, standing);
  EXPECT_THAT(SpansOf(standing), ElementsAre(Span(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01"),
                                             Span(v1::REGISTRATION_STATUS_SUSPENDED, "2026-01-15"),
                                             Span(v1::REGISTRATION_STATUS_ACTIVE, "2026-07-16")));
}

TEST(Apply, ASuspensionThatNeverWasIsTakenBackByItsDay) {
  log::v1::Standing standing;
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_SUSPENDED, "2026-01-15"), standing);
  Apply(Registered(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01"), standing);
  EXPECT_THAT(SpansOf(standing), ElementsAre(Span(v1::REGISTRATION_STATUS_ACTIVE, "2019-03-01")));
}

TEST(Apply, FactsStayOrderedByReferenceAndGround) {
  log::v1::Standing standing;
  Apply(RecordWith("9-1", {"KM-02", "ACT-01"}), standing);
  Apply(Listed("S1", {"SER-05", "SER-04"}), standing);
  Apply(RecordWith("4-2", {"GP-04"}), standing);
  EXPECT_THAT(FactsOf(standing),
              ElementsAre("listings/52530102MJT000045W-S1 SER-04", "listings/52530102MJT000045W-S1 SER-05",
                          "organizations/52530102MJT000045W/records/4-2 GP-04",
                          "organizations/52530102MJT000045W/records/9-1 ACT-01",
                          "organizations/52530102MJT000045W/records/9-1 KM-02"));
}

TEST(Apply, ALaterVersionOfARecordReplacesItsFactsAlone) {
  log::v1::Standing standing;
  Apply(RecordWith("4-1", {"INS-02"}), standing);
  Apply(RecordWith("4-10", {"FIN-01"}), standing);
  Apply(RecordWith("4-1", {}), standing);
  EXPECT_THAT(FactsOf(standing), ElementsAre("organizations/52530102MJT000045W/records/4-10 FIN-01"));
}

TEST(Apply, AnEffectsTimesAndSubjectAreKept) {
  log::v1::Standing standing;
  log::v1::Event event = RecordWith("4-1", {"QUA-01"});
  v1::Effect& effect = *event.mutable_record()->mutable_effects(0);
  effect.set_subject("社会工作服务机构资质");
  SetTimestamp(EndOfDay(CivilDay(2026, 3, 31)), *effect.mutable_until());
  Apply(event, standing);
  ASSERT_EQ(standing.facts_size(), 1);
  EXPECT_EQ(standing.facts(0).from_ns(), absl::ToUnixNanos(StartOfDay(CivilDay(2026, 3, 1))));
  EXPECT_EQ(standing.facts(0).until_ns(), absl::ToUnixNanos(StartOfDay(CivilDay(2026, 4, 1))));
  EXPECT_EQ(standing.facts(0).subject(), "社会工作服务机构资质");
  EXPECT_EQ(standing.facts(0).conduct_day(), 0);
}

TEST(Rule29, TheDayOfTheConductGoesWithTheFact) {
  log::v1::Standing standing;
  Apply(Listed("S1", {"SER-04"}), standing);
  EXPECT_EQ(standing.facts(0).conduct_day(), CivilDay(2026, 2, 28).number());
  log::v1::Event record = RecordWith("4-1", {"GP-04"});
  record.mutable_record()->mutable_penalty()->set_conduct_on("2022-02-07");
  Apply(record, standing);
  EXPECT_EQ(standing.facts(1).conduct_day(), CivilDay(2022, 2, 7).number());
}

TEST(Rule35, AnEndedListingHoldsUntilItsEnd) {
  log::v1::Standing standing;
  Apply(Listed("A1", {"ABN-05"}), standing);
  EXPECT_EQ(standing.facts(0).until_ns(), 0);
  log::v1::Event ended = Listed("A1", {"ABN-05"});
  const absl::Time end = StartOfDay(CivilDay(2026, 9, 1));
  SetTimestamp(end, *ended.mutable_listing()->mutable_listing()->mutable_ended());
  Apply(ended, standing);
  ASSERT_EQ(standing.facts_size(), 1);
  EXPECT_EQ(standing.facts(0).until_ns(), absl::ToUnixNanos(end));
}

// Zero means "open": an end at the very instant 1970-01-01T00:00:00Z must not be read so.
TEST(Apply, AnEndAtTheEpochIsAnEnd) {
  log::v1::Standing standing;
  log::v1::Event event = RecordWith("4-1", {"KM-02"});
  event.mutable_record()->mutable_effects(0)->mutable_until()->set_seconds(0);
  Apply(event, standing);
  EXPECT_NE(standing.facts(0).until_ns(), 0);
  EXPECT_LE(standing.facts(0).until_ns(), 0);
}

TEST(Apply, AnEndBeyondTheYear2262StaysInTheFuture) {
  log::v1::Standing standing;
  log::v1::Event event = RecordWith("4-1", {"KM-03"});
  SetTimestamp(EndOfDay(CivilDay(9999, 12, 31)),
               *event.mutable_record()->mutable_effects(0)->mutable_until());
  Apply(event, standing);
  EXPECT_EQ(standing.facts(0).until_ns(), std::numeric_limits<int64_t>::max());
}

TEST(Apply, CataloguesAndSourcesAreNoOnesStanding) {
  log::v1::Standing standing;
  log::v1::Event catalogue;
  catalogue.mutable_catalogue()->set_version("1");
  log::v1::Event source;
  source.mutable_source_read()->set_source("sources/o60-lists");
  Apply(catalogue, standing);
  Apply(source, standing);
  EXPECT_EQ(standing.ByteSizeLong(), 0u);
  EXPECT_EQ(OrganizationCodeOf(catalogue), "");
  EXPECT_EQ(OrganizationCodeOf(source), "");
  EXPECT_EQ(OrganizationCodeOf(log::v1::Event()), "");
}

// The spans of all facts, as days; "" for an open end.
std::vector<std::pair<std::string, std::string>> DaysOf(const log::v1::Standing& standing) {
  const auto day = [](int64_t ns) { return ns == 0 ? "" : DayOf(absl::FromUnixNanos(ns)).ToString(); };
  std::vector<std::pair<std::string, std::string>> days;
  for (const log::v1::StandingFact& fact : standing.facts()) {
    days.emplace_back(day(fact.from_ns()), day(fact.until_ns()));
  }
  return days;
}

// Rule 39: what a ground rested on was withdrawn; the others hold on.
TEST(Apply, AWithdrawnGroundEndsAloneAndNotLaterThanTheEntry) {
  log::v1::Standing standing;
  log::v1::Event event = Listed("S1", {"SER-03", "SER-04"});
  v1::Listing& listing = *event.mutable_listing()->mutable_listing();
  SetTimestamp(StartOfDay(CivilDay(2026, 5, 1)), *listing.mutable_grounds(0)->mutable_withdrawn());
  Apply(event, standing);
  EXPECT_THAT(DaysOf(standing),
              ElementsAre(std::pair("2026-03-01", "2026-05-01"), std::pair("2026-03-01", "")));
  SetTimestamp(StartOfDay(CivilDay(2026, 4, 1)), *listing.mutable_ended());
  Apply(event, standing);
  EXPECT_THAT(DaysOf(standing),
              ElementsAre(std::pair("2026-03-01", "2026-04-01"), std::pair("2026-03-01", "2026-04-01")));
}

// Rules 37, 40: an order to suspend and a repair that was revoked leave gaps, which may overlap.
TEST(Apply, SuspensionsAndRevokedRepairsLeaveGaps) {
  log::v1::Standing standing;
  log::v1::Event event = Listed("S1", {"SER-04"});
  v1::Listing& listing = *event.mutable_listing()->mutable_listing();
  v1::ReviewMark& lifted = *listing.add_reviews();
  lifted.set_suspended_on("2026-04-01");
  lifted.set_suspension_ended_on("2026-05-01");
  listing.add_reviews();  // suspends nothing
  SetTimestamp(StartOfDay(CivilDay(2026, 4, 20)), *listing.mutable_repair()->mutable_since());
  Apply(event, standing);
  EXPECT_THAT(DaysOf(standing),
              ElementsAre(std::pair("2026-03-01", "2026-04-01"), std::pair("2026-05-01", "")));
  SetTimestamp(StartOfDay(CivilDay(2026, 6, 1)), *listing.mutable_repair()->mutable_revoked());
  Apply(event, standing);
  EXPECT_THAT(DaysOf(standing),
              ElementsAre(std::pair("2026-03-01", "2026-04-01"), std::pair("2026-06-01", "")));
  listing.add_reviews()->set_suspended_on("2026-07-01");
  Apply(event, standing);
  EXPECT_THAT(DaysOf(standing),
              ElementsAre(std::pair("2026-03-01", "2026-04-01"), std::pair("2026-06-01", "2026-07-01")));
  // Suspended from before it took effect: nothing is left.
  listing.add_reviews()->set_suspended_on("2026-01-01");
  Apply(event, standing);
  EXPECT_THAT(standing.facts(), IsEmpty());
}

TEST(Apply, EachEventSaysWhoseItIs) {
  EXPECT_EQ(OrganizationCodeOf(Registered(v1::REGISTRATION_STATUS_ACTIVE)), "52530102MJT000045W");
  EXPECT_EQ(OrganizationCodeOf(RecordWith("4-1", {})), "52530102MJT000045W");
  EXPECT_EQ(OrganizationCodeOf(Listed("S1", {})), "52530102MJT000045W");
}

TEST(Apply, TheOrderOfOtherResourcesEventsDoesNotShow) {
  log::v1::Standing one;
  log::v1::Standing other;
  const std::vector<log::v1::Event> events = {Registered(v1::REGISTRATION_STATUS_ACTIVE),
                                              Listed("S1", {"SER-04"}), RecordWith("4-1", {"GP-04", "GP-04"}),
                                              Listed("A1", {"ABN-05"})};
  for (auto event = events.begin(); event != events.end(); ++event) Apply(*event, one);
  for (auto event = events.rbegin(); event != events.rend(); ++event) Apply(*event, other);
  EXPECT_EQ(one.SerializeAsString(), other.SerializeAsString());
}

}  // namespace
}  // namespace chengxin::domain
