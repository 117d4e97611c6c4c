#include "client/cli/print_applications.h"

#include "base/strings.h"
#include "client/cli/phrases.h"
#include "client/cli/print_cases.h"
#include "client/cli/words.h"

namespace chengxin::cli {

void Print(std::ostream& out, const v1::Application& application) {
  Properties lines;
  lines.Add("申请", application.name());
  lines.Add("种类", WordOf(application.kind()));
  lines.Add("状态", WordOf(application.state()));
  lines.Add("统一社会信用代码", application.organization_code());
  lines.Add("承办机关", application.authority());
  lines.Add("对象", application.item());
  lines.Add("理由", application.reasons());
  for (const v1::Evidence& proof : application.proofs()) lines.Add("证明", SummaryOf(proof));
  if (application.has_commitment()) lines.Add("信用承诺书", SummaryOf(application.commitment()));
  lines.Add("收到日期", application.received_on());
  lines.Add("提交人", application.contact());
  lines.Add("受理日期", application.accepted_on());
  lines.Add("不予受理的理由", application.rejection_reasons());
  lines.Add("答复", Join({application.answer_number(), application.answered_on()}));
  lines.Add("  内容", application.answer());
  lines.Add("核实日期", application.verified_on());
  lines.Add("经办人", application.deciding_officer());
  lines.Add("撤销的理由", application.revocation_reasons());
  if (application.has_revocation_notice()) {
    const v1::CaseNotice& notice = application.revocation_notice();
    lines.Add("  告知书",
              Join({notice.number(), WordOf(notice.service().method()), notice.service().served_on()}));
  }
  for (const v1::Deadline& deadline : application.deadlines()) lines.Add("期限", SummaryOf(deadline));
  lines.Add("更新时间", Instant(application.has_update_time(), application.update_time()));
  lines.Add("版本", StrCat(application.revision()));
  lines.Add("etag", application.etag());
  lines.Print(out);
}

Table ApplicationTable() {
  return Table({"申请", "种类", "状态", "统一社会信用代码", "对象", "收到日期", "承办机关"});
}

void AddRow(const v1::Application& application, Table& table) {
  table.Add({application.name(), WordOf(application.kind()), WordOf(application.state()),
             application.organization_code(), application.item(), application.received_on(),
             application.authority()});
}

}  // namespace chengxin::cli
