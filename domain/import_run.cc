#include "domain/import_run.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/deciders.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

namespace {

bool IsOneOf(v1::SourceKind kind, std::initializer_list<v1::SourceKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Refusal UnknownSource(std::string_view name, std::string_view why) {
  return Refusal{.reason = v1::ERROR_REASON_UNKNOWN_SOURCE,
                 .message = StrCat(name, "：", why),
                 .metadata = {{"source", std::string(name)}}};
}

// A sync job delivers the source that it is bound to, and no other's (rule 61).
std::optional<Refusal> RefuseJob(const ImportHeader& header, const v1::Principal& principal) {
  if (principal.unit() == header.source) return std::nullopt;
  return UnknownSource(header.source, "不由本同步任务提供 (not the source that this job delivers)");
}

// What the civil-affairs department may not do with this source; nothing where it may.
std::optional<Refusal> RefuseOfficer(const ImportHeader& header, const v1::Source& source,
                                     std::string_view authority_name) {
  const std::string_view authority = ParseAuthorityName(authority_name).value_or("");
  const auto& authorities = source.authorities();
  const bool delivers = std::find(authorities.begin(), authorities.end(), authority) != authorities.end();
  const bool kept_elsewhere = source.kind() == v1::SOURCE_KIND_EXTERNAL_LIST;
  if (kept_elsewhere || (source.kind() == v1::SOURCE_KIND_REGISTRY && !delivers)) {
    return UnknownSource(header.source, "不由本机关提供 (not a source that this authority delivers)");
  }
  if (header.end_of_run && !(delivers && authorities.size() == 1)) {
    return Refusal{.reason = v1::ERROR_REASON_ROLE_NOT_ALLOWED,
                   .message =
                       "该来源不只属于本机关，只有同步任务可以结束其读取 (the source is not this authority's "
                       "alone: only sync may end its run)",
                   .metadata = {{"role", v1::Role_Name(v1::ROLE_CIVIL_AFFAIRS)}}};
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<ImportRun> OpenRun(const ImportHeader& header, std::initializer_list<v1::SourceKind> kinds,
                                  const CommandContext& context, const View& view) {
  ImportRun run;
  const v1::Role role = context.principal.role();
  if (role != v1::ROLE_SYNC && role != v1::ROLE_CIVIL_AFFAIRS) {
    run.refusal = RoleNotAllowed(role);
    return run;
  }
  if (role == v1::ROLE_SYNC) {
    run.refusal = RefuseJob(header, context.principal);
    if (run.refusal.has_value()) return run;
  }
  const std::string_view id = ParseSourceName(header.source).value_or("");
  const v1::Source* source = view.catalogue()->FindSource(id);
  if (source == nullptr || !IsOneOf(source->kind(), kinds)) {
    run.refusal =
        UnknownSource(header.source, source == nullptr ? "不在目录中 (not a source of the catalogue)"
                                                       : "不提供此类数据 (a source of another kind of data)");
    return run;
  }
  if (role == v1::ROLE_CIVIL_AFFAIRS) {
    run.only_authority = context.principal.authority();
    run.refusal = RefuseOfficer(header, *source, run.only_authority);
    if (run.refusal.has_value()) return run;
  }
  CHENGXIN_ASSIGN_OR_RETURN(run.last_read, view.FindSourceRead(id));
  if (run.last_read.has_value() && header.as_of < TimeOf(run.last_read->as_of())) {
    const std::string known =
        absl::FormatTime(absl::RFC3339_full, TimeOf(run.last_read->as_of()), absl::UTCTimeZone());
    run.refusal = Refusal{.reason = v1::ERROR_REASON_STALE_SOURCE,
                          .message = StrCat(header.source, "已读至", known,
                                            "，不能再按更早的时点读入 (already read as of a later instant)"),
                          .metadata = {{"known_as_of", known}}};
    return run;
  }
  run.source = source;
  return run;
}

void EndRun(const ImportHeader& header, const ImportRun& run, absl::Time recorded, Decision& decision) {
  if (!header.end_of_run) return;
  log::v1::SourceRead read;
  read.set_source(std::string(header.source));
  SetTimestamp(header.as_of, *read.mutable_as_of());
  read.set_complete(header.complete);
  read.set_rejected(header.rejected_by_reader + decision.tally->rejections_size());
  read.set_identity_numbers_dropped(header.identity_numbers_dropped);
  if (run.last_read.has_value()) {
    log::v1::SourceRead last = *run.last_read;
    last.clear_recorded();
    if (last.SerializeAsString() == read.SerializeAsString()) return;
  }
  SetTimestamp(recorded, *read.mutable_recorded());
  *decision.events.emplace_back().mutable_source_read() = std::move(read);
}

void RejectRow(std::string_view field, std::string_view reason, log::v1::ImportTally& tally) {
  tally.add_outcomes(v1::IMPORT_OUTCOME_REJECTED);
  v1::ImportResult& rejection = *tally.add_rejections();
  rejection.set_outcome(v1::IMPORT_OUTCOME_REJECTED);
  rejection.set_field(field.data(), field.size());
  rejection.set_reason(reason.data(), reason.size());
}

}  // namespace chengxin::domain
