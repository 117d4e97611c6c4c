#include "storage/sealing_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/strings.h"

namespace chengxin::storage {
namespace {

using testing::HasSubstr;
using testing::Not;

config::v1::SealingKeys TwoKeys() {
  config::v1::SealingKeys keys;
  for (const char* id : {"2026-a", "2027-b"}) {
    config::v1::SealingKey& key = *keys.add_keys();
    key.set_id(id);
    key.set_algorithm("AES-256-GCM");
    key.set_key(std::string(64, id[5]));
  }
  return keys;
}

TEST(SealingKeys, TheLastOneSealsAndAllAreFound) {
  const auto keys = SealingKeys::Create(TwoKeys());
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ((*keys)->newest().id, "2027-b");
  EXPECT_EQ((*keys)->newest().bytes, std::string(32, '\xbb'));
  ASSERT_NE((*keys)->Find("2026-a"), nullptr);
  EXPECT_EQ((*keys)->Find("2026-a")->bytes, std::string(32, '\xaa'));
  EXPECT_EQ((*keys)->Find("2025"), nullptr);
}

TEST(SealingKeys, EachFaultIsToldWithItsKeyAndNeverWithItsBytes) {
  const auto fault = [](const std::function<void(config::v1::SealingKey&)>& change) {
    config::v1::SealingKeys keys = TwoKeys();
    change(*keys.mutable_keys(1));
    const auto made = SealingKeys::Create(keys);
    EXPECT_EQ(made.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(made.status().message()), Not(HasSubstr("bbbbbbbb")));
    return std::string(made.status().message());
  };
  EXPECT_THAT(fault([](auto& key) { key.set_id("2026-a"); }), HasSubstr("is that of another key"));
  EXPECT_THAT(fault([](auto& key) { key.set_id(""); }), HasSubstr("expected 1 to 40"));
  EXPECT_THAT(fault([](auto& key) { key.set_id(std::string(41, 'x')); }), HasSubstr("expected 1 to 40"));
  EXPECT_THAT(fault([](auto& key) { key.set_id("a b"); }), HasSubstr("expected 1 to 40"));
  EXPECT_THAT(fault([](auto& key) { key.set_id(std::string(64, 'b')); }), HasSubstr("expected 1 to 40"));
  EXPECT_THAT(fault([](auto& key) { key.set_algorithm("SM4-CBC"); }), HasSubstr("2027-b"));
  EXPECT_THAT(fault([](auto& key) { key.set_algorithm(""); }), HasSubstr("AES-256-GCM"));
  EXPECT_THAT(fault([](auto& key) { key.set_key(std::string(62, 'b')); }), HasSubstr("expected 64"));
  EXPECT_THAT(fault([](auto& key) { key.set_key(std::string(66, 'b')); }), HasSubstr("expected 64"));
  EXPECT_THAT(fault([](auto& key) { key.set_key(std::string(63, 'b') + "g"); }), HasSubstr("expected 64"));
  EXPECT_EQ(SealingKeys::Create({}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(SealingKeys, NewOnesAreUsableAndNoTwoAlike) {
  const absl::Time now = absl::FromCivil(absl::CivilSecond(2026, 11, 27, 2, 30, 0), absl::UTCTimeZone());
  config::v1::SealingKeys keys;
  for (int i = 0; i < 20; ++i) {
    const auto key = NewSealingKey(now);
    ASSERT_TRUE(key.ok()) << key.status();
    EXPECT_THAT(key->id(), testing::StartsWith("2026-11-27-"));
    for (const config::v1::SealingKey& other : keys.keys()) EXPECT_NE(other.key(), key->key());
    *keys.add_keys() = *key;
  }
  const auto made = SealingKeys::Create(keys);
  EXPECT_TRUE(made.ok()) << made.status();
}

}  // namespace
}  // namespace chengxin::storage
