// Amounts in fen (分), exactly (rule 11).
#ifndef CHENGXIN_DOMAIN_MONEY_H_
#define CHENGXIN_DOMAIN_MONEY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace chengxin::domain {

// An amount in fen; never negative where parsed.
using Fen = int64_t;

inline constexpr Fen kFenPerYuan = 100;
inline constexpr Fen kFenPerWanYuan = 1'000'000;
// The largest amount taken from outside, 一万亿元 (10^12 yuan): more is a slip of the pen, and sums of
// amounts stay far from overflow. What was recorded before there was a limit is read as it is.
inline constexpr Fen kLargestAmount = 100'000'000'000'000;

// A decimal number of yuan (元), for example "49999.99" or "50,000"; at most 2 decimals. Surrounding white
// space is allowed. InvalidArgument for anything else: signs, exponents, more decimals, more than 2^63 fen.
absl::StatusOr<Fen> ParseYuan(std::string_view text);
// A decimal number of ten thousand yuan (万元) as 双公示 writes amounts: "0.2" is 2,000 yuan; at most 6
// decimals.
absl::StatusOr<Fen> ParseWanYuan(std::string_view text);

// For people: "50,000.00元".
std::string FormatYuan(Fen amount);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_MONEY_H_
