#include "client/sample/records.h"

#include <array>

#include "base/strings.h"

namespace chengxin::sample {
namespace {

// The columns of records.csv that are not the same for every kind, in their order.
struct Cells {
  std::string_view year, conclusion, concluded_on, level, valid_from, valid_until, project, purchaser, passed,
      score, evaluated_on, title, conferred_on, organ, basis;
};

// `key` and the code make the source's own key of the item, by which a repeated delivery is known (rule 12).
void AppendRow(const v1::Organization& organization, std::string_view kind, std::string_view key,
               std::string_view formed_on, const Cells& cells, std::string& out) {
  StrAppend(&out, organization.code(), ",", kind, ",");
  StrAppend(&out, key, "-", organization.code(), ",", formed_on);
  for (const std::string_view cell :
       {cells.year, cells.conclusion, cells.concluded_on, cells.level, cells.valid_from, cells.valid_until,
        cells.project, cells.purchaser, cells.passed, cells.score, cells.evaluated_on, cells.title,
        cells.conferred_on, cells.organ, cells.basis}) {
    out += ',';
    out += cell;
  }
  out += "\r\n";
}

void AppendInspection(const v1::Organization& organization, bool only_good, Random& random,
                      std::string& out) {
  const size_t share = random.Below(1000);
  Cells cells;
  cells.year = "2024";
  cells.conclusion = only_good || share < 950 ? "合格" : share < 993 ? "基本合格" : "不合格";
  cells.concluded_on = "2025-06-20";
  // What is adverse names its legal basis (rule 9).
  if (cells.conclusion == "不合格") cells.basis = "民办非企业单位年度检查办法第八条（样例）";
  AppendRow(organization, "年度检查", "inspection-2024", "2025-06-20", cells, out);
}

void AppendLevel(const v1::Organization& organization, Random& random, std::string& out) {
  constexpr std::array<std::string_view, 5> kLevels = {"1A", "2A", "3A", "4A", "5A"};
  Cells cells;
  cells.level = kLevels[random.Below(kLevels.size())];
  cells.valid_from = "2024-01-01";
  cells.valid_until = "2028-12-31";
  cells.organ = "社会组织评估委员会";
  AppendRow(organization, "评估等级", "level-2024", "2024-01-05", cells, out);
}

void AppendEvaluation(const v1::Organization& organization, bool only_good, Random& random,
                      std::string& out) {
  const bool passed = !random.PerMille(30) || only_good;
  const std::string score = StrCat(passed ? 75 + random.Below(25) : 40 + random.Below(19), ".5");
  Cells cells;
  cells.project = "社区服务项目（样例）";
  cells.purchaser = "街道办事处（样例）";
  cells.passed = passed ? "是" : "否";
  cells.score = score;
  cells.evaluated_on = "2025-03-10";
  cells.basis = passed ? "" : "政府购买服务合同的绩效目标（样例）";
  AppendRow(organization, "绩效评价", "evaluation-2025", "2025-03-12", cells, out);
}

void AppendHonour(const v1::Organization& organization, std::string& out) {
  Cells cells;
  cells.title = "先进社会组织（样例）";
  cells.conferred_on = "2024-12-05";
  cells.organ = "民政局（样例）";
  AppendRow(organization, "荣誉", "honour-2024", "2024-12-06", cells, out);
}

}  // namespace

std::string_view RecordsHeader() {
  return "统一社会信用代码,记录类别,来源编号,形成日期,年度,年检结论,结论日期,评估等级,有效期自,有效期至,"
         "项目名称,"
         "购买主体,"
         "是否合格,评价得分,评价日期,荣誉名称,授予日期,机关,依据\r\n";
}

std::string_view ExternalListHeader() {
  return "统一社会信用代码,记录类别,形成日期,名单情形,案号,列入日期,截止日期,移出日期,依据,机关\r\n";
}

std::string_view MajorViolationsHeader() {
  return "统一社会信用代码,记录类别,形成日期,决定文号,决定日期,事实,依据,机关\r\n";
}

void AppendRecords(const v1::Organization& organization, bool only_good, Random& random, std::string& out) {
  if (only_good || random.PerMille(300)) AppendInspection(organization, only_good, random, out);
  if (only_good || random.PerMille(50)) AppendLevel(organization, random, out);
  if (only_good || random.PerMille(40)) AppendEvaluation(organization, only_good, random, out);
  if (random.PerMille(20)) AppendHonour(organization, out);
}

}  // namespace chengxin::sample
