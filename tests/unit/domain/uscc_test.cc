// The unified social credit code (统一社会信用代码): rules 1 to 4, on published codes.
#include "domain/uscc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "base/strings.h"

namespace chengxin::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// Codes published by their holders or by the standard.
constexpr const char* kPublicCodes[] = {
    "51100000500002862F",  // 中国自动化学会
    "51100000500009247D",  // 中国复合材料工业协会
    "51100000500012681T",  // 中国医疗保健国际交流促进会
    "53100000500019795A",  // 中国社会福利基金会
    "53100000500021676K",  // 北京理工大学教育基金会
    "51100000500019541K", "51140200MJ1693047P", "52440111MJK9980480",
};
// Valid codes of others than social organizations: 北京理工大学, the sample of GB 32100.
constexpr const char* kOtherCodes[] = {"12100000400009127B", "91350100M000100Y43"};
// Made up, with right check characters.
constexpr const char* kMadeUpCodes[] = {"51530100MJT000010G", "52530100MJT000029A", "51530102MJT0000375",
                                        "52530102MJT000045W", "51530114MJT000133T", "52530181MJT000301T"};

std::vector<UsccProblem> ProblemsOf(std::string_view text) {
  std::vector<UsccProblem> problems;
  for (const UsccFault& fault : Uscc::Inspect(text).faults) problems.push_back(fault.problem);
  return problems;
}

TEST(Rule1, ACodeIsTrimmedAndUpperCased) {
  const auto code = Uscc::Parse("  51100000500002862f\n");
  ASSERT_TRUE(code.ok()) << code.status();
  EXPECT_EQ(code->ToString(), "51100000500002862F");
}

TEST(Rule1, FullWidthCharactersAreFolded) {
  const auto code = Uscc::Parse("５１１００００0500002862Ｆ");
  ASSERT_TRUE(code.ok()) << code.status();
  EXPECT_EQ(code->ToString(), "51100000500002862F");
}

TEST(Rule1, SeventeenAndNineteenCharactersAreTooFewAndTooMany) {
  EXPECT_THAT(ProblemsOf("51100000500002862"), ElementsAre(UsccProblem::kLength));
  EXPECT_THAT(ProblemsOf("51100000500002862FF"), ElementsAre(UsccProblem::kLength));
  EXPECT_THAT(ProblemsOf(""), ElementsAre(UsccProblem::kLength));
}

TEST(Rule1, LettersThatCouldBeMistakenAreRefused) {
  for (const char letter : std::string("IOSVZ")) {
    const std::string text = "5110000050000286" + std::string(1, letter) + "F";
    EXPECT_THAT(ProblemsOf(text), ElementsAre(UsccProblem::kSymbol)) << text;
    EXPECT_FALSE(Uscc::Inspect(text).code.has_value());
  }
  EXPECT_THAT(ProblemsOf("51100000-00002862F"), ElementsAre(UsccProblem::kSymbol));
}

TEST(Rule1, PositionsThreeToEightAreDigits) {
  EXPECT_THAT(ProblemsOf("51A00000500002862F"), ElementsAre(UsccProblem::kDivision));
  EXPECT_THAT(ProblemsOf("5110000A500002862F"), ElementsAre(UsccProblem::kDivision));
}

TEST(Rule1, BytesThatAreNoTextAreRefusedAndDoNotCrash) {
  for (int byte = 0; byte < 256; ++byte) {
    std::string text = "51100000500002862F";
    text[9] = static_cast<char>(byte);
    const UsccInspection inspection = Uscc::Inspect(text);
    EXPECT_EQ(inspection.ok(), text == "51100000500002862F") << byte;
  }
  EXPECT_FALSE(Uscc::Inspect(std::string(1'000'000, '\xff')).ok());
  EXPECT_FALSE(Uscc::Inspect("５").ok());
  EXPECT_FALSE(Uscc::Inspect("\xef\xbc").ok());
}

TEST(Rule2, PublishedCodesHoldBothCheckCharacters) {
  for (const char* text : kPublicCodes) {
    EXPECT_THAT(ProblemsOf(text), IsEmpty()) << text;
    EXPECT_TRUE(Uscc::Parse(text)->is_social_organization()) << text;
  }
  for (const char* text : kMadeUpCodes) EXPECT_THAT(ProblemsOf(text), IsEmpty()) << text;
}

TEST(Rule2, CodesOfOthersAreValidButNoSocialOrganizations) {
  for (const char* text : kOtherCodes) {
    const auto code = Uscc::Parse(text);
    ASSERT_TRUE(code.ok()) << code.status();
    EXPECT_FALSE(code->is_social_organization()) << text;
  }
}

TEST(Rule2, AWrongCodeSaysWhichCheckFailed) {
  // Circulated for well-known bodies; position 18 should be K.
  EXPECT_THAT(ProblemsOf("53100000500020462H"), ElementsAre(UsccProblem::kCheck));
  EXPECT_THAT(Uscc::Inspect("53100000500020462H").Describe(), HasSubstr("应为K"));
  for (const char* text : {"51100000500000024G", "53440300MJL0167883", "53100000500012015T"}) {
    EXPECT_THAT(ProblemsOf(text), ElementsAre(UsccProblem::kOrganizationCheck, UsccProblem::kCheck)) << text;
  }
  EXPECT_FALSE(Uscc::Parse("91310115MA1H8R7C6D").ok());
}

// Registered codes whose last character is wrong circulate: 91350211M0000XUF46 (should be R) and
// 91350203M0001QAY9B (should be 9). A registry may confirm such a code (rule 5), so Inspect keeps it.
TEST(Rule5, ACodeWithAFailingCheckKeepsItsShapeForTheRegistryToConfirm) {
  for (const auto& [text, expected] : {std::pair<const char*, const char*>{"91350211M0000XUF46", "应为R"},
                                       {"91350203M0001QAY9B", "应为9"}}) {
    const UsccInspection inspection = Uscc::Inspect(text);
    EXPECT_FALSE(Uscc::Parse(text).ok());
    ASSERT_TRUE(inspection.code.has_value()) << text;
    EXPECT_EQ(inspection.code->ToString(), text);
    EXPECT_THAT(inspection.Describe(), HasSubstr(expected));
  }
}

TEST(Rule2, EverySingleWrongCharacterIsDetected) {
  for (const char* right : kPublicCodes) {
    for (size_t i = 0; i < kUsccLength; ++i) {
      for (const char symbol : kAlphabet) {
        std::string wrong = right;
        if (wrong[i] == symbol) continue;
        wrong[i] = symbol;
        EXPECT_FALSE(Uscc::Parse(wrong).ok()) << right << " with " << symbol << " at " << i + 1;
      }
    }
  }
}

TEST(Rule2, NeighboursSwappedAreDetected) {
  for (const char* right : kPublicCodes) {
    for (size_t i = 0; i + 2 < kUsccLength; ++i) {
      std::string wrong = right;
      std::swap(wrong[i], wrong[i + 1]);
      if (wrong == right) continue;
      EXPECT_FALSE(Uscc::Parse(wrong).ok()) << wrong;
    }
  }
}

// A remainder of 0 gives '0', where many samples index out of range.
TEST(Rule2, ARemainderOfZeroGivesZero) {
  bool seen = false;
  for (int number = 0; number < 1000 && !seen; ++number) {
    std::string body = std::to_string(number);
    body.insert(0, 8 - body.size(), '0');
    const auto code = Uscc::WithChecks("51530100", body);
    ASSERT_TRUE(code.ok()) << code.status();
    if (code->ToString().back() != '0') continue;
    seen = true;
    EXPECT_TRUE(Uscc::Parse(code->ToString()).ok());
  }
  EXPECT_TRUE(seen);
}

// In GB 11714 the letters I, O, S, V, Z keep their slots: J is 19 there and 18 in GB 32100.
TEST(Rule2, TheEmbeddedCodeCountsLettersItsOwnWay) {
  EXPECT_EQ(Uscc::WithChecks("52440111", "MJK99804")->ToString(), "52440111MJK9980480");
  EXPECT_EQ(Uscc::WithChecks("51140200", "MJ169304")->ToString(), "51140200MJ1693047P");
  EXPECT_EQ(Uscc::WithChecks("91350100", "M000100Y")->ToString(), "91350100M000100Y43");
}

TEST(Uscc, MakingACodeFromWrongPartsIsRefused) {
  EXPECT_FALSE(Uscc::WithChecks("5153010", "MJT00001").ok());
  EXPECT_FALSE(Uscc::WithChecks("51530100", "MJT0000I").ok());
  EXPECT_FALSE(Uscc::WithChecks("5153010A", "MJT00001").ok());
}

TEST(Rule3, OnlyCivilAffairsAndItsCategoriesAreSocialOrganizations) {
  const auto is_social = [](std::string_view first8) {
    return Uscc::WithChecks(first8, "MJT00001")->is_social_organization();
  };
  EXPECT_TRUE(is_social("51530100"));
  EXPECT_TRUE(is_social("52530100"));
  EXPECT_TRUE(is_social("53530100"));
  EXPECT_TRUE(is_social("59530100"));
  EXPECT_FALSE(is_social("54530100"));
  EXPECT_FALSE(is_social("5A530100"));
  EXPECT_FALSE(is_social("11530100"));
}

TEST(Rule4, TheDivisionIsReadFromPositionsThreeToEight) {
  EXPECT_EQ(Uscc::Parse("51530114MJT000133T")->division(), 530114);
  EXPECT_EQ(Uscc::Parse("51100000500002862F")->division(), 100000);
}

TEST(Uscc, PackedCodesAreOrderedAsTheirTextsAndFoundByHash) {
  std::vector<std::string> texts(std::begin(kPublicCodes), std::end(kPublicCodes));
  texts.insert(texts.end(), std::begin(kMadeUpCodes), std::end(kMadeUpCodes));
  std::vector<Uscc> codes;
  absl::flat_hash_set<Uscc> set;
  for (const std::string& text : texts) {
    codes.push_back(*Uscc::Parse(text));
    set.insert(codes.back());
  }
  std::sort(texts.begin(), texts.end());
  std::sort(codes.begin(), codes.end());
  for (size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(codes[i].ToString(), texts[i]);
  EXPECT_EQ(set.size(), texts.size());
  EXPECT_TRUE(set.contains(*Uscc::Parse(" 51530100mjt000010g ")));
}

TEST(Uscc, AStoredCodeIsReadBackAsItWasWrittenAndNothingElseIs) {
  for (const char* text : kPublicCodes) EXPECT_EQ(Uscc::FromStored(text), *Uscc::Parse(text));
  // One whose check character a registry confirmed (rule 5) is stored too.
  EXPECT_EQ(Uscc::FromStored("51530100MJT0000100"), Uscc::Inspect("51530100MJT0000100").code);
  for (const char* text :
       {"", "51530100MJT000010", "51530100mjt000010g", " 1530100MJT000010G", "515301A0MJT000010G"}) {
    EXPECT_FALSE(Uscc::FromStored(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace chengxin::domain
