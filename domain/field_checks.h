// Judges the fields of one message and collects what is wrong. Private to domain.
#ifndef CHENGXIN_DOMAIN_FIELD_CHECKS_H_
#define CHENGXIN_DOMAIN_FIELD_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "domain/civil_day.h"
#include "domain/refusal.h"

namespace chengxin::domain {

// Lengths in characters, as record.proto and organization.proto document them.
inline constexpr size_t kMaximumNumberLength = 100;    // numbers of documents, identifiers
inline constexpr size_t kMaximumUnitLength = 200;      // names of organs, units, titles
inline constexpr size_t kMaximumReasonLength = 500;    // reasons, addresses
inline constexpr size_t kMaximumBasisLength = 1'000;   // legal bases
inline constexpr size_t kMaximumResultLength = 2'000;  // results, statements of a list's keeper
inline constexpr size_t kMaximumContactLength = 100;   // telephone numbers, bank accounts

// The characters of a text; nothing where the bytes are not valid UTF-8.
std::optional<size_t> CountCharacters(std::string_view text);

// The checks of one message whose fields lie under a path. Each check adds at most one violation per call and
// says whether the field may be used. Paths are put together only for what is wrong, so that judging a good
// message allocates nothing. Refers to the violations it was given; they must outlive it.
class FieldChecks {
 public:
  // `path` is "" for the request itself, else for example "record.penalty". `today` decides what lies in the
  // future.
  FieldChecks(std::string path, CivilDay today, FieldViolations& violations)
      : path_(std::move(path)), today_(today), violations_(violations) {}

  // The checks of a message in field `name`.
  FieldChecks Under(std::string_view name) const { return {PathOf(name), today_, violations_}; }
  CivilDay today() const { return today_; }

  void Add(std::string_view name, std::string_view description) const;
  // Adds the description where `good` does not hold; answers `good`.
  bool Check(bool good, std::string_view name, std::string_view description) const;

  // Present, valid UTF-8 without control characters (line ends and tabs apart), at most `maximum` characters.
  bool RequiredText(std::string_view name, std::string_view value, size_t maximum) const;
  // The same where it is present.
  bool OptionalText(std::string_view name, std::string_view value, size_t maximum) const;

  // A day that exists; nothing where it is missing or wrong, which is a violation.
  std::optional<CivilDay> RequiredDay(std::string_view name, std::string_view value) const;
  // The same, not in the future.
  std::optional<CivilDay> RequiredPastDay(std::string_view name, std::string_view value) const;
  // Missing is no violation.
  std::optional<CivilDay> OptionalDay(std::string_view name, std::string_view value) const;
  std::optional<CivilDay> OptionalPastDay(std::string_view name, std::string_view value) const;
  // Where both are known: `day` is not before `earlier`, the day in field `earlier_name`.
  void NotBefore(std::string_view name, const std::optional<CivilDay>& day, std::string_view earlier_name,
                 const std::optional<CivilDay>& earlier) const;

  // From `least` to `most`.
  bool InRange(std::string_view name, int64_t value, int64_t least, int64_t most) const;
  bool NotNegative(std::string_view name, int64_t value) const;
  // An amount in fen, not negative and at most kLargestAmount (domain/money.h).
  bool Amount(std::string_view name, int64_t fen) const;

  // A value of the enum; `is_valid` is the generated one. RequiredEnum refuses 0 too.
  template <typename Enum>
  bool RequiredEnum(std::string_view name, Enum value, bool (*is_valid)(int)) const {
    return Check(value != 0 && is_valid(static_cast<int>(value)), name, kEnumExpected);
  }
  template <typename Enum>
  bool KnownEnum(std::string_view name, Enum value, bool (*is_valid)(int)) const {
    return Check(is_valid(static_cast<int>(value)), name, kEnumExpected);
  }

 private:
  static constexpr std::string_view kEnumExpected =
      "应为文档所列的值之一 (expected one of the documented values)";

  std::string PathOf(std::string_view name) const;
  std::optional<CivilDay> PastDay(std::string_view name, std::optional<CivilDay> day) const;

  const std::string path_;
  const CivilDay today_;
  FieldViolations& violations_;
};

// A refusal that also names the fields it is about: ErrorInfo and BadRequest together.
absl::Status RefuseFields(const Refusal& refusal, const FieldViolations& violations);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_FIELD_CHECKS_H_
