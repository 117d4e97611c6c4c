// Fields that many requests have, checked in one way. Each notes what is wrong under the field's path.
#ifndef CHENGXIN_SERVER_REQUEST_FIELDS_H_
#define CHENGXIN_SERVER_REQUEST_FIELDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chengxin/v1/listing_service.pb.h"
#include "domain/refusal.h"
#include "domain/uscc.h"
#include "engine/engine.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace chengxin::server {

// "organization_codes[3]".
std::string ElementPath(std::string_view field, int index);

// InvalidArgument naming one field.
absl::Status WrongField(std::string_view field, std::string_view description);

// A refusal that also names the fields it is about.
absl::Status RefuseFields(const domain::Refusal& refusal, const domain::FieldViolations& violations);

// The code, normalized (rule 1). One whose check characters fail is taken where the registry copy knows it
// (rule 5).
std::optional<domain::Uscc> TakeCode(const engine::Engine& engine, std::string_view field,
                                     std::string_view text, domain::FieldViolations& violations);
// The same for the only code of a request.
absl::StatusOr<domain::Uscc> RequireCode(const engine::Engine& engine, std::string_view field,
                                         std::string_view text);

// `least` to `most` codes; every wrong one is named by its path. Replaces `codes`.
absl::Status TakeCodes(const engine::Engine& engine, std::string_view field,
                       const google::protobuf::RepeatedPtrField<std::string>& texts, int least, int most,
                       std::vector<domain::Uscc>& codes);

// A number of rows: 0 is `otherwise`, more than `most` or less than 0 is wrong.
absl::StatusOr<int> TakeCount(std::string_view field, int count, int otherwise, int most);

// "authorities/{id}" of the catalogue in force; empty is allowed.
void CheckAuthority(const engine::Engine& engine, std::string_view field, std::string_view name,
                    domain::FieldViolations& violations);

// The filter with the first code of the organization that its code leads to: entries stand under it, and each
// code the organization was ever known by finds them (换码; rule 56). InvalidArgument naming every wrong
// field; errors are else the storage's.
absl::StatusOr<v1::ListingFilter> TakeFilter(const engine::Engine& engine, const v1::ListingFilter& filter);

// What to say of an enumerator the contract does not have.
inline constexpr std::string_view kUnknownEnumerator =
    "不是本接口定义的值 (expected a value this API defines)";

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_REQUEST_FIELDS_H_
