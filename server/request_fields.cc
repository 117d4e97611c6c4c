#include "server/request_fields.h"

#include <utility>

#include "absl/strings/cord.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/catalogue.h"
#include "domain/resource_names.h"

namespace chengxin::server {

std::string ElementPath(std::string_view field, int index) { return StrCat(field, "[", index, "]"); }

absl::Status WrongField(std::string_view field, std::string_view description) {
  domain::FieldViolations violations;
  violations.Add(field, description);
  return violations.ToStatus();
}

absl::Status RefuseFields(const domain::Refusal& refusal, const domain::FieldViolations& violations) {
  absl::Status status = domain::ToStatus(refusal);
  status.SetPayload(ToAbsl(domain::kBadRequestUrl), absl::Cord(violations.message().SerializeAsString()));
  return status;
}

namespace {

// The code, or why there is none.
std::optional<domain::Uscc> CodeOf(const engine::Engine& engine, std::string_view text, std::string& fault) {
  const domain::UsccInspection inspection = domain::Uscc::Inspect(text);
  if (inspection.ok() || (inspection.code.has_value() && engine.Knows(*inspection.code)))
    return inspection.code;
  fault = inspection.Describe();
  return std::nullopt;
}

}  // namespace

std::optional<domain::Uscc> TakeCode(const engine::Engine& engine, std::string_view field,
                                     std::string_view text, domain::FieldViolations& violations) {
  std::string fault;
  std::optional<domain::Uscc> code = CodeOf(engine, text, fault);
  if (!code.has_value()) violations.Add(field, fault);
  return code;
}

absl::StatusOr<domain::Uscc> RequireCode(const engine::Engine& engine, std::string_view field,
                                         std::string_view text) {
  std::string fault;
  const std::optional<domain::Uscc> code = CodeOf(engine, text, fault);
  if (!code.has_value()) return WrongField(field, fault);
  return *code;
}

absl::Status TakeCodes(const engine::Engine& engine, std::string_view field,
                       const google::protobuf::RepeatedPtrField<std::string>& texts, int least, int most,
                       std::vector<domain::Uscc>& codes) {
  codes.clear();
  if (texts.size() < least || texts.size() > most) {
    return WrongField(field, StrCat("有", texts.size(), "个，应为", least, "至", most, "个 (got ",
                                    texts.size(), "; expected ", least, " to ", most, ")"));
  }
  codes.reserve(static_cast<size_t>(texts.size()));
  domain::FieldViolations violations;
  std::string fault;
  for (int i = 0; i < texts.size(); ++i) {
    if (const std::optional<domain::Uscc> code = CodeOf(engine, texts[i], fault)) {
      codes.push_back(*code);
    } else {
      violations.Add(ElementPath(field, i), fault);
    }
  }
  return violations.ToStatus();
}

absl::StatusOr<int> TakeCount(std::string_view field, int count, int otherwise, int most) {
  if (count == 0) return otherwise;
  if (count < 0 || count > most) {
    return WrongField(field, StrCat("为", count, "，应为1至", most, "，0表示", otherwise, " (got ", count,
                                    "; expected 1 to ", most, ", or 0 for ", otherwise, ")"));
  }
  return count;
}

void CheckAuthority(const engine::Engine& engine, std::string_view field, std::string_view name,
                    domain::FieldViolations& violations) {
  if (name.empty()) return;
  const std::optional<std::string_view> id = domain::ParseAuthorityName(name);
  if (!id.has_value()) {
    violations.Add(field, "应为“authorities/{机关标识}” (expected the form authorities/{id})");
    return;
  }
  const std::shared_ptr<const domain::Knowledge> knowledge = engine.knowledge();
  if (knowledge->catalogue == nullptr || knowledge->catalogue->FindAuthority(*id) == nullptr)
    violations.Add(field, "不是现行目录中的机关 (expected an authority of the catalogue in force)");
}

absl::StatusOr<v1::ListingFilter> TakeFilter(const engine::Engine& engine, const v1::ListingFilter& filter) {
  domain::FieldViolations violations;
  v1::ListingFilter taken = filter;
  if (!v1::ListKind_IsValid(filter.list())) violations.Add("filter.list", kUnknownEnumerator);
  CheckAuthority(engine, "filter.authority", filter.authority(), violations);
  if (!filter.organization_code().empty()) {
    const std::optional<domain::Uscc> code =
        TakeCode(engine, "filter.organization_code", filter.organization_code(), violations);
    if (code.has_value()) {
      taken.set_organization_code(code->ToString());
      CHENGXIN_ASSIGN_OR_RETURN(const std::optional<std::string> first,
                                engine.store().FindFirstCode(taken.organization_code(), engine.revision()));
      if (first.has_value()) taken.set_organization_code(*first);
    }
  }
  CHENGXIN_RETURN_IF_ERROR(violations.ToStatus());
  return taken;
}

}  // namespace chengxin::server
