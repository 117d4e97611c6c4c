// What a client proves itself by: nothing leaves without TLS, and no secret that others may read is used.
#include "client/proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/strings.h"
#include "client/client.h"
#include "client/error.h"

namespace chengxin::client {
namespace {

using testing::HasSubstr;

class ProofTest : public testing::Test {
 protected:
  ProofTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "chengxin-proof-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ProofTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    std::string path = StrCat(folder_, "/", name);
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  // The field that the client is refused for; empty where it is made.
  static std::string WrongField(const Proof& proof) {
    ClientOptions options;
    options.proof = proof;
    const absl::Status status = Client::Create(options).status();
    if (status.ok()) return "";
    const auto violations = ViolationsOf(status);
    return violations.empty() ? std::string(status.message()) : violations.front().field();
  }

  std::string folder_;
};

TEST_F(ProofTest, WithoutAnythingTheConnectionIsPlain) { EXPECT_EQ(WrongField({}), ""); }

TEST_F(ProofTest, NothingSecretIsSentWithoutTls) {
  EXPECT_EQ(WrongField({.token_file = Write("token", "chengxin_x\n")}), "authorities_file");
  EXPECT_EQ(WrongField({.certificate_file = Write("c", "c"), .key_file = Write("k", "k")}),
            "authorities_file");
}

TEST_F(ProofTest, ACertificateAndItsKeyGoTogether) {
  const std::string authorities = Write("ca.crt", "ca", 0644);
  EXPECT_EQ(WrongField({.authorities_file = authorities, .certificate_file = Write("c", "c")}), "key_file");
  EXPECT_EQ(WrongField({.authorities_file = authorities, .key_file = Write("k", "k")}), "certificate_file");
}

TEST_F(ProofTest, AKeyOrATokenThatOthersMayReadIsNotUsed) {
  const std::string authorities = Write("ca.crt", "ca", 0644);
  const std::string certificate = Write("c", "c", 0644);
  EXPECT_EQ(WrongField({.authorities_file = authorities,
                        .certificate_file = certificate,
                        .key_file = Write("k", "k", 0640)}),
            "key_file");
  EXPECT_EQ(WrongField({.authorities_file = authorities, .token_file = Write("t", "chengxin_x", 0604)}),
            "token_file");
}

TEST_F(ProofTest, AnEmptyFileIsNotTakenForNone) {
  const std::string authorities = Write("ca.crt", "ca", 0644);
  EXPECT_EQ(WrongField({.authorities_file = Write("empty.crt", "")}), "authorities_file");
  EXPECT_EQ(WrongField({.authorities_file = folder_}), "authorities_file");
  EXPECT_EQ(
      WrongField(
          {.authorities_file = authorities, .certificate_file = Write("c", ""), .key_file = Write("k", "k")}),
      "certificate_file");
}

TEST_F(ProofTest, ATokenIsOneLine) {
  EXPECT_EQ(*TokenOf({.token_file = Write("t", "chengxin_x\r\n")}), "chengxin_x");
  for (const std::string& text : {std::string(), std::string("\n"), std::string("a b"), std::string("a\nb"),
                                  std::string("令牌"), std::string(201, 'a')}) {
    const absl::Status status = TokenOf({.token_file = Write("t", text)}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST_F(ProofTest, AFolderHoldsACertificateOrATokenUnderEachName) {
  Write("ca.crt", "ca", 0644);
  const std::string certificate = Write("admin.crt", "c");
  const std::string token = Write("sync-x.token", "t");
  const auto by_certificate = FindProof(folder_, "admin");
  ASSERT_TRUE(by_certificate.ok()) << by_certificate.status();
  EXPECT_EQ(by_certificate->certificate_file, certificate);
  EXPECT_EQ(by_certificate->key_file, StrCat(folder_, "/admin.key"));
  EXPECT_EQ(FindProof(folder_, "sync-x")->token_file, token);
  const auto nobody = FindProof(folder_, "public");
  ASSERT_TRUE(nobody.ok());
  EXPECT_EQ(nobody->certificate_file, "");
  EXPECT_EQ(nobody->token_file, "");
  const absl::Status missing = FindProof(folder_, "nobody").status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.message()), HasSubstr("nobody.crt"));
}

TEST_F(ProofTest, WithTlsNothingIsClaimed) {
  Identity identity;
  identity.role = "admin";
  identity.token = "chengxin_x";
  EXPECT_THAT(identity.Metadata(), testing::ElementsAre(testing::Pair("authorization", "Bearer chengxin_x")));
}

}  // namespace
}  // namespace chengxin::client
