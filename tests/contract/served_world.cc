#include "tests/contract/served_world.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/strings.h"
#include "domain/timestamps.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace chengxin {

ServedWorld::ServedWorld(server::ServiceLimits limits, server::AuditTrailOptions audit) {
  Serve(std::move(limits), audit);
}
ServedWorld::ServedWorld(World::Empty empty) : world_(empty) { Serve({}); }
ServedWorld::ServedWorld(World::Simulated simulated) : world_(simulated) { Serve({}); }

void ServedWorld::Serve(server::ServiceLimits limits, const server::AuditTrailOptions& audit) {
  auto trail = storage::AuditStore::Open(
      {.folder = storage::AuditFolderOf(world_.folder()), .env = audit_disk_.env()}, world_.engine_clock());
  if (!trail.ok()) FAIL() << trail.status();
  audit_ = std::make_unique<server::AuditTrail>(*std::move(trail), world_.engine_clock(), audit);
  auto services =
      server::Services::Create(world_.engine(), world_.engine_clock(), authenticator_, calls_, *audit_,
                               limits, {.program_version = "0.1.0-test", .start_time = world_.now()});
  if (!services.ok()) FAIL() << services.status();
  services_ = *std::move(services);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.SetMaxReceiveMessageSize(kMaximumRequestBytes);
  services_->Register(builder);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) FAIL() << "cannot listen on loopback";
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ =
      grpc::CreateCustomChannel(StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials(), arguments);
  organizations_ = v1::OrganizationService::NewStub(channel_);
  records_ = v1::RecordService::NewStub(channel_);
  listings_ = v1::ListingService::NewStub(channel_);
  eligibility_ = v1::EligibilityService::NewStub(channel_);
  admin_ = v1::AdminService::NewStub(channel_);
  cases_ = v1::CaseService::NewStub(channel_);
  awards_ = v1::AwardService::NewStub(channel_);
  audits_ = v1::AuditService::NewStub(channel_);
}

ServedWorld::~ServedWorld() {
  services_->Stop();
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
  server_.reset();
  services_.reset();
}

void ServedWorld::SpeakAs(std::string_view who, grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  if (const size_t at = who.find('@'); at != std::string_view::npos) {
    context.AddMetadata("chengxin-subject", std::string(who.substr(at + 1)));
    who = who.substr(0, at);
  }
  if (const size_t plus = who.find('+'); plus != std::string_view::npos) {
    context.AddMetadata("chengxin-entrustments", std::string(who.substr(plus + 1)));
    who = who.substr(0, plus);
  }
  const size_t colon = who.find(':');
  const std::string role(who.substr(0, colon));
  context.AddMetadata("chengxin-role", role);
  if (colon == std::string_view::npos) return;
  const std::string_view bound_to = who.substr(colon + 1);
  if (role == "purchaser" || role == "agency") {
    context.AddMetadata("chengxin-unit", StrCat("purchasers/", bound_to));
  } else if (role == "sync") {
    context.AddMetadata("chengxin-unit", StrCat("sources/", bound_to));
  } else if (role == "organization") {
    context.AddMetadata("chengxin-unit", std::string(bound_to));
  } else {
    context.AddMetadata("chengxin-authority", StrCat("authorities/", bound_to));
  }
}

v1::QueryContext ContextOf(World& world) {
  v1::QueryContext context;
  context.set_purpose(v1::QUERY_PURPOSE_AWARD);
  context.set_project("KMZC-2026-0117");
  domain::SetTimestamp(world.clock().Now(), *context.mutable_cut_off());
  return context;
}

}  // namespace chengxin
