#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/case_moves.h"
#include "client/cli/choice.h"
#include "client/cli/evidence.h"
#include "client/cli/long_text.h"
#include "client/cli/notice_flags.h"
#include "client/cli/verbs.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

constexpr Choice<v1::CaseFinding> kFindings[] = {
    {"listed", v1::CASE_FINDING_LISTED},
    {"substantiated", v1::CASE_FINDING_SUBSTANTIATED},
    {"not-substantiated", v1::CASE_FINDING_NOT_SUBSTANTIATED},
    {"not-responsible", v1::CASE_FINDING_NOT_RESPONSIBLE},
    {"no-measure", v1::CASE_FINDING_NO_MEASURE},
};

struct CaseNoticeFlags {
  ResourceFlags resource;
  NoticeFlags notice;
};

struct StatementFlags {
  ResourceFlags resource;
  std::string received_on;
  std::string text;
  std::vector<std::string> evidence;
  bool waived = false;
};

struct DecisionFlags {
  ResourceFlags resource;
  std::string finding;
  std::string number;
  std::string decided_on;
  std::string ground;
  std::string effective_on;
  std::string facts;
  std::string basis;
  std::string cited_law;
  std::string statement_answer;
  std::string certificate;
  std::string considered_until;
  std::string officer;
  ServiceFlags service;
  bool repair_notice_served = false;
  bool duty_outstanding = false;
};

struct ConfirmFlags {
  ResourceFlags resource;
  std::string officer;
};

struct TransferFlags {
  ResourceFlags resource;
  std::string organ;
  std::string number;
  std::string transferred_on;
  std::string reasons;
};

absl::Status FillStatement(const StatementFlags& flags, v1::CaseStatement& statement) {
  CHENGXIN_ASSIGN_OR_RETURN(*statement.mutable_received_on(), ParseDay("received-on", flags.received_on));
  statement.set_waived(flags.waived);
  statement.set_text(flags.text);
  return ReadEvidence("evidence", flags.evidence, *statement.mutable_evidence());
}

absl::Status FillDecision(const DecisionFlags& flags, v1::CaseDecision& decision) {
  CHENGXIN_ASSIGN_OR_RETURN(const v1::CaseFinding finding, Choose("finding", kFindings, flags.finding));
  decision.set_finding(finding);
  if (finding != v1::CASE_FINDING_LISTED && !flags.ground.empty())
    return client::FieldError("ground", "只用于列入决定 (only with --finding listed)");
  CHENGXIN_RETURN_IF_ERROR(CheckCitedLaw(flags.ground, flags.cited_law));
  decision.set_number(flags.number);
  CHENGXIN_ASSIGN_OR_RETURN(*decision.mutable_decided_on(), ParseDay("decided-on", flags.decided_on));
  decision.set_ground(flags.ground);
  if (!flags.effective_on.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*decision.mutable_effective_on(), ParseDay("effective-on", flags.effective_on));
  }
  decision.set_facts(flags.facts);
  decision.set_basis(flags.basis);
  decision.set_cited_law(flags.cited_law);
  decision.set_statement_answer(flags.statement_answer);
  if (!flags.certificate.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*decision.mutable_certificate(),
                              ReadEvidence("certificate", flags.certificate));
  }
  decision.set_repair_notice_served(flags.repair_notice_served);
  decision.set_duty_outstanding(flags.duty_outstanding);
  if (!flags.considered_until.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(*decision.mutable_considered_until(),
                              ParseDay("considered-until", flags.considered_until));
  }
  return flags.service.Fill(*decision.mutable_service());
}

void AddNotice(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<CaseNoticeFlags>();
  CLI::App* const verb =
      cases.add_subcommand("notice", "送达事先告知书 (serve the prior notice; rules 20 and 22)");
  AddResourceFlags(*verb, flags->resource, kCaseName);
  verb->add_option("--ground", flags->notice.ground,
                   "拟列入情形，例如ABN-06；不拟列入时不填 (ground intended; none where no listing is)");
  AddNoticeFlags(*verb, session, "", flags->notice);
  verb->footer(
      "示例 (example):\n"
      "  chengxin --as civil-affairs:km-wuhua case notice 31-1 --number 五民告〔2026〕8号 --ground ABN-06 "
      "\\\n"
      "    --facts @事实.txt --reasons 情况属实 --basis 社会组织信用信息管理办法第十一条 --rights @权利.txt "
      "\\\n"
      "    --served direct --served-on 2026-10-20 --proof 回证.pdf=送达回证");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return MoveCase(
          session, flags->resource,
          [&flags](const v1::Case&, v1::ServeNoticeRequest& request) {
            return flags->notice.Fill(*request.mutable_notice());
          },
          &client::Client::ServeNotice);
    };
  });
}

void AddStatement(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<StatementFlags>();
  CLI::App* const verb = cases.add_subcommand(
      "statement",
      "记录陈述申辩或书面放弃，可再次记录 (record a statement, or its waiver, and what is stated after it; "
      "rules 20 and 21)");
  AddResourceFlags(*verb, flags->resource, kCaseName);
  verb->add_option("--received-on", flags->received_on, "收到之日 (day it was received)")->required();
  CLI::Option* const text =
      AddLongText(*verb, session, "--text", flags->text, "陈述申辩的内容 (what it says)");
  verb->add_flag("--waived", flags->waived, "书面放弃陈述申辩 (waived in writing)")->excludes(text);
  verb->add_option("--evidence", flags->evidence,
                   "证据，放弃时为放弃书，可重复 (evidence; with a waiver the waiver, repeatable)")
      ->type_name(kEvidenceType)
      ->take_all();
  verb->footer(
      "示例 (examples):\n  chengxin --as civil-affairs:km-wuhua case statement 31-1 --received-on 2026-10-26 "
      "--text @陈述.txt\n  chengxin --as civil-affairs:km-wuhua case statement 31-1 --received-on 2026-10-26 "
      "--waived --evidence 放弃书.pdf");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return MoveCase(
          session, flags->resource,
          [&flags](const v1::Case&, v1::RecordStatementRequest& request) {
            return FillStatement(*flags, *request.mutable_statement());
          },
          &client::Client::RecordStatement);
    };
  });
}

void AddDecisionFlags(CLI::App& verb, Session& session, DecisionFlags& flags) {
  verb.add_option(
          "--finding", flags.finding,
          "listed 列入，substantiated 属实不列入，not-substantiated 不属实，not-responsible 无直接责任，"
          "no-measure 不采取措施 (what was found)")
      ->required();
  verb.add_option("--number", flags.number, "决定文号 (number)")->required();
  verb.add_option("--decided-on", flags.decided_on, "决定日期 (day)")->required();
  verb.add_option("--ground", flags.ground, "列入情形，与告知书一致 (the ground, as noticed)");
  verb.add_option("--effective-on", flags.effective_on, "生效日期，缺省为决定日期 (effective day)");
  AddLongText(verb, session, "--facts", flags.facts, "认定事实 (facts found)")->required();
  AddLongText(verb, session, "--basis", flags.basis, "依据 (legal basis)")->required();
  AddLongText(verb, session, "--cited-law", flags.cited_law,
              "ABN-07、SER-08所引法律或行政法规 (law cited by a residual ground)");
  AddLongText(verb, session, "--statement-answer", flags.statement_answer,
              "对陈述申辩的答复 (the answer to the statement)");
  verb.add_option("--certificate", flags.certificate,
                  "业务主管单位的无直接责任证明 (certificate of no direct responsibility; rule 28)")
      ->type_name(kEvidenceType);
  verb.add_option("--considered-until", flags.considered_until,
                  "属实不列入时，参考至此日 (substantiated: considered until)");
  verb.add_flag("--repair-notice-served", flags.repair_notice_served,
                "已同时送达信用修复告知书 (两书同达; repair notice served)");
  verb.add_flag("--duty-outstanding", flags.duty_outstanding, "尚有义务未履行 (a duty is outstanding)");
  verb.add_option("--officer", flags.officer, "经办人 (deciding officer; kept sealed)")->required();
  AddServiceFlags(verb, flags.service);
}

void AddDecide(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<DecisionFlags>();
  CLI::App* const verb = cases.add_subcommand("decide", "作出决定 (decide; rules 20 to 23 and 28)");
  AddResourceFlags(*verb, flags->resource, kCaseName);
  AddDecisionFlags(*verb, session, *flags);
  verb->footer(
      "示例 (example):\n"
      "  chengxin --as civil-affairs:km-wuhua case decide 31-1 --finding listed --ground ABN-06 \\\n"
      "    --number 五民列〔2026〕8号 --decided-on 2026-11-05 --facts @事实.txt --basis "
      "社会组织信用信息管理办法第十一条 \\\n"
      "    --statement-answer 意见不予采纳 --repair-notice-served --officer 经办人 \\\n"
      "    --served direct --served-on 2026-11-05 --proof 回证.pdf=送达回证");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return MoveCase(
          session, flags->resource,
          [&flags](const v1::Case&, v1::DecideCaseRequest& request) {
            request.set_deciding_officer(flags->officer);
            return FillDecision(*flags, *request.mutable_decision());
          },
          &client::Client::DecideCase);
    };
  });
}

void AddConfirm(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<ConfirmFlags>();
  CLI::App* const verb = cases.add_subcommand(
      "confirm", "另一经办人确认拟作的决定 (a second officer confirms the proposed decision)");
  AddResourceFlags(*verb, flags->resource, kCaseName);
  verb->add_option("--officer", flags->officer, "复核人 (confirming officer; kept sealed)")->required();
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua --subject wuhua-07 case confirm 31-1 "
      "--officer "
      "复核人");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return MoveCase(
          session, flags->resource,
          [&flags](const v1::Case&, v1::ConfirmDecisionRequest& request) {
            request.set_confirming_officer(flags->officer);
            return absl::OkStatus();
          },
          &client::Client::ConfirmDecision);
    };
  });
}

void AddTransfer(CLI::App& cases, Session& session) {
  const auto flags = std::make_shared<TransferFlags>();
  CLI::App* const verb = cases.add_subcommand("transfer", "移送有权机关 (transfer to the competent organ)");
  AddResourceFlags(*verb, flags->resource, kCaseName);
  verb->add_option("--organ", flags->organ, "接收机关 (the receiving organ)")->required();
  verb->add_option("--number", flags->number, "移送函文号 (number of the letter)")->required();
  verb->add_option("--transferred-on", flags->transferred_on, "移送日期 (day)")->required();
  AddLongText(*verb, session, "--reasons", flags->reasons, "理由和依据 (reasons and basis)")->required();
  verb->footer(
      "示例 (example):\n  chengxin --as civil-affairs:km-wuhua case transfer 31-1 --organ 昆明市五华区财政局 "
      "\\\n"
      "    --number 五民移〔2026〕1号 --transferred-on 2026-11-05 --reasons 涉嫌虚假投标");
  verb->callback([&session, flags] {
    session.action = [&session, flags] {
      return MoveCase(
          session, flags->resource,
          [&flags](const v1::Case&, v1::TransferCaseRequest& request) -> absl::Status {
            v1::CaseTransfer& transfer = *request.mutable_transfer();
            transfer.set_organ(flags->organ);
            transfer.set_number(flags->number);
            CHENGXIN_ASSIGN_OR_RETURN(*transfer.mutable_transferred_on(),
                                      ParseDay("transferred-on", flags->transferred_on));
            transfer.set_reasons(flags->reasons);
            return absl::OkStatus();
          },
          &client::Client::TransferCase);
    };
  });
}

}  // namespace

void AddDecidedCaseVerbs(CLI::App& cases, Session& session) {
  AddNotice(cases, session);
  AddStatement(cases, session);
  AddDecide(cases, session);
  AddConfirm(cases, session);
  AddTransfer(cases, session);
}

}  // namespace chengxin::cli
