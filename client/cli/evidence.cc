#include "client/cli/evidence.h"

#include <openssl/evp.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/escaping.h"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/arguments.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

constexpr size_t kBlockBytes = 1 << 16;

// 64 lower-case hexadecimal digits.
absl::StatusOr<std::string> Sha256OfFile(std::string_view flag, const std::string& path) {
  CHENGXIN_RETURN_IF_ERROR(CheckRegularFile(flag, path));
  std::ifstream file(path, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (digest == nullptr || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1)
    return absl::InternalError("无法计算SHA-256 (OpenSSL has no SHA-256)");
  std::string block(kBlockBytes, '\0');
  bool empty = true;
  while (file.is_open() && (file.read(block.data(), kBlockBytes) || file.gcount() > 0)) {
    EVP_DigestUpdate(digest.get(), block.data(), static_cast<size_t>(file.gcount()));
    empty = false;
  }
  if (!file.is_open() || file.bad())
    return client::FieldError(flag, StrCat("无法读取文件 (cannot read) ", path, ": ", std::strerror(errno)));
  if (empty) return client::FieldError(flag, StrCat("文件是空的 (an empty file) ", path));
  std::string bytes(32, '\0');
  if (EVP_DigestFinal_ex(digest.get(), reinterpret_cast<unsigned char*>(bytes.data()), nullptr) != 1)
    return absl::InternalError("无法计算SHA-256 (OpenSSL has no SHA-256)");
  return absl::BytesToHexString(bytes);
}

}  // namespace

absl::StatusOr<v1::Evidence> ReadEvidence(std::string_view flag, std::string_view text) {
  const size_t first = text.find('=');
  const std::string path(text.substr(0, first));
  v1::Evidence evidence;
  CHENGXIN_ASSIGN_OR_RETURN(*evidence.mutable_sha256(), Sha256OfFile(flag, path));
  evidence.set_title(std::filesystem::path(path).filename().string());
  if (first == std::string_view::npos) return evidence;
  const std::string_view rest = text.substr(first + 1);
  const size_t second = rest.find('=');
  if (second != 0) evidence.set_title(std::string(rest.substr(0, second)));
  if (second != std::string_view::npos) evidence.set_location(std::string(rest.substr(second + 1)));
  return evidence;
}

absl::Status ReadEvidence(std::string_view flag, const std::vector<std::string>& texts,
                          google::protobuf::RepeatedPtrField<v1::Evidence>& evidence) {
  for (const std::string& text : texts) {
    CHENGXIN_ASSIGN_OR_RETURN(*evidence.Add(), ReadEvidence(flag, text));
  }
  return absl::OkStatus();
}

}  // namespace chengxin::cli
