// The files that say who may call and prove who serves, read again when they change.
#ifndef CHENGXIN_SERVER_ACCESS_FILES_H_
#define CHENGXIN_SERVER_ACCESS_FILES_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "chengxin/config/v1/config.pb.h"
#include "server/principal_table.h"
#include "server/tls_material.h"

namespace chengxin::server {

// How soon a changed file is taken.
inline constexpr absl::Duration kAccessFilesInterval = absl::Milliseconds(500);

// Holds what was last read and was sound: a faulty file changes nothing but a warning and a line in the log.
// Thread-safe.
class AccessFiles {
 public:
  // Reads all files of the configuration. Errors name the file and every fault. `clock` says whether
  // certificates are valid and must outlive it.
  static absl::StatusOr<std::unique_ptr<AccessFiles>> Read(const config::v1::ServerConfig& config,
                                                           Clock& clock);
  ~AccessFiles();

  std::shared_ptr<const PrincipalTable> principals() const;
  std::shared_ptr<const TlsMaterial> tls() const;
  // The machine's clock.
  absl::Time now() const { return clock_.Now(); }
  // What of the files is wrong now, in Chinese first; empty: nothing.
  std::string fault() const;

  // Starts looking for changes. `on_look` runs on the looking thread after each look, whatever it found: time
  // passes too. Once.
  void Watch(std::function<void()> on_look);
  // Looks no more; `on_look` does not run after it.
  void Stop();

 private:
  AccessFiles(const config::v1::ServerConfig& config, Clock& clock) : config_(config), clock_(clock) {}

  // Reads what has changed since the last look; all of it the first time.
  absl::Status ReadPrincipals();
  absl::Status ReadTls();
  void Look();
  void Run();

  const config::v1::ServerConfig config_;
  Clock& clock_;
  std::function<void()> on_look_;

  // Of the looking thread, and of Read before it starts.
  uint64_t principals_stamp_ = 0;
  uint64_t tls_stamp_ = 0;

  mutable Mutex mu_;
  CondVar wake_;
  bool stopping_ CHENGXIN_GUARDED_BY(mu_) = false;
  std::shared_ptr<const PrincipalTable> principals_ CHENGXIN_GUARDED_BY(mu_);
  std::shared_ptr<const TlsMaterial> tls_ CHENGXIN_GUARDED_BY(mu_);
  std::string principals_fault_ CHENGXIN_GUARDED_BY(mu_);
  std::string tls_fault_ CHENGXIN_GUARDED_BY(mu_);

  std::thread thread_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_ACCESS_FILES_H_
