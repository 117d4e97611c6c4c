#include "storage/aead.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace chengxin::storage {
namespace {

std::string Hex(const char* digits) { return absl::HexStringToBytes(digits); }

const AeadAlgorithm& Aes() { return *FindAead("AES-256-GCM"); }

// Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation".
TEST(Aead, IsGcmAsPublished) {
  const std::string key = Hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const std::string nonce = Hex("cafebabefacedbaddecaf888");
  const std::string bound = Hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const std::string text =
      Hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
          "b16aedf5aa0de657ba637b39");
  const auto sealed = Encrypt(Aes(), key, nonce, bound, text);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(absl::BytesToHexString(*sealed),
            "cafebabefacedbaddecaf888"
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
            "c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(Decrypt(Aes(), key, bound, *sealed).value_or(""), text);
}

TEST(Aead, NothingOpensOfWhichABitIsAnother) {
  const std::string key(32, 'k');
  const std::string sealed = *Encrypt(Aes(), key, std::string(kNonceSize, 'n'), "bound", "0871-60000000");
  ASSERT_EQ(Decrypt(Aes(), key, "bound", sealed).value_or(""), "0871-60000000");
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string forged = sealed;
    forged[i] = static_cast<char>(forged[i] ^ 1);
    EXPECT_EQ(Decrypt(Aes(), key, "bound", forged).status().code(), absl::StatusCode::kDataLoss) << i;
  }
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_EQ(Decrypt(Aes(), key, "bound", sealed.substr(0, size)).status().code(),
              absl::StatusCode::kDataLoss)
        << size;
  }
  EXPECT_EQ(Decrypt(Aes(), key, "other", sealed).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Decrypt(Aes(), std::string(32, 'K'), "bound", sealed).status().code(),
            absl::StatusCode::kDataLoss);
  // What failed leaves the context fit for what comes after.
  EXPECT_EQ(Decrypt(Aes(), key, "bound", sealed).value_or(""), "0871-60000000");
}

TEST(Aead, NothingIsSealedToo) {
  const std::string key(32, 'k');
  const std::string sealed = *Encrypt(Aes(), key, std::string(kNonceSize, 'n'), "", "");
  EXPECT_EQ(sealed.size(), kNonceSize + kTagSize);
  EXPECT_EQ(Decrypt(Aes(), key, "", sealed).value_or("?"), "");
}

TEST(Aead, AKeyOfAnotherLengthOrAnUnknownAlgorithmIsNotUsed) {
  EXPECT_EQ(Encrypt(Aes(), std::string(31, 'k'), std::string(kNonceSize, 'n'), "", "x").status().code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(Encrypt(Aes(), std::string(32, 'k'), "short", "", "x").status().code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(FindAead("AES-128-GCM"), nullptr);
  EXPECT_EQ(FindAead(""), nullptr);
}

}  // namespace
}  // namespace chengxin::storage
