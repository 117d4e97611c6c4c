#include "client/import/column_plan.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "client/import/column_names.h"
#include "client/import/identity_numbers.h"

namespace chengxin::client {
namespace {

using google::protobuf::Message;

constexpr size_t kValueCharacters = 200;

bool IsRejectColumn(std::string_view header) {
  return std::find(kRejectColumns.begin(), kRejectColumns.end(), Trim(header)) != kRejectColumns.end();
}

}  // namespace

bool ColumnPlan::has_identity() const {
  return std::find(uses_.begin(), uses_.end(), Use::kIdentity) != uses_.end();
}

std::vector<std::string> ColumnPlan::ignored() const {
  std::vector<std::string> headers;
  for (size_t i = 0; i < header_.size(); ++i) {
    if (uses_[i] == Use::kIgnored && !Trim(header_[i]).empty()) headers.push_back(header_[i]);
  }
  return headers;
}

template <typename Resolve>
void ColumnPlan::PlanColumns(const Resolve& resolve) {
  targets_.resize(header_.size());
  repeats_.assign(header_.size(), std::string::npos);
  for (size_t i = 0; i < header_.size(); ++i) {
    if (IsIdentityColumn(header_[i])) {
      uses_[i] = Use::kIdentity;
    } else if (IsRejectColumn(header_[i])) {
      uses_[i] = Use::kRejectNote;
    } else if (std::string target = FoldName(resolve(header_[i])); !target.empty()) {
      uses_[i] = Use::kField;
      for (size_t former = 0; former < i; ++former) {
        if (targets_[former] == target) repeats_[i] = former;
      }
      targets_[i] = std::move(target);
    }
  }
}

std::optional<size_t> ColumnPlan::FindTarget(std::string_view target) const {
  const auto found = std::find(targets_.begin(), targets_.end(), FoldName(target));
  if (found == targets_.end()) return std::nullopt;
  return static_cast<size_t>(found - targets_.begin());
}

std::optional<size_t> ColumnPlan::ColumnOf(std::string_view field) const {
  // The server names the path in the message; a column knows the last part of it, perhaps in another unit.
  const std::string last = FoldName(field.substr(field.rfind('.') == field.npos ? 0 : field.rfind('.') + 1));
  std::string_view stem = last;
  if (stem.size() > 3 && stem.substr(stem.size() - 3) == "fen") stem.remove_suffix(3);
  if (stem.size() > 5 && stem.substr(stem.size() - 5) == "centi") stem.remove_suffix(5);
  for (const std::string_view unit : {"", "fen", "yuan", "wan"}) {
    for (const std::string_view owner : {"", "record.", "content."}) {
      const auto column = FindTarget(StrCat(owner, unit.empty() ? std::string_view(last) : stem, unit));
      if (column.has_value()) return column;
    }
  }
  return FindTarget(StrCat("content.", stem));
}

absl::Status ColumnPlan::Require(
    const std::vector<std::pair<std::string_view, std::string_view>>& required) const {
  std::string missing;
  for (const auto& [target, header] : required) {
    const bool found = std::any_of(targets_.begin(), targets_.end(),
                                   [name = FoldName(target)](const auto& t) { return t == name; });
    if (!found) StrAppend(&missing, missing.empty() ? "" : "、", header);
  }
  if (missing.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      StrCat("表头缺少列：", missing, "；可用的列见 docs/import.md (the header row lacks these columns)"));
}

RowProblem ColumnPlan::Problem(size_t column, std::string_view value, std::string_view reason) const {
  return {header_[column], std::string(FirstCharacters(value, kValueCharacters)), std::string(reason)};
}

std::optional<RowProblem> ColumnPlan::FindRepeat(const std::vector<std::string>& fields,
                                                 size_t column) const {
  const size_t former = repeats_[column];
  if (former == std::string::npos || Trim(fields[former]).empty()) return std::nullopt;
  return Problem(column, fields[column],
                 StrCat("与列“", header_[former], "”填的是同一项 (another column fills the same field)"));
}

std::optional<RowProblem> ColumnPlan::Fill(const std::vector<std::string>& fields, Message& row) const {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (is_identity(i) || fields[i].find(kReplacement) == std::string::npos) continue;
    return Problem(i, fields[i], "文字已损坏：有无法解码的字节 (damaged text: bytes that are no character)");
  }
  return FillRow(fields, row);
}

namespace {

// Columns of chengxin.v1.Organization.
class OrganizationPlan final : public ColumnPlan {
 public:
  OrganizationPlan(std::vector<std::string> header, AuthorityIds authorities)
      : ColumnPlan(std::move(header), std::move(authorities)) {}

  absl::Status Plan() {
    PlanColumns(OrganizationTarget);
    slots_.resize(header_.size());
    for (size_t i = 0; i < header_.size(); ++i) {
      if (uses_[i] == Use::kField) slots_[i] = FindSlot(*v1::Organization::descriptor(), targets_[i]);
    }
    return Require({{"code", "统一社会信用代码 (code)"},
                    {"display_name", "社会组织名称 (display_name)"},
                    {"registration_authority", "登记管理机关 (registration_authority)"},
                    {"status", "状态 (status)"},
                    {"established_on", "成立登记日期 (established_on)"}});
  }

 private:
  std::optional<RowProblem> FillRow(const std::vector<std::string>& fields, Message& row) const override {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (!slots_[i].has_value()) continue;
      const std::string_view value = Trim(fields[i]);
      if (value.empty()) continue;
      if (auto repeat = FindRepeat(fields, i)) return repeat;
      // Organizations that register directly have no supervising unit, and exports write 无.
      if (value == "无" && targets_[i] == "supervisingunit") continue;
      const absl::Status set = SetField(*slots_[i], value, authorities_, row);
      if (!set.ok()) return Problem(i, fields[i], ToStd(set.message()));
    }
    return std::nullopt;
  }

  std::vector<std::optional<FieldSlot>> slots_;
};

// Columns of chengxin.v1.ImportRecord: a row's kind says which of them it uses.
class RecordPlan final : public ColumnPlan {
 public:
  RecordPlan(std::vector<std::string> header, AuthorityIds authorities)
      : ColumnPlan(std::move(header), std::move(authorities)) {}

  absl::Status Plan() {
    PlanColumns(RecordTarget);
    kind_column_ = FindTarget("kind");
    double_publicity_ = std::any_of(header_.begin(), header_.end(),
                                    [](const auto& header) { return IsDoublePublicityColumn(header); });
    const auto* contents = v1::CreditRecord::descriptor()->FindOneofByName("content");
    content_slots_.resize(static_cast<size_t>(contents->field_count()));
    for (int i = 0; i < contents->field_count(); ++i)
      content_slots_[static_cast<size_t>(i)] = Slots("content.", *contents->field(i)->message_type());
    record_slots_ = Slots("record.", *v1::CreditRecord::descriptor());
    row_slots_ = Slots("", *v1::ImportRecord::descriptor());
    std::vector<std::pair<std::string_view, std::string_view>> required = {
        {"organization_code", "统一社会信用代码 (organization_code)"}};
    if (!double_publicity_) {
      required.emplace_back("kind", "记录类别 (kind)");
      required.emplace_back("record.formed_on", "形成日期 (formed_on)");
    }
    return Require(required);
  }

 private:
  using SlotList = std::vector<std::optional<FieldSlot>>;

  // The slots in a message of the columns whose target begins with `owner`.
  SlotList Slots(std::string_view owner, const google::protobuf::Descriptor& message) const {
    SlotList slots(header_.size());
    for (size_t i = 0; i < header_.size(); ++i) {
      const std::string_view target = targets_[i];
      const bool owned =
          owner.empty() ? target.find('.') == target.npos : target.substr(0, owner.size()) == owner;
      if (uses_[i] == Use::kField && owned) slots[i] = FindSlot(message, target.substr(owner.size()));
    }
    return slots;
  }

  std::optional<RowProblem> FillRow(const std::vector<std::string>& fields, Message& message) const override {
    auto& row = static_cast<v1::ImportRecord&>(message);
    auto& record = *row.mutable_record();
    const google::protobuf::FieldDescriptor* content = nullptr;
    if (auto problem = FindKind(fields, content)) return problem;
    Message& inner = *record.GetReflection()->MutableMessage(&record, content);
    const auto& content_slots = content_slots_[static_cast<size_t>(content->index_in_oneof())];
    for (size_t i = 0; i < fields.size(); ++i) {
      const std::string_view value = Trim(fields[i]);
      if (uses_[i] != Use::kField || i == kind_column_ || value.empty()) continue;
      if (auto repeat = FindRepeat(fields, i)) return repeat;
      absl::Status set;
      if (row_slots_[i].has_value()) {
        set = SetField(*row_slots_[i], value, authorities_, row);
      } else if (record_slots_[i].has_value()) {
        set = SetField(*record_slots_[i], value, authorities_, record);
      } else if (content_slots[i].has_value()) {
        set = SetField(*content_slots[i], value, authorities_, inner);
      } else {
        set = absl::InvalidArgumentError(
            StrCat("此类记录没有这一列，应留空 (a record of kind ", content->name(), " has no such column)"));
      }
      if (!set.ok()) return Problem(i, fields[i], ToStd(set.message()));
    }
    if (double_publicity_ && record.has_penalty()) CompletePenalty(record);
    return std::nullopt;
  }

  std::optional<RowProblem> FindKind(const std::vector<std::string>& fields,
                                     const google::protobuf::FieldDescriptor*& content) const {
    const std::string_view word = kind_column_.has_value() ? Trim(fields[*kind_column_]) : std::string_view();
    content = word.empty() && double_publicity_ ? FindContent("penalty") : FindContent(word);
    if (content != nullptr) return std::nullopt;
    return Problem(*kind_column_, fields[*kind_column_],
                   "记录类别未知；可用的类别见 docs/import.md (unknown kind of record)");
  }

  // What 双公示 leaves unsaid: the information was formed with the decision, and CF_YXQ, which those who
  // report fill for every penalty, is an end only of what lasts.
  static void CompletePenalty(v1::CreditRecord& record) {
    auto& penalty = *record.mutable_penalty();
    if (record.formed_on().empty()) record.set_formed_on(penalty.decided_on());
    const bool lasts = std::any_of(penalty.kinds().begin(), penalty.kinds().end(), [](int kind) {
      return kind == v1::PENALTY_KIND_SUSPENSION_OF_ACTIVITY || kind == v1::PENALTY_KIND_ORDERED_CLOSURE;
    });
    if (!lasts) penalty.clear_valid_until();
  }

  std::optional<size_t> kind_column_;
  bool double_publicity_ = false;
  std::vector<SlotList> content_slots_;  // by the content's place in the oneof
  SlotList record_slots_;
  SlotList row_slots_;
};

template <typename Plan>
absl::StatusOr<std::unique_ptr<ColumnPlan>> Planned(std::vector<std::string> header,
                                                    AuthorityIds authorities) {
  auto plan = std::make_unique<Plan>(std::move(header), std::move(authorities));
  CHENGXIN_RETURN_IF_ERROR(plan->Plan());
  return plan;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ColumnPlan>> ColumnPlan::Create(RowKind kind, std::vector<std::string> header,
                                                               AuthorityIds authorities) {
  if (kind == RowKind::kOrganization)
    return Planned<OrganizationPlan>(std::move(header), std::move(authorities));
  return Planned<RecordPlan>(std::move(header), std::move(authorities));
}

}  // namespace chengxin::client
