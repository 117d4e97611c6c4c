// The files of TLS: taken only where all fit together, and each fault names its file.
#include "server/tls_material.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "base/strings.h"
#include "tests/support/ledger.h"
#include "tests/support/pki.h"

namespace chengxin::server {
namespace {

using testing::HasSubstr;

class TlsMaterialTest : public testing::Test {
 protected:
  TlsMaterialTest() {
    config_.set_certificate_file(Write("server.crt", served_.certificate, 0644));
    config_.set_key_file(Write("server.key", served_.key, 0600));
    config_.set_client_authorities_file(Write("ca.crt", authority_.certificate(), 0644));
  }
  std::string Write(const std::string& name, const std::string& text, mode_t mode) const {
    std::string path = StrCat(folder_.path(), "/", name);
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  std::string FaultOf(absl::Time now = absl::Now()) const {
    return std::string(ReadTlsMaterial(config_, now).status().message());
  }

  const TemporaryFolder folder_;
  const PrivateAuthority authority_;
  const IssuedCertificate served_ = authority_.Issue({.uris = {}, .for_server = true});
  config::v1::ServerConfig config_;
};

TEST_F(TlsMaterialTest, WhatFitsTogetherIsTaken) {
  const auto material = ReadTlsMaterial(config_, absl::Now());
  ASSERT_TRUE(material.ok()) << material.status();
  EXPECT_EQ(material->certificates, served_.certificate);
  EXPECT_EQ(material->key, served_.key);
  EXPECT_EQ(material->client_authorities, authority_.certificate());
}

TEST_F(TlsMaterialTest, AKeyThatOthersMayReadIsRefused) {
  for (const mode_t mode : {0640, 0604, 0620, 0602}) {
    Write("server.key", served_.key, mode);
    EXPECT_THAT(FaultOf(), HasSubstr("server.key")) << mode;
    EXPECT_THAT(FaultOf(), HasSubstr("0600")) << mode;
  }
  Write("server.key", served_.key, 0400);
  EXPECT_EQ(FaultOf(), "");
}

TEST_F(TlsMaterialTest, AnotherCertificatesKeyIsRefused) {
  Write("server.key", authority_.Issue({}).key, 0600);
  EXPECT_THAT(FaultOf(), HasSubstr("server.key: 私钥与证书不匹配"));
}

TEST_F(TlsMaterialTest, WhatIsNoPemIsNamedAndNotQuoted) {
  for (const char* name : {"server.crt", "server.key", "ca.crt"}) {
    const bool is_key = std::string(name) == "server.key";
    Write(name, "-----BEGIN NOTHING-----\nsecret\n", 0600);
    EXPECT_THAT(FaultOf(), HasSubstr(name));
    EXPECT_THAT(FaultOf(), testing::Not(HasSubstr("secret")));
    Write(name,
          is_key                          ? served_.key
          : name == std::string("ca.crt") ? authority_.certificate()
                                          : served_.certificate,
          0600);
  }
  EXPECT_EQ(FaultOf(), "");
}

TEST_F(TlsMaterialTest, ACertificateServesFromItsFirstInstantToItsLast) {
  const absl::Time from = absl::FromUnixSeconds(1'800'000'000);
  const IssuedCertificate served = authority_.Issue(
      {.uris = {}, .for_server = true, .not_before = from, .not_after = from + absl::Hours(1)});
  Write("server.crt", served.certificate, 0644);
  Write("server.key", served.key, 0600);
  EXPECT_THAT(FaultOf(from - absl::Seconds(1)), HasSubstr("server.crt: 证书不在有效期内"));
  EXPECT_EQ(FaultOf(from), "");
  EXPECT_EQ(FaultOf(from + absl::Hours(1) - absl::Seconds(1)), "");
  EXPECT_THAT(FaultOf(from + absl::Hours(1)), HasSubstr("server.crt: 证书不在有效期内"));
}

TEST_F(TlsMaterialTest, AFileThatIsNotThereIsNamed) {
  config_.set_client_authorities_file("/nowhere/ca.crt");
  EXPECT_EQ(ReadTlsMaterial(config_, absl::Now()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(FaultOf(), HasSubstr("/nowhere/ca.crt"));
}

}  // namespace
}  // namespace chengxin::server
