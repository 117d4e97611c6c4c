#include "client/import/identity_numbers.h"

#include <string>

namespace chengxin::client {

bool IsIdentityColumn(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c == ' ' || c == '_' || c == '-' || c == '.' || c == '\t') continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  constexpr std::string_view kParts[] = {
      "zjhm",     "sfzh",   "sfzhm",    "身份证",     "身份号",       "证件号",         "护照",      "通行证",
      "idnumber", "idcard", "passport", "identityno", "identitycard", "identitynumber", "residentid"};
  if (folded == "idno" || folded == "idnum") return true;
  for (const std::string_view part : kParts) {
    if (folded.find(part) != folded.npos) return true;
  }
  return false;
}

}  // namespace chengxin::client
