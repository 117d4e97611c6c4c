// The configuration of chengxind: a text-format file, flags over it, defaults, and every fault at once.
#ifndef CHENGXIN_SERVER_CONFIGURATION_H_
#define CHENGXIN_SERVER_CONFIGURATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/log.h"
#include "chengxin/config/v1/config.pb.h"

namespace chengxin::server {

// Where the server listens unless told otherwise.
inline constexpr std::string_view kDefaultListenAddress = "127.0.0.1:7400";

// A figure of the configuration: what 0 stands for, and the range that is taken.
struct FigureRange {
  int32_t standard;
  int32_t least;
  int32_t most;
};
inline constexpr FigureRange kCommandQueue = {4'096, 1, 1'000'000};                 // commands
inline constexpr FigureRange kMaximumWatchers = {10'000, 1, 100'000};               // streams
inline constexpr FigureRange kMaximumRequestBytes = {4 << 20, 64 << 10, 64 << 20};  // bytes
inline constexpr FigureRange kStopGraceSeconds = {10, 1, 600};                      // seconds
inline constexpr FigureRange kBlockCacheMib = {256, 8, 1 << 20};                    // MiB
inline constexpr FigureRange kTimerSeconds = {1, 1, 3'600};                         // seconds
inline constexpr FigureRange kAuditDays = {400, 184, 36'500};                       // days
inline constexpr FigureRange kAuditBufferEntries = {65'536, 1'024, 10'000'000};     // entries
inline constexpr FigureRange kMaximumCalls = {4'096, 1, 1'000'000};                 // calls
inline constexpr FigureRange kPrincipalCalls = {256, 1, 1'000'000};                 // calls
inline constexpr FigureRange kPrincipalCallsPerSecond = {100'000, 1, 10'000'000};   // calls a second
inline constexpr FigureRange kCallMemoryMib = {1'024, 16, 1 << 20};                 // MiB
inline constexpr FigureRange kMaximumCallSeconds = {120, 1, 3'600};                 // seconds
inline constexpr FigureRange kMaximumConnections = {10'000, 1, 500'000};            // connections

// A numeric address and a port, as in "127.0.0.1:7400" or "[::1]:7400".
struct Endpoint {
  std::string host;  // numeric, without brackets
  int port = 0;      // 0: any free one
};

// InvalidArgument where `address` is not a numeric address and a port. "localhost" means 127.0.0.1 and is
// never looked up: a resolver could answer with an address of the network.
absl::StatusOr<Endpoint> ParseEndpoint(std::string_view address);
// Of 127.0.0.0/8 or ::1.
bool IsLoopback(const Endpoint& endpoint);
// As ParseEndpoint reads it.
std::string AddressOf(const Endpoint& endpoint);

// What the configuration is for.
enum class Purpose {
  kServe,
  kVerify,  // the data folder alone is looked at: authentication need not be given
};

// Reads a file of text format over `config`: what the text gives replaces what is there. InvalidArgument
// names each line that cannot be read; NotFound or PermissionDenied where the file cannot be. Every error
// names it.
absl::Status ReadConfigurationFile(const std::string& path, config::v1::ServerConfig& config);

// Fills in the defaults and checks every field. InvalidArgument with a BadRequest payload that holds all
// faults, each with field, what was found and what is expected. Development authentication is refused on any
// address that is not loopback. Addresses come out in numeric form.
absl::Status CompleteConfiguration(Purpose purpose, config::v1::ServerConfig& config);

// Where a complete configuration has the simulated clock begin; nothing: the clock is the real one.
std::optional<absl::Time> SimulatedClockStartOf(const config::v1::ServerConfig& config);

// The level that a complete configuration asks for.
LogLevel LogLevelOf(const config::v1::ServerConfig& config);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_CONFIGURATION_H_
