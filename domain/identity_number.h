// Identity numbers of persons within a text: the platform has no field to store them (personal information
// protection law, art 28; design: access).
#ifndef CHENGXIN_DOMAIN_IDENTITY_NUMBER_H_
#define CHENGXIN_DOMAIN_IDENTITY_NUMBER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chengxin::domain {

// What stands where an identity number stood.
inline constexpr std::string_view kMaskedIdentityNumber = "（身份号码已隐去）";

// Puts kMaskedIdentityNumber in the place of each resident identity number (公民身份号码, GB 11643: 18
// characters with a valid date and check character, digits half or full width) that stands by itself in
// `text`, and returns how many there were. A valid code of a social organization is none, whatever its
// digits.
int64_t MaskIdentityNumbers(std::string& text);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_IDENTITY_NUMBER_H_
