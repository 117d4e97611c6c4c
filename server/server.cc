#include "server/server.h"

#include <unistd.h>

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "base/log.h"
#include "base/status.h"
#include "base/strings.h"
#include "grpc/grpc.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "server/audit_metrics.h"
#include "server/configuration.h"
#include "server/sealing_keys_file.h"
#include "server/state_metrics.h"
#include "server/tls_authenticator.h"
#include "server/tls_credentials.h"
#include "server/version.h"
#include "storage/audit_store.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

// A peer that is gone without a word is noticed after these.
constexpr absl::Duration kKeepaliveTime = absl::Seconds(60);
constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(20);
// Clients that watch may ping as often as this.
constexpr absl::Duration kLeastPingInterval = absl::Seconds(10);
// Until TLS and HTTP/2 have been agreed on with whoever connects.
constexpr absl::Duration kHandshakeTimeout = absl::Seconds(10);
// A connection without a call is closed after this; its client connects again when it needs to.
constexpr absl::Duration kIdleTimeout = absl::Minutes(10);
// A connection is closed after this, give or take a tenth, when its calls have had maximum_call_seconds to
// end: a request that is never sent to its end goes with it. Watches resume from their cursor.
constexpr absl::Duration kConnectionAge = absl::Hours(4);
// Streams of one connection beside its watches.
constexpr int kOtherStreams = 1'024;

int Milliseconds(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

// "chengxin.v1.AdminService" and so on, the server as a whole, and writing.
std::vector<std::string> HealthNames() {
  std::set<std::string> names = {std::string(kWholeHealthName), std::string(kWritesHealthName)};
  for (const std::string_view method : kMethodNames) names.emplace(method.substr(0, method.find('/')));
  return {names.begin(), names.end()};
}

ServiceLimits LimitsOf(const config::v1::ServerConfig& config) {
  ServiceLimits limits;
  limits.maximum_watchers = config.maximum_watchers();
  limits.admission = {.calls = config.maximum_calls(),
                      .principal_calls = config.principal_calls(),
                      .principal_calls_per_second = config.principal_calls_per_second()};
  limits.longest_call = absl::Seconds(config.maximum_call_seconds());
  limits.request_bytes = config.maximum_request_bytes();
  limits.queued_commands = config.command_queue();
  limits.call_memory_mib = config.call_memory_mib();
  limits.connections = config.maximum_connections();
  return limits;
}

void SetLimits(const config::v1::ServerConfig& config, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(config.maximum_request_bytes());
  builder.SetResourceQuota(
      grpc::ResourceQuota("chengxind").Resize(static_cast<size_t>(config.call_memory_mib()) << 20));
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaximumMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, Milliseconds(kHandshakeTimeout));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Milliseconds(kIdleTimeout));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(kConnectionAge));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             Milliseconds(absl::Seconds(config.maximum_call_seconds())));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(kKeepaliveTime));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(kKeepaliveTimeout));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             Milliseconds(kLeastPingInterval));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, config.maximum_watchers() + kOtherStreams);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const config::v1::ServerConfig& config, Clock& clock,
                                                      absl::Time process_start) {
  const absl::Time began = absl::Now();
  std::unique_ptr<Server> server(new Server(config, clock));
  if (!config.ready_file().empty()) CHENGXIN_RETURN_IF_ERROR(ReadyFile::Clear(config.ready_file()));
  server->metrics_ = std::make_shared<Metrics>();
  // Before the folder, which takes its time: what is wrong with a file of access is told at once.
  CHENGXIN_RETURN_IF_ERROR(server->ReadAccess());
  CHENGXIN_RETURN_IF_ERROR(server->OpenEngine());
  CHENGXIN_RETURN_IF_ERROR(server->OpenAuditTrail());
  CHENGXIN_RETURN_IF_ERROR(server->Listen(process_start));
  CHENGXIN_RETURN_IF_ERROR(server->ServeMetrics(process_start));
  if (!config.ready_file().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(
        server->ready_file_,
        ReadyFile::Write(config.ready_file(), {.pid = ::getpid(),
                                               .listen_port = server->listen_port_,
                                               .metrics_port = server->metrics_page_port_}));
  }
  if (config.authentication() == config::v1::AUTHENTICATION_MODE_DEVELOPMENT) {
    LogWarning("development authentication: whoever connects is believed to be whom it says it is",
               {{"listen_address", config.listen_address()}});
  }
  const engine::EngineStats stats = server->engine_->Stats();
  LogInfo("serving", {{"version", ProgramVersion()},
                      {"data_folder", config.data_folder()},
                      {"format_version", StrCat(storage::kFormatVersion)},
                      {"revision", StrCat(stats.revision)},
                      {"organizations", StrCat(stats.organizations)},
                      {"listen_address", config.listen_address()},
                      {"listen_port", StrCat(server->listen_port_)},
                      {"metrics_port", StrCat(server->metrics_page_port_)},
                      {"seconds_to_start", StrCat(absl::ToDoubleSeconds(absl::Now() - began))}});
  return server;
}

absl::Status Server::OpenEngine() {
  CHENGXIN_ASSIGN_OR_RETURN(std::shared_ptr<const storage::SealingKeys> sealing_keys,
                            ReadSealingKeys(config_.sealing_keys_file()));
  CHENGXIN_ASSIGN_OR_RETURN(
      std::unique_ptr<storage::Store> store,
      storage::Store::Open({.folder = config_.data_folder(),
                            .block_cache_bytes = static_cast<uint64_t>(config_.block_cache_mib()) << 20,
                            .env = nullptr,
                            .simulated_clock_start = SimulatedClockStartOf(config_),
                            .sealing_keys = std::move(sealing_keys)}));
  engine::EngineOptions options;
  options.timer_interval = absl::Seconds(config_.timer_seconds());
  if (const std::optional<absl::Time> stood = store->simulated_clock(); stood.has_value()) {
    simulated_clock_ = std::make_unique<SimulatedClock>(*stood);
    clock_ = simulated_clock_.get();
    options.simulated_clock = simulated_clock_.get();
    LogWarning("the clock is simulated: nothing in this data folder is real",
               {{"data_folder", config_.data_folder()},
                {"now", absl::FormatTime(absl::RFC3339_sec, *stood, absl::UTCTimeZone())}});
  }
  options.queue_capacity = static_cast<size_t>(config_.command_queue());
  CHENGXIN_ASSIGN_OR_RETURN(engine_, engine::Engine::Create(std::move(store), *clock_, options));
  engine_->ObserveCommits(
      [metrics = metrics_](const engine::CommitObservation& commit) { metrics->ObserveCommit(commit); });
  return absl::OkStatus();
}

absl::Status Server::ReadAccess() {
  if (config_.authentication() == config::v1::AUTHENTICATION_MODE_DEVELOPMENT) {
    authenticator_ = std::make_unique<DevelopmentAuthenticator>();
    credentials_ = grpc::InsecureServerCredentials();
    return absl::OkStatus();
  }
  CHENGXIN_ASSIGN_OR_RETURN(access_files_, AccessFiles::Read(config_, machine_clock_));
  LogInfo("principals read", {{"principals", StrCat(access_files_->principals()->size())}});
  authenticator_ =
      std::make_unique<TlsAuthenticator>(*access_files_, machine_clock_, config_.refuse_public());
  credentials_ = TlsServerCredentials(*access_files_);
  return absl::OkStatus();
}

absl::Status Server::OpenAuditTrail() {
  CHENGXIN_ASSIGN_OR_RETURN(
      std::unique_ptr<storage::AuditStore> store,
      storage::AuditStore::Open({.folder = storage::AuditFolderOf(config_.data_folder())}, *clock_));
  audit_ = std::make_unique<AuditTrail>(
      std::move(store), *clock_,
      AuditTrailOptions{.buffer_entries = static_cast<size_t>(config_.audit_buffer_entries()),
                        .keep = absl::Hours(24) * config_.audit_days()});
  return absl::OkStatus();
}

absl::Status Server::Listen(absl::Time process_start) {
  CHENGXIN_ASSIGN_OR_RETURN(
      services_, Services::Create(*engine_, *clock_, *authenticator_, *metrics_, *audit_, LimitsOf(config_),
                                  {.program_version = std::string(ProgramVersion()),
                                   .start_time = process_start,
                                   .access_files = access_files_.get()}));
  health_ = std::make_unique<HealthService>(HealthNames());

  CHENGXIN_ASSIGN_OR_RETURN(const Endpoint endpoint, ParseEndpoint(config_.listen_address()));
  CHENGXIN_ASSIGN_OR_RETURN(listener_, Listener::Open(endpoint, config_.maximum_connections()));
  listen_port_ = listener_->port();

  // For trying things out by hand. Called by name, so that the linker keeps the library whose static
  // initializer does the same.
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(config_, builder);
  auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, credentials_);
  services_->Register(builder);
  builder.RegisterService(health_.get());
  grpc_server_ = builder.BuildAndStart();
  if (grpc_server_ == nullptr) return absl::UnavailableError("无法启动gRPC服务 (cannot start gRPC's server)");
  listener_->Serve(std::move(acceptor));
  monitor_ = std::make_unique<StateMonitor>(*engine_, *health_);
  if (access_files_ != nullptr) access_files_->Watch([this] { services_->RecheckCallers(); });
  CHENGXIN_ASSIGN_OR_RETURN(self_call_, SelfCall::Start(*grpc_server_, services_->overload()));
  return absl::OkStatus();
}

absl::Status Server::ServeMetrics(absl::Time process_start) {
  if (config_.metrics_address().empty()) return absl::OkStatus();
  CHENGXIN_ASSIGN_OR_RETURN(const Endpoint endpoint, ParseEndpoint(config_.metrics_address()));
  CHENGXIN_ASSIGN_OR_RETURN(
      metrics_page_,
      MetricsPage::Serve(endpoint, {metrics_,
                                    std::make_shared<StateMetrics>(
                                        *engine_, *clock_, std::string(ProgramVersion()), process_start),
                                    std::make_shared<AuditMetrics>(*audit_)}));
  metrics_page_port_ = metrics_page_->port();
  return absl::OkStatus();
}

Server::~Server() { Stop(); }

bool Server::Stop() {
  ready_file_.reset();
  if (access_files_ != nullptr) access_files_->Stop();
  listener_.reset();
  self_call_.reset();
  if (health_ != nullptr) health_->Stop();
  if (services_ != nullptr) services_->Stop();
  // A call that moves the clock is answered before calls are waited for.
  if (engine_ != nullptr) engine_->StopTimer();
  // The page's web server looks up from its poll every two seconds: calls under way use that time.
  std::thread closing_page([this] { metrics_page_.reset(); });
  if (grpc_server_ != nullptr) {
    grpc_server_->Shutdown(std::chrono::system_clock::now() +
                           std::chrono::seconds(config_.stop_grace_seconds()));
    grpc_server_.reset();
  }
  closing_page.join();
  monitor_.reset();
  health_.reset();
  services_.reset();
  const bool audited = audit_ == nullptr || audit_->Stop();
  if (audited) audit_.reset();
  if (!audited || (engine_ != nullptr && engine_->Stats().read_only)) return false;
  engine_.reset();
  return true;
}

}  // namespace chengxin::server
