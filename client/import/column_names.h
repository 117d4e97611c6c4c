// The headers that registers and lists write, and the fields they fill. docs/import.md lists them for people.
#ifndef CHENGXIN_CLIENT_IMPORT_COLUMN_NAMES_H_
#define CHENGXIN_CLIENT_IMPORT_COLUMN_NAMES_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace chengxin::client {

// Columns that a rejects file puts in front; ignored on reading.
inline constexpr std::array<std::string_view, 4> kRejectColumns = {"退回行号", "退回列", "退回值",
                                                                   "退回原因"};

// The field of chengxin.v1.Organization that a header fills; empty for none. "registered_capital_wan" and
// "…_yuan" say in what unit the amount stands.
std::string OrganizationTarget(std::string_view header);

// What a header of a file of records fills; empty for none: "organization_code", "kind", "record.x" for a
// field of chengxin.v1.CreditRecord, or "content.x" for a field of the content, which depends on the row's
// kind.
std::string RecordTarget(std::string_view header);

// Whether a header is one of the 双公示 layout of administrative penalties.
bool IsDoublePublicityColumn(std::string_view header);

// The content that a word of the column "kind" means, for example "annual_inspection" or 年度检查; null for
// none.
const google::protobuf::FieldDescriptor* FindContent(std::string_view word);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_COLUMN_NAMES_H_
