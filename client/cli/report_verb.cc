#include <fstream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "base/strings.h"
#include "client/cli/argument_checks.h"
#include "client/cli/arguments.h"
#include "client/cli/exit_codes.h"
#include "client/cli/print_report.h"
#include "client/cli/verbs.h"
#include "client/error.h"

namespace chengxin::cli {

namespace {

struct ReportFlags {
  std::string code;
  std::string html;
  InstantFlags instants;
};

// Writes the page over what was there.
absl::Status WritePage(const std::string& path, const std::string& page) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << page;
  file.close();
  if (file.good()) return absl::OkStatus();
  return client::FieldError("html", StrCat("无法写文件 (cannot write) ", path));
}

int Report(Session& session, const ReportFlags& flags) {
  v1::GetCreditReportRequest request;
  request.set_organization_code(flags.code);
  if (const absl::Status status = flags.instants.FillRequest(session, request); !status.ok())
    return session.Fail(status);
  if (!flags.html.empty()) request.set_format(v1::REPORT_FORMAT_HTML);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->GetCreditReport(request);
  if (!answer.ok()) return session.Fail(answer.status());
  if (flags.html == "-") {
    session.out() << answer->document();
    return kDone;
  }
  if (!flags.html.empty()) {
    if (const absl::Status written = WritePage(flags.html, answer->document()); !written.ok())
      return session.Fail(written);
  }
  if (session.json()) {
    session.PrintJson(answer->report());
  } else if (flags.html.empty()) {
    Print(session.out(), answer->report());
  } else {
    session.out() << "已写入 (written) " << flags.html << '\n';
  }
  return kDone;
}

}  // namespace

void AddReportVerb(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<ReportFlags>();
  CLI::App* const report = app.add_subcommand(
      "report", "信用报告，不良与良好并列 (credit report: adverse and good side by side; rule 60)");
  report->add_option("CODE", flags->code, "统一社会信用代码 (code)")->required();
  report->add_option("--as-of", flags->instants.as_of, "某一时刻的报告 (as of this instant)");
  report
      ->add_option("--html", flags->html,
                   "写成可打印的网页，-为标准输出 (a printable page into this file, - for standard output)")
      ->type_name(kPathType);
  report->footer(
      "示例 (examples):\n  chengxin --as civil-affairs:km-wuhua report 51530100MJT000010G --html 报告.html\n"
      "  chengxin --as audit report 51530100MJT000010G --as-of \"2026-06-30 17:00\" -o json");
  report->callback(
      [&session, flags] { session.action = [&session, flags] { return Report(session, *flags); }; });
}

}  // namespace chengxin::cli
