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
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "server/configuration.h"
#include "server/sealing_keys_file.h"
#include "server/state_metrics.h"
#include "server/tls_authenticator.h"
#include "server/tls_credentials.h"
#include "server/version.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

// A peer that is gone without a word is noticed after these.
constexpr absl::Duration kKeepaliveTime = absl::Seconds(60);
constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(20);
// Clients that watch may ping as often as this.
constexpr absl::Duration kLeastPingInterval = absl::Seconds(10);
// Streams of one connection beside its watches.
constexpr int kOtherStreams = 1'024;

int Milliseconds(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

// "chengxin.v1.AdminService" and so on, the server as a whole, and writing.
std::vector<std::string> HealthNames() {
  std::set<std::string> names = {std::string(kWholeHealthName), std::string(kWritesHealthName)};
  for (const std::string_view method : kMethodNames) names.emplace(method.substr(0, method.find('/')));
  return {names.begin(), names.end()};
}

void SetLimits(const config::v1::ServerConfig& config, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(config.maximum_request_bytes());
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(kKeepaliveTime));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(kKeepaliveTimeout));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             Milliseconds(kLeastPingInterval));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, config.maximum_watchers() + kOtherStreams);
  // Two servers on one port would take turns in answering.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const config::v1::ServerConfig& config, Clock& clock,
                                                      absl::Time process_start) {
  const absl::Time began = absl::Now();
  std::unique_ptr<Server> server(new Server(config, clock));
  if (!config.ready_file().empty()) CHENGXIN_RETURN_IF_ERROR(ReadyFile::Clear(config.ready_file()));
  server->metrics_ = std::make_shared<Metrics>();
  CHENGXIN_RETURN_IF_ERROR(server->OpenEngine());
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
    LogWarning("DEVELOPMENT AUTHENTICATION: every caller is believed without proof; loopback only",
               {{"listen_address", config_.listen_address()}});
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

absl::Status Server::Listen(absl::Time process_start) {
  CHENGXIN_RETURN_IF_ERROR(ReadAccess());
  ServiceLimits limits;
  limits.maximum_watchers = config_.maximum_watchers();
  CHENGXIN_ASSIGN_OR_RETURN(services_, Services::Create(*engine_, *clock_, *authenticator_, *metrics_, limits,
                                                        {.program_version = std::string(ProgramVersion()),
                                                         .start_time = process_start,
                                                         .access_files = access_files_.get()}));
  health_ = std::make_unique<HealthService>(HealthNames());

  // For trying things out by hand. Called by name, so that the linker keeps the library whose static
  // initializer does the same.
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(config_, builder);
  builder.AddListeningPort(config_.listen_address(), credentials_, &listen_port_);
  services_->Register(builder);
  builder.RegisterService(health_.get());
  grpc_server_ = builder.BuildAndStart();
  if (grpc_server_ == nullptr || listen_port_ == 0) {
    return absl::UnavailableError(StrCat("无法在", config_.listen_address(), "监听 (cannot listen on ",
                                         config_.listen_address(), "; is another program there?)"));
  }
  monitor_ = std::make_unique<StateMonitor>(*engine_, *health_);
  if (access_files_ != nullptr) access_files_->Watch([this] { services_->RecheckCallers(); });
  return absl::OkStatus();
}

absl::Status Server::ServeMetrics(absl::Time process_start) {
  if (config_.metrics_address().empty()) return absl::OkStatus();
  CHENGXIN_ASSIGN_OR_RETURN(const Endpoint endpoint, ParseEndpoint(config_.metrics_address()));
  CHENGXIN_ASSIGN_OR_RETURN(
      metrics_page_,
      MetricsPage::Serve(endpoint,
                         {metrics_, std::make_shared<StateMetrics>(
                                        *engine_, *clock_, std::string(ProgramVersion()), process_start)}));
  metrics_page_port_ = metrics_page_->port();
  return absl::OkStatus();
}

Server::~Server() { Stop(); }

bool Server::Stop() {
  ready_file_.reset();
  if (access_files_ != nullptr) access_files_->Stop();
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
  if (engine_ != nullptr && engine_->Stats().read_only) return false;
  engine_.reset();
  return true;
}

}  // namespace chengxin::server
