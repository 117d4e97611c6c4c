// The compact standing of the read index.
#include "domain/standing.h"

#include <gtest/gtest.h>

#include <string>

namespace chengxin::domain {
namespace {

log::v1::Standing OneWithoutFacts() {
  log::v1::Standing message;
  message.set_code("52530102MJT000045W");
  message.set_source("registry-kunming");
  message.set_certificate_form(v1::CERTIFICATE_FORM_PARTNERSHIP);
  message.set_type(v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  message.set_established_day(17'956);
  log::v1::StatusSpan& span = *message.add_statuses();
  span.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  span.set_from_day(17'956);
  return message;
}

const std::string kSource = "registry-kunming";

TEST(Standing, MostOrganizationsNeedNoDetails) {
  const Standing standing = Compact(OneWithoutFacts(), 42, &kSource);
  EXPECT_EQ(standing.revision, 42u);
  EXPECT_EQ(standing.source, &kSource);
  EXPECT_EQ(standing.details, nullptr);
  EXPECT_EQ(standing.established_day, 17'956);
  EXPECT_EQ(standing.status_since_day, 17'956);
  EXPECT_EQ(standing.status, v1::REGISTRATION_STATUS_ACTIVE);
  EXPECT_EQ(standing.certificate_form, v1::CERTIFICATE_FORM_PARTNERSHIP);
  EXPECT_EQ(standing.type, v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
}

TEST(Standing, KeepsAllSpansAndSaysTheLastStatus) {
  log::v1::Standing message = OneWithoutFacts();
  log::v1::StatusSpan& span = *message.add_statuses();
  span.set_status(v1::REGISTRATION_STATUS_CANCELLED);
  span.set_from_day(20'000);
  const Standing standing = Compact(message, 43, &kSource);
  EXPECT_EQ(standing.status, v1::REGISTRATION_STATUS_CANCELLED);
  EXPECT_EQ(standing.status_since_day, 20'000);
  ASSERT_NE(standing.details, nullptr);
  ASSERT_EQ(standing.details->statuses.size(), 2u);
  EXPECT_EQ(standing.details->statuses[0].status, v1::REGISTRATION_STATUS_ACTIVE);
  EXPECT_EQ(standing.details->statuses[1].from_day, 20'000);
}

TEST(Standing, KeepsFactsInTheirOrder) {
  log::v1::Standing message = OneWithoutFacts();
  for (const char* ground : {"SER-04", "KM-02"}) {
    log::v1::StandingFact& fact = *message.add_facts();
    fact.set_ground(ground);
    fact.set_reference("listings/52530102MJT000045W-S1");
    fact.set_subject("subject");
    fact.set_from_ns(1);
    fact.set_until_ns(2);
    fact.set_conduct_day(3);
  }
  const Standing standing = Compact(message, 44, &kSource);
  ASSERT_NE(standing.details, nullptr);
  ASSERT_EQ(standing.details->facts.size(), 2u);
  const Fact& fact = standing.details->facts[0];
  EXPECT_EQ(fact.ground, "SER-04");
  EXPECT_EQ(fact.reference, "listings/52530102MJT000045W-S1");
  EXPECT_EQ(fact.subject, "subject");
  EXPECT_EQ(fact.from_ns, 1);
  EXPECT_EQ(fact.until_ns, 2);
  EXPECT_EQ(fact.conduct_day, 3);
  EXPECT_EQ(standing.details->facts[1].ground, "KM-02");
  EXPECT_EQ(standing.details->statuses.size(), 1u);
}

// There are a million of these in memory; the design allows 200 bytes an organization for the whole index.
TEST(Standing, IsSmall) { EXPECT_LE(sizeof(Standing), 56u); }

}  // namespace
}  // namespace chengxin::domain
