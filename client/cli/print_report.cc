#include "client/cli/print_report.h"

#include <string_view>

#include "client/cli/phrases.h"
#include "client/cli/print_eligibility.h"
#include "client/cli/print_resources.h"
#include "client/cli/words.h"

namespace chengxin::cli {

namespace {

template <typename Entries>
void PrintPart(std::ostream& out, std::string_view title, const Entries& entries, Table table) {
  out << '\n' << title << '\n';
  if (entries.empty()) {
    out << "无 (none)\n";
    return;
  }
  for (const auto& entry : entries) AddRow(entry, table);
  table.Print(out);
}

}  // namespace

void Print(std::ostream& out, const v1::CreditReport& report) {
  const v1::Organization& organization = report.organization();
  out << "信用报告 (credit report)\n";
  Properties lines;
  lines.Add("统一社会信用代码", organization.code());
  lines.Add("名称", organization.display_name());
  lines.Add("状态", Join({WordOf(organization.status()), After("自", organization.status_since())}));
  lines.Add("登记管理机关", organization.registration_authority());
  lines.Add("成立日期", organization.established_on());
  lines.Print(out);
  PrintPart(out, "在列 (listings in force)", report.listings(), ListingTable());
  PrintPart(out, "不良信息 (adverse)", report.adverse_records(), RecordTable());
  PrintPart(out, "良好信息 (favourable)", report.favourable_records(), RecordTable());
  for (const v1::Merit& merit : report.merits()) out << "  [参考] " << Printable(merit.message_zh()) << '\n';
  PrintPart(out, "其他信息 (other)", report.other_records(), RecordTable());
  if (!report.archived_listings().empty())
    PrintPart(out, "已结束的列入，不公开 (archived listings, not public)", report.archived_listings(),
              ListingTable());
  if (!report.archived_records().empty())
    PrintPart(out, "已修复或撤销的信息，不公开 (archived records, not public)", report.archived_records(),
              RecordTable());
  out << '\n';
  Print(out, report.basis());
}

}  // namespace chengxin::cli
