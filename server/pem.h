// What PEM text holds, as OpenSSL's objects with an owner.
#ifndef CHENGXIN_SERVER_PEM_H_
#define CHENGXIN_SERVER_PEM_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string_view>

namespace chengxin::server {

struct FreeOpenssl {
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using OwnedCertificate = std::unique_ptr<X509, FreeOpenssl>;
using OwnedKey = std::unique_ptr<EVP_PKEY, FreeOpenssl>;

// The first certificate of the text; null where it holds none. What OpenSSL has to say of that is dropped: it
// may quote the text.
OwnedCertificate ParseCertificate(std::string_view pem);
// The private key; null where the text holds none that is unencrypted: nobody is asked for a passphrase.
OwnedKey ParsePrivateKey(std::string_view pem);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_PEM_H_
