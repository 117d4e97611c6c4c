// A small world for tests: a real store in a temporary folder, an engine on it, a clock that stands still
// until told, the deployed catalogue, fresh sources, and the officers who act.
#ifndef CHENGXIN_TESTS_SUPPORT_WORLD_H_
#define CHENGXIN_TESTS_SUPPORT_WORLD_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/simulated_clock.h"
#include "chengxin/v1/eligibility.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "domain/uscc.h"
#include "engine/engine.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fault_env.h"

namespace chengxin {

// The day on which the world's clock starts: 2026-11-24, 10:00 in Shanghai.
inline constexpr std::string_view kFirstDay = "2026-11-24";

class World {
 public:
  // Opens an empty folder, activates the deployed catalogue and records every source as read now.
  explicit World(engine::EngineOptions options = {});
  ~World();

  // A folder without catalogue, sources or anything.
  struct Empty {};
  explicit World(Empty, engine::EngineOptions options = {});

  // As the first, on a simulated clock that begins in the morning of kFirstDay: Engine::AdvanceClock moves
  // it, and lets what falls due happen.
  struct Simulated {};
  explicit World(Simulated, engine::EngineOptions options = {});

  // Of a world that is not simulated.
  FakeClock& clock() { return clock_; }
  // What the engine goes by.
  Clock& engine_clock() {
    return simulated_clock_ != nullptr ? static_cast<Clock&>(*simulated_clock_) : clock_;
  }
  absl::Time now() { return engine_clock().Now(); }
  // The disk under the folder: takes syncs for granted, and fails when told to.
  FaultEnv& disk() { return disk_; }
  engine::Engine& engine() { return *engine_; }
  const std::string& folder() const { return folder_; }

  // Closes and opens the folder again, as a restart does.
  void Restart();
  // Closes the folder, so that Verify can have it.
  void Close() { engine_.reset(); }

  absl::StatusOr<engine::Committed> ActivateCatalogue();
  // Records every source but the lists as read completely now.
  void RefreshSources();

  // Imports one organization of 五华区 (or as `change` makes it) and answers its code.
  domain::Uscc Register(int number);
  absl::StatusOr<engine::Committed> Import(std::vector<v1::Organization> organizations,
                                           std::string request_id = {});
  // A penalty of `fine_fen` filed by 五华区民政局, with a listing decision on `ground` where that is not
  // empty.
  v1::CreateRecordRequest PenaltyRequest(const domain::Uscc& code, int64_t fine_fen, std::string_view ground,
                                         std::string_view decided_on = kFirstDay);
  absl::StatusOr<engine::Committed> Penalize(const domain::Uscc& code, int64_t fine_fen,
                                             std::string_view ground,
                                             std::string_view decided_on = kFirstDay);

  // The answer for one code, BASIC, now or as of.
  absl::StatusOr<v1::Eligibility> Check(const domain::Uscc& code, const v1::AsOf* as_of = nullptr,
                                        bool full = false);
  v1::Verdict VerdictOf(const domain::Uscc& code);
  v1::Verdict VerdictOf(const domain::Uscc& code, absl::Time instant);

  static domain::Uscc CodeOf(int number);
  static v1::Organization OrganizationOf(int number);
  static v1::Principal Wuhua();  // the registering authority's officer
  // The job that delivers the source.
  static v1::Principal Sync(std::string_view source = "sources/registry-kunming");
  static v1::Principal Admin();

  std::string NextRequestId() { return "request-" + std::to_string(++requests_); }

 private:
  void Open();

  World(engine::EngineOptions options, bool simulated);

  FakeClock clock_;
  FaultEnv disk_;
  engine::EngineOptions options_;
  const bool simulated_;
  std::unique_ptr<SimulatedClock> simulated_clock_;
  std::string folder_;
  std::unique_ptr<engine::Engine> engine_;
  int requests_ = 0;
  int decisions_ = 0;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_WORLD_H_
