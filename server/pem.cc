#include "server/pem.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace chengxin::server {

namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

// Null where there is no memory, or nothing to read.
std::unique_ptr<BIO, FreeBio> Reading(std::string_view text) {
  return std::unique_ptr<BIO, FreeBio>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace

OwnedCertificate ParseCertificate(std::string_view pem) {
  const auto text = Reading(pem);
  OwnedCertificate certificate(text == nullptr ? nullptr
                                               : PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return certificate;
}

OwnedKey ParsePrivateKey(std::string_view pem) {
  const auto text = Reading(pem);
  const auto no_passphrase = [](char*, int, int, void*) { return 0; };
  OwnedKey key(text == nullptr ? nullptr
                               : PEM_read_bio_PrivateKey(text.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  return key;
}

}  // namespace chengxin::server
