#include "server/tls_credentials.h"

#include <string>
#include <utility>

#include "base/mutex.h"
#include "grpc/grpc.h"
#include "grpc/grpc_security.h"

namespace chengxin::server {

namespace {

// gRPC asks before each handshake whether the certificates have changed. Its own watcher of files takes
// whatever they hold: half of a new pair would leave the port without any.
class ReloadingCredentials final : public grpc::ServerCredentials {
 public:
  explicit ReloadingCredentials(const AccessFiles& files) : files_(files) {}
  ~ReloadingCredentials() override {
    if (credentials_ != nullptr) grpc_server_credentials_release(credentials_);
  }

  void SetAuthMetadataProcessor(const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    if (credentials_ == nullptr) {
      credentials_ = grpc_ssl_server_credentials_create_with_options(
          grpc_ssl_server_credentials_create_options_using_config_fetcher(
              GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY, &Fetch, this));
    }
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  static grpc_ssl_certificate_config_reload_status Fetch(void* self,
                                                         grpc_ssl_server_certificate_config** config) {
    return static_cast<ReloadingCredentials*>(self)->FetchConfig(config);
  }

  grpc_ssl_certificate_config_reload_status FetchConfig(grpc_ssl_server_certificate_config** config) {
    std::shared_ptr<const TlsMaterial> now = files_.tls();
    MutexLock lock(mu_);
    if (now == given_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair{.private_key = now->key.c_str(),
                                          .cert_chain = now->certificates.c_str()};
    *config = grpc_ssl_server_certificate_config_create(now->client_authorities.c_str(), &pair, 1);
    given_ = std::move(now);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const AccessFiles& files_;
  grpc_server_credentials* credentials_ = nullptr;

  Mutex mu_;
  std::shared_ptr<const TlsMaterial> given_ CHENGXIN_GUARDED_BY(mu_);
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const AccessFiles& files) {
  return std::make_shared<ReloadingCredentials>(files);
}

}  // namespace chengxin::server
