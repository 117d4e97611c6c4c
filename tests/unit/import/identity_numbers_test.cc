#include "client/import/identity_numbers.h"

#include <string>

#include "client/import/json_scrub.h"
#include "domain/identity_number.h"
#include "gtest/gtest.h"

namespace chengxin::client {
namespace {

// Made for tests: valid by date and check character, of a division that was never given out.
constexpr std::string_view kNumber = "110999199003070037";

std::string Masked(std::string text) {
  domain::MaskIdentityNumbers(text);
  return text;
}

TEST(IdentityColumns, AreKnownByTheirNames) {
  for (const auto* name : {"CF_FR_ZJHM", "CF_XDR_ZJHM", "证件号码", "法定代表人证件号码", "身份证号",
                           "id_number", "idNumber", "ID Number", "Passport No", "护照号", "id_no"})
    EXPECT_TRUE(IsIdentityColumn(name)) << name;
  for (const auto* name :
       {"CF_XDR_SHZZ", "社会组织登记证号", "证书编号", "CF_FR_ZJLX", "code", "案号", "video"})
    EXPECT_FALSE(IsIdentityColumn(name)) << name;
}

TEST(IdentityNumbers, AreMaskedWhereverTheyStand) {
  const std::string mask(domain::kMaskedIdentityNumber);
  EXPECT_EQ(Masked(std::string(kNumber)), mask);
  EXPECT_EQ(Masked("负责人（身份证110999199003070037）受罚"), "负责人（身份证" + mask + "）受罚");
  EXPECT_EQ(Masked("１１０９９９１９９００３０７００３７"), mask);
  EXPECT_EQ(Masked("11099919900307007X"), mask);
  EXPECT_EQ(Masked("11099919900307007x"), mask);
  std::string two = "110999199003070037、110999199003070037";
  EXPECT_EQ(domain::MaskIdentityNumbers(two), 2);
  EXPECT_EQ(two, mask + "、" + mask);
}

TEST(IdentityNumbers, OtherNumbersStay) {
  for (const std::string text : {"110999199003070031",   // wrong check character
                                 "110999199013070030",   // no such month
                                 "11099919900230003X",   // 30 February
                                 "1109991990030700371",  // a longer number, such as a bank account
                                 "A110999199003070037",  // part of another code
                                 "51100000500002862F", "531000005000197950", "昆民罚〔2026〕1号", ""})
    EXPECT_EQ(Masked(text), text);
}

TEST(ScrubJson, DropsIdentityMembersAtAnyDepthAndCountsThem) {
  const auto scrubbed = ScrubJson(
      R"({"code":"x","idNumber":"A1234567","record":{"penalty":{"CF_FR_ZJHM":12,"facts":"f"}},"证件号码":""})");
  ASSERT_TRUE(scrubbed.ok());
  EXPECT_EQ(scrubbed->text, R"({"code":"x","record":{"penalty":{"facts":"f"}}})");
  EXPECT_EQ(scrubbed->identity_numbers, 2);
}

TEST(ScrubJson, MasksNumbersInStringsEscapedOnesAndBareOnes) {
  for (const auto* json :
       {R"({"a":"110999199003070037"})", R"({"a":"\u0031\u0031\u0030999199003070037"})",
        R"({"a":110999199003070037})", R"({"110999199003070037":1})", R"({"a":["110999199003070037"]})"}) {
    const auto scrubbed = ScrubJson(json);
    ASSERT_TRUE(scrubbed.ok()) << json;
    EXPECT_EQ(scrubbed->identity_numbers, 1) << json;
    EXPECT_EQ(scrubbed->text.find("003070037"), std::string::npos) << json;
  }
}

TEST(ScrubJson, DropsWhatARejectsFilePutInFront) {
  const auto scrubbed = ScrubJson(R"({"_reject_row":3,"_reject_reason":"r","code":"x"})");
  EXPECT_EQ(scrubbed->text, R"({"code":"x"})");
  EXPECT_TRUE(ScrubJson(R"({"_reject_row":3})")->empty);
}

TEST(ScrubJson, SaysWhereAnObjectIsBrokenWithoutRepeatingIt) {
  for (const auto* json :
       {"", "[1]", "{", R"({"a")", R"({"a":})", R"({"a":1,})", R"({"a":01})", R"({"a":"\x"})",
        R"({"a":"\ud800"})", "{\"a\":\"\n\"}", R"({"a":1}x)", R"({a:1})"}) {
    const auto scrubbed = ScrubJson(json);
    ASSERT_FALSE(scrubbed.ok()) << json;
    EXPECT_NE(scrubbed.status().message().find("个字符"), absl::string_view::npos) << json;
  }
  const auto broken = ScrubJson(R"({"idNumber":"A1234567" "a":1})");
  EXPECT_EQ(broken.status().message().find("A1234567"), absl::string_view::npos);
}

TEST(ScrubJson, NestsSoDeepAndNoDeeper) {
  const auto nested = [](size_t depth) {
    std::string json = "{\"a\":";
    for (size_t i = 1; i < depth; ++i) json += '[';
    json += '1';
    for (size_t i = 1; i < depth; ++i) json += ']';
    return json + "}";
  };
  EXPECT_TRUE(ScrubJson(nested(kMaximumJsonDepth)).ok());
  EXPECT_FALSE(ScrubJson(nested(kMaximumJsonDepth + 1)).ok());
}

}  // namespace
}  // namespace chengxin::client
