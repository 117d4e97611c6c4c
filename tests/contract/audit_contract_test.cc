// The audit trail over real gRPC: who read what on whom to which purpose (rules 55, 61, 63).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "domain/timestamps.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/contract/law_world.h"

namespace chengxin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using Audits = v1::AuditService::Stub;
using Listings = v1::ListingService::Stub;

v1::CheckEligibilityRequest CheckOf(World& world, int number) {
  v1::CheckEligibilityRequest request;
  request.set_organization_code(World::CodeOf(number).ToString());
  *request.mutable_context() = ContextOf(world);
  return request;
}

// The entries as an auditor lists them, newest first.
std::vector<v1::AuditEntry> EntriesOf(ServedWorld& served, const v1::AuditFilter& filter = {}) {
  v1::ListAuditEntriesRequest request;
  *request.mutable_filter() = filter;
  request.set_page_size(1'000);
  const auto answer = ServedWorld::Ask("audit", served.audits(), &Audits::ListAuditEntries, request);
  EXPECT_TRUE(answer.ok()) << answer.status.error_message();
  return {answer.response.entries().begin(), answer.response.entries().end()};
}

// How long the caller is asked to wait; nothing: it is not.
absl::Duration RetryDelayOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::RetryInfo info;
  details.ParseFromString(status.error_details());
  for (const google::protobuf::Any& any : details.details())
    if (any.UnpackTo(&info)) return absl::Seconds(info.retry_delay().seconds());
  return absl::ZeroDuration();
}

class AuditContract : public LawContract {
 protected:
  AuditContract() {
    for (int number : {1, 2, 3}) world_.Register(number);
  }
  std::vector<v1::AuditEntry> Entries(const v1::AuditFilter& filter = {}) {
    return EntriesOf(served_, filter);
  }
  std::string Code(int number) { return World::CodeOf(number).ToString(); }
};

TEST_F(AuditContract, Rule55ACheckLeavesWhoReadWhatOnWhomToWhichPurpose) {
  Expect(Ask(kCulture, &Eligibility::CheckEligibility, CheckOf(world_, 1)));
  const std::vector<v1::AuditEntry> entries = Entries();
  ASSERT_EQ(entries.size(), 1u);
  const v1::AuditEntry& entry = entries[0];
  EXPECT_EQ(entry.sequence(), 1u);
  EXPECT_EQ(domain::TimeOf(entry.time()), world_.now());
  EXPECT_EQ(entry.principal().role(), v1::ROLE_PURCHASER);
  EXPECT_EQ(entry.principal().unit(), "purchasers/km-culture");
  EXPECT_THAT(entry.principal().subject(), Not(IsEmpty()));
  EXPECT_THAT(entry.peer(), StartsWith("ipv4:127.0.0.1:"));
  EXPECT_EQ(entry.method(), "chengxin.v1.EligibilityService/CheckEligibility");
  EXPECT_THAT(entry.subjects(), ElementsAre(Code(1)));
  EXPECT_EQ(entry.purpose(), v1::QUERY_PURPOSE_AWARD);
  EXPECT_EQ(entry.project(), "KMZC-2026-0117");
  EXPECT_EQ(entry.code(), 0);
  EXPECT_EQ(entry.revision(), served_.engine().revision());
  EXPECT_FALSE(entry.stream_started());
}

TEST_F(AuditContract, Rule63AChangeLeavesItsRevisionAndARefusedOneItsReason) {
  const v1::CreateRecordRequest request =
      world_.PenaltyRequest(World::CodeOf(1), kFiftyThousandYuan, "SER-04");
  const auto created = Expect(Ask(kWuhua, &Records::CreateRecord, request));
  v1::CreateRecordRequest mismatch = world_.PenaltyRequest(World::CodeOf(2), kSmallFine, "SER-04");
  ExpectRefused(Ask(kWuhua, &Records::CreateRecord, mismatch), "GROUND_MISMATCH");
  const std::vector<v1::AuditEntry> entries = Entries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1].revision(), created.revision());
  EXPECT_EQ(entries[1].request_id(), request.request_id());
  EXPECT_EQ(entries[1].principal().authority(), "authorities/km-wuhua");
  EXPECT_EQ(entries[0].code(), static_cast<int>(grpc::StatusCode::FAILED_PRECONDITION));
  EXPECT_EQ(entries[0].reason(), "GROUND_MISMATCH");
  EXPECT_THAT(entries[0].subjects(), ElementsAre(Code(2)));
  // Who decided is in the Change, and nowhere in the trail.
  for (const v1::AuditEntry& entry : entries)
    EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr(request.record().penalty().facts())));
}

TEST_F(AuditContract, Rule61WhoWasRefusedLeavesAnEntryToo) {
  v1::GetRecordRequest request;
  request.set_name("organizations/" + Code(1) + "/records/1-1");
  EXPECT_EQ(Ask("public", &Records::GetRecord, request).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Ask("sync:registry-kunming", &Records::GetRecord, request).status.error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Ask("king", &Records::GetRecord, request).status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  const std::vector<v1::AuditEntry> entries = Entries();
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[2].principal().role(), v1::ROLE_PUBLIC);
  EXPECT_EQ(entries[2].reason(), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(entries[1].principal().role(), v1::ROLE_SYNC);
  EXPECT_EQ(entries[1].code(), static_cast<int>(grpc::StatusCode::PERMISSION_DENIED));
  EXPECT_EQ(entries[0].principal().role(), v1::ROLE_PUBLIC) << "nobody was believed";
  EXPECT_EQ(entries[0].code(), static_cast<int>(grpc::StatusCode::UNAUTHENTICATED));
  for (const v1::AuditEntry& entry : entries) EXPECT_THAT(entry.peer(), StartsWith("ipv4:127.0.0.1:"));
}

TEST_F(AuditContract, Rule63ThePublicsReadsAreCountedAndLeaveNone) {
  v1::GetOrganizationRequest organization;
  organization.set_code(Code(1));
  Expect(Ask("public", &Organizations::GetOrganization, organization));
  v1::GetOrganizationRequest unknown;
  unknown.set_code("91530100MA6K5YQ11X");
  EXPECT_FALSE(Ask("public", &Organizations::GetOrganization, unknown).ok());
  EXPECT_TRUE(ServedWorld::Ask("public", served_.listings(), &Listings::ListListings, {}).ok());
  EXPECT_TRUE(ServedWorld::Ask("public", served_.admin(), &v1::AdminService::Stub::GetStatus, {}).ok());
  {
    grpc::ClientContext context;
    ServedWorld::SpeakAs("public", context);
    const auto stream = served_.listings().DownloadListings(&context, {});
    for (v1::DownloadListingsResponse part; stream->Read(&part);) {
    }
    EXPECT_TRUE(stream->Finish().ok());
  }
  EXPECT_EQ(served_.calls().ended(server::Method::kGetOrganization), 2);
  served_.audit().Flush();
  EXPECT_EQ(served_.audit().store().last(), 0u);
  // Any other role may be shown more by the same method.
  Expect(Ask(kWuhua, &Organizations::GetOrganization, organization));
  ASSERT_EQ(Entries().size(), 1u);
}

TEST_F(AuditContract, AStreamLeavesAnEntryWhenItStartsAndOneWhenItEnds) {
  grpc::ClientContext context;
  ServedWorld::SpeakAs(kCulture, context);
  v1::WatchListingsRequest request;
  request.mutable_filter()->set_organization_code(Code(2));
  const auto stream = served_.listings().WatchListings(&context, request);
  v1::WatchListingsResponse event;
  ASSERT_TRUE(stream->Read(&event));
  std::vector<v1::AuditEntry> entries = Entries();
  ASSERT_EQ(entries.size(), 1u) << "while it lasts";
  EXPECT_TRUE(entries[0].stream_started());
  EXPECT_EQ(entries[0].method(), "chengxin.v1.ListingService/WatchListings");
  EXPECT_THAT(entries[0].subjects(), ElementsAre(Code(2)));

  served_.services().Stop();
  while (stream->Read(&event)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  v1::AuditFilter watches;
  watches.set_method("chengxin.v1.ListingService/WatchListings");
  entries = Entries(watches);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_FALSE(entries[0].stream_started());
  EXPECT_EQ(entries[0].reason(), "SHUTTING_DOWN");
  EXPECT_THAT(entries[0].subjects(), ElementsAre(Code(2)));
  EXPECT_EQ(entries[0].principal().unit(), "purchasers/km-culture");
}

TEST_F(AuditContract, AnImportLeavesOneEntryForTheWholeStream) {
  grpc::ClientContext context;
  ServedWorld::SpeakAs("sync:registry-kunming", context);
  const auto stream = served_.organizations().ImportOrganizations(&context);
  for (int number : {4, 5}) {
    v1::ImportOrganizationsRequest batch;
    batch.set_source("sources/registry-kunming");
    domain::SetTimestamp(world_.now(), *batch.mutable_source_as_of());
    batch.set_request_id(world_.NextRequestId());
    *batch.add_organizations() = World::OrganizationOf(number);
    ASSERT_TRUE(stream->Write(batch));
  }
  stream->WritesDone();
  for (v1::ImportOrganizationsResponse response; stream->Read(&response);) {
  }
  ASSERT_TRUE(stream->Finish().ok());
  const std::vector<v1::AuditEntry> entries = Entries();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].method(), "chengxin.v1.OrganizationService/ImportOrganizations");
  EXPECT_EQ(entries[0].principal().role(), v1::ROLE_SYNC);
  EXPECT_EQ(entries[0].revision(), served_.engine().revision());
}

TEST_F(AuditContract, Rule61OnlyAuditorsReadTheTrailAndReadingItIsItselfRecorded) {
  for (const std::string_view who :
       {std::string_view("public"), kWuhua, kCulture, std::string_view("finance:km"),
        std::string_view("sync:registry-kunming"), std::string_view("admin")}) {
    const auto refused = ServedWorld::Ask(who, served_.audits(), &Audits::ListAuditEntries, {});
    EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
    grpc::ClientContext context;
    ServedWorld::SpeakAs(who, context);
    const auto stream = served_.audits().ExportAuditEntries(&context, {});
    v1::ExportAuditEntriesResponse part;
    EXPECT_FALSE(stream->Read(&part)) << who;
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED) << who;
  }
  v1::AuditFilter filter;
  filter.set_on(Code(1));
  EXPECT_THAT(Entries(filter), IsEmpty());
  const std::vector<v1::AuditEntry> entries = Entries();
  ASSERT_EQ(entries.size(), 13u);
  EXPECT_EQ(entries[0].method(), "chengxin.v1.AuditService/ListAuditEntries");
  EXPECT_EQ(entries[0].principal().role(), v1::ROLE_AUDIT);
  EXPECT_THAT(entries[0].subjects(), ElementsAre(Code(1))) << "on whom the auditor asked";
}

TEST_F(AuditContract, PagesFollowEachOtherAndAnExportHasAllOldestFirst) {
  for (int i = 0; i < 25; ++i)
    Expect(Ask(i % 5 == 0 ? kHealth : kCulture, &Eligibility::CheckEligibility, CheckOf(world_, 1 + i % 3)));
  v1::ListAuditEntriesRequest request;
  request.set_page_size(10);
  request.mutable_filter()->set_method("chengxin.v1.EligibilityService/CheckEligibility");
  std::vector<uint64_t> sequences;
  int pages = 0;
  do {
    const auto page = ServedWorld::Ask("audit", served_.audits(), &Audits::ListAuditEntries, request);
    ASSERT_TRUE(page.ok()) << page.status.error_message();
    EXPECT_LE(page.response.entries_size(), 10);
    EXPECT_LE(domain::TimeOf(page.response.kept_from()), world_.now());
    for (const v1::AuditEntry& entry : page.response.entries()) sequences.push_back(entry.sequence());
    request.set_page_token(page.response.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  ASSERT_EQ(sequences.size(), 25u);
  for (size_t i = 0; i < 25; ++i) EXPECT_EQ(sequences[i], 25 - i);

  grpc::ClientContext context;
  ServedWorld::SpeakAs("audit", context);
  v1::ExportAuditEntriesRequest all;
  all.mutable_filter()->set_on(Code(3));
  const auto stream = served_.audits().ExportAuditEntries(&context, all);
  std::vector<uint64_t> exported;
  for (v1::ExportAuditEntriesResponse part; stream->Read(&part);) {
    EXPECT_LE(part.entries_size(), 500);
    for (const v1::AuditEntry& entry : part.entries()) exported.push_back(entry.sequence());
  }
  EXPECT_TRUE(stream->Finish().ok());
  // The last is the export's own start.
  EXPECT_THAT(exported, ElementsAre(3, 6, 9, 12, 15, 18, 21, 24, 29));
}

TEST_F(AuditContract, AWrongQuestionNamesItsField) {
  const auto fields = [&](const v1::ListAuditEntriesRequest& request) {
    return FieldsOf(ServedWorld::Ask("audit", served_.audits(), &Audits::ListAuditEntries, request).status);
  };
  for (int i = 0; i < 2; ++i) Expect(Ask(kCulture, &Eligibility::CheckEligibility, CheckOf(world_, 1)));
  v1::ListAuditEntriesRequest request;
  request.set_page_size(1);
  const auto first = ServedWorld::Ask("audit", served_.audits(), &Audits::ListAuditEntries, request);
  request.set_page_token(first.response.next_page_token());
  EXPECT_THAT(fields(request), IsEmpty());
  request.mutable_filter()->set_subject("another question");
  EXPECT_THAT(fields(request), ElementsAre("page_token"));
  request.Clear();
  request.set_page_size(1'001);
  EXPECT_THAT(fields(request), ElementsAre("page_size"));
  request.Clear();
  domain::SetTimestamp(world_.now(), *request.mutable_filter()->mutable_from());
  domain::SetTimestamp(world_.now(), *request.mutable_filter()->mutable_until());
  EXPECT_THAT(fields(request), ElementsAre("filter.until"));
  request.mutable_filter()->mutable_from()->set_nanos(-1);
  request.mutable_filter()->clear_until();
  EXPECT_THAT(fields(request), ElementsAre("filter.from"));
}

TEST(AuditFull, Rule63WhatCannotBeAuditedIsNotDoneAndThePublicIsServed) {
  ServedWorld served({}, {.buffer_entries = 8});
  World& world = served.world();
  for (int number : {1, 2}) world.Register(number);
  served.audit_disk().HoldSyncs();
  const auto check = [&] {
    return ServedWorld::Ask(kCulture, served.eligibility(), &v1::EligibilityService::Stub::CheckEligibility,
                            CheckOf(world, 1))
        .status;
  };
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(check().ok()) << i;
  const grpc::Status shed = check();
  EXPECT_EQ(shed.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << shed.error_message();
  EXPECT_EQ(ReasonOf(shed), "AUDIT_FULL");
  EXPECT_GT(RetryDelayOf(shed), absl::ZeroDuration());

  const uint64_t before = served.engine().revision();
  const v1::CreateRecordRequest request =
      world.PenaltyRequest(World::CodeOf(2), kFiftyThousandYuan, "SER-04");
  const auto create = [&] {
    return ServedWorld::Ask(kWuhua, served.records(), &v1::RecordService::Stub::CreateRecord, request).status;
  };
  EXPECT_EQ(ReasonOf(create()), "AUDIT_FULL");
  EXPECT_EQ(served.engine().revision(), before) << "nothing was done";

  EXPECT_TRUE(ServedWorld::Ask("public", served.listings(), &Listings::ListListings, {}).ok());
  const auto status = ServedWorld::Ask("public", served.admin(), &v1::AdminService::Stub::GetStatus, {});
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(status.response.audit_waiting(), 8);
  EXPECT_EQ(status.response.limits().at("audit_buffer_entries"), 8);
  EXPECT_EQ(served.audit().Stats().shed, 2u);

  served.audit_disk().ReleaseSyncs();
  served.audit().Flush();
  EXPECT_TRUE(create().ok());
  EXPECT_EQ(EntriesOf(served).size(), 9u) << "all that was done, and nothing else";
}

TEST(AuditFailed, Rule63AfterAFailedWriteOnlyThePublicIsServedAndTheStatusWarns) {
  ServedWorld served;
  World& world = served.world();
  world.Register(1);
  served.audit_disk().FailFrom(1);
  const auto check = [&] {
    return ServedWorld::Ask(kCulture, served.eligibility(), &v1::EligibilityService::Stub::CheckEligibility,
                            CheckOf(world, 1))
        .status;
  };
  EXPECT_TRUE(check().ok());
  served.audit().Flush();
  EXPECT_EQ(ReasonOf(check()), "AUDIT_FULL");
  EXPECT_TRUE(ServedWorld::Ask("public", served.listings(), &Listings::ListListings, {}).ok());
  const auto status = ServedWorld::Ask("public", served.admin(), &v1::AdminService::Stub::GetStatus, {});
  EXPECT_THAT(status.response.warnings(), Contains(HasSubstr("审计日志")));
  EXPECT_EQ(status.response.audit_waiting(), 1);
}

}  // namespace
}  // namespace chengxin
