#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/deciders.h"

namespace chengxin::domain {

namespace {

using Ids = absl::flat_hash_set<std::string_view>;

template <typename Rows>
Ids IdsOf(const Rows& rows) {
  Ids ids;
  for (const auto& row : rows) ids.insert(row.id());
  return ids;
}

// The first id of `rows` that `kept` does not have.
template <typename Rows>
std::optional<std::string> FirstMissing(const Rows& rows, const Ids& kept) {
  for (const auto& row : rows) {
    if (!kept.contains(row.id())) return row.id();
  }
  return std::nullopt;
}

Decision Contradiction(std::string row, std::string message) {
  return Refuse(v1::ERROR_REASON_BAD_CATALOGUE, std::move(message), {{"row", std::move(row)}});
}

Decision Vanished(std::string_view table, std::string_view id) {
  return Contradiction(StrCat("catalogue.", table),
                       StrCat("在用的", id, "不能从目录中删去，请设定有效期止日 (", table, ": \"", id,
                              "\" is in use and cannot vanish; end its validity instead)"));
}

// What is in use keeps its row: organizations name their authority, facts their ground, and what was read its
// source.
absl::StatusOr<std::optional<Decision>> FindVanished(const v1::Catalogue& before, const v1::Catalogue& after,
                                                     const View& view) {
  if (const auto id = FirstMissing(before.authorities(), IdsOf(after.authorities()))) {
    return Vanished("authorities", *id);
  }
  if (const auto id = FirstMissing(before.grounds(), IdsOf(after.grounds()))) {
    return Vanished("grounds", *id);
  }
  const Ids sources = IdsOf(after.sources());
  for (const v1::Source& source : before.sources()) {
    if (sources.contains(source.id())) continue;
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<log::v1::SourceRead> read,
                              view.FindSourceRead(source.id()));
    if (read.has_value()) return Vanished("sources", source.id());
  }
  return std::nullopt;
}

log::v1::Event EventOf(const v1::Catalogue& catalogue) {
  log::v1::Event event;
  *event.mutable_catalogue() = catalogue;
  return event;
}

// Whether the ground is one of the bars of rule 47.
bool IsBar(const v1::Ground& ground) {
  switch (ground.reason()) {
    case v1::REASON_CODE_JUDGMENT_DEFAULTER:
    case v1::REASON_CODE_TAX_VIOLATION_LIST:
    case v1::REASON_CODE_PROCUREMENT_VIOLATION_LIST:
    case v1::REASON_CODE_MAJOR_VIOLATION:
    case v1::REASON_CODE_PROCUREMENT_BAN:
      return true;
    default:
      return ground.id().rfind("GP-", 0) == 0;
  }
}

// Rules 47 and 52: what bars by law must bar, and no list of it may be left unread without an answer saying
// so. Asked of what is activated only: a catalogue that is in the log already stays what it was.
void CheckBars(const v1::Catalogue& catalogue, const FieldChecks& checks) {
  for (int i = 0; i < catalogue.grounds_size(); ++i) {
    const v1::Ground& ground = catalogue.grounds(i);
    checks.Check(!IsBar(ground) || ground.outcome() == v1::OUTCOME_FAIL, StrCat("grounds[", i, "].outcome"),
                 StrCat(ground.id(),
                        "依法不得选择，应为FAIL (a bar by law must be FAIL: rule 47; 财库〔2016〕125号)"));
  }
  for (int i = 0; i < catalogue.sources_size(); ++i) {
    const v1::Source& source = catalogue.sources(i);
    if (source.kind() != v1::SOURCE_KIND_EXTERNAL_LIST) continue;
    const auto& conditions = source.required_by();
    checks.Check(
        std::find(conditions.begin(), conditions.end(), v1::CONDITION_OTHER_LEGAL) != conditions.end(),
        StrCat("sources[", i, "].required_by"),
        StrCat(source.id(),
               "为外部名单，第（七）项条件应以其为必要来源 (an external list: expected "
               "CONDITION_OTHER_LEGAL, so "
               "that a list not read answers UNKNOWN: rule 52)"));
  }
}

// No bound of a fine lies beyond what a fine may be. Asked of what is activated only, as CheckBars is. Bounds
// below 0 are for CompiledCatalogue::Compile to refuse.
void CheckAmounts(const v1::Catalogue& catalogue, const FieldChecks& checks) {
  const auto check = [&checks](std::string field, int64_t fen) {
    if (fen > 0) checks.Amount(field, fen);
  };
  for (int i = 0; i < catalogue.grounds_size(); ++i) {
    const v1::PenaltyTrigger& penalty = catalogue.grounds(i).penalty();
    check(StrCat("grounds[", i, "].penalty.fine_at_least_fen"), penalty.fine_at_least_fen());
    check(StrCat("grounds[", i, "].penalty.fine_below_fen"), penalty.fine_below_fen());
  }
  for (int i = 0; i < catalogue.display_classes_size(); ++i) {
    const v1::DisplayClass& row = catalogue.display_classes(i);
    check(StrCat("display_classes[", i, "].fine_at_least_fen"), row.fine_at_least_fen());
    check(StrCat("display_classes[", i, "].fine_below_fen"), row.fine_below_fen());
  }
}

}  // namespace

void ValidateCatalogue(const v1::Catalogue& catalogue, const FieldChecks& checks) {
  CheckBars(catalogue, checks);
  CheckAmounts(catalogue, checks);
  const auto compiled = CompiledCatalogue::Compile(catalogue);
  if (compiled.ok()) return;
  google::rpc::BadRequest wrong;
  const auto payload = compiled.status().GetPayload(ToAbsl(kBadRequestUrl));
  if (!payload.has_value() || !wrong.ParseFromString(std::string(*payload)) ||
      wrong.field_violations().empty()) {
    checks.Add("version", ToStd(compiled.status().message()));
    return;
  }
  for (const auto& violation : wrong.field_violations()) {
    checks.Add(violation.field(), violation.description());
  }
}

absl::StatusOr<Decision> DecideCommand(const v1::ActivateCatalogueRequest& request,
                                       const CommandContext& context, const View& view) {
  if (context.principal.role() != v1::ROLE_ADMIN) return Refuse(RoleNotAllowed(context.principal.role()));
  Decision decision;
  const v1::Catalogue& after = request.catalogue();
  if (const auto in_force = view.catalogue(); in_force != nullptr) {
    const v1::Catalogue& before = in_force->message();
    if (before.version() == after.version()) {
      if (before.SerializeAsString() == after.SerializeAsString()) {
        decision.existing.push_back(EventOf(before));
        return decision;
      }
      return Contradiction("catalogue.version",
                           StrCat("版本", after.version(), "已启用且内容不同，请使用新的版本号 (version ",
                                  after.version(), " is in force with another content; use a new version)"));
    }
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<Decision> vanished, FindVanished(before, after, view));
    if (vanished.has_value()) return *std::move(vanished);
  }
  decision.events.push_back(EventOf(after));
  return decision;
}

}  // namespace chengxin::domain
