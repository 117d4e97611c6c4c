#include "storage/aead.h"

#include <openssl/evp.h>

#include <array>
#include <iterator>
#include <memory>

#include "absl/status/status.h"
#include "base/strings.h"

namespace chengxin::storage {

namespace {

// Every algorithm there is. The name is OpenSSL's too; SM4-GCM is one more row where OpenSSL has it.
constexpr AeadAlgorithm kAlgorithms[] = {{.name = "AES-256-GCM", .key_bytes = 32}};

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
int Size(std::string_view text) { return static_cast<int>(text.size()); }

// One algorithm fetched once and its context reused, as fetching costs more than encrypting a short message.
class Cipher {
 public:
  explicit Cipher(const AeadAlgorithm& algorithm)
      : cipher_(EVP_CIPHER_fetch(nullptr, std::string(algorithm.name).c_str(), nullptr)),
        context_(EVP_CIPHER_CTX_new()) {}

  bool Encrypt(std::string_view key, std::string_view nonce, std::string_view bound, std::string_view text,
               std::string& out) {
    out.reserve(kNonceSize + text.size() + kTagSize);
    out.assign(nonce);
    out.resize(kNonceSize + text.size() + kTagSize);
    auto* const at = reinterpret_cast<unsigned char*>(out.data()) + kNonceSize;
    int count = 0;
    return Usable() &&
           EVP_EncryptInit_ex2(context_.get(), cipher_.get(), Bytes(key), Bytes(nonce), nullptr) == 1 &&
           EVP_EncryptUpdate(context_.get(), nullptr, &count, Bytes(bound), Size(bound)) == 1 &&
           EVP_EncryptUpdate(context_.get(), at, &count, Bytes(text), Size(text)) == 1 &&
           EVP_EncryptFinal_ex(context_.get(), at + count, &count) == 1 &&
           EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagSize),
                               at + text.size()) == 1;
  }

  bool Decrypt(std::string_view key, std::string_view bound, std::string_view sealed, std::string& out) {
    if (sealed.size() < kNonceSize + kTagSize) return false;
    const std::string_view text = sealed.substr(kNonceSize, sealed.size() - kNonceSize - kTagSize);
    std::string tag(sealed.substr(sealed.size() - kTagSize));
    out.resize(text.size());
    auto* const at = reinterpret_cast<unsigned char*>(out.data());
    int count = 0;
    return Usable() &&
           EVP_DecryptInit_ex2(context_.get(), cipher_.get(), Bytes(key), Bytes(sealed), nullptr) == 1 &&
           EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(kTagSize),
                               tag.data()) == 1 &&
           EVP_DecryptUpdate(context_.get(), nullptr, &count, Bytes(bound), Size(bound)) == 1 &&
           EVP_DecryptUpdate(context_.get(), at, &count, Bytes(text), Size(text)) == 1 &&
           EVP_DecryptFinal_ex(context_.get(), at + count, &count) == 1;
  }

 private:
  struct Free {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };

  bool Usable() const { return cipher_ != nullptr && context_ != nullptr; }

  const std::unique_ptr<EVP_CIPHER, Free> cipher_;
  const std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

// This thread's own.
Cipher& CipherOf(const AeadAlgorithm& algorithm) {
  thread_local std::array<std::unique_ptr<Cipher>, std::size(kAlgorithms)> ciphers;
  std::unique_ptr<Cipher>& cipher = ciphers[static_cast<size_t>(&algorithm - kAlgorithms)];
  if (cipher == nullptr) cipher = std::make_unique<Cipher>(algorithm);
  return *cipher;
}

}  // namespace

const AeadAlgorithm* FindAead(std::string_view name) {
  for (const AeadAlgorithm& algorithm : kAlgorithms) {
    if (algorithm.name == name) return &algorithm;
  }
  return nullptr;
}

std::string KnownAeads() {
  std::string names;
  for (const AeadAlgorithm& algorithm : kAlgorithms) {
    StrAppend(&names, names.empty() ? "" : "、", algorithm.name);
  }
  return names;
}

absl::StatusOr<std::string> Encrypt(const AeadAlgorithm& algorithm, std::string_view key,
                                    std::string_view nonce, std::string_view bound, std::string_view text) {
  std::string sealed;
  if (key.size() != algorithm.key_bytes || nonce.size() != kNonceSize ||
      !CipherOf(algorithm).Encrypt(key, nonce, bound, text, sealed)) {
    return absl::InternalError(StrCat("OpenSSL cannot encrypt with ", algorithm.name));
  }
  return sealed;
}

absl::StatusOr<std::string> Decrypt(const AeadAlgorithm& algorithm, std::string_view key,
                                    std::string_view bound, std::string_view sealed) {
  std::string text;
  if (key.size() != algorithm.key_bytes || !CipherOf(algorithm).Decrypt(key, bound, sealed, text)) {
    return absl::DataLossError(StrCat("what was encrypted with ", algorithm.name, " does not open"));
  }
  return text;
}

}  // namespace chengxin::storage
