// Cases, applications, awards and receipts: found whole, as of a revision, and by whom they concern.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "storage/store.h"
#include "tests/support/ledger.h"

namespace chengxin::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DocketTest : public testing::Test {
 protected:
  // What a party has, by id, in the order found.
  std::vector<std::string> Cases(const Party& party, bool only_open = false,
                                 std::optional<domain::RecordId> after = std::nullopt,
                                 uint64_t at = kNewest) {
    std::vector<std::string> names;
    EXPECT_TRUE(store_
                    ->ScanCases(party, after, only_open, at, Sealed::kLeaveOut,
                                [&](const v1::Case& the_case) {
                                  names.push_back(the_case.name());
                                  return true;
                                })
                    .ok());
    return names;
  }
  std::vector<std::string> Awards(const Party& party, bool only_open = false) {
    std::vector<std::string> names;
    EXPECT_TRUE(store_
                    ->ScanAwards(party, std::nullopt, only_open, kNewest,
                                 [&](const v1::Award& award) {
                                   names.push_back(award.name());
                                   return true;
                                 })
                    .ok());
    return names;
  }
  std::vector<std::string> Applications(const Party& party, bool only_open = false) {
    std::vector<std::string> names;
    EXPECT_TRUE(store_
                    ->ScanApplications(party, std::nullopt, only_open, kNewest, Sealed::kLeaveOut,
                                       [&](const v1::Application& application) {
                                         names.push_back(application.name());
                                         return true;
                                       })
                    .ok());
    return names;
  }
  void Commit(std::vector<log::v1::Event> events) {
    const auto committed = CommitNext(*store_, std::move(events));
    ASSERT_TRUE(committed.ok()) << committed.status();
  }
  void Reopen() {
    store_.reset();
    store_ = *Store::Open(SmallOptions(folder_.path() + "/data"));
  }

  const std::string one_ = CodeOfNumber(1);
  const std::string two_ = CodeOfNumber(2);
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_ = *Store::Open(SmallOptions(folder_.path() + "/data"));
};

TEST_F(DocketTest, ACaseIsFoundWholeOrWithoutWhatIsSealedAndAsOfARevision) {
  Commit({CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED)});
  Commit({CaseEvent({1, 1}, one_, v1::CASE_STATE_ACCEPTED)});
  Reopen();
  const auto whole = *store_->FindCase({1, 1}, kNewest, Sealed::kMerge);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_EQ(whole->complainant(), "投诉人甲");
  EXPECT_EQ(whole->internal_note(), "经办笔记");
  const auto open = *store_->FindCase({1, 1}, 1, Sealed::kLeaveOut);
  EXPECT_EQ(open->state(), v1::CASE_STATE_RECEIVED);
  EXPECT_EQ(open->complainant(), "");
  EXPECT_EQ(open->internal_note(), "");
  EXPECT_FALSE(store_->FindCase({1, 2}, kNewest, Sealed::kMerge)->has_value());
  EXPECT_FALSE(store_->FindCase({1, 1}, 0, Sealed::kMerge)->has_value());
  // Nothing sealed is in the log's own bytes.
  EXPECT_EQ(store_->ReadChangeBytes(2)->find("投诉人甲"), std::string::npos);
}

TEST_F(DocketTest, CasesAreListedNewestFirstByEachParty) {
  Commit(
      {CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED), CaseEvent({1, 2}, two_, v1::CASE_STATE_RECEIVED)});
  Commit({CaseEvent({2, 1}, one_, v1::CASE_STATE_RECEIVED)});
  EXPECT_THAT(Cases(Party::Organization(one_)), ElementsAre("cases/2-1", "cases/1-1"));
  EXPECT_THAT(Cases(Party::Organization(two_)), ElementsAre("cases/1-2"));
  EXPECT_THAT(Cases(Party::Authority("km-wuhua")), ElementsAre("cases/2-1", "cases/1-2", "cases/1-1"));
  EXPECT_THAT(Cases(Party::Purchaser("wuhua-office")), ElementsAre("cases/2-1", "cases/1-2", "cases/1-1"));
  EXPECT_THAT(Cases(Party::Purchaser("km-wuhua")), IsEmpty()) << "an authority is no purchaser of its name";
  EXPECT_THAT(Cases(Party::Authority("km")), IsEmpty()) << "nor is a part of a name the name";
}

TEST_F(DocketTest, AListGoesOnAfterACursorAndEndsWhenToldTo) {
  for (uint64_t revision = 1; revision <= 5; ++revision) {
    Commit({CaseEvent({revision, 1}, one_, v1::CASE_STATE_RECEIVED)});
  }
  const Party wuhua = Party::Authority("km-wuhua");
  EXPECT_THAT(Cases(wuhua, false, domain::RecordId{4, 1}),
              ElementsAre("cases/3-1", "cases/2-1", "cases/1-1"));
  // A cursor need not exist.
  EXPECT_THAT(Cases(wuhua, false, domain::RecordId{3, 7}),
              ElementsAre("cases/3-1", "cases/2-1", "cases/1-1"));
  EXPECT_THAT(Cases(wuhua, false, domain::RecordId{1, 1}), IsEmpty());
  int seen = 0;
  ASSERT_TRUE(store_
                  ->ScanCases(wuhua, std::nullopt, false, kNewest, Sealed::kLeaveOut,
                              [&](const v1::Case&) { return ++seen < 2; })
                  .ok());
  EXPECT_EQ(seen, 2);
  EXPECT_THAT(Cases(wuhua, false, std::nullopt, 2), ElementsAre("cases/2-1", "cases/1-1"))
      << "what was not there at the revision is passed over";
}

TEST_F(DocketTest, OpenCasesComeWithoutThoseThatHaveEnded) {
  Commit({CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED), CaseEvent({1, 2}, one_, v1::CASE_STATE_RECEIVED),
          CaseEvent({1, 3}, one_, v1::CASE_STATE_RECEIVED),
          CaseEvent({1, 4}, one_, v1::CASE_STATE_RETURNED)});
  Commit({CaseEvent({1, 1}, one_, v1::CASE_STATE_DECIDED), CaseEvent({1, 2}, one_, v1::CASE_STATE_DISMISSED),
          CaseEvent({1, 3}, one_, v1::CASE_STATE_TRANSFERRED)});
  Reopen();
  for (const Party& party :
       {Party::Organization(one_), Party::Authority("km-wuhua"), Party::Purchaser("wuhua-office")}) {
    EXPECT_THAT(Cases(party, /*only_open=*/true), ElementsAre("cases/1-4"));
    EXPECT_EQ(Cases(party).size(), 4u);
  }
}

// Rule 17: a forwarded case lies with the authority it went to.
TEST_F(DocketTest, AForwardedCaseLeavesOneAuthorityForTheOther) {
  Commit({CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED)});
  log::v1::Event forwarded = CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED);
  forwarded.mutable_case_()->set_authority("authorities/km-panlong");
  Commit({forwarded});
  EXPECT_THAT(Cases(Party::Authority("km-wuhua")), IsEmpty());
  EXPECT_THAT(Cases(Party::Authority("km-wuhua"), true), IsEmpty());
  EXPECT_THAT(Cases(Party::Authority("km-panlong"), true), ElementsAre("cases/1-1"));
  EXPECT_THAT(Cases(Party::Purchaser("wuhua-office")), ElementsAre("cases/1-1"));
}

TEST_F(DocketTest, OpenedAndDecidedInOneChangeACaseIsNotOpen) {
  Commit({CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED), CaseEvent({1, 1}, one_, v1::CASE_STATE_DECIDED)});
  EXPECT_THAT(Cases(Party::Organization(one_), true), IsEmpty());
  EXPECT_THAT(Cases(Party::Organization(one_)), ElementsAre("cases/1-1"));
  store_.reset();
  const absl::Status verified =
      Verify(SmallOptions(folder_.path() + "/data"), folder_.path() + "/scratch", nullptr);
  EXPECT_TRUE(verified.ok()) << verified;
}

TEST_F(DocketTest, AnApplicationIsOpenUntilItIsAnswered) {
  Commit({ApplicationEvent({1, 1}, one_, v1::APPLICATION_STATE_FILED),
          ApplicationEvent({1, 2}, one_, v1::APPLICATION_STATE_FILED)});
  Commit({ApplicationEvent({1, 1}, one_, v1::APPLICATION_STATE_GRANTED),
          ApplicationEvent({1, 2}, one_, v1::APPLICATION_STATE_ACCEPTED)});
  EXPECT_THAT(Applications(Party::Organization(one_)), ElementsAre("applications/1-2", "applications/1-1"));
  EXPECT_THAT(Applications(Party::Authority("km-wuhua"), true), ElementsAre("applications/1-2"));
  EXPECT_EQ((*store_->FindApplication({1, 1}, kNewest, Sealed::kMerge))->contact(), "联系人乙");
  EXPECT_EQ((*store_->FindApplication({1, 1}, kNewest, Sealed::kLeaveOut))->contact(), "");
  EXPECT_EQ((*store_->FindApplication({1, 1}, 1, Sealed::kMerge))->state(), v1::APPLICATION_STATE_FILED);
}

TEST_F(DocketTest, AnAwardIsEachContractorsThePurchasersAndEverybodys) {
  Commit({AwardEvent({1, 1}, {one_, two_}, v1::AWARD_STATE_ACTIVE)});
  Commit({AwardEvent({2, 1}, {one_}, v1::AWARD_STATE_ACTIVE)});
  Commit({AwardEvent({1, 1}, {one_, two_}, v1::AWARD_STATE_CLOSED)});
  EXPECT_THAT(Awards(Party::Organization(one_)), ElementsAre("awards/2-1", "awards/1-1"));
  EXPECT_THAT(Awards(Party::Organization(one_), true), ElementsAre("awards/2-1"));
  EXPECT_THAT(Awards(Party::Organization(two_), true), IsEmpty());
  EXPECT_THAT(Awards(Party::Purchaser("wuhua-office"), true), ElementsAre("awards/2-1"));
  EXPECT_THAT(Awards(Party::Everybody()), ElementsAre("awards/2-1", "awards/1-1"));
  EXPECT_EQ((*store_->FindAward({1, 1}, 2))->state(), v1::AWARD_STATE_ACTIVE);
  EXPECT_EQ((*store_->FindAward({1, 1}, kNewest))->state(), v1::AWARD_STATE_CLOSED);
}

TEST_F(DocketTest, AReceiptIsFoundByTheRevisionThatMadeIt) {
  Commit({OrganizationEvent(one_, "甲")});
  Commit({ReceiptEvent(2, one_)});
  Commit({ReceiptEvent(3, one_)});
  Reopen();
  EXPECT_EQ((*store_->FindReceipt(2, kNewest))->name(), "receipts/CX2026-000000002");
  EXPECT_FALSE(store_->FindReceipt(1, kNewest)->has_value());
  EXPECT_FALSE(store_->FindReceipt(3, 2)->has_value());
  const auto receipts = [&](const Party& party, std::optional<uint64_t> after) {
    std::vector<uint64_t> revisions;
    EXPECT_TRUE(store_
                    ->ScanReceipts(party, after,
                                   [&](const v1::Receipt& receipt) {
                                     revisions.push_back(receipt.revision());
                                     return true;
                                   })
                    .ok());
    return revisions;
  };
  EXPECT_THAT(receipts(Party::Purchaser("wuhua-office"), std::nullopt), ElementsAre(3u, 2u));
  EXPECT_THAT(receipts(Party::Purchaser("yunling"), 3), ElementsAre(2u));
  EXPECT_THAT(receipts(Party::Purchaser("other"), std::nullopt), IsEmpty());
}

// What Decide reads within a group sees the group's earlier commands.
TEST_F(DocketTest, AGroupSeesItsOwn) {
  Commit({OrganizationEvent(one_, "甲"), SourceReadEvent("registry-kunming", FirstStamp(), true),
          CaseEvent({1, 3}, one_, v1::CASE_STATE_RECEIVED),
          AwardEvent({1, 4}, {one_}, v1::AWARD_STATE_ACTIVE)});
  const auto group = store_->BeginGroup();
  ASSERT_TRUE(group
                  ->Append(ChangeOf(
                      2, {CaseEvent({2, 1}, one_, v1::CASE_STATE_RECEIVED),
                          CaseEvent({1, 3}, one_, v1::CASE_STATE_DECIDED),
                          AwardEvent({1, 4}, {one_}, v1::AWARD_STATE_CLOSED),
                          AwardEvent({2, 4}, {one_}, v1::AWARD_STATE_ACTIVE),
                          ApplicationEvent({2, 5}, one_, v1::APPLICATION_STATE_FILED), ReceiptEvent(2, one_),
                          SourceReadEvent("registry-kunming", FirstStamp() + absl::Hours(1), false)}))
                  .ok());
  const auto cases = *group->ListCases(one_);
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].name(), "cases/1-3") << "oldest first";
  EXPECT_EQ(cases[0].state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(cases[1].complainant(), "投诉人甲") << "whole";
  const auto awards = *group->ListActiveAwards(one_);
  ASSERT_EQ(awards.size(), 1u);
  EXPECT_EQ(awards[0].name(), "awards/2-4");
  EXPECT_EQ((*group->FindCase({1, 3}))->state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ((*group->FindAward({2, 4}))->project(), "WH-2026-001");
  EXPECT_EQ((*group->FindApplication({2, 5}))->contact(), "联系人乙");
  EXPECT_EQ(group->ListApplications(one_)->size(), 1u);
  EXPECT_TRUE(group->FindReceipt(2)->has_value());
  EXPECT_EQ((*group->FindStanding(one_))->code(), one_);
  EXPECT_FALSE(group->FindStanding(two_)->has_value());
  EXPECT_TRUE((*group->FindCompleteRead("registry-kunming"))->complete());
  EXPECT_FALSE((*group->FindSourceRead("registry-kunming"))->complete());
  EXPECT_THAT(*group->ListCases("no code"), IsEmpty());
  // Not committed: nobody else sees it.
  EXPECT_THAT(Cases(Party::Organization(one_)), ElementsAre("cases/1-3"));
}

TEST_F(DocketTest, AnEventWithoutAProperNameIsRefusedAndTheGroupGoesOn) {
  const auto group = store_->BeginGroup();
  for (log::v1::Event event :
       {CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED), AwardEvent({1, 1}, {one_}, v1::AWARD_STATE_ACTIVE),
        ApplicationEvent({1, 1}, one_, v1::APPLICATION_STATE_FILED), ReceiptEvent(1, one_)}) {
    if (event.has_case_()) event.mutable_case_()->set_name("cases/one");
    if (event.has_award()) event.mutable_award()->set_name("");
    if (event.has_application()) event.mutable_application()->set_name("cases/1-1");
    if (event.has_receipt()) event.mutable_receipt()->set_name("receipts/1");
    EXPECT_EQ(group->Append(ChangeOf(1, {event})).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_TRUE(group->Append(ChangeOf(1, {CaseEvent({1, 1}, one_, v1::CASE_STATE_RECEIVED)})).ok());
  EXPECT_TRUE(store_->Commit(*group).ok());
}

// Rule 7: what an authority recorded late, of all its organizations, newest first; a correction leaves it
// there.
TEST_F(DocketTest, Rule7LateCapturesAreOnTheDocketOfTheAuthorityThatRecordedThem) {
  const auto late = [](std::string_view code, domain::RecordId id, std::string_view recorded_by,
                       bool is_late) {
    log::v1::Event event = RecordEvent(code, id, "");
    event.mutable_record()->set_recorded_by(std::string(recorded_by));
    event.mutable_record()->set_captured_late(is_late);
    return event;
  };
  const auto captures = [this](const std::string& authority,
                               std::optional<domain::RecordName> after = std::nullopt) {
    std::vector<std::string> names;
    EXPECT_TRUE(store_
                    ->ScanLateCaptures(authority, after, kNewest, Sealed::kLeaveOut,
                                       [&](const v1::CreditRecord& record) {
                                         names.push_back(record.name());
                                         return true;
                                       })
                    .ok());
    return names;
  };
  Commit({OrganizationEvent(one_, "甲"), OrganizationEvent(two_, "乙")});
  Commit({late(one_, {2, 1}, "authorities/km-wuhua", true)});
  Commit({late(two_, {3, 1}, "authorities/km-wuhua", true)});
  Commit({late(two_, {4, 1}, "authorities/km-wuhua", false)});
  Commit({late(two_, {5, 1}, "authorities/km-panlong", true)});
  Commit({late(two_, {6, 1}, "sync-job", true)});
  Commit({late(one_, {2, 1}, "authorities/km-wuhua", true)});
  Reopen();
  const std::string first = domain::RecordNameOf(one_, {2, 1});
  const std::string second = domain::RecordNameOf(two_, {3, 1});
  EXPECT_THAT(captures("km-wuhua"), ElementsAre(second, first));
  EXPECT_THAT(captures("km-wuhua", domain::RecordName{two_, {3, 1}}), ElementsAre(first));
  EXPECT_THAT(captures("km-panlong"), ElementsAre(domain::RecordNameOf(two_, {5, 1})));
  EXPECT_THAT(captures("km"), IsEmpty());
}

}  // namespace
}  // namespace chengxin::storage
