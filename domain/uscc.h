// The unified social credit code (统一社会信用代码; GB 32100-2015): rules 1 to 5.
#ifndef CHENGXIN_DOMAIN_USCC_H_
#define CHENGXIN_DOMAIN_USCC_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace chengxin::domain {

inline constexpr size_t kUsccLength = 18;

// What may be wrong with a code.
enum class UsccProblem {
  kLength,             // not 18 characters
  kSymbol,             // a character outside the 31 symbols (no I, O, S, V, Z)
  kDivision,           // positions 3 to 8 are not digits
  kOrganizationCheck,  // position 17, the check character of the embedded organization code (GB 11714)
  kCheck,              // position 18, the check character of the whole (GB 32100)
};

struct UsccFault {
  UsccProblem problem;
  // What was wrong and what was expected, in Chinese and English.
  std::string description;
};

struct UsccInspection;

// A code of the right shape: 18 of the 31 symbols, positions 3 to 8 digits. Parse gives only codes whose two
// check characters hold as well; Inspect also gives one whose check characters fail, which a registry may
// confirm (rule 5). Small, ordered as its text is, hashable.
class Uscc {
 public:
  // Trims white space, folds full-width characters and lower case (rule 1), and verifies both check
  // characters (rule 2). InvalidArgument with all faults.
  static absl::StatusOr<Uscc> Parse(std::string_view text);
  // The same without judging: the code where its shape is right, and every fault.
  static UsccInspection Inspect(std::string_view text);
  // The code where the text is one as ToString writes it, its check characters not looked at: for codes that
  // were inspected when they were stored.
  static std::optional<Uscc> FromStored(std::string_view text);
  // Adds both check characters: `first8` is department, category and division, `body8` the organization code
  // without its check character. InvalidArgument where a symbol is wrong.
  static absl::StatusOr<Uscc> WithChecks(std::string_view first8, std::string_view body8);

  std::string ToString() const;
  void AppendTo(std::string& out) const;
  std::array<char, kUsccLength> symbols() const;

  // First character: 5 is civil affairs (民政).
  char department() const;
  // Second character; for civil affairs 1 社会团体, 2 民办非企业单位, 3 基金会, 9 其他.
  char category() const;
  // Positions 3 to 8: the division (GB/T 2260) of the authority that gave the code. Says nothing of today's
  // jurisdiction (rule 4).
  int division() const;
  // Whether it is a social organization's: department 5 with category 1, 2, 3 or 9 (rule 3).
  bool is_social_organization() const;

  bool operator==(const Uscc&) const = default;
  std::strong_ordering operator<=>(const Uscc&) const = default;

  template <typename H>
  friend H AbslHashValue(H h, const Uscc& code) {
    return H::combine(std::move(h), code.high_, code.low_);
  }

 private:
  Uscc(uint64_t high, uint64_t low) : high_(high), low_(low) {}
  static Uscc Pack(const std::array<uint8_t, kUsccLength>& values);
  uint8_t ValueAt(size_t index) const;

  // Symbols 1 to 9 and 10 to 18, five bits each, the first one highest: comparing numbers compares texts.
  uint64_t high_;
  uint64_t low_;
};

// What Inspect found.
struct UsccInspection {
  // The code, where its shape is right (at most check characters fail).
  std::optional<Uscc> code;
  std::vector<UsccFault> faults;
  bool ok() const { return faults.empty(); }
  // The descriptions of all faults in one line.
  std::string Describe() const;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_USCC_H_
