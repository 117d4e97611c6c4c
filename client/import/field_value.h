// Values as registers write them, put into the fields of messages.
#ifndef CHENGXIN_CLIENT_IMPORT_FIELD_VALUE_H_
#define CHENGXIN_CLIENT_IMPORT_FIELD_VALUE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace chengxin::client {

// How the text of a value is read.
enum class ValueForm {
  kText,
  kDate,  // YYYY-MM-DD, YYYY/M/D, YYYY.M.D, YYYYMMDD or YYYY年M月D日; a time of day after a space is dropped
  kInteger,    // digits; 年 or 年度 after them is dropped
  kLevel,      // 1 to 5, 1A to 5A, A to AAAAA
  kBool,       // 是 or 否 and their like
  kEnum,       // the value's name in proto/, or the register's word
  kEnumList,   // several of them, parted by 、 , ; or /
  kYuan,       // yuan with at most 2 decimals, into fen
  kWanYuan,    // 万元 with at most 6 decimals, into fen exactly (rule 11)
  kCenti,      // a number with at most 2 decimals, into hundredths
  kAuthority,  // "authorities/{id}", the id alone, or the authority's name
};

// Names of authorities (登记管理机关), for example "昆明市民政局", to their ids in the catalogue, for example
// "km".
using AuthorityIds = absl::flat_hash_map<std::string, std::string>;

// A field of a message, where it stands and how its values are read.
struct FieldSlot {
  // From the message to the field.
  std::vector<const google::protobuf::FieldDescriptor*> path;
  ValueForm form = ValueForm::kText;
};

// The field that `name` means in a message: parts joined by dots, case and underscores aside ("displayName"
// is display_name). An amount of field x_fen may be named x_fen, x_yuan or x_wan, and hundredths of field
// x_centi x_centi or x. None where there is no such field, or where it is not one that a single value can
// fill.
std::optional<FieldSlot> FindSlot(const google::protobuf::Descriptor& message, std::string_view name);

// Reads `text`, which is trimmed and not empty, into the field. InvalidArgument with what was expected,
// Chinese first.
absl::Status SetField(const FieldSlot& slot, std::string_view text, const AuthorityIds& authorities,
                      google::protobuf::Message& message);

// Without white space at the ends, ideographic and no-break spaces too.
std::string_view Trim(std::string_view text);

// Lower case without spaces, underscores, hyphens, and with ASCII brackets for full-width ones: how names are
// compared.
std::string FoldName(std::string_view name);

// The number of the enumerator that `word` means, of the enum named `full_name`; none where there is none.
// Words are listed in docs/import.md.
std::optional<int> FindWord(std::string_view enum_full_name, std::string_view word);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_FIELD_VALUE_H_
