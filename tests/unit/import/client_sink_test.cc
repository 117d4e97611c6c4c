// An import over real gRPC.
#include "client/import/client_sink.h"

#include <memory>
#include <string>

#include "base/strings.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "client/import/importer.h"
#include "gmock/gmock.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::client {
namespace {

// Acknowledges every batch, and refuses the stream when it meets a row named "stop".
class Registry final : public v1::OrganizationService::Service {
 public:
  grpc::Status ImportOrganizations(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::ImportOrganizationsResponse, v1::ImportOrganizationsRequest>* stream)
      override {
    for (v1::ImportOrganizationsRequest request; stream->Read(&request);) {
      v1::ImportOrganizationsResponse response;
      response.set_request_id(request.request_id());
      for (const v1::Organization& row : request.organizations()) {
        if (row.display_name() == "stop")
          return {grpc::StatusCode::FAILED_PRECONDITION, "catalogue not active"};
        // A long reason each, so that answers fill the connection while batches are being sent.
        v1::ImportResult& result = *response.add_results();
        result.set_outcome(row.code().empty() ? v1::IMPORT_OUTCOME_REJECTED : v1::IMPORT_OUTCOME_CREATED);
        result.set_reason(std::string(500, 'r'));
      }
      ended = ended || request.end_of_run();
      stream->Write(response);
    }
    return grpc::Status::OK;
  }

  bool ended = false;
};

struct Connected {
  Connected() {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&registry);
    server = builder.BuildAndStart();
    ClientOptions options;
    options.address = StrCat("127.0.0.1:", port);
    client = *Client::Create(options);
  }

  ImportSummary Import(std::string_view rows) {
    ImportOptions options;
    options.path = folder.Write("km.csv", StrCat("code,name,authority,status,established_on\n", rows));
    options.source = "registry-kunming";
    options.complete = true;
    return ImportOrganizations(options, OrganizationsOver(*client));
  }

  ScratchFolder folder;
  Registry registry;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<Client> client;
};

TEST(ClientSink, ManyBatchesAreAcknowledgedWhileMoreAreSent) {
  Connected connected;
  std::string rows;
  for (int i = 0; i < 20'000; ++i) StrAppend(&rows, "C", i, ",样例", i, ",km,正常,2010-05-06\n");
  const ImportSummary summary = connected.Import(rows);
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.created, 20'000);
  EXPECT_TRUE(summary.complete);
  EXPECT_TRUE(connected.registry.ended);
}

TEST(ClientSink, WhatTheServerRefusesEndsTheRunWithItsWords) {
  Connected connected;
  std::string rows;
  for (int i = 0; i < 1'000; ++i) StrAppend(&rows, "C,样例,km,正常,2010-05-06\n");
  const ImportSummary summary = connected.Import(rows + "C,stop,km,正常,2010-05-06\n");
  EXPECT_EQ(summary.status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(summary.status.message()), testing::HasSubstr("catalogue not active"));
  EXPECT_EQ(summary.rows_acknowledged, 1'000);
  EXPECT_FALSE(connected.registry.ended) << "an unfinished reading is not recorded";
}

}  // namespace
}  // namespace chengxin::client
