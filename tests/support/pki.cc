#include "tests/support/pki.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdlib>

#include "absl/strings/escaping.h"

namespace chengxin {

namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

void Require(bool done) {
  if (!done) std::abort();
}

template <typename Write>
std::string ToPem(const Write& write) {
  const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
  Require(write(bio.get()) == 1);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return std::string(bytes, static_cast<size_t>(size));
}

std::string ToPem(X509* certificate) {
  return ToPem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string ToPem(EVP_PKEY* key) {
  return ToPem(
      [&](BIO* bio) { return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

std::string DigestOf(const X509* certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Require(X509_digest(certificate, EVP_sha256(), digest, &size) == 1);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), size));
}

void AddExtension(X509* certificate, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  Require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Certificate MakeCertificate(EVP_PKEY* key, const std::string& name, absl::Time not_before,
                            absl::Time not_after) {
  Certificate certificate(X509_new());
  Require(X509_set_version(certificate.get(), 2) == 1);
  uint64_t serial = 0;
  Require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), 7) == 1);
  Require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial) == 1);
  Require(ASN1_TIME_set(X509_getm_notBefore(certificate.get()), absl::ToTimeT(not_before)) != nullptr);
  Require(ASN1_TIME_set(X509_getm_notAfter(certificate.get()), absl::ToTimeT(not_after)) != nullptr);
  Require(X509_set_pubkey(certificate.get(), key) == 1);
  Require(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                                     reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0) == 1);
  return certificate;
}

Certificate MakeLeaf(EVP_PKEY* key, const CertificateOrder& order) {
  Certificate certificate = MakeCertificate(key, "leaf", order.not_before, order.not_after);
  AddExtension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  std::string names = order.for_server ? "DNS:localhost,IP:127.0.0.1" : "";
  for (const std::string& uri : order.uris) names += (names.empty() ? "URI:" : ",URI:") + uri;
  if (!names.empty()) AddExtension(certificate.get(), NID_subject_alt_name, names);
  return certificate;
}

Key MakeKey() { return Key(EVP_EC_gen("P-256")); }

}  // namespace

struct PrivateAuthority::Parts {
  Key key;
  Certificate certificate;
};

PrivateAuthority::PrivateAuthority() : parts_(std::make_unique<Parts>()) {
  parts_->key = MakeKey();
  parts_->certificate = MakeCertificate(parts_->key.get(), "test authority", absl::Now() - absl::Hours(48),
                                        absl::Now() + absl::Hours(24 * 365));
  X509* const certificate = parts_->certificate.get();
  Require(X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1);
  AddExtension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  Require(X509_sign(certificate, parts_->key.get(), EVP_sha256()) > 0);
  certificate_ = ToPem(certificate);
}

PrivateAuthority::~PrivateAuthority() = default;

IssuedCertificate PrivateAuthority::Issue(const CertificateOrder& order) const {
  const Key key = MakeKey();
  const Certificate certificate = MakeLeaf(key.get(), order);
  Require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(parts_->certificate.get())) == 1);
  Require(X509_sign(certificate.get(), parts_->key.get(), EVP_sha256()) > 0);
  return {ToPem(certificate.get()), ToPem(key.get()), DigestOf(certificate.get())};
}

IssuedCertificate PrivateAuthority::SelfSigned(const CertificateOrder& order) {
  const Key key = MakeKey();
  const Certificate certificate = MakeLeaf(key.get(), order);
  Require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())) == 1);
  Require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  return {ToPem(certificate.get()), ToPem(key.get()), DigestOf(certificate.get())};
}

}  // namespace chengxin
