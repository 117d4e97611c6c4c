#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/argument_checks.h"
#include "client/cli/arguments.h"
#include "client/cli/choice.h"
#include "client/cli/counts.h"
#include "client/cli/long_text.h"
#include "client/cli/paging.h"
#include "client/cli/print_resources.h"
#include "client/cli/resource_command.h"
#include "client/cli/verbs.h"

namespace chengxin::cli {

namespace {

constexpr char kName[] = "organizations/代码/records/编号 (name)";

constexpr Choice<v1::ReviewKind> kReviews[] = {
    {"review", v1::REVIEW_KIND_ADMINISTRATIVE_REVIEW},
    {"litigation", v1::REVIEW_KIND_LITIGATION},
};

struct CorrectFlags {
  ResourceFlags resource;
  std::string file;
  std::string reason;
};

struct WithdrawFlags {
  ResourceFlags resource;
  std::string reason;
  std::string basis;
  std::string number;
  std::string decided_on;
};

struct ReviewFlags {
  ResourceFlags resource;
  std::string kind;
  std::string number;
  std::string organ;
  std::string since;
  std::string ended_on;
  std::string suspended_on;
  std::string suspension_ended_on;
};

struct DestroyFlags {
  std::string name;
  std::string reason;
  std::string basis;
  std::string request_id;
};

absl::StatusOr<v1::CreditRecord> ReadRecord(client::Client& client, const std::string& name) {
  v1::GetRecordRequest get;
  get.set_name(name);
  CHENGXIN_ASSIGN_OR_RETURN(v1::GetRecordResponse answer, client.GetRecord(get));
  return std::move(*answer.mutable_record());
}

// A record as it was read, then edited, still has these. The officer who decided is kept from before.
void ClearWhatTheServerSets(v1::CreditRecord& record) {
  record.clear_name();
  record.clear_category();
  record.clear_source();
  record.clear_deciding_officer();
  record.clear_recorded_by();
  record.clear_effects();
  record.clear_proposal();
  record.clear_listing();
  record.clear_create_time();
  record.clear_revision();
  record.clear_etag();
  record.clear_correction();
  record.clear_withdrawal();
  record.clear_objections();
  record.clear_reviews();
  record.clear_repair();
  record.clear_display_until();
  record.clear_capture_due_on();
  record.clear_captured_late();
  record.clear_case_();
  record.clear_superseded();
}

int Correct(Session& session, const CorrectFlags& flags) {
  v1::CorrectRecordRequest request;
  request.set_name(flags.resource.name);
  request.set_reason(flags.reason);
  const auto content = ReadFile("file", flags.file, session.in());
  if (!content.ok()) return session.Fail(content.status());
  if (const absl::Status parsed = ParseJson("file", *content, *request.mutable_record()); !parsed.ok())
    return session.Fail(parsed);
  ClearWhatTheServerSets(*request.mutable_record());
  return CommandResource(
      session, flags.resource, request,
      UnlessEtagGiven(flags.resource,
                      [&](client::Client& client) { return ReadRecord(client, flags.resource.name); }),
      kNothingMore, &client::Client::CorrectRecord, [&session](const v1::CorrectRecordResponse& answer) {
        session.out() << "已更正 (corrected)，版本 " << answer.revision() << '\n';
        Print(session.out(), answer.record());
        if (!answer.case_().empty())
          session.out() << "已立案重新决定 (to be decided again): " << Printable(answer.case_()) << '\n';
      });
}

int Withdraw(Session& session, const WithdrawFlags& flags) {
  v1::WithdrawRecordRequest request;
  request.set_name(flags.resource.name);
  return CommandResource(
      session, flags.resource, request,
      UnlessEtagGiven(flags.resource,
                      [&](client::Client& client) { return ReadRecord(client, flags.resource.name); }),
      [&flags](const v1::CreditRecord&, v1::WithdrawRecordRequest& filled) -> absl::Status {
        v1::RecordWithdrawal& withdrawal = *filled.mutable_withdrawal();
        withdrawal.set_reason(flags.reason);
        withdrawal.set_basis(flags.basis);
        withdrawal.set_number(flags.number);
        CHENGXIN_ASSIGN_OR_RETURN(*withdrawal.mutable_decided_on(), ParseDay("decided-on", flags.decided_on));
        return absl::OkStatus();
      },
      &client::Client::WithdrawRecord,
      [&session](const v1::WithdrawRecordResponse& answer) {
        session.out() << "已撤销 (withdrawn)，版本 " << answer.revision() << '\n';
        Print(session.out(), answer.record());
        for (const std::string& one : answer.cases())
          session.out() << "已立案重新决定 (to be decided again): " << Printable(one) << '\n';
      });
}

absl::Status FillReview(const ReviewFlags& flags, v1::ReviewMark& review) {
  CHENGXIN_ASSIGN_OR_RETURN(const v1::ReviewKind kind, Choose("kind", kReviews, flags.kind));
  review.set_kind(kind);
  review.set_number(flags.number);
  review.set_organ(flags.organ);
  CHENGXIN_ASSIGN_OR_RETURN(*review.mutable_since(), ParseDay("since", flags.since));
  if (!flags.ended_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*review.mutable_ended_on(), ParseDay("ended-on", flags.ended_on));
  }
  if (!flags.suspended_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*review.mutable_suspended_on(), ParseDay("suspended-on", flags.suspended_on));
  }
  if (!flags.suspension_ended_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*review.mutable_suspension_ended_on(),
                              ParseDay("suspension-ended-on", flags.suspension_ended_on));
  }
  return absl::OkStatus();
}

// The etag of a listing or a record.
struct ReviewedItem {
  std::string own_etag;
  const std::string& etag() const { return own_etag; }
};

absl::StatusOr<ReviewedItem> ReadItem(client::Client& client, const std::string& name) {
  if (name.rfind("listings/", 0) != 0) {
    CHENGXIN_ASSIGN_OR_RETURN(const v1::CreditRecord record, ReadRecord(client, name));
    return ReviewedItem{record.etag()};
  }
  v1::GetListingRequest get;
  get.set_name(name);
  CHENGXIN_ASSIGN_OR_RETURN(const v1::GetListingResponse answer, client.GetListing(get));
  return ReviewedItem{answer.listing().etag()};
}

int Review(Session& session, const ReviewFlags& flags) {
  v1::NoteReviewRequest request;
  request.set_item(flags.resource.name);
  return CommandResource(
      session, flags.resource, request,
      UnlessEtagGiven(flags.resource,
                      [&](client::Client& client) { return ReadItem(client, flags.resource.name); }),
      [&flags](const ReviewedItem&, v1::NoteReviewRequest& filled) {
        return FillReview(flags, *filled.mutable_review());
      },
      &client::Client::NoteReview,
      [&session](const v1::NoteReviewResponse& answer) {
        session.out() << "已标注 (noted)，版本 " << answer.revision() << '\n';
        if (answer.has_listing()) Print(session.out(), answer.listing());
        if (answer.has_record()) Print(session.out(), answer.record());
      });
}

int Destroy(Session& session, const DestroyFlags& flags) {
  v1::DestroySealedPartsRequest request;
  request.set_name(flags.name);
  request.set_reason(flags.reason);
  request.set_basis(flags.basis);
  request.set_request_id(flags.request_id);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->DestroySealedParts(request);
  if (!answer.ok()) return session.Fail(answer.status());
  return JsonOr(session, *answer, [&] {
    if (answer->parts() == 0) {
      session.out() << "没有可销毁的密封内容 (nothing was left to destroy)，版本 " << answer->revision()
                    << '\n';
      return;
    }
    session.out() << "已销毁密封内容 (destroyed) " << answer->parts() << " 份，版本 " << answer->revision()
                  << '\n';
  });
}

int Late(Session& session, int64_t limit) {
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  return ListAll(
      session, v1::ListLateCapturesRequest(), limit, RecordTable(),
      [&](const auto& page) { return (*client)->ListLateCaptures(page); },
      [](const auto& page) -> const auto& { return page.records(); },
      [](const v1::CreditRecord& one, Table& table) { AddRow(one, table); });
}

void AddCorrect(CLI::App& record, Session& session) {
  const auto flags = std::make_shared<CorrectFlags>();
  CLI::App* const verb =
      record.add_subcommand("correct", "更正，原版本留在历史中 (correct; the old version stays; rule 13)");
  AddResourceFlags(*verb, flags->resource, kName);
  verb->add_option("--file", flags->file, "更正后的CreditRecord，JSON文件，-为标准输入 (as it should be)")
      ->type_name(kPathType)
      ->required();
  AddLongText(*verb, session, "--reason", flags->reason, "更正的理由 (reason)")->required();
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua record correct "
      "organizations/51530100MJT000010G/records/10-1 \\\n    --file record.json --reason 罚款金额录入有误");
  verb->callback(
      [&session, flags] { session.action = [&session, flags] { return Correct(session, *flags); }; });
}

void AddWithdraw(CLI::App& record, Session& session) {
  const auto flags = std::make_shared<WithdrawFlags>();
  CLI::App* const verb = record.add_subcommand(
      "withdraw", "原决定被变更或撤销，撤销记录 (withdraw: its decision was changed or revoked; rule 39)");
  AddResourceFlags(*verb, flags->resource, kName);
  AddLongText(*verb, session, "--reason", flags->reason, "公开的理由 (the public reason)")->required();
  AddLongText(*verb, session, "--basis", flags->basis, "依据 (legal basis)")->required();
  verb->add_option("--number", flags->number, "变更、撤销决定或判决的文号 (number of that decision)");
  verb->add_option("--decided-on", flags->decided_on, "该决定的日期 (day of that decision)")->required();
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua record withdraw "
      "organizations/51530100MJT000010G/records/10-1 \\\n    --reason 处罚决定被复议撤销 --basis "
      "行政处罚法第四十八条 --number 五政复〔2026〕1号 --decided-on 2026-11-20");
  verb->callback(
      [&session, flags] { session.action = [&session, flags] { return Withdraw(session, *flags); }; });
}

void AddReview(CLI::App& record, Session& session) {
  const auto flags = std::make_shared<ReviewFlags>();
  CLI::App* const verb = record.add_subcommand(
      "review", "标注复议、诉讼及其停止执行 (note a review, litigation, or an order to suspend; rule 40)");
  AddResourceFlags(*verb, flags->resource,
                   "listings/编号或organizations/代码/records/编号 (the listing or record)");
  verb->add_option("--kind", flags->kind, "review 行政复议，litigation 行政诉讼 (which)")->required();
  verb->add_option("--number", flags->number, "案号；同案号的标注被替换 (its number; replaces the same one)")
      ->required();
  verb->add_option("--organ", flags->organ, "复议机关或法院 (organ or court)")->required();
  verb->add_option("--since", flags->since, "受理之日 (first day)")->required();
  verb->add_option("--ended-on", flags->ended_on, "终结之日 (day it ended)");
  verb->add_option("--suspended-on", flags->suspended_on, "决定停止执行之日 (suspended on)");
  verb->add_option("--suspension-ended-on", flags->suspension_ended_on, "恢复执行之日 (suspension ended on)");
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua record review listings/51530100MJT000010G-S1 "
      "--kind review \\\n    --number 五政复〔2026〕1号 --organ 昆明市五华区人民政府 --since 2026-11-20");
  verb->callback(
      [&session, flags] { session.action = [&session, flags] { return Review(session, *flags); }; });
}

void AddDestroy(CLI::App& record, Session& session) {
  const auto flags = std::make_shared<DestroyFlags>();
  CLI::App* const verb = record.add_subcommand(
      "destroy-sealed",
      "销毁密封的个人信息和内部信息，所有版本，不能恢复 (destroy what is kept sealed, for good; rule 62)");
  verb->add_option("NAME", flags->name,
                   "organizations/代码、organizations/代码/records/编号、cases/编号或applications/编号 "
                   "(whose; in every version)")
      ->required();
  AddLongText(*verb, session, "--reason", flags->reason, "理由，不得含个人信息 (why, without personal data)")
      ->required();
  AddLongText(*verb, session, "--basis", flags->basis, "法律依据 (legal basis)")->required();
  AddRequestId(*verb, flags->request_id);
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua record destroy-sealed cases/12-1 --reason "
      "保存期限届满 \\\n    --basis 个人信息保护法第四十七条");
  verb->callback(
      [&session, flags] { session.action = [&session, flags] { return Destroy(session, *flags); }; });
}

}  // namespace

void AddCorrectionVerbs(CLI::App& record, Session& session) {
  AddCorrect(record, session);
  AddWithdraw(record, session);
  AddReview(record, session);
  AddDestroy(record, session);

  const auto limit = std::make_shared<int64_t>(100);
  CLI::App* const late =
      record.add_subcommand("late", "本机关逾期归集的信息，最新的在前 (captured late, newest first; rule 7)");
  AddLimitFlag(*late, *limit);
  late->footer("示例 (example):\n  chengxin --as civil-affairs:km-wuhua record late");
  late->callback([&session, limit] { session.action = [&session, limit] { return Late(session, *limit); }; });
}

}  // namespace chengxin::cli
