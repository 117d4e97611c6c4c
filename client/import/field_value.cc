#include "client/import/field_value.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/money.h"

namespace chengxin::client {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool IsDate(const FieldDescriptor& field) {
  const std::string_view name = field.name();
  return EndsWith(name, "_on") || name == "valid_from" || name == "valid_until" || name == "until" ||
         name == "as_of" || name == "rectify_by" || name == "status_since";
}

ValueForm FormOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return field.is_repeated() ? ValueForm::kEnumList : ValueForm::kEnum;
    case FieldDescriptor::CPPTYPE_BOOL:
      return ValueForm::kBool;
    case FieldDescriptor::CPPTYPE_STRING:
      if (field.name() == "registration_authority" || field.name() == "registry")
        return ValueForm::kAuthority;
      return IsDate(field) ? ValueForm::kDate : ValueForm::kText;
    default:
      return field.name() == "level" ? ValueForm::kLevel : ValueForm::kInteger;
  }
}

// The field of a message by one part of a name, and how that name says its values are read.
std::optional<FieldSlot> FindField(const Descriptor& message, std::string_view part) {
  const std::string folded = FoldName(part);
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    const std::string name = FoldName(field->name());
    if (folded == name) return FieldSlot{{field}, FormOf(*field)};
    if (EndsWith(field->name(), "_fen")) {
      const std::string stem = name.substr(0, name.size() - 3);
      if (folded == stem + "yuan") return FieldSlot{{field}, ValueForm::kYuan};
      if (folded == stem + "wan") return FieldSlot{{field}, ValueForm::kWanYuan};
    }
    if (EndsWith(field->name(), "_centi") && folded == name.substr(0, name.size() - 5))
      return FieldSlot{{field}, ValueForm::kCenti};
  }
  return std::nullopt;
}

absl::Status Expected(std::string_view chinese, std::string_view english) {
  return absl::InvalidArgumentError(StrCat("应为", chinese, " (expected ", english, ")"));
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The numbers of a date and nothing else; empty where it is written in no way we know.
std::vector<std::string_view> DateParts(std::string_view text) {
  text = text.substr(0, text.find_first_of(" T"));
  if (IsDigits(text) && text.size() == 8) return {text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)};
  constexpr std::string_view kMarks[] = {"年", "月", "日"};
  const bool chinese = text.find(kMarks[0]) != text.npos;
  const std::string_view mark = text.find('/') != text.npos ? "/" : text.find('.') != text.npos ? "." : "-";
  std::vector<std::string_view> parts;
  for (int i = 0; i < 3; ++i) {
    const std::string_view end = chinese ? kMarks[i] : mark;
    const size_t at = text.find(end);
    // Only 年月日 closes the last part.
    if ((at == text.npos) == (chinese || i < 2)) return {};
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at == text.npos ? text.size() : at + end.size());
  }
  if (!text.empty()) return {};
  return parts;
}

absl::StatusOr<std::string> ReadDate(std::string_view text) {
  const absl::Status wrong = Expected("日期，如 2026-03-05", "a date such as 2026-03-05");
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    if (!domain::CivilDay::Parse(text).ok()) return wrong;
    return std::string(text);
  }
  const std::vector<std::string_view> parts = DateParts(text);
  if (parts.size() != 3) return wrong;
  if (!IsDigits(parts[0]) || !IsDigits(parts[1]) || !IsDigits(parts[2])) return wrong;
  if (parts[0].size() != 4 || parts[1].size() > 2 || parts[2].size() > 2) return wrong;
  const auto padded = [](std::string_view part) { return StrCat(part.size() == 1 ? "0" : "", part); };
  const std::string date = StrCat(parts[0], "-", padded(parts[1]), "-", padded(parts[2]));
  if (!domain::CivilDay::Parse(date).ok()) return wrong;
  return date;
}

absl::StatusOr<int64_t> ReadLevel(std::string_view text) {
  const absl::Status wrong = Expected("等级 1A 至 5A", "a level from 1A to 5A");
  if (!text.empty() && text.size() <= 5 && text.find_first_not_of('A') == text.npos)
    return static_cast<int64_t>(text.size());
  if (text.size() > 1 && text[0] != 'A' && EndsWith(text, "A")) text.remove_suffix(1);
  if (text.size() != 1 || text[0] < '1' || text[0] > '5') return wrong;
  return text[0] - '0';
}

absl::StatusOr<int64_t> ReadNumber(ValueForm form, std::string_view text) {
  if (form == ValueForm::kLevel) return ReadLevel(text);
  if (form == ValueForm::kInteger) {
    for (const std::string_view end : {"年度", "年"}) {
      if (EndsWith(text, end)) text.remove_suffix(end.size());
    }
    int64_t value = 0;
    if (!IsDigits(text) || !absl::SimpleAtoi(ToAbsl(text), &value)) return Expected("整数", "a whole number");
    return value;
  }
  const auto amount = form == ValueForm::kWanYuan ? domain::ParseWanYuan(text) : domain::ParseYuan(text);
  if (amount.ok()) return *amount;
  switch (form) {
    case ValueForm::kWanYuan:
      return Expected("以万元计的金额，至多六位小数", "an amount in 10,000 yuan with at most 6 decimals");
    case ValueForm::kYuan:
      return Expected("以元计的金额，至多两位小数", "an amount in yuan with at most 2 decimals");
    default:
      return Expected("至多两位小数的数", "a number with at most 2 decimals");
  }
}

absl::StatusOr<bool> ReadBool(std::string_view text) {
  constexpr std::string_view kYes[] = {"是", "有", "true", "yes", "1", "合格", "通过", "良好"};
  constexpr std::string_view kNo[] = {"否", "无", "false", "no", "0", "不合格", "不通过", "未通过", "不良"};
  const std::string folded = FoldName(text);
  if (std::find(std::begin(kYes), std::end(kYes), folded) != std::end(kYes)) return true;
  if (std::find(std::begin(kNo), std::end(kNo), folded) != std::end(kNo)) return false;
  return Expected("“是”或“否”", "yes or no");
}

// What stands before the enumerators' own words, for example "PENALTY_KIND_".
std::string_view PrefixOf(const EnumDescriptor& type) {
  const std::string_view first = type.value(0)->name();
  return first.substr(0, first.size() - std::string_view("UNSPECIFIED").size());
}

absl::StatusOr<int> ReadEnum(const EnumDescriptor& type, std::string_view text) {
  if (const auto value = FindWord(type.full_name(), text)) return *value;
  const std::string upper = absl::AsciiStrToUpper(ToAbsl(text));
  const auto* named = type.FindValueByName(upper);
  if (named == nullptr) named = type.FindValueByName(StrCat(PrefixOf(type), upper));
  if (named != nullptr && named->number() != 0) return named->number();
  std::string names;
  for (int i = 1; i < type.value_count(); ++i)
    StrAppend(&names, i > 1 ? ", " : "",
              std::string_view(type.value(i)->name()).substr(PrefixOf(type).size()));
  return Expected("登记机关的用词（见 docs/import.md）", StrCat("a word of the register or one of ", names));
}

absl::Status SetEnumList(const FieldDescriptor& field, std::string_view text, Message& message) {
  while (!text.empty()) {
    size_t at = text.npos;
    size_t length = 0;
    for (const std::string_view mark : {"、", "，", "；", ",", ";", "/", " "}) {
      if (const size_t found = text.find(mark); found < at) {
        at = found;
        length = mark.size();
      }
    }
    const std::string_view word = Trim(text.substr(0, at));
    text.remove_prefix(at == text.npos ? text.size() : at + length);
    if (word.empty()) continue;
    CHENGXIN_ASSIGN_OR_RETURN(const int value, ReadEnum(*field.enum_type(), word));
    message.GetReflection()->AddEnumValue(&message, &field, value);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadAuthority(std::string_view text, const AuthorityIds& authorities) {
  constexpr std::string_view kCollection = "authorities/";
  if (text.substr(0, kCollection.size()) == kCollection) return std::string(text);
  if (const auto found = authorities.find(std::string(text)); found != authorities.end())
    return StrCat(kCollection, found->second);
  const bool is_id = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (is_id) return StrCat(kCollection, text);
  return Expected("目录中登记管理机关的名称或编号", "an authority of the catalogue, by name or id");
}

absl::Status SetText(const FieldSlot& slot, std::string value, Message& message) {
  message.GetReflection()->SetString(&message, slot.path.back(), std::move(value));
  return absl::OkStatus();
}

absl::Status SetNumber(const FieldDescriptor& field, int64_t value, Message& message) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT64:
      reflection->SetInt64(&message, &field, value);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_UINT64:
      reflection->SetUInt64(&message, &field, static_cast<uint64_t>(value));
      return absl::OkStatus();
    default:
      if (value > INT32_MAX) return Expected("较小的整数", "a smaller number");
      reflection->SetInt32(&message, &field, static_cast<int32_t>(value));
      return absl::OkStatus();
  }
}

absl::Status SetInOwner(const FieldSlot& slot, std::string_view text, const AuthorityIds& authorities,
                        Message& owner) {
  const FieldDescriptor& field = *slot.path.back();
  switch (slot.form) {
    case ValueForm::kText:
      return SetText(slot, std::string(text), owner);
    case ValueForm::kDate: {
      CHENGXIN_ASSIGN_OR_RETURN(std::string date, ReadDate(text));
      return SetText(slot, std::move(date), owner);
    }
    case ValueForm::kAuthority: {
      CHENGXIN_ASSIGN_OR_RETURN(std::string authority, ReadAuthority(text, authorities));
      return SetText(slot, std::move(authority), owner);
    }
    case ValueForm::kBool: {
      CHENGXIN_ASSIGN_OR_RETURN(const bool value, ReadBool(text));
      owner.GetReflection()->SetBool(&owner, &field, value);
      return absl::OkStatus();
    }
    case ValueForm::kEnum: {
      CHENGXIN_ASSIGN_OR_RETURN(const int value, ReadEnum(*field.enum_type(), text));
      owner.GetReflection()->SetEnumValue(&owner, &field, value);
      return absl::OkStatus();
    }
    case ValueForm::kEnumList:
      return SetEnumList(field, text, owner);
    default: {
      CHENGXIN_ASSIGN_OR_RETURN(const int64_t value, ReadNumber(slot.form, text));
      return SetNumber(field, value, owner);
    }
  }
}

}  // namespace

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kSpaces[] = {" ", "\t", "\r", "\n", "\u3000", "\u00a0", "\ufeff"};
  for (bool trimmed = true; trimmed;) {
    trimmed = false;
    if (text.empty()) break;
    // Most values begin and end with what is no space.
    for (const std::string_view space : kSpaces) {
      if (text.substr(0, space.size()) == space) {
        text.remove_prefix(space.size());
        trimmed = true;
      }
      if (EndsWith(text, space)) {
        text.remove_suffix(space.size());
        trimmed = true;
      }
    }
  }
  return text;
}

std::string FoldName(std::string_view name) {
  std::string folded;
  name = Trim(name);
  while (!name.empty()) {
    const char c = name.front();
    if (name.substr(0, 3) == "（" || name.substr(0, 3) == "）") {
      folded += name.substr(0, 3) == "（" ? '(' : ')';
      name.remove_prefix(3);
      continue;
    }
    if (c != ' ' && c != '_' && c != '-') folded += absl::ascii_tolower(static_cast<unsigned char>(c));
    name.remove_prefix(1);
  }
  return folded;
}

std::optional<FieldSlot> FindSlot(const Descriptor& message, std::string_view name) {
  FieldSlot slot;
  for (const Descriptor* owner = &message;;) {
    const size_t dot = name.find('.');
    const auto part = FindField(*owner, name.substr(0, dot));
    if (!part.has_value()) return std::nullopt;
    const FieldDescriptor* field = part->path.front();
    slot.path.push_back(field);
    slot.form = part->form;
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (dot == name.npos) {
      const bool single = !field->is_repeated() || slot.form == ValueForm::kEnumList;
      return is_message || !single ? std::nullopt : std::make_optional(slot);
    }
    if (!is_message || field->is_repeated()) return std::nullopt;
    owner = field->message_type();
    name.remove_prefix(dot + 1);
  }
}

absl::Status SetField(const FieldSlot& slot, std::string_view text, const AuthorityIds& authorities,
                      Message& message) {
  Message* owner = &message;
  for (size_t i = 0; i + 1 < slot.path.size(); ++i)
    owner = owner->GetReflection()->MutableMessage(owner, slot.path[i]);
  return SetInOwner(slot, text, authorities, *owner);
}

}  // namespace chengxin::client
