// What a complete file of a register has no more is told to the platform (rule 50).
#include "client/import/missing_organizations.h"

#include <string>
#include <vector>

#include "base/strings.h"
#include "client/import/importer.h"
#include "domain/uscc.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/import/recording_server.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::client {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kHeader = "统一社会信用代码,社会组织名称,登记管理机关,状态,成立登记日期\n";
constexpr int64_t kAsOf = 1'790'000'000;  // 2026-09-21 in Shanghai

std::string CodeOf(int number) {
  const std::string body = std::to_string(100'000 + number).substr(1);
  return domain::Uscc::WithChecks("52530102", "MJT" + body)->ToString();
}

v1::Organization Held(int number) {
  v1::Organization organization;
  organization.set_code(CodeOf(number));
  organization.set_display_name(StrCat("样例中心", number));
  organization.set_registration_authority("authorities/km-wuhua");
  organization.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  organization.set_established_on("2019-03-01");
  organization.set_source("sources/registry-kunming");
  organization.mutable_update_time()->set_seconds(kAsOf - 86'400);
  return organization;
}

class MissingImport : public testing::Test {
 protected:
  MissingImport() {
    options_.source = "registry-kunming";
    options_.source_as_of = absl::FromUnixSeconds(kAsOf);
    options_.complete = true;
    options_.list_held = [this](const std::function<void(const v1::Organization&)>& visit) {
      ++asked_;
      for (const v1::Organization& organization : held_) visit(organization);
      return held_status_;
    };
    server_.judge = [](const v1::Organization& row) {
      v1::ImportResult result;
      result.set_outcome(row.status() == v1::REGISTRATION_STATUS_NOT_IN_REGISTER
                             ? v1::IMPORT_OUTCOME_UPDATED
                             : v1::IMPORT_OUTCOME_UNCHANGED);
      return result;
    };
  }

  // Holds organizations 1 to `last`.
  void Hold(int last) {
    for (int number = 1; number <= last; ++number) held_.push_back(Held(number));
  }
  std::string Row(std::string_view code) { return StrCat(code, ",样例,km-wuhua,正常,2019-03-01\n"); }
  // Imports a file of organizations `first` to `last`, and `more` rows.
  ImportSummary Import(int first, int last, std::string_view more = {}) {
    std::string file(kHeader);
    for (int number = first; number <= last; ++number) file += Row(CodeOf(number));
    file += more;
    options_.path = folder_.Write("km.csv", file);
    return ImportOrganizations(options_, server_.Open());
  }
  std::vector<std::string> Told() const {
    std::vector<std::string> codes;
    for (const v1::Organization& row : server_.Rows())
      if (row.status() == v1::REGISTRATION_STATUS_NOT_IN_REGISTER) codes.push_back(row.code());
    return codes;
  }

  const ScratchFolder folder_;
  OrganizationServer server_;
  ImportOptions options_;
  std::vector<v1::Organization> held_;
  absl::Status held_status_;
  int asked_ = 0;
};

TEST_F(MissingImport, Rule50WhoIsNoLongerInTheFileIsToldBeforeTheRunEnds) {
  Hold(3);
  const ImportSummary summary = Import(1, 2);
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.missing, 1);
  EXPECT_TRUE(summary.complete);
  EXPECT_THAT(Told(), ElementsAre(CodeOf(3)));
  ASSERT_THAT(server_.requests, SizeIs(3));
  const v1::Organization& row = server_.requests[1].organizations(0);
  EXPECT_EQ(row.status_since(), "2026-09-21");
  EXPECT_EQ(row.registration_authority(), "authorities/km-wuhua");
  EXPECT_EQ(server_.requests[1].source_as_of().seconds(), kAsOf);
  EXPECT_TRUE(server_.requests[2].end_of_run());
  EXPECT_THAT(Describe(summary), HasSubstr("登记库中已无 1 个组织"));
}

TEST_F(MissingImport, WhoIsThereWhoHasEndedAndWhoIsOthersIsNotTold) {
  Hold(8);
  held_[1].set_status(v1::REGISTRATION_STATUS_CANCELLED);
  held_[2].set_status(v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED);
  held_[3].set_status(v1::REGISTRATION_STATUS_REGISTRATION_REVOKED);
  held_[4].set_status(v1::REGISTRATION_STATUS_NOT_IN_REGISTER);
  held_[5].set_source("sources/registry-national");
  held_[6].add_former_codes(CodeOf(1));                    // the file has its former code
  held_[7].mutable_update_time()->set_seconds(kAsOf + 1);  // learned after the file was made
  const ImportSummary summary = Import(1, 1);
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_THAT(Told(), IsEmpty());
  EXPECT_EQ(summary.missing, 0);
}

TEST_F(MissingImport, ACodeInSmallLettersIsTheSameCode) {
  Hold(1);
  std::string small = CodeOf(1);
  for (char& c : small) c = static_cast<char>(std::tolower(c));
  ASSERT_TRUE(Import(1, 0, Row(small)).status.ok());
  EXPECT_THAT(Told(), IsEmpty());
}

TEST_F(MissingImport, APartialRunOrOneWithRejectsTellsNobody) {
  Hold(3);
  options_.complete = false;
  EXPECT_EQ(Import(1, 1).missing, 0);
  options_.complete = true;
  EXPECT_EQ(Import(1, 1, StrCat(CodeOf(2), ",样例,km-wuhua,活着,2019-03-01\n")).missing, 0);
  EXPECT_EQ(asked_, 0);
}

TEST_F(MissingImport, ARejectedRowIsInTheRegisterAllTheSame) {
  Hold(3);
  options_.complete_despite_rejects = true;
  const ImportSummary summary = Import(1, 1, StrCat(CodeOf(2), ",样例,km-wuhua,活着,2019-03-01\n"));
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_THAT(Told(), ElementsAre(CodeOf(3)));
}

TEST_F(MissingImport, WhereACodeCannotBeReadNobodyIsToldUnlessTheOfficerSaysSo) {
  Hold(3);
  options_.complete_despite_rejects = true;
  const ImportSummary summary = Import(1, 2, StrCat("5253O1O2,样例,km-wuhua,活着,2019-03-01\n"));
  ASSERT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.missing, 0);
  EXPECT_EQ(summary.unreadable_codes, 1);
  EXPECT_THAT(Describe(summary), HasSubstr("有 1 行读不出代码"));
  options_.accept_missing = true;
  EXPECT_EQ(Import(1, 2, StrCat("5253O1O2,样例,km-wuhua,活着,2019-03-01\n")).missing, 1);
}

TEST_F(MissingImport, UpToTenOrFivePercentAreTakenAndOneMoreStopsTheRun) {
  Hold(20);
  EXPECT_EQ(Import(11, 20).missing, 10) << "ten, though half of all";
  server_.requests.clear();
  const ImportSummary half = Import(12, 20);
  EXPECT_EQ(half.status.code(), absl::StatusCode::kFailedPrecondition) << half.status;
  EXPECT_THAT(std::string(half.status.message()), HasSubstr("--accept-missing"));
  EXPECT_THAT(std::string(half.status.message()), testing::Not(HasSubstr("再次运行同一命令即可补齐")));
  EXPECT_THAT(Told(), IsEmpty());
  EXPECT_FALSE(server_.requests.back().end_of_run()) << "the source is not recorded as read";
  options_.accept_missing = true;
  EXPECT_EQ(Import(12, 20).missing, 11);
}

TEST_F(MissingImport, OfManyFivePercentAreTakenAndNotOneMore) {
  Hold(400);
  EXPECT_EQ(Import(21, 400).missing, 20);
  EXPECT_EQ(Import(22, 400).status.code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(MissingImport, WhereThePlatformCannotBeAskedOrDoesNotTakeItTheRunDoesNotEnd) {
  Hold(2);
  held_status_ = absl::UnavailableError("connection reset");
  EXPECT_EQ(Import(1, 1).status.code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(server_.requests.back().end_of_run());
  held_status_ = absl::OkStatus();
  server_.judge = [](const v1::Organization& row) {
    v1::ImportResult result;
    result.set_outcome(row.status() == v1::REGISTRATION_STATUS_NOT_IN_REGISTER
                           ? v1::IMPORT_OUTCOME_REJECTED
                           : v1::IMPORT_OUTCOME_UNCHANGED);
    result.set_field("status");
    return result;
  };
  const ImportSummary refused = Import(1, 1);
  EXPECT_EQ(refused.status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_FALSE(server_.requests.back().end_of_run());
}

}  // namespace
}  // namespace chengxin::client
