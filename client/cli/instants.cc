#include "client/cli/instants.h"

#include "base/strings.h"
#include "client/error.h"
#include "domain/civil_day.h"

namespace chengxin::cli {

namespace {

// Whether the text begins with the shape of "0000-00-00", then a separator and "00:00".
bool HasShape(std::string_view text, std::string_view separators) {
  constexpr std::string_view kShape = "0000-00-00?00:00";
  if (text.size() < kShape.size()) return false;
  for (size_t i = 0; i < kShape.size(); ++i) {
    const bool fits = kShape[i] == '0'   ? text[i] >= '0' && text[i] <= '9'
                      : kShape[i] == '?' ? separators.find(text[i]) != std::string_view::npos
                                         : text[i] == kShape[i];
    if (!fits) return false;
  }
  return true;
}

// The instant, unless its year is a slip.
absl::StatusOr<google::protobuf::Timestamp> InUse(std::string_view field, std::string_view text,
                                                  absl::Time time) {
  const int64_t year = absl::ToCivilYear(time, domain::Shanghai()).year();
  if (year >= kFirstYear && year <= kLastYear) return ToTimestamp(time);
  return client::FieldError(field,
                            StrCat("\"", text.substr(0, 60), "\" 的年份应在", kFirstYear, "至", kLastYear,
                                   "之间 (expected a year from ", kFirstYear, " to ", kLastYear, ")"));
}

}  // namespace

absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp stamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  stamp.set_seconds(seconds);
  stamp.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return stamp;
}

absl::StatusOr<google::protobuf::Timestamp> ParseInstant(std::string_view field, std::string_view text,
                                                         absl::Time now) {
  if (text == "now") return ToTimestamp(now);
  absl::Time time;
  std::string why;
  if (HasShape(text, "Tt") && absl::ParseTime(absl::RFC3339_full, std::string(text), &time, &why))
    return InUse(field, text, time);
  if (HasShape(text, " ")) {
    const char* const format = text.size() == 16 ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%E*S";
    if (absl::ParseTime(format, std::string(text), domain::Shanghai(), &time, &why))
      return InUse(field, text, time);
  }
  return client::FieldError(
      field,
      StrCat("\"", text.substr(0, 60),
             "\" 不是时刻，应为“YYYY-MM-DD HH:MM[:SS]”（北京时间）、RFC 3339或now (not an instant; expected "
             "\"YYYY-MM-DD HH:MM[:SS]\" in Asia/Shanghai, RFC 3339, or now)"));
}

std::string FormatInstant(const google::protobuf::Timestamp& instant) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%E*S", TimeOf(instant), domain::Shanghai());
}

std::string FormatToSecond(const google::protobuf::Timestamp& instant) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", TimeOf(instant), domain::Shanghai());
}

}  // namespace chengxin::cli
