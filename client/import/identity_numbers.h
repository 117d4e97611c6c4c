// Identity numbers of persons (证件号码), which the platform has no field to store: they are dropped where
// they are read, and counted (personal information protection law, art 28; design: access).
#ifndef CHENGXIN_CLIENT_IMPORT_IDENTITY_NUMBERS_H_
#define CHENGXIN_CLIENT_IMPORT_IDENTITY_NUMBERS_H_

#include <string_view>

namespace chengxin::client {

// Whether a column or JSON member of this name carries identity numbers: CF_FR_ZJHM, CF_XDR_ZJHM and others
// ending ZJHM, 证件号码, 身份证号, 护照号, id_number, idCard, identity_number, passport and their like,
// whatever their case, spaces and underscores. 登记证号 and 证书编号 do not.
bool IsIdentityColumn(std::string_view name);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_IDENTITY_NUMBERS_H_
