#include "client/proof.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "base/text_file.h"
#include "client/error.h"
#include "grpcpp/security/credentials.h"

namespace chengxin::client {

namespace {

constexpr size_t kMaximumTokenLength = 200;
// Hundreds of certificates.
constexpr size_t kMaximumFileBytes = 1 << 20;

bool IsThere(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0;
}

absl::StatusOr<std::string> ReadFile(std::string_view field, const std::string& path, FileSecrecy secrecy) {
  absl::StatusOr<std::string> text = ReadTextFile(path, kMaximumFileBytes, secrecy);
  if (!text.ok()) return FieldError(field, ToStd(text.status().message()));
  // gRPC takes an empty text for none given, and then believes whatever authorities the system knows.
  if (text->empty()) return FieldError(field, StrCat(path, "是空文件 (is empty)"));
  return text;
}

}  // namespace

absl::StatusOr<Proof> FindProof(const std::string& folder, std::string_view name) {
  Proof proof{.authorities_file = StrCat(folder, "/ca.crt")};
  if (name == "public") return proof;
  const std::string stem = StrCat(folder, "/", name);
  if (IsThere(StrCat(stem, ".crt"))) {
    proof.certificate_file = StrCat(stem, ".crt");
    proof.key_file = StrCat(stem, ".key");
  } else if (IsThere(StrCat(stem, ".token"))) {
    proof.token_file = StrCat(stem, ".token");
  } else {
    return absl::NotFoundError(StrCat("凭证目录", folder, "中没有", name, ".crt或", name,
                                      ".token (the folder of credentials holds neither)"));
  }
  return proof;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsOf(const Proof& proof) {
  if (proof.certificate_file.empty() != proof.key_file.empty()) {
    return FieldError(proof.key_file.empty() ? "key_file" : "certificate_file",
                      "证书和私钥须一并给出 (a certificate and its key go together)");
  }
  if (proof.authorities_file.empty()) {
    if (proof.certificate_file.empty() && proof.token_file.empty()) return grpc::InsecureChannelCredentials();
    return FieldError(
        "authorities_file",
        "凭证只经TLS发送，须给出服务端证书的签发机构 (a proof is only sent over TLS; expected the "
        "authorities that vouch for the server)");
  }
  grpc::SslCredentialsOptions options;
  CHENGXIN_ASSIGN_OR_RETURN(options.pem_root_certs,
                            ReadFile("authorities_file", proof.authorities_file, FileSecrecy::kOpen));
  if (!proof.certificate_file.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(options.pem_cert_chain,
                              ReadFile("certificate_file", proof.certificate_file, FileSecrecy::kOpen));
    CHENGXIN_ASSIGN_OR_RETURN(options.pem_private_key,
                              ReadFile("key_file", proof.key_file, FileSecrecy::kSecret));
  }
  return grpc::SslCredentials(options);
}

absl::StatusOr<std::string> TokenOf(const Proof& proof) {
  if (proof.token_file.empty()) return std::string();
  CHENGXIN_ASSIGN_OR_RETURN(std::string token,
                            ReadFile("token_file", proof.token_file, FileSecrecy::kSecret));
  while (!token.empty() && (token.back() == '\n' || token.back() == '\r')) token.pop_back();
  const bool plain = std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (token.empty() || token.size() > kMaximumTokenLength || !plain) {
    return FieldError("token_file",
                      StrCat(proof.token_file, "应只含一行令牌 (expected one line that is the token)"));
  }
  return token;
}

}  // namespace chengxin::client
