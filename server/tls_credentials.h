// TLS of the API's port: certificates that can change while it serves.
#ifndef CHENGXIN_SERVER_TLS_CREDENTIALS_H_
#define CHENGXIN_SERVER_TLS_CREDENTIALS_H_

#include <memory>

#include "grpcpp/security/server_credentials.h"
#include "server/access_files.h"

namespace chengxin::server {

// TLS 1.2 and 1.3 with the suites gRPC deems sane (AEAD with forward secrecy). A client may bring a
// certificate; one that no client authority vouches for, or that is not valid now, ends the handshake. Each
// handshake takes what `files` hold then. What is answered, and `files`, must outlive the server.
std::shared_ptr<grpc::ServerCredentials> TlsServerCredentials(const AccessFiles& files);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_TLS_CREDENTIALS_H_
