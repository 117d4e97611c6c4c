// Applications come in: by whom, on what, with what; and who may move them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/resource_names.h"
#include "tests/unit/domain/application_desk.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ApplicationFiling : public testing::Test {
 protected:
  ApplicationFiling() { PutAbnormal(bureau_, code_, "ABN-01", "2026-06-30"); }

  v1::FileApplicationRequest Removal() {
    return ApplicationFor(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
  const std::string entry_ = "listings/" + code_ + "-A1";
};

TEST_F(ApplicationFiling, KeepsWhatWasHandedInAndSetsTheRest) {
  v1::FileApplicationRequest request = Removal();
  request.mutable_application()->set_state(v1::APPLICATION_STATE_GRANTED);  // not the applicant's to say
  request.mutable_application()->set_answer("同意");
  const auto filed = bureau_.Try(Bureau::Own(code_), request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  ASSERT_EQ(filed->events.size(), 1u);
  const v1::Application& application = ApplicationOf(filed);
  EXPECT_EQ(application.name(), "applications/2-1");
  EXPECT_EQ(application.state(), v1::APPLICATION_STATE_FILED);
  EXPECT_EQ(application.organization(), "organizations/" + code_);
  EXPECT_EQ(application.organization_code(), code_);
  EXPECT_EQ(application.authority(), "authorities/km-wuhua");
  EXPECT_EQ(application.item(), entry_);
  EXPECT_EQ(application.proofs_size(), 1);
  EXPECT_EQ(application.received_on(), "2026-11-24");
  EXPECT_EQ(application.contact(), "联系人乙");
  EXPECT_EQ(application.answer(), "");
  EXPECT_EQ(application.revision(), 2u);
  EXPECT_EQ(application.etag(), "r2");
  // Nothing happens to the entry.
  EXPECT_EQ(ListingNamed(bureau_, code_, entry_).etag(), "listed");
}

TEST_F(ApplicationFiling, TheAuthorityFilesWhatCameOnPaper) {
  const auto filed = bureau_.Try(Bureau::Wuhua(), Removal());
  EXPECT_TRUE(filed.ok()) << filed.status();
}

// Rule 18.
TEST_F(ApplicationFiling, AnotherAuthorityTakesNoPaper) {
  const auto refused = bureau_.Do(Bureau::Panlong(), Removal());
  EXPECT_EQ(ReasonOf(refused), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(MetadataOf(refused, "registration_authority"), "authorities/km-wuhua");
}

TEST_F(ApplicationFiling, AnothersItemIsAsGoodAsNone) {
  const std::string other = bureau_.Register(2);
  const auto refused = bureau_.Do(Bureau::Own(other), Removal());
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kNotFound);
  v1::FileApplicationRequest absent = Removal();
  absent.mutable_application()->set_item("listings/" + code_ + "-S1");
  const auto not_there = bureau_.Do(Bureau::Own(code_), absent);
  EXPECT_EQ(not_there.status().code(), absl::StatusCode::kNotFound);
  // An organization that the registry copy does not know owns nothing.
  EXPECT_EQ(bureau_.Do(Bureau::Own(Bureau::CodeOf(9).ToString()), Removal()).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(ApplicationFiling, NobodyElseFiles) {
  for (const v1::Principal& principal : {Bureau::Public(), Bureau::Sync(), Bureau::Admin()}) {
    EXPECT_EQ(ReasonOf(bureau_.Do(principal, Removal())), "ROLE_NOT_ALLOWED");
  }
  v1::Principal system;
  system.set_subject("system");
  EXPECT_EQ(ReasonOf(bureau_.Do(system, Removal())), "ROLE_NOT_ALLOWED");
}

TEST_F(ApplicationFiling, OneOfAKindIsOpenOnAnItem) {
  const v1::Application first = Filed(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  const auto again = bureau_.Do(Bureau::Wuhua(), Removal());
  EXPECT_EQ(ReasonOf(again), "APPLICATION_OPEN");
  EXPECT_EQ(MetadataOf(again, "application"), first.name());
  // Of another kind there may be one beside it.
  Filed(bureau_, v1::APPLICATION_KIND_OBJECTION, entry_);
  const auto accepted = bureau_.Try(Bureau::Wuhua(), Acceptance(bureau_, first));
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Own(code_), Removal())), "APPLICATION_OPEN");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Answer(bureau_, ApplicationOf(accepted), false)).ok());
  EXPECT_TRUE(bureau_.Try(Bureau::Own(code_), Removal()).ok());
}

TEST_F(ApplicationFiling, ARejectionNamesItsReasonsAndEndsIt) {
  const v1::Application filed = Filed(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  const auto rejected = bureau_.Try(Bureau::Wuhua(), Rejection(bureau_, filed));
  ASSERT_TRUE(rejected.ok()) << rejected.status();
  EXPECT_EQ(rejected->events.size(), 1u);
  EXPECT_EQ(ApplicationOf(rejected).state(), v1::APPLICATION_STATE_REJECTED);
  EXPECT_EQ(ApplicationOf(rejected).rejection_reasons(), "材料不全，经告知未补正");
  const auto late = bureau_.Do(Bureau::Wuhua(), Acceptance(bureau_, ApplicationOf(rejected)));
  EXPECT_EQ(ReasonOf(late), "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(late, "state"), "APPLICATION_STATE_REJECTED");
  EXPECT_EQ(MetadataOf(late, "open_moves"), "");
  EXPECT_TRUE(bureau_.Try(Bureau::Own(code_), Removal()).ok());
}

TEST_F(ApplicationFiling, AnAnswerWaitsForTheAcceptance) {
  const v1::Application filed = Filed(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  const auto refused = bureau_.Do(Bureau::Wuhua(), Answer(bureau_, filed, true, "2026-11-24"));
  EXPECT_EQ(ReasonOf(refused), "MOVE_NOT_OPEN");
  EXPECT_EQ(MetadataOf(refused, "open_moves"), "ACCEPT,REJECT");
}

TEST_F(ApplicationFiling, AStaleEtagIsAborted) {
  const v1::Application filed = Filed(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), Acceptance(bureau_, filed)).ok());
  const auto stale = bureau_.Try(Bureau::Wuhua(), Rejection(bureau_, filed));
  EXPECT_EQ(stale.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(stale), "STALE_ETAG");
  EXPECT_EQ(MetadataOf(stale, "etag"), "r3");
}

TEST_F(ApplicationFiling, NoApplicationIsNotFound) {
  v1::Application absent;
  absent.set_name("applications/99-1");
  absent.set_etag("r99");
  EXPECT_EQ(bureau_.Do(Bureau::Wuhua(), Acceptance(bureau_, absent)).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(bureau_.Do(Bureau::Own(code_), Acceptance(bureau_, absent))), "ROLE_NOT_ALLOWED");
}

// Rule 18: after a move the new authority decides, and the old one no longer does.
TEST_F(ApplicationFiling, TheAuthorityThatHasTheOrganizationNowDecides) {
  const v1::Application filed = Filed(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  v1::Organization moved = Bureau::OrganizationOf(1);
  moved.set_registration_authority("authorities/km-panlong");
  ASSERT_TRUE(bureau_.Try(Bureau::Sync(), bureau_.Batch({moved})).ok());
  const auto old = bureau_.Do(Bureau::Wuhua(), Acceptance(bureau_, filed));
  EXPECT_EQ(ReasonOf(old), "NOT_REGISTERING_AUTHORITY");
  EXPECT_EQ(MetadataOf(old, "registration_authority"), "authorities/km-panlong");
  // The application went over with the organization.
  const auto id = domain::ParseApplicationName(filed.name());
  const v1::Application followed = **bureau_.view().FindApplication(*id);
  EXPECT_EQ(followed.authority(), "authorities/km-panlong");
  const auto accepted = bureau_.Try(Bureau::Panlong(), Acceptance(bureau_, followed));
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(ApplicationOf(accepted).authority(), "authorities/km-panlong");
  const auto granted = bureau_.Try(Bureau::Panlong(),
                                   Answer(bureau_, ApplicationOf(accepted), /*granted=*/true, "2026-11-24"));
  ASSERT_TRUE(granted.ok()) << granted.status();
  EXPECT_EQ(granted->events.at(1).listing().listing().authority(), "authorities/km-panlong");
}

TEST_F(ApplicationFiling, WrongFieldsAreNamedTogether) {
  v1::FileApplicationRequest request = Removal();
  v1::Application& application = *request.mutable_application();
  application.set_item("organizations/" + code_ + "/records/1-1");
  application.clear_reasons();
  application.clear_proofs();
  application.set_received_on("2026-11-25");  // tomorrow
  *application.mutable_commitment() = Proof();
  const auto refused = bureau_.Do(Bureau::Own(code_), request);
  EXPECT_THAT(FieldsOf(refused.status()),
              ElementsAre("application.item", "application.reasons", "application.proofs",
                          "application.commitment", "application.received_on"));
}

TEST_F(ApplicationFiling, NothingIsReceivedBeforeTheEntryItIsAbout) {
  v1::FileApplicationRequest request = Removal();
  request.mutable_application()->set_received_on("2026-06-29");
  const auto refused = bureau_.Do(Bureau::Own(code_), request);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(FieldsOf(refused.status()), ElementsAre("application.received_on"));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("2026-06-30"));
  request.mutable_application()->set_received_on("2026-06-30");
  EXPECT_TRUE(bureau_.Try(Bureau::Own(code_), request).ok());
}

// An entry is there from its decision on, though it took effect later.
TEST_F(ApplicationFiling, AnObjectionMayComeBetweenTheDecisionAndItsEffect) {
  v1::CreateRecordRequest penalty = bureau_.Penalty(code_, kBorderFine, "2026-11-10", "SER-04");
  penalty.mutable_listing_decision()->set_effective_on("2026-11-20");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), penalty).ok());
  v1::FileApplicationRequest request =
      ApplicationFor(bureau_, v1::APPLICATION_KIND_OBJECTION, "listings/" + code_ + "-S1");
  request.mutable_application()->set_received_on("2026-11-09");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Own(code_), request).status()),
              ElementsAre("application.received_on"));
  request.mutable_application()->set_received_on("2026-11-12");
  EXPECT_TRUE(bureau_.Try(Bureau::Own(code_), request).ok());
}

TEST_F(ApplicationFiling, NothingIsReceivedBeforeTheRecordItIsAbout) {
  v1::CreateRecordRequest penalty = bureau_.Penalty(code_, kBorderFine, "2026-11-20");
  penalty.mutable_record()->set_formed_on("2026-11-23");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), penalty).ok());
  const std::string record = bureau_.RecordsOf(code_).at(0).name();
  v1::FileApplicationRequest request = ApplicationFor(bureau_, v1::APPLICATION_KIND_OBJECTION, record);
  request.mutable_application()->set_received_on("2026-11-19");
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Own(code_), request).status()),
              ElementsAre("application.received_on"));
  // The penalty was known to the organization before the platform had it.
  request.mutable_application()->set_received_on("2026-11-20");
  EXPECT_TRUE(bureau_.Try(Bureau::Own(code_), request).ok());
}

// A qualification is known before its validity begins.
TEST_F(ApplicationFiling, WhatHoldsOnlyLaterIsObjectedToOnceItIsKnown) {
  v1::CreditRecord record;
  record.set_formed_on("2026-11-20");
  v1::Qualification& qualification = *record.mutable_qualification();
  qualification.set_kind("社会工作服务机构资质");
  qualification.set_certificate_number("滇社工〔2026〕1号");
  qualification.set_valid_from("2027-01-01");
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Filing(code_, record)).ok());
  EXPECT_TRUE(bureau_
                  .Try(Bureau::Own(code_), ApplicationFor(bureau_, v1::APPLICATION_KIND_OBJECTION,
                                                          bureau_.RecordsOf(code_).at(0).name()))
                  .ok());
}

TEST_F(ApplicationFiling, EvidenceIsFixedByItsDigest) {
  v1::FileApplicationRequest request = Removal();
  request.mutable_application()->mutable_proofs(0)->set_sha256(std::string(64, 'A'));
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Own(code_), request).status()),
              ElementsAre("application.proofs[0].sha256"));
  request = Removal();
  request.mutable_application()->mutable_proofs(0)->set_sha256(std::string(63, 'a'));
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Own(code_), request).status()),
              ElementsAre("application.proofs[0].sha256"));
  request = Removal();
  while (request.application().proofs_size() < 20) *request.mutable_application()->add_proofs() = Proof();
  v1::FileApplicationRequest too_many = request;
  *too_many.mutable_application()->add_proofs() = Proof();
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Own(code_), too_many).status()), ElementsAre("application.proofs"));
  EXPECT_TRUE(bureau_.Try(Bureau::Own(code_), request).ok());
}

TEST_F(ApplicationFiling, AnAnswerIsNumberedAndSigned) {
  const v1::Application accepted = Accepted(bureau_, v1::APPLICATION_KIND_REMOVAL, entry_);
  v1::AnswerApplicationRequest answer = Answer(bureau_, accepted, true, "2026-11-25");
  answer.clear_number();
  answer.clear_answer();
  answer.clear_deciding_officer();
  EXPECT_THAT(FieldsOf(bureau_.Do(Bureau::Wuhua(), answer).status()),
              ElementsAre("number", "answer", "verified_on", "deciding_officer"));
  const auto answered = bureau_.Try(Bureau::Wuhua(), Answer(bureau_, accepted, false));
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->events.size(), 1u);
  EXPECT_EQ(ApplicationOf(answered).state(), v1::APPLICATION_STATE_REFUSED);
  EXPECT_EQ(ApplicationOf(answered).answer_number(), "五民复〔2026〕1号");
  EXPECT_EQ(ApplicationOf(answered).answered_on(), "2026-11-24");
  EXPECT_EQ(ApplicationOf(answered).deciding_officer(), "经办人甲");
  EXPECT_EQ(ApplicationOf(answered).verified_on(), "");
  EXPECT_EQ(ListingNamed(bureau_, code_, entry_).state(), v1::LISTING_STATE_LISTED);
  EXPECT_THAT(ApplicationOf(answered).answer(), HasSubstr("不同意"));
}

}  // namespace
}  // namespace chengxin
