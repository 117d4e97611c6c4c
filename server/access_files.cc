#include "server/access_files.h"

#include <utility>

#include "base/log.h"
#include "base/status.h"
#include "base/strings.h"
#include "base/text_file.h"
#include "server/message_text.h"

namespace chengxin::server {

namespace {

// 100,000 principals with their tokens.
constexpr size_t kMaximumPrincipalsBytes = 64u << 20;

uint64_t StampOf(const config::v1::ServerConfig& config) {
  uint64_t stamp = 0;
  for (const std::string* path :
       {&config.certificate_file(), &config.key_file(), &config.client_authorities_file()})
    stamp = stamp * 31 + FileStamp(*path);
  return stamp;
}

}  // namespace

absl::StatusOr<std::unique_ptr<AccessFiles>> AccessFiles::Read(const config::v1::ServerConfig& config,
                                                               Clock& clock) {
  std::unique_ptr<AccessFiles> files(new AccessFiles(config, clock));
  CHENGXIN_RETURN_IF_ERROR(files->ReadPrincipals());
  CHENGXIN_RETURN_IF_ERROR(files->ReadTls());
  return files;
}

AccessFiles::~AccessFiles() { Stop(); }

std::shared_ptr<const PrincipalTable> AccessFiles::principals() const {
  MutexLock lock(mu_);
  return principals_;
}

std::shared_ptr<const TlsMaterial> AccessFiles::tls() const {
  MutexLock lock(mu_);
  return tls_;
}

std::string AccessFiles::fault() const {
  MutexLock lock(mu_);
  return principals_fault_.empty() ? tls_fault_ : principals_fault_;
}

void AccessFiles::Watch(std::function<void()> on_look) {
  on_look_ = std::move(on_look);
  thread_ = std::thread([this] { Run(); });
}

void AccessFiles::Stop() {
  {
    MutexLock lock(mu_);
    stopping_ = true;
    wake_.NotifyAll();
  }
  if (thread_.joinable()) thread_.join();
}

absl::Status AccessFiles::ReadPrincipals() {
  const std::string& path = config_.principals_file();
  // Before reading: what is written meanwhile is seen at the next look.
  principals_stamp_ = FileStamp(path);
  const auto read = [&]() -> absl::StatusOr<std::shared_ptr<const PrincipalTable>> {
    CHENGXIN_ASSIGN_OR_RETURN(const std::string text,
                              ReadTextFile(path, kMaximumPrincipalsBytes, FileSecrecy::kGuarded));
    config::v1::Principals file;
    CHENGXIN_RETURN_IF_ERROR(ReadMessageText(text, file));
    return PrincipalTable::Compile(file);
  };
  absl::StatusOr<std::shared_ptr<const PrincipalTable>> table = read();
  MutexLock lock(mu_);
  if (!table.ok()) {
    principals_fault_ = StrCat(path, ": ", ToStd(table.status().message()));
    return absl::Status(table.status().code(), principals_fault_);
  }
  principals_fault_.clear();
  principals_ = *std::move(table);
  return absl::OkStatus();
}

absl::Status AccessFiles::ReadTls() {
  tls_stamp_ = StampOf(config_);
  absl::StatusOr<TlsMaterial> material = ReadTlsMaterial(config_, clock_.Now());
  MutexLock lock(mu_);
  if (!material.ok()) {
    tls_fault_ = std::string(material.status().message());
    return material.status();
  }
  tls_fault_.clear();
  if (tls_ == nullptr || !(*tls_ == *material))
    tls_ = std::make_shared<const TlsMaterial>(*std::move(material));
  return absl::OkStatus();
}

void AccessFiles::Look() {
  if (FileStamp(config_.principals_file()) != principals_stamp_) {
    const absl::Status read = ReadPrincipals();
    if (read.ok()) {
      LogInfo("principals read again", {{"principals", StrCat(principals()->size())}});
    } else {
      LogError("the principals file is faulty; who may call stays as it was",
               {{"fault", ToStd(read.message())}});
    }
  }
  if (StampOf(config_) != tls_stamp_) {
    const absl::Status read = ReadTls();
    if (read.ok()) {
      LogInfo("certificates read again", {{"not_after", absl::FormatTime(tls()->not_after)}});
    } else {
      LogError("a TLS file is faulty; the certificates stay as they were",
               {{"fault", ToStd(read.message())}});
    }
  }
}

void AccessFiles::Run() {
  for (;;) {
    {
      MutexLock lock(mu_);
      if (!stopping_) wake_.WaitFor(mu_, kAccessFilesInterval);
      if (stopping_) return;
    }
    Look();
    on_look_();
  }
}

}  // namespace chengxin::server
