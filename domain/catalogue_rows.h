// What rows of every kind in the catalogue have in common, judged in one place. Private to domain.
#ifndef CHENGXIN_DOMAIN_CATALOGUE_ROWS_H_
#define CHENGXIN_DOMAIN_CATALOGUE_ROWS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "chengxin/v1/catalogue.pb.h"
#include "domain/catalogue_check.h"
#include "domain/refusal.h"

namespace chengxin::domain {

inline constexpr std::string_view kMissing = "不能为空 (must be given)";
inline constexpr std::string_view kExpectedId =
    "应为1至63个小写字母、数字和连字符 (expected 1 to 63 lower-case letters, digits and hyphens)";

// 1 to 63 lower-case letters, digits and hyphens.
bool IsLowerId(std::string_view id);
// The same in upper case, as "SER-04".
bool IsGroundId(std::string_view id);

// Adds what is wrong with a row to the violations, which must outlive it.
class RowChecks {
 public:
  // Rows of one id seen so far, with their days.
  using Seen = std::multimap<std::string, DaysInForce>;

  explicit RowChecks(FieldViolations& violations) : violations_(violations) {}

  void Add(std::string_view path, std::string_view description) { violations_.Add(path, description); }
  void Require(bool fits, std::string_view path, std::string_view description) {
    if (!fits) Add(path, description);
  }
  void CheckBasis(const v1::LegalBasis& basis, bool given, const std::string& at);
  // Empty is no violation.
  void CheckPeriod(const std::string& period, const std::string& at);
  // The row's days, where they parse and do not overlap those of an earlier row of the same id.
  std::optional<DaysInForce> CheckValidity(const std::string& id, const v1::Validity& validity, Seen& seen,
                                           const std::string& at);

 private:
  FieldViolations& violations_;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_CATALOGUE_ROWS_H_
