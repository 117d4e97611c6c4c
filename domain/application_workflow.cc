#include "domain/application_workflow.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_join.h"
#include "base/strings.h"
#include "domain/deciders.h"

namespace chengxin::domain {

namespace {

constexpr std::array kVerbs = {ApplicationVerb::kFile, ApplicationVerb::kAccept, ApplicationVerb::kReject,
                               ApplicationVerb::kAnswer, ApplicationVerb::kRevoke};

const ApplicationRow kWorkflow[] = {
    {v1::APPLICATION_STATE_UNSPECIFIED,
     ApplicationVerb::kFile,
     {v1::ROLE_ORGANIZATION, v1::ROLE_CIVIL_AFFAIRS},
     {v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_KIND_OBJECTION},
     v1::APPLICATION_STATE_FILED},
    {v1::APPLICATION_STATE_FILED,
     ApplicationVerb::kAccept,
     {v1::ROLE_CIVIL_AFFAIRS},
     {v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_KIND_OBJECTION},
     v1::APPLICATION_STATE_ACCEPTED},
    {v1::APPLICATION_STATE_FILED,
     ApplicationVerb::kReject,
     {v1::ROLE_CIVIL_AFFAIRS},
     {v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_KIND_OBJECTION},
     v1::APPLICATION_STATE_REJECTED},
    {v1::APPLICATION_STATE_ACCEPTED,
     ApplicationVerb::kAnswer,
     {v1::ROLE_CIVIL_AFFAIRS},
     {v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_KIND_OBJECTION},
     v1::APPLICATION_STATE_GRANTED,
     v1::APPLICATION_STATE_REFUSED},
    // Only a repair rests on a commitment that can be broken.
    {v1::APPLICATION_STATE_GRANTED,
     ApplicationVerb::kRevoke,
     {v1::ROLE_CIVIL_AFFAIRS},
     {v1::APPLICATION_KIND_REPAIR},
     v1::APPLICATION_STATE_REVOKED},
};

template <typename Values, typename Value>
bool Has(const Values& values, Value value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

absl::Span<const ApplicationRow> ApplicationWorkflow() { return kWorkflow; }

bool MayEver(ApplicationVerb verb, v1::Role role) {
  return std::any_of(std::begin(kWorkflow), std::end(kWorkflow),
                     [&](const ApplicationRow& row) { return row.verb == verb && Has(row.roles, role); });
}

const ApplicationRow* FindMove(v1::ApplicationState state, v1::ApplicationKind kind, ApplicationVerb verb,
                               v1::Role role) {
  const auto* row = std::find_if(std::begin(kWorkflow), std::end(kWorkflow), [&](const ApplicationRow& any) {
    return any.state == state && any.verb == verb && Has(any.kinds, kind) && Has(any.roles, role);
  });
  return row == std::end(kWorkflow) ? nullptr : row;
}

std::vector<ApplicationVerb> OpenMoves(v1::ApplicationState state, v1::ApplicationKind kind, v1::Role role) {
  std::vector<ApplicationVerb> open;
  for (const ApplicationVerb verb : kVerbs) {
    if (FindMove(state, kind, verb, role) != nullptr) open.push_back(verb);
  }
  return open;
}

bool IsOpen(v1::ApplicationState state) {
  return state == v1::APPLICATION_STATE_FILED || state == v1::APPLICATION_STATE_ACCEPTED;
}

namespace {

// The words of the field's practice; metadata holds the names for programs.
std::string_view WordOf(ApplicationVerb verb) {
  switch (verb) {
    case ApplicationVerb::kFile:
      return "提出";
    case ApplicationVerb::kAccept:
      return "受理";
    case ApplicationVerb::kReject:
      return "不予受理";
    case ApplicationVerb::kAnswer:
      return "答复";
    case ApplicationVerb::kRevoke:
      return "撤销修复";
  }
  return {};
}

std::string_view WordOf(v1::ApplicationState state) {
  switch (state) {
    case v1::APPLICATION_STATE_FILED:
      return "已提交";
    case v1::APPLICATION_STATE_ACCEPTED:
      return "已受理";
    case v1::APPLICATION_STATE_REJECTED:
      return "不予受理";
    case v1::APPLICATION_STATE_GRANTED:
      return "已同意";
    case v1::APPLICATION_STATE_REFUSED:
      return "不同意";
    case v1::APPLICATION_STATE_REVOKED:
      return "已撤销";
    default:
      return "状态不明";
  }
}

}  // namespace

Refusal RefuseMove(v1::ApplicationState state, v1::ApplicationKind kind, ApplicationVerb verb,
                   v1::Role role) {
  if (!MayEver(verb, role)) return RoleNotAllowed(role);
  const std::vector<ApplicationVerb> moves = OpenMoves(state, kind, role);
  const std::string open =
      absl::StrJoin(moves, ",", [](std::string* out, ApplicationVerb move) { out->append(NameOf(move)); });
  const std::string words =
      absl::StrJoin(moves, "、", [](std::string* out, ApplicationVerb move) { out->append(WordOf(move)); });
  return Refusal{.reason = v1::ERROR_REASON_MOVE_NOT_OPEN,
                 .message = StrCat("申请", WordOf(state), "，现在不能", WordOf(verb),
                                   words.empty() ? "，已无可办步骤" : StrCat("，可办：", words),
                                   " (the application's state does not allow this move)"),
                 .metadata = {{"state", v1::ApplicationState_Name(state)},
                              {"open_moves", open},
                              {"article", std::string(BasisOf(kind))}}};
}

std::string_view NameOf(ApplicationVerb verb) {
  switch (verb) {
    case ApplicationVerb::kFile:
      return "FILE";
    case ApplicationVerb::kAccept:
      return "ACCEPT";
    case ApplicationVerb::kReject:
      return "REJECT";
    case ApplicationVerb::kAnswer:
      return "ANSWER";
    case ApplicationVerb::kRevoke:
      return "REVOKE";
  }
  return "";
}

// The instruments without numbers of articles: those are not checked against the final texts.
std::string_view BasisOf(v1::ApplicationKind kind) {
  return kind == v1::APPLICATION_KIND_REPAIR ? "信用修复管理办法" : "社会组织信用信息管理办法";
}

}  // namespace chengxin::domain
