// Who may do what on whom, over real gRPC: own, another's, below; reporters, second officers, agencies
// (rules 18, 61).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "tests/contract/law_world.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class ScopeContract : public LawContract {
 protected:
  ScopeContract() {
    for (int number : {1, 2}) world_.Register(number);
  }

  // From now on the decisions of cases need two officers.
  void AskForTwoOfficers() {
    v1::ActivateCatalogueRequest request;
    *request.mutable_catalogue() = LoadDeployedCatalogue();
    request.mutable_catalogue()->set_version("two-officers");
    request.mutable_catalogue()->mutable_procedure()->set_decisions_need_two_officers(true);
    request.set_request_id(world_.NextRequestId());
    Expect(ServedWorld::Ask("admin", served_.admin(), &v1::AdminService::Stub::ActivateCatalogue, request));
  }
  Answer<v1::ConfirmDecisionResponse> Confirm(std::string_view who, const v1::Case& found) {
    v1::ConfirmDecisionRequest request;
    request.set_confirming_officer("复核人丁");
    return Move(who, &Cases::ConfirmDecision, found, request);
  }
  v1::OpenCaseRequest ComplaintOn(int number) {
    v1::OpenCaseRequest request = ReportOn(number);
    request.set_origin(v1::CASE_ORIGIN_COMPLAINT);
    request.mutable_case_()->clear_contract();
    return request;
  }
  std::vector<std::string> ListedCases(std::string_view who) {
    std::vector<std::string> names;
    const auto listed = Ask(who, &Cases::ListCases, v1::ListCasesRequest());
    for (const v1::Case& found : Expect(listed).cases()) names.push_back(found.name());
    return names;
  }
  // A contract of 文化 with the organization, certified and awarded.
  v1::Award Awarded(int number) {
    v1::CertifyRequest certify;
    certify.set_subject(v1::RECEIPT_SUBJECT_ORGANIZATION);
    certify.add_organization_codes(World::CodeOf(number).ToString());
    *certify.mutable_context() = ContextOf(world_);
    domain::SetTimestamp(world_.clock().Now() + absl::Hours(24),
                         *certify.mutable_context()->mutable_cut_off());
    certify.set_request_id(world_.NextRequestId());
    const v1::Receipt receipt = Expect(Ask(kCulture, &Eligibility::Certify, certify)).receipt();
    v1::CreateAwardRequest request;
    request.set_request_id(world_.NextRequestId());
    v1::Award& award = *request.mutable_award();
    award.set_project(receipt.context().project());
    award.set_title("社区居家养老服务");
    award.set_mode(v1::AWARD_MODE_SINGLE);
    award.add_contractor_codes(World::CodeOf(number).ToString());
    *award.mutable_cut_off() = receipt.context().cut_off();
    award.set_contract("KMWH-2026-031");
    v1::ContractTerm& term = *award.add_terms();
    term.set_starts_on("2026-12-01");
    term.set_ends_on("2027-11-30");
    term.set_price_fen(100'000'00);
    term.set_receipt(receipt.name());
    return Expect(Ask(kCulture, &Awards::CreateAward, request)).award();
  }
};

TEST_F(ScopeContract, Rule18WhoOpensACaseDoesNotDecideIt) {
  const v1::Case accepted = Accept(Expect(Ask(kWuhuaIntake, &Cases::OpenCase, ComplaintOn(1))).case_());
  EXPECT_EQ(accepted.opener(), "wuhua-intake");
  const v1::DecideCaseRequest decision = DecisionOn(v1::CASE_FINDING_NO_MEASURE);
  const auto refused = Move(kWuhuaIntake, &Cases::DecideCase, accepted, decision);
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(refused.status), "REPORTER_DECIDES");
  EXPECT_EQ(Expect(Move(kWuhua, &Cases::DecideCase, accepted, decision)).case_().state(),
            v1::CASE_STATE_DECIDED);
}

TEST_F(ScopeContract, Rule18ADecisionThatNeedsTwoOfficersHasNoEffectUntilTheSecondConfirms) {
  AskForTwoOfficers();
  const v1::Case ready = ReadyToDecide(1, "ABN-06");
  const auto decided = Move(kWuhua, &Cases::DecideCase, ready, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"));
  const v1::Case proposed = Expect(decided).case_();
  EXPECT_FALSE(decided.response.has_listing());
  EXPECT_EQ(proposed.state(), v1::CASE_STATE_STATED);
  EXPECT_EQ(proposed.proposed_decision().ground(), "ABN-06");
  EXPECT_THAT(proposed.open_moves(), Contains(v1::CASE_VERB_CONFIRM));
  EXPECT_EQ(VerdictOf(1), v1::VERDICT_ELIGIBLE);
  EXPECT_EQ(ReportOf("public", 1).listings_size(), 0);

  ExpectRefused(Confirm(kWuhua, proposed), "SECOND_OFFICER_NEEDED");
  EXPECT_EQ(Confirm(kKunming, proposed).status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Confirm(kPanlong, proposed).status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Confirm(kCulture, proposed).status.error_code(), grpc::StatusCode::PERMISSION_DENIED);

  const auto confirmed = Confirm(kWuhuaSecond, proposed);
  EXPECT_EQ(Expect(confirmed).case_().state(), v1::CASE_STATE_DECIDED);
  EXPECT_EQ(confirmed.response.case_().deciding_officer(), "经办人乙");
  EXPECT_EQ(confirmed.response.case_().confirming_officer(), "复核人丁");
  EXPECT_EQ(GetListing("public", confirmed.response.listing().name()).list(), v1::LIST_KIND_ABNORMAL);
  EXPECT_NE(VerdictOf(1), v1::VERDICT_ELIGIBLE);
  // The same request again is answered the same, by the second officer too.
  ExpectRefused(Confirm(kWuhuaSecond, confirmed.response.case_()), "MOVE_NOT_OPEN");
}

TEST_F(ScopeContract, Rule46AProposedDecisionIsTheAuthoritiesOwn) {
  AskForTwoOfficers();
  const v1::Case ready = ReadyToDecide(1, "ABN-06");
  const v1::Case proposed =
      Expect(Move(kWuhua, &Cases::DecideCase, ready, DecisionOn(v1::CASE_FINDING_LISTED, "ABN-06"))).case_();
  const v1::Case by_reporter = GetCase(kCulture, proposed.name());
  EXPECT_FALSE(by_reporter.has_proposed_decision());
  EXPECT_EQ(by_reporter.proposer(), "");
  for (const v1::CaseMove& move : by_reporter.moves()) EXPECT_NE(move.verb(), v1::CASE_VERB_DECIDE);
  const v1::Case above = GetCase(kKunming, proposed.name());
  EXPECT_TRUE(above.has_proposed_decision());
  EXPECT_EQ(above.deciding_officer(), "") << "rule 62: for the authority alone";
  EXPECT_THAT(above.open_moves(), IsEmpty());
  const v1::Case decided = Expect(Confirm(kWuhuaSecond, proposed)).case_();
  EXPECT_EQ(GetCase(kKunming, decided.name()).confirming_officer(), "");
  EXPECT_EQ(GetCase(kCulture, decided.name()).confirming_officer(), "");
  EXPECT_EQ(GetCase(kCulture, decided.name()).moves().rbegin()->verb(), v1::CASE_VERB_CONFIRM);
}

// Read below for superior authorities; what is done is the registering one's.
TEST_F(ScopeContract, Rule18ASuperiorAuthorityReadsACaseAndMovesNothingOfIt) {
  const v1::Case report = Report(1);
  EXPECT_EQ(CodeOfGetCase(kKunming, report.name()), grpc::StatusCode::OK);
  const auto refused = [](const auto& answer) {
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::NOT_FOUND) << answer.status.error_message();
  };
  v1::ReturnCaseRequest back;
  back.set_reason("请补充");
  v1::DismissCaseRequest dismissal;
  dismissal.set_reason("不属于");
  v1::ForwardCaseRequest forward;
  forward.set_reason("转送");
  forward.set_to_authority("authorities/km");
  v1::ServeNoticeRequest notice;
  *notice.mutable_notice() = NoticeOn("ABN-06");
  v1::RecordStatementRequest statement;
  statement.mutable_statement()->set_received_on(Today());
  statement.mutable_statement()->set_text("意见");
  v1::TransferCaseRequest transfer;
  transfer.mutable_transfer()->set_organ("财政局");
  transfer.mutable_transfer()->set_number("1号");
  transfer.mutable_transfer()->set_transferred_on(Today());
  transfer.mutable_transfer()->set_reasons("移送");
  for (const std::string_view who : {kKunming, kPanlong}) {
    refused(Move(who, &Cases::AcceptCase, report));
    refused(Move(who, &Cases::ReturnCase, report, back));
    refused(Move(who, &Cases::DismissCase, report, dismissal));
    refused(Move(who, &Cases::ForwardCase, report, forward));
    refused(Move(who, &Cases::ServeNotice, report, notice));
    refused(Move(who, &Cases::RecordStatement, report, statement));
    refused(Move(who, &Cases::DecideCase, report, DecisionOn(v1::CASE_FINDING_NO_MEASURE)));
    refused(Confirm(who, report));
    refused(Move(who, &Cases::TransferCase, report, transfer));
  }
  EXPECT_EQ(GetCase(kWuhua, report.name()).state(), v1::CASE_STATE_RECEIVED);
}

TEST_F(ScopeContract, Rule18ASuperiorAuthorityNeitherRecordsNorCorrectsNorAnswers) {
  const v1::CreateRecordRequest penalty =
      world_.PenaltyRequest(World::CodeOf(1), kFiftyThousandYuan, "SER-04", Today());
  const auto refused = [](const auto& answer) {
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::PERMISSION_DENIED)
        << answer.status.error_message();
    EXPECT_EQ(ReasonOf(answer.status), "NOT_REGISTERING_AUTHORITY");
  };
  refused(Ask(kKunming, &Records::CreateRecord, penalty));
  const auto filed = Ask(kWuhua, &Records::CreateRecord, penalty);
  const v1::CreditRecord record = Expect(filed).record();
  const v1::Listing listing = filed.response.listing();
  v1::CorrectRecordRequest correction;
  *correction.mutable_record() = penalty.record();
  correction.mutable_record()->clear_deciding_officer();
  correction.mutable_record()->mutable_penalty()->set_facts("另查明");
  correction.set_reason("更正");
  v1::WithdrawRecordRequest withdrawal;
  withdrawal.mutable_withdrawal()->set_reason("撤销");
  withdrawal.mutable_withdrawal()->set_basis("行政处罚法第七十五条");
  withdrawal.mutable_withdrawal()->set_decided_on(Today());
  v1::NoteReviewRequest review;
  review.set_item(listing.name());
  review.set_etag(listing.etag());
  review.set_request_id(world_.NextRequestId());
  review.mutable_review()->set_kind(v1::REVIEW_KIND_ADMINISTRATIVE_REVIEW);
  review.mutable_review()->set_number("1号");
  review.mutable_review()->set_organ("昆明市人民政府");
  review.mutable_review()->set_since(Today());
  const v1::FileApplicationRequest objection = ApplicationOn(v1::APPLICATION_KIND_OBJECTION, listing.name());
  const v1::Application filed_objection = File(objection, "organization:" + World::CodeOf(1).ToString());
  for (const std::string_view who : {kKunming, kPanlong}) {
    refused(Move(who, &Records::CorrectRecord, record, correction));
    refused(Move(who, &Records::WithdrawRecord, record, withdrawal));
    refused(Ask(who, &Records::NoteReview, review));
    refused(Ask(who, &Cases::FileApplication, objection));
    refused(Move(who, &Cases::AcceptApplication, filed_objection));
  }
  v1::GetApplicationRequest get;
  get.set_name(filed_objection.name());
  EXPECT_TRUE(Ask(kKunming, &Cases::GetApplication, get).ok()) << "it reads";
  EXPECT_EQ(Ask(kPanlong, &Cases::GetApplication, get).status.error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(ScopeContract, Rule18TheRegisterOfAnOrganizationIsItsAuthoritysAlone) {
  v1::GetOrganizationRequest get;
  get.set_code(World::CodeOf(1).ToString());
  const v1::Organization organization =
      Expect(Ask(kWuhua, &Organizations::GetOrganization, get)).organization();
  v1::ChangeOrganizationCodeRequest recode;
  recode.set_organization_code(organization.code());
  recode.set_new_code(World::CodeOf(7).ToString());
  recode.set_reason("重新赋码");
  recode.set_etag(organization.etag());
  recode.set_request_id(world_.NextRequestId());
  v1::MergeOrganizationRequest merge;
  merge.set_organization_code(organization.code());
  merge.set_successor_code(World::CodeOf(2).ToString());
  merge.set_merged_on(Today());
  merge.set_number("五民许〔2026〕1号");
  merge.set_etag(organization.etag());
  merge.set_request_id(world_.NextRequestId());
  for (const std::string_view who : {kKunming, kPanlong}) {
    EXPECT_EQ(ReasonOf(Ask(who, &Organizations::ChangeOrganizationCode, recode).status),
              "NOT_REGISTERING_AUTHORITY");
    EXPECT_EQ(ReasonOf(Ask(who, &Organizations::MergeOrganization, merge).status),
              "NOT_REGISTERING_AUTHORITY");
  }
}

TEST_F(ScopeContract, Rule61AFinanceDepartmentReadsItsOwnLevelAndBelow) {
  const v1::CreditRecord record =
      Expect(Ask(kWuhua, &Records::CreateRecord,
                 world_.PenaltyRequest(World::CodeOf(1), kFiftyThousandYuan, "SER-04", Today())))
          .record();
  v1::GetRecordRequest get;
  get.set_name(record.name());
  for (const std::string_view who : {"finance:km-wuhua", "finance:km", "finance:yn", "audit"})
    EXPECT_TRUE(Ask(who, &Records::GetRecord, get).ok()) << who;
  EXPECT_EQ(Ask("finance:km-panlong", &Records::GetRecord, get).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Ask("finance", &Records::GetRecord, get).status.error_code(), grpc::StatusCode::UNAUTHENTICATED)
      << "it is bound to an authority";
  // Elsewhere it sees what a purchaser does: what is in force.
  EXPECT_EQ(ReportOf("finance:km-panlong", 1).adverse_records_size(), 1);
}

TEST_F(ScopeContract, Rule61AnAgencyReportsOnAnEntrustedProjectAndSeesItsOwn) {
  const v1::Award award = Awarded(1);
  v1::OpenCaseRequest request = ReportOn(1);
  const auto nameless = Ask(kAgency, &Cases::OpenCase, request);
  EXPECT_EQ(nameless.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(nameless.status), "NOT_ENTRUSTED");
  request.mutable_case_()->set_award(award.name());
  for (const std::string_view who :
       {"agency:km-agency", "agency:km-agency+purchasers/km-health",
        "agency:km-agency+purchasers/km-culture/projects/another", "agency:km-culture"}) {
    EXPECT_EQ(ReasonOf(Ask(who, &Cases::OpenCase, request).status), "NOT_ENTRUSTED") << who;
  }
  const std::string one_project = "agency:km-agency+purchasers/km-culture/projects/" + award.project();
  const v1::Case opened = Expect(Ask(one_project, &Cases::OpenCase, request)).case_();
  EXPECT_EQ(opened.reporter(), "purchasers/km-culture");
  const v1::Case of_the_purchaser = Report(2);

  EXPECT_EQ(CodeOfGetCase(kCulture, opened.name()), grpc::StatusCode::OK) << "it is reported for it";
  EXPECT_EQ(CodeOfGetCase("agency:km-agency", opened.name()), grpc::StatusCode::OK);
  EXPECT_EQ(CodeOfGetCase(kAgency, of_the_purchaser.name()), grpc::StatusCode::NOT_FOUND)
      << "entrusted, but not its own report";
  for (const std::string_view who :
       {"agency:km-other+purchasers/km-culture", "agency:km-culture", "purchaser:km-agency"})
    EXPECT_EQ(CodeOfGetCase(who, opened.name()), grpc::StatusCode::NOT_FOUND) << who;
  EXPECT_THAT(ListedCases("agency:km-agency"), ElementsAre(opened.name()));
  EXPECT_THAT(ListedCases(kCulture), ElementsAre(of_the_purchaser.name(), opened.name()));
  EXPECT_THAT(ListedCases("agency:km-culture"), IsEmpty()) << "a unit of the purchaser's name";
  EXPECT_THAT(ListedCases("purchaser:km-agency"), IsEmpty());
}

TEST_F(ScopeContract, Rule61WhoActsForNobodySeesWhatIsPublished) {
  // Substantiated, on no list: purchasers see it while it counts.
  v1::Case ready = Waive(ServeNotice(Accept(Report(1)), ""));
  Expect(Move(kWuhua, &Cases::DecideCase, ready, DecisionOn(v1::CASE_FINDING_SUBSTANTIATED)));
  EXPECT_EQ(ReportOf(kCulture, 1).adverse_records_size(), 1);
  EXPECT_EQ(ReportOf(kAgency, 1).adverse_records_size(), 1);
  const int published = ReportOf("public", 1).adverse_records_size();
  EXPECT_EQ(published, 0);
  EXPECT_EQ(ReportOf("agency:km-agency", 1).adverse_records_size(), published);
}

TEST_F(ScopeContract, Rule61ASyncJobCorrectsWhatItsSourceDelivered) {
  v1::ImportRecordsRequest batch;
  batch.set_source("sources/credit-records");
  domain::SetTimestamp(world_.clock().Now(), *batch.mutable_source_as_of());
  batch.set_request_id(world_.NextRequestId());
  v1::ImportRecord& row = *batch.add_records();
  row.set_organization_code(World::CodeOf(1).ToString());
  *row.mutable_record() = world_.PenaltyRequest(World::CodeOf(1), kSmallFine, "", Today()).record();
  ASSERT_TRUE(served_.engine().SubmitAndWait(World::Sync("sources/credit-records"), batch).ok());
  v1::ListRecordsRequest list;
  list.set_organization_code(World::CodeOf(1).ToString());
  const auto listed = Ask(kWuhua, &Records::ListRecords, list);
  ASSERT_EQ(Expect(listed).records_size(), 1);
  const v1::CreditRecord& delivered = listed.response.records(0);
  v1::CorrectRecordRequest correction;
  *correction.mutable_record() = row.record();
  correction.mutable_record()->mutable_penalty()->set_facts("另查明");
  correction.set_reason("更正");
  const auto refused = Move("sync:major-violations", &Records::CorrectRecord, delivered, correction);
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Move("sync", &Records::CorrectRecord, delivered, correction).status.error_code(),
            grpc::StatusCode::UNAUTHENTICATED)
      << "it is bound to a source";
  EXPECT_TRUE(Move("sync:credit-records", &Records::CorrectRecord, delivered, correction).ok());
}

}  // namespace
}  // namespace chengxin
