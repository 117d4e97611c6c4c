#include "server/admin_service.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/consortium.h"
#include "domain/decide.h"
#include "domain/evaluate.h"
#include "domain/query_context.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"
#include "server/unary_call.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

// Days before the calendar's end from which its next year is asked for.
constexpr int kCalendarWarningDays = 60;
constexpr absl::Duration kCertificateWarning = absl::Hours(30 * 24);

absl::Status GetKnownCatalogue(ServiceContext& service, const v1::GetCatalogueRequest& request,
                               v1::GetCatalogueResponse& response) {
  CHENGXIN_ASSIGN_OR_RETURN(const engine::ResolvedInstant at,
                            service.engine.Resolve(request.has_as_of() ? &request.as_of() : nullptr));
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<storage::Store::CatalogueAt> found,
                            service.engine.store().FindCatalogue(at.revision));
  if (!found.has_value()) {
    return absl::NotFoundError(
        "所询时点尚无生效的目录 (no catalogue was in force as of the instant asked for)");
  }
  if (request.without_tables()) {
    found->catalogue.clear_divisions();
    found->catalogue.clear_calendar();
  }
  *response.mutable_catalogue() = std::move(found->catalogue);
  response.set_revision(found->revision);
  return absl::OkStatus();
}

void AddLimits(const ServiceContext& service, v1::GetStatusResponse& response) {
  const ServiceLimits& set = service.limits;
  const AuditTrailOptions& audit = service.audit.options();
  const std::pair<std::string_view, int64_t> limits[] = {
      {"batch_check_codes", kMaximumBatchCodes},
      {"batch_get_codes", kMaximumBatchCodes},
      {"consortium_members", static_cast<int64_t>(domain::kMaximumMembers)},
      {"page_size", kMaximumPageSize},
      {"search_limit", kMaximumSearchLimit},
      {"search_characters", kMaximumSearchCharacters},
      {"import_rows", domain::kMaximumImportRows},
      {"import_batches_in_flight", static_cast<int64_t>(kMaximumImportBatchesInFlight)},
      {"download_part", kDownloadPart},
      {"required_qualifications", domain::kMaximumQualifications},
      {"request_id_characters", domain::kMaximumRequestIdLength},
      {"deadline_days", kDefaultDeadlineDays},
      {"watchers", set.maximum_watchers},
      {"calls", set.admission.calls},
      {"principal_calls", set.admission.principal_calls},
      {"principal_calls_per_second", set.admission.principal_calls_per_second},
      {"call_seconds", absl::ToInt64Seconds(set.longest_call)},
      {"call_memory_mib", set.call_memory_mib},
      {"connections", set.connections},
      {"queued_commands", set.queued_commands},
      {"request_bytes", set.request_bytes},
      {"metadata_bytes", kMaximumMetadataBytes},
      {"revision_wait_seconds", absl::ToInt64Seconds(set.longest_revision_wait)},
      {"page_token_seconds", absl::ToInt64Seconds(set.page_token_lifetime)},
      {"audit_buffer_entries", static_cast<int64_t>(audit.buffer_entries)},
      {"audit_days", absl::ToInt64Hours(audit.keep) / 24},
  };
  for (const auto& [name, value] : limits) (*response.mutable_limits())[std::string(name)] = value;
}

// What rests on the catalogue and its sources: versions, freshness, and what needs attention.
void AddKnowledge(const domain::Knowledge& knowledge, absl::Time now, v1::GetStatusResponse& response) {
  if (knowledge.catalogue == nullptr) {
    response.add_warnings("尚未启用目录，一切查询均为“无法确认” (no catalogue is active)");
    return;
  }
  response.set_catalogue_version(knowledge.catalogue->version());
  v1::AnswerBasis basis;
  domain::FillBasis(knowledge, now, basis);
  for (v1::SourceFreshness& source : *basis.mutable_sources()) {
    if (source.stale()) {
      const std::string since =
          source.has_as_of()
              ? absl::FormatTime("%Y-%m-%d %H:%M", domain::TimeOf(source.as_of()), domain::Shanghai())
              : "从未读取";
      response.add_warnings(StrCat("数据来源", source.source(), "已过期，数据截至：", since));
    }
    *response.add_sources() = std::move(source);
  }
  const std::optional<domain::CivilDay> through = knowledge.catalogue->calendar().loaded_through();
  if (!through.has_value()) {
    response.add_warnings("目录中没有工作日历，工作日期限无法计算");
    return;
  }
  response.set_calendar_through(through->ToString());
  if (*through - domain::DayOf(now) < kCalendarWarningDays)
    response.add_warnings(StrCat("工作日历仅至", through->ToString(), "，应加载下一年度"));
}

// Who is believed, and what of it needs attention. Null: everybody.
void AddAccess(const AccessFiles* files, v1::GetStatusResponse& response) {
  if (files == nullptr) {
    response.set_development_authentication(true);
    response.add_warnings("开发认证方式：调用方身份不经验证，不得用于真实数据 (every caller is believed)");
    return;
  }
  response.set_principals(static_cast<int64_t>(files->principals()->size()));
  // What is wrong is told by the log alone: anybody may ask for the status.
  if (!files->fault().empty())
    response.add_warnings("认证文件有误，仍按原内容执行，详见日志 (a file of access is faulty: see the log)");
  const absl::Time not_after = files->tls()->not_after;
  if (not_after - files->now() < kCertificateWarning) {
    response.add_warnings(
        StrCat("服务证书将于", absl::FormatTime("%Y-%m-%d %H:%M", not_after, domain::Shanghai()), "到期"));
  }
}

void FillStatus(ServiceContext& service, const WatchHub& watches, const StatusFacts& facts,
                v1::GetStatusResponse& response) {
  const engine::EngineStats stats = service.engine.Stats();
  response.set_program_version(facts.program_version);
  domain::SetTimestamp(facts.start_time, *response.mutable_start_time());
  response.set_revision(stats.revision);
  if (stats.revision > 0) domain::SetTimestamp(stats.last_stamp, *response.mutable_last_stamp());
  response.set_organizations(static_cast<int64_t>(stats.organizations));
  response.set_abnormal_listings(stats.abnormal_listings);
  response.set_severe_listings(stats.severe_listings);
  response.set_index_bytes(static_cast<int64_t>(stats.index_bytes));
  response.set_watchers(watches.watchers());
  response.set_queued_commands(static_cast<int64_t>(stats.queued));
  response.set_read_only(stats.read_only);
  response.set_read_only_reason(stats.read_only_reason);
  response.set_calls_shed(service.admission.shed());
  if (stats.read_only) response.add_warnings("存储出错，已停止写入，须重新启动服务");
  const AuditStats audit = service.audit.Stats();
  response.set_audit_waiting(static_cast<int64_t>(audit.waiting));
  if (!audit.failure.empty()) {
    response.add_warnings(
        "审计日志写入出错，须留痕的调用均被拒绝，须重新启动服务 (the audit trail cannot be written: calls "
        "that "
        "must leave an entry are refused until a restart)");
  }
  response.set_waiting_dues(stats.waiting_dues);
  response.set_simulated_clock(stats.simulated_clock);
  if (stats.simulated_clock) {
    response.add_warnings("数据目录以模拟时钟运行，其中一切均非真实 (nothing in this data folder is real)");
  }
  AddAccess(facts.access_files, response);
  domain::SetTimestamp(service.clock.Now(), *response.mutable_now());
  response.set_storage_format_version(static_cast<int32_t>(storage::kFormatVersion));
  AddLimits(service, response);
  AddKnowledge(*service.engine.knowledge(), service.clock.Now(), response);
}

// Where the clock is to be moved to.
absl::StatusOr<absl::Time> ReadAdvance(const grpc::ByteBuffer& bytes) {
  v1::AdvanceClockRequest request;
  CHENGXIN_RETURN_IF_ERROR(ParseMessage(bytes, request));
  domain::FieldViolations violations;
  if (!request.has_to()) {
    violations.Add("to", "未填写 (is required)");
  } else if (request.to().nanos() < 0 || request.to().nanos() > 999'999'999) {
    violations.Add("to", "nanos outside 0 to 999,999,999");
  }
  CHENGXIN_RETURN_IF_ERROR(violations.ToStatus());
  return domain::TimeOf(request.to());
}

}  // namespace

grpc::ServerUnaryReactor* AdminService::ActivateCatalogue(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* request,
                                                          grpc::ByteBuffer* response) {
  return AnswerWhenDurable<v1::ActivateCatalogueRequest, v1::ActivateCatalogueResponse>(
      service_, Method::kActivateCatalogue, {context, request, response},
      [](const auto&, const engine::Committed& committed, auto& answer) {
        for (const log::v1::Event& event : committed.events)
          if (event.has_catalogue()) answer.set_version(event.catalogue().version());
        answer.set_revision(committed.revision);
      });
}

grpc::ServerUnaryReactor* AdminService::GetCatalogue(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetCatalogueRequest, v1::GetCatalogueResponse>(
      service_, Method::kGetCatalogue, {context, request, response},
      [this](const auto&, const auto& asked, auto& answer) {
        return GetKnownCatalogue(service_, asked, answer);
      });
}

grpc::ServerUnaryReactor* AdminService::GetStatus(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* request,
                                                  grpc::ByteBuffer* response) {
  return AnswerNow<v1::GetStatusRequest, v1::GetStatusResponse>(
      service_, Method::kGetStatus, {context, request, response},
      [this](const auto&, const auto&, auto& answer) {
        FillStatus(service_, watches_, facts_, answer);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* AdminService::AdvanceClock(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  const auto call = std::make_shared<Call>(service_, *context, Method::kAdvanceClock);
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  const absl::Status admitted = call->Admit();
  const absl::StatusOr<absl::Time> to = admitted.ok() ? ReadAdvance(*request) : admitted;
  if (!to.ok()) {
    reactor->Finish(call->End(to.status()));
    return reactor;
  }
  service_.engine.AdvanceClock(
      *to, [reactor, call, response](const absl::StatusOr<engine::ClockAdvance>& advance) {
        if (advance.ok()) {
          v1::AdvanceClockResponse answer;
          domain::SetTimestamp(advance->now, *answer.mutable_now());
          answer.set_dues(advance->dues);
          answer.set_revision(advance->revision);
          Send(*call, advance->revision, answer, *response);
        }
        reactor->Finish(call->End(advance.status()));
      });
  return reactor;
}

}  // namespace chengxin::server
