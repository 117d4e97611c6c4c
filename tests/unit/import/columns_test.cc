// What the columns of registers and lists become.
#include <memory>
#include <string>

#include "base/strings.h"
#include "chengxin/v1/record_service.pb.h"
#include "client/import/column_names.h"
#include "client/import/row_reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The first row of a CSV file.
template <typename Message>
struct First {
  Message message;
  SourceRow row;
  std::unique_ptr<RowReader> reader;
};

template <typename Message>
First<Message> ReadFirst(RowKind kind, std::string_view content, AuthorityIds authorities = {}) {
  const ScratchFolder folder;
  First<Message> first;
  auto lines = LineReader::Open(folder.Write("a.csv", content), TextEncoding::kUtf8);
  auto reader = RowReader::Create(kind, ImportFormat::kCsv, std::move(*lines), std::move(authorities));
  EXPECT_TRUE(reader.ok()) << reader.status();
  if (!reader.ok()) return first;
  first.reader = *std::move(reader);
  EXPECT_TRUE(*first.reader->Next(first.message, first.row));
  return first;
}

First<v1::Organization> Organization(std::string_view content, AuthorityIds authorities = {}) {
  return ReadFirst<v1::Organization>(RowKind::kOrganization, content, std::move(authorities));
}
First<v1::ImportRecord> Record(std::string_view content) {
  return ReadFirst<v1::ImportRecord>(RowKind::kRecord, content);
}

std::string ProblemOf(const SourceRow& row) {
  return row.problem.has_value()
             ? StrCat(row.problem->column, "=", row.problem->value, ": ", row.problem->reason)
             : "none";
}

TEST(Columns, OfARegisterInChinese) {
  const auto first = Organization(
      "统一社会信用代码,社会组织名称,社会组织类型,登记管理机关,登记状态,注销日期,民非性质,成立登记日期,"
      "业务主管单位,住所,"
      "注册资金（万元）,法定代表人,联系电话,不认识的列\n"
      " 52530102MJT000045W "
      ",　样例服务中心　,民办非企业单位,五华区民政局,已注销,2024/3/5,个体,2010年5月6日,无,某路1号,"
      "3.0001,,,x\n",
      {{"五华区民政局", "km-wuhua"}});
  ASSERT_EQ(ProblemOf(first.row), "none");
  const v1::Organization& row = first.message;
  EXPECT_EQ(row.code(), "52530102MJT000045W");
  EXPECT_EQ(row.display_name(), "样例服务中心");
  EXPECT_EQ(row.type(), v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  EXPECT_EQ(row.registration_authority(), "authorities/km-wuhua");
  EXPECT_EQ(row.status(), v1::REGISTRATION_STATUS_CANCELLED);
  EXPECT_EQ(row.status_since(), "2024-03-05");
  EXPECT_EQ(row.certificate_form(), v1::CERTIFICATE_FORM_INDIVIDUAL);
  EXPECT_EQ(row.established_on(), "2010-05-06");
  EXPECT_EQ(row.supervising_unit(), "");
  EXPECT_EQ(row.registered_capital_fen(), 3'000'100);
  EXPECT_THAT(first.reader->ignored_columns(), ElementsAre("不认识的列"));
}

TEST(Columns, OfARegisterInEnglishInEitherSpelling) {
  for (const auto* header : {"code,display_name,registration_authority,status,established_on,source_version",
                             "Code,displayName,registrationAuthority,Status,establishedOn,sourceVersion"}) {
    const auto first = Organization(
        StrCat(header, "\n51530100MJT000010G,样例,authorities/km,REGISTRATION_STATUS_ACTIVE,20100506,7\n"));
    ASSERT_EQ(ProblemOf(first.row), "none");
    EXPECT_EQ(first.message.source_version(), 7u);
    EXPECT_EQ(first.message.established_on(), "2010-05-06");
    EXPECT_EQ(first.message.status(), v1::REGISTRATION_STATUS_ACTIVE);
  }
}

TEST(Columns, AWrongValueIsNamedWithItsColumn) {
  const std::string header = "code,name,authority,status,established_on,开办资金\n";
  const auto problem = [&](std::string_view row) {
    return ProblemOf(Organization(StrCat(header, row, "\n")).row);
  };
  EXPECT_EQ(problem("X,a,km,active,2024-02-29,1"), "none");
  EXPECT_THAT(problem("X,a,km,active,2023-02-29,1"), HasSubstr("established_on=2023-02-29: 应为日期"));
  EXPECT_THAT(problem("X,a,km,sleeping,2023-02-28,1"), HasSubstr("status=sleeping: "));
  EXPECT_THAT(problem("X,a,昆明市某局,active,2023-02-28,1"), HasSubstr("authority=昆明市某局: "));
  EXPECT_THAT(problem("X,a,km,active,2023-02-28,1e3"), HasSubstr("开办资金=1e3: 应为以万元计的金额"));
  EXPECT_THAT(problem("X,a\xEF\xBF\xBD,km,active,2023-02-28,1"), HasSubstr("文字已损坏"));
  EXPECT_THAT(problem("X,a,km,active,2023-02-28"), HasSubstr("=X,a,km,active,2023-02-28: 有 5 列"));
}

TEST(Columns, TwoColumnsForOneFieldMayNotBothBeFilled) {
  const std::string header = "code,name,authority,status,established_on,注册资金,开办资金\n";
  EXPECT_EQ(Organization(header + "X,a,km,正常,2023-02-28,,3\n").message.registered_capital_fen(), 3'000'000);
  EXPECT_THAT(ProblemOf(Organization(header + "X,a,km,正常,2023-02-28,2,3\n").row),
              HasSubstr("填的是同一项"));
}

constexpr std::string_view kPenaltyHeader =
    "CF_XDR_MC,CF_XDR_SHXYM,CF_WSH,CF_SY,CF_YJ,CF_CFLB,CF_NR,CF_NR_FK,CF_NR_WFFF,CF_JDRQ,CF_YXQ,CF_CFJG\n";

v1::ImportRecord Penalty(std::string_view kinds, std::string_view fine) {
  const auto first =
      Record(StrCat(kPenaltyHeader, "某中心,52530102MJT000045W,昆民罚〔2026〕1号,未按规定,条例第二十五条,",
                    kinds, ",罚款,", fine, ",,2026/3/5,2099/12/31,五华区民政局\n"));
  EXPECT_EQ(ProblemOf(first.row), "none");
  return first.message;
}

// CF_NR_FK counts in 万元: a public sample pairs 罚款2000元 with 0.2.
TEST(Rule11, WanYuanOfDoublePublicityIsConvertedExactly) {
  EXPECT_EQ(Penalty("罚款", "0.2").record().penalty().fine_fen(), 200'000);
  EXPECT_EQ(Penalty("罚款", "5").record().penalty().fine_fen(), 5'000'000);
  EXPECT_EQ(Penalty("罚款", "5.0").record().penalty().fine_fen(), 5'000'000);
  EXPECT_EQ(Penalty("罚款", "4.999999").record().penalty().fine_fen(), 4'999'999);
  EXPECT_EQ(Penalty("罚款", "0.000001").record().penalty().fine_fen(), 1);
  // In binary floating point 0.29 * 1,000,000 is not 290,000.
  EXPECT_EQ(Penalty("罚款", "0.29").record().penalty().fine_fen(), 290'000);
  EXPECT_EQ(Penalty("罚款", "\"1,234.56\"").record().penalty().fine_fen(), 1'234'560'000);
}

TEST(Rule11, AnAmountFinerThanAFenIsRejectedNotRounded) {
  const auto first = Record(StrCat(kPenaltyHeader, ",X,1,s,y,罚款,n,4.9999999,,2026-03-05,,j\n"));
  EXPECT_THAT(ProblemOf(first.row), HasSubstr("CF_NR_FK=4.9999999: 应为以万元计的金额，至多六位小数"));
}

TEST(Rule10, ADoublePublicityRowHoldsKindResultFactsBasisDateAndOrgan) {
  const v1::ImportRecord row = Penalty("警告、罚款", "0.2");
  const v1::Penalty& penalty = row.record().penalty();
  EXPECT_EQ(row.organization_code(), "52530102MJT000045W");
  EXPECT_THAT(penalty.kinds(), ElementsAre(v1::PENALTY_KIND_WARNING, v1::PENALTY_KIND_FINE));
  EXPECT_EQ(penalty.decision_number(), "昆民罚〔2026〕1号");
  EXPECT_EQ(penalty.facts(), "未按规定");
  EXPECT_EQ(penalty.basis(), "条例第二十五条");
  EXPECT_EQ(penalty.result(), "罚款");
  EXPECT_EQ(penalty.decided_on(), "2026-03-05");
  EXPECT_EQ(penalty.organ(), "五华区民政局");
  EXPECT_EQ(row.record().formed_on(), "2026-03-05") << "formed with the decision";
  EXPECT_EQ(penalty.valid_until(), "") << "a fine does not last";
  EXPECT_EQ(Penalty("限期停止活动", "").record().penalty().valid_until(), "2099-12-31");
}

TEST(Rule6, TheNameInAPenaltyRowIsNotRead) {
  EXPECT_THAT(Penalty("警告", "").SerializeAsString(), testing::Not(HasSubstr("某中心")));
}

TEST(Columns, ARecordFileMayMixKinds) {
  const std::string header =
      "统一社会信用代码,记录类别,形成日期,年度,年检结论,结论日期,评估等级,有效期自,有效期至,是否合格,"
      "评价得分,机关\n";
  const auto inspection = Record(header + "X,年度检查,2025-06-20,2024年度,基本合格,2025-06-20,,,,,,\n");
  ASSERT_EQ(ProblemOf(inspection.row), "none");
  EXPECT_EQ(inspection.message.record().annual_inspection().year(), 2024);
  EXPECT_EQ(inspection.message.record().annual_inspection().conclusion(),
            v1::ANNUAL_CONCLUSION_BASICALLY_QUALIFIED);
  const auto level = Record(header + "X,assessment_level,2024-01-05,,,,AAA,2024-01-01,2028-12-31,,,委员会\n");
  EXPECT_EQ(level.message.record().assessment_level().level(), 3);
  const auto evaluation = Record(header + "X,绩效评价,2024-01-05,,,,,,,不合格,59.25,\n");
  ASSERT_EQ(ProblemOf(evaluation.row), "none") << ProblemOf(evaluation.row);
  EXPECT_FALSE(evaluation.message.record().performance_evaluation().passed());
  EXPECT_EQ(evaluation.message.record().performance_evaluation().score_centi(), 5'925);
}

TEST(Columns, AValueInAColumnThatTheKindDoesNotHaveIsNoValue) {
  const auto first = Record(
      "code,kind,formed_on,year,conclusion,concluded_on,title\nX,年检,2025-06-20,2024,合格,2025-06-20,奖\n");
  EXPECT_THAT(ProblemOf(first.row), HasSubstr("title=奖: 此类记录没有这一列"));
  EXPECT_THAT(ProblemOf(Record("code,kind,formed_on\nX,谣言,2025-06-20\n").row),
              HasSubstr("kind=谣言: 记录类别未知"));
}

TEST(Columns, ExternalListsAndBans) {
  const auto first = Record(
      "统一社会信用代码,记录类别,形成日期,名单情形,案号,列入日期,截止日期,移出日期,依据,机关\n"
      "X,外部名单,2026-01-05,GP-05,财罚1号,2026-01-01,2027-01-01,,政府采购法77,财政局\n");
  ASSERT_EQ(ProblemOf(first.row), "none");
  const auto& listing = first.message.record().external_listing();
  EXPECT_EQ(listing.ground(), "GP-05");
  EXPECT_EQ(listing.entry_number(), "财罚1号");
  EXPECT_EQ(listing.until(), "2027-01-01");
}

TEST(Columns, EveryKindOfRecordIsKnownByItsName) {
  const auto* contents = v1::CreditRecord::descriptor()->FindOneofByName("content");
  for (int i = 0; i < contents->field_count(); ++i)
    EXPECT_EQ(FindContent(contents->field(i)->name()), contents->field(i));
}

// A server's field path leads back to the column, in whatever unit it was written.
TEST(Columns, AServersFieldIsExplainedByItsColumn) {
  const auto first = Record(StrCat(kPenaltyHeader, ",X,1,s,y,罚款,n,0.2,,2026-03-05,,j\n"));
  for (const auto* field : {"record.penalty.fine_fen", "penalty.fine_fen", "fine_fen"}) {
    const RowProblem problem = first.reader->Explain(first.row, field, "r", first.message);
    EXPECT_EQ(problem.column, "CF_NR_FK") << field;
    EXPECT_EQ(problem.value, "0.2") << field;
  }
  EXPECT_EQ(first.reader->Explain(first.row, "organization_code", "r", first.message).column, "CF_XDR_SHXYM");
  EXPECT_EQ(first.reader->Explain(first.row, "record.formed_on", "r", first.message).column,
            "record.formed_on");
}

}  // namespace
}  // namespace chengxin::client
