// Identity numbers of persons (证件号码), which the platform has no field to store: they are dropped where
// they are read, and counted (personal information protection law, art 28; design: access).
#ifndef CHENGXIN_CLIENT_IMPORT_IDENTITY_NUMBERS_H_
#define CHENGXIN_CLIENT_IMPORT_IDENTITY_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chengxin::client {

// What stands where an identity number stood.
inline constexpr std::string_view kMaskedIdentityNumber = "（身份号码已隐去）";

// Whether a column or JSON member of this name carries identity numbers: CF_FR_ZJHM, CF_XDR_ZJHM and others
// ending ZJHM, 证件号码, 身份证号, 护照号, id_number, idCard, identity_number, passport and their like,
// whatever their case, spaces and underscores. 登记证号 and 证书编号 do not.
bool IsIdentityColumn(std::string_view name);

// Puts kMaskedIdentityNumber in the place of each resident identity number (公民身份号码, GB 11643: 18
// characters with a valid date and check character, digits half or full width) that stands by itself in
// `text`, and returns how many there were. A valid code of a social organization is none, whatever its
// digits.
int64_t MaskIdentityNumbers(std::string& text);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_IDENTITY_NUMBERS_H_
