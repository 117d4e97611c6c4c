// audit list and audit export, against a scripted server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/unit/client/command_run.h"

namespace chengxin::cli {
namespace {

using client::Failure;
using client::ScriptedServer;
using client::Seen;
using testing::HasSubstr;

v1::AuditEntry EntryOf(uint64_t sequence) {
  v1::AuditEntry entry;
  entry.set_sequence(sequence);
  entry.mutable_time()->set_seconds(1'795'572'000);
  entry.mutable_principal()->set_subject("km-culture-17");
  entry.mutable_principal()->set_role(v1::ROLE_PURCHASER);
  entry.set_peer("ipv4:10.1.2.3:50312");
  entry.set_method("chengxin.v1.EligibilityService/CheckEligibility");
  entry.set_purpose(v1::QUERY_PURPOSE_AWARD);
  entry.set_project("KM-2026-017");
  for (int i = 0; i < 5; ++i) entry.add_subjects("code-" + std::to_string(i));
  entry.set_revision(812);
  return entry;
}

TEST(AuditCommand, AListShowsWhoReadWhatOnWhomAndGoesOnOverPages) {
  ScriptedServer server;
  Seen<v1::ListAuditEntriesRequest> seen;
  server.on_audit = [&](const auto&, const v1::ListAuditEntriesRequest& request, auto& response) {
    if (seen.Add(request) == 1) {
      *response.add_entries() = EntryOf(9);
      response.set_next_page_token("on");
      return grpc::Status::OK;
    }
    v1::AuditEntry& refused = *response.add_entries() = EntryOf(8);
    refused.set_code(7);
    refused.set_reason("ROLE_NOT_ALLOWED");
    v1::AuditEntry& started = *response.add_entries() = EntryOf(7);
    started.set_stream_started(true);
    return grpc::Status::OK;
  };
  const Result result =
      RunAt(server, {"--as", "audit", "audit", "list", "--from", "2026-11-01 00:00", "--until",
                     "2026-12-01 00:00", "--by", "km-culture-17", "--on", "code-1", "--method", "m"});
  ASSERT_EQ(result.code, 0) << result.err;
  ASSERT_EQ(seen.all().size(), 2u);
  const v1::AuditFilter filter = seen.all()[0].filter();
  EXPECT_EQ(filter.from().seconds(), 1'793'462'400);
  EXPECT_EQ(filter.until().seconds(), 1'796'054'400);
  EXPECT_EQ(filter.subject(), "km-culture-17");
  EXPECT_EQ(filter.on(), "code-1");
  EXPECT_EQ(filter.method(), "m");
  EXPECT_EQ(seen.all()[1].page_token(), "on");
  for (const char* words : {"km-culture-17", "购买主体", "10.1.2.3", "CheckEligibility", "code-2，等5个",
                            "选择承接主体", "KM-2026-017", "完成", "ROLE_NOT_ALLOWED", "开始", "812"})
    EXPECT_THAT(result.out, HasSubstr(words));
}

TEST(AuditCommand, AnExportIsOneObjectALineAndSaysHowMany) {
  ScriptedServer server;
  server.on_audit_export = [](const v1::ExportAuditEntriesRequest& request, auto& writer) {
    v1::ExportAuditEntriesResponse part;
    *part.add_entries() = EntryOf(1);
    *part.add_entries() = EntryOf(2);
    writer.Write(part);
    writer.Write({});
    part.Clear();
    *part.add_entries() = EntryOf(3);
    writer.Write(part);
    return request.filter().on().empty()
               ? grpc::Status::OK
               : Failure(grpc::StatusCode::UNAVAILABLE, "stopping", "SHUTTING_DOWN");
  };
  const Result result = RunAt(server, {"--as", "audit", "audit", "export"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 3);
  EXPECT_THAT(result.out, HasSubstr("\"sequence\":\"3\""));
  EXPECT_THAT(result.err, HasSubstr("3 entries"));
  // One that breaks off says so, and is no whole one.
  const Result broken = RunAt(server, {"--as", "audit", "audit", "export", "--on", "code-1"});
  EXPECT_EQ(broken.code, 5);
  EXPECT_THAT(broken.err, HasSubstr("SHUTTING_DOWN"));
}

TEST(AuditCommand, AWrongInstantNamesItsFlag) {
  ScriptedServer server;
  const Result result = RunAt(server, {"--as", "audit", "audit", "list", "--from", "2026-11-01"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("from"));
}

}  // namespace
}  // namespace chengxin::cli
