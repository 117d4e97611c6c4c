#include "server/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "domain/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "server/message_text.h"

namespace chengxin::server {
namespace {

using config::v1::ServerConfig;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ServerConfig Sound() {
  ServerConfig config;
  config.set_data_folder("/var/lib/chengxin/data");
  config.set_authentication(config::v1::AUTHENTICATION_MODE_DEVELOPMENT);
  return config;
}

google::rpc::BadRequest FaultsOf(const absl::Status& status) {
  google::rpc::BadRequest faults;
  const auto payload = status.GetPayload(ToAbsl(domain::kBadRequestUrl));
  if (payload.has_value()) faults.ParseFromString(std::string(*payload));
  return faults;
}

// The fields found faulty, in order.
std::vector<std::string> FaultyFields(ServerConfig config, Purpose purpose = Purpose::kServe) {
  std::vector<std::string> fields;
  const absl::Status status = CompleteConfiguration(purpose, config);
  const google::rpc::BadRequest faults = FaultsOf(status);
  for (const auto& fault : faults.field_violations()) fields.push_back(fault.field());
  EXPECT_EQ(status.ok(), fields.empty()) << status;
  return fields;
}

TEST(Configuration, AFolderAndAModeAreEnoughAndTheRestHasDefaults) {
  ServerConfig config = Sound();
  ASSERT_TRUE(CompleteConfiguration(Purpose::kServe, config).ok());
  EXPECT_EQ(config.listen_address(), "127.0.0.1:7400");
  EXPECT_EQ(config.metrics_address(), "");
  EXPECT_EQ(config.command_queue(), 4'096);
  EXPECT_EQ(config.maximum_watchers(), 10'000);
  EXPECT_EQ(config.maximum_request_bytes(), 4 << 20);
  EXPECT_EQ(config.stop_grace_seconds(), 10);
  EXPECT_EQ(config.block_cache_mib(), 256);
  EXPECT_EQ(config.timer_seconds(), 1);
  EXPECT_EQ(config.audit_days(), 400);
  EXPECT_EQ(config.audit_buffer_entries(), 65'536);
  EXPECT_EQ(config.maximum_calls(), 4'096);
  EXPECT_EQ(config.principal_calls(), 256);
  EXPECT_EQ(config.principal_calls_per_second(), 100'000);
  EXPECT_EQ(config.call_memory_mib(), 1'024);
  EXPECT_EQ(config.maximum_call_seconds(), 120);
  EXPECT_EQ(config.maximum_connections(), 10'000);
  EXPECT_FALSE(SimulatedClockStartOf(config).has_value());
  EXPECT_EQ(config.log_level(), "info");
  EXPECT_EQ(LogLevelOf(config), LogLevel::kInfo);
}

TEST(Configuration, AllFaultsAreToldAtOnce) {
  ServerConfig config;
  config.set_listen_address("somewhere");
  config.set_metrics_address("127.0.0.1:99999");
  config.set_command_queue(-1);
  config.set_stop_grace_seconds(601);
  config.set_log_level("loud");
  EXPECT_THAT(FaultyFields(config),
              ElementsAre("listen_address", "data_folder", "authentication", "metrics_address",
                          "command_queue", "stop_grace_seconds", "log_level"));
}

TEST(Configuration, EachFaultSaysWhatWasFoundAndWhatIsExpected) {
  ServerConfig config = Sound();
  config.set_command_queue(1'000'001);
  const google::rpc::BadRequest faults = FaultsOf(CompleteConfiguration(Purpose::kServe, config));
  ASSERT_EQ(faults.field_violations_size(), 1);
  EXPECT_THAT(faults.field_violations(0).description(), HasSubstr("is 1000001; expected 1 to 1000000"));
}

TEST(Configuration, DevelopmentAuthenticationListensOnLoopbackOnly) {
  for (const char* address :
       {"127.0.0.1:7400", "127.255.255.254:7400", "[::1]:7400", "localhost:7400", "127.0.0.1:0"}) {
    ServerConfig config = Sound();
    config.set_listen_address(address);
    EXPECT_THAT(FaultyFields(config), IsEmpty()) << address;
  }
  for (const char* address : {"0.0.0.0:7400", "[::]:7400", "10.0.0.1:7400", "126.255.255.255:7400",
                              "128.0.0.1:7400", "[::ffff:127.0.0.1]:7400", "[::2]:7400"}) {
    ServerConfig config = Sound();
    config.set_listen_address(address);
    EXPECT_THAT(FaultyFields(config), ElementsAre("listen_address")) << address;
  }
}

TEST(Configuration, LocalhostIsNeverLookedUp) {
  ServerConfig config = Sound();
  config.set_listen_address("localhost:7400");
  ASSERT_TRUE(CompleteConfiguration(Purpose::kServe, config).ok());
  EXPECT_EQ(config.listen_address(), "127.0.0.1:7400");
}

TEST(Configuration, AnAddressIsNumericAndHasAPort) {
  for (const char* address :
       {"", "7400", ":7400", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1",
        "127.1:7400", "example.org:7400", "::1:7400", "[::1]", "[]:7400", "[127.0.0.1]:7400",
        "127.0.0.1:7400 ", "unix:/run/chengxin"}) {
    EXPECT_FALSE(ParseEndpoint(address).ok()) << address;
  }
  EXPECT_EQ(ParseEndpoint("127.0.0.1:65535")->port, 65'535);
  EXPECT_EQ(AddressOf(*ParseEndpoint("[::1]:7400")), "[::1]:7400");
}

TEST(Configuration, TheMetricsPageCannotHaveTheServicesPort) {
  ServerConfig config = Sound();
  config.set_metrics_address("127.0.0.1:7400");
  EXPECT_THAT(FaultyFields(config), ElementsAre("metrics_address"));
  config.set_listen_address("127.0.0.1:0");
  config.set_metrics_address("127.0.0.1:0");
  EXPECT_THAT(FaultyFields(config), IsEmpty());
}

struct FigureCase {
  const char* field;
  void (ServerConfig::*set)(int32_t);
  FigureRange range;
};

TEST(Configuration, EachFigureIsTakenAtItsLimitsAndRefusedOnePastThem) {
  const FigureCase cases[] = {
      {"command_queue", &ServerConfig::set_command_queue, kCommandQueue},
      {"maximum_watchers", &ServerConfig::set_maximum_watchers, kMaximumWatchers},
      {"maximum_request_bytes", &ServerConfig::set_maximum_request_bytes, kMaximumRequestBytes},
      {"stop_grace_seconds", &ServerConfig::set_stop_grace_seconds, kStopGraceSeconds},
      {"block_cache_mib", &ServerConfig::set_block_cache_mib, kBlockCacheMib},
      {"timer_seconds", &ServerConfig::set_timer_seconds, kTimerSeconds},
      {"audit_days", &ServerConfig::set_audit_days, kAuditDays},
      {"audit_buffer_entries", &ServerConfig::set_audit_buffer_entries, kAuditBufferEntries}};
  for (const FigureCase& one : cases) {
    const auto faulty = [&](int32_t figure) {
      ServerConfig config = Sound();
      (config.*one.set)(figure);
      return FaultyFields(config);
    };
    EXPECT_THAT(faulty(one.range.least), IsEmpty()) << one.field;
    EXPECT_THAT(faulty(one.range.most), IsEmpty()) << one.field;
    EXPECT_THAT(faulty(one.range.most + 1), ElementsAre(one.field));
    EXPECT_THAT(faulty(-1), ElementsAre(one.field));
    // One below the least is 0 where the least is 1, and 0 stands for the default.
    if (one.range.least > 1) {
      EXPECT_THAT(faulty(one.range.least - 1), ElementsAre(one.field));
    }
  }
}

TEST(Configuration, ASimulatedClockBeginsAtAnInstantThatStampsCanHold) {
  ServerConfig config = Sound();
  config.set_simulated_clock_start("2024-03-01T09:00:00+08:00");
  EXPECT_THAT(FaultyFields(config), IsEmpty());
  EXPECT_EQ(SimulatedClockStartOf(config),
            absl::FromCivil(absl::CivilHour(2024, 3, 1, 1), absl::UTCTimeZone()));
  for (const char* start :
       {"2024-03-01", "yesterday", "1969-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "infinite-future", " "}) {
    config.set_simulated_clock_start(start);
    EXPECT_THAT(FaultyFields(config), ElementsAre("simulated_clock_start")) << start;
  }
}

TEST(Configuration, TlsNeedsEachOfItsFilesAndListensAnywhere) {
  ServerConfig config = Sound();
  config.set_authentication(config::v1::AUTHENTICATION_MODE_TLS);
  EXPECT_THAT(FaultyFields(config), ElementsAre("certificate_file", "key_file", "client_authorities_file",
                                                "principals_file", "sealing_keys_file"));
  config.set_certificate_file("server.crt");
  config.set_key_file("server.key");
  config.set_client_authorities_file("ca.crt");
  config.set_principals_file("principals.txtpb");
  config.set_sealing_keys_file("sealing-keys.txtpb");
  config.set_listen_address("0.0.0.0:7400");
  EXPECT_THAT(FaultyFields(config), IsEmpty());
}

TEST(Configuration, VerifyingNeedsTheFolderAlone) {
  ServerConfig config;
  config.set_data_folder("/var/lib/chengxin/data");
  EXPECT_THAT(FaultyFields(config, Purpose::kVerify), IsEmpty());
  EXPECT_THAT(FaultyFields(ServerConfig(), Purpose::kVerify), ElementsAre("data_folder"));
}

TEST(ConfigurationText, AnUnknownFieldIsToldWithItsLine) {
  ServerConfig config;
  const absl::Status status =
      ReadMessageText("data_folder: \"data\"\nlisten_adress: \"127.0.0.1:1\"\n", config);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("line 2"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("listen_adress"));
}

TEST(ConfigurationText, WhatIsNotTextFormatIsRefused) {
  ServerConfig config;
  EXPECT_FALSE(ReadMessageText("{\"data_folder\": 1", config).ok());
  EXPECT_FALSE(ReadMessageText(std::string_view("\0\xff\x01", 3), config).ok());
  EXPECT_FALSE(ReadMessageText("authentication: AUTHENTICATION_MODE_NONE", config).ok());
  EXPECT_TRUE(ReadMessageText("", config).ok());
}

TEST(ConfigurationFile, TheSampleOfTheDeploymentIsSound) {
  ServerConfig config;
  const absl::Status read = ReadConfigurationFile(CHENGXIN_SOURCE_DIR "/deploy/chengxind.txtpb", config);
  ASSERT_TRUE(read.ok()) << read;
  const absl::Status complete = CompleteConfiguration(Purpose::kServe, config);
  EXPECT_TRUE(complete.ok()) << complete;
}

TEST(ConfigurationFile, AFileThatIsNotThereIsNamed) {
  ServerConfig config;
  const absl::Status status = ReadConfigurationFile("/nowhere/chengxind.txtpb", config);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/nowhere/chengxind.txtpb"));
}

}  // namespace
}  // namespace chengxin::server
