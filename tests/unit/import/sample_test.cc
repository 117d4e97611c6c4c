#include <set>
#include <string>
#include <type_traits>

#include "base/strings.h"
#include "client/import/importer.h"
#include "client/sample/organizations.h"
#include "client/sample/write_sample.h"
#include "domain/uscc.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/import/recording_server.h"
#include "tests/unit/import/scratch_folder.h"

namespace chengxin::sample {
namespace {

using client::ImportOptions;
using client::ImportSummary;
using testing::HasSubstr;

constexpr size_t kCount = 3'000;

// A sample with what its files become on import.
struct Imported {
  explicit Imported(uint64_t seed) {
    EXPECT_TRUE(WriteSample({kCount, seed, folder.path("sample")}).ok());
    Import("kunming.csv", organizations);
    Import("national.jsonl", national);
    for (const auto* name : {"records.csv", "court-defaulters.csv", "tax-violations.csv",
                             "procurement-violations.csv", "major-violations.csv"})
      Import(name, records);
  }

  template <typename Server>
  void Import(std::string_view name, Server& server) {
    ImportOptions options;
    options.path = folder.path(StrCat("sample/", name));
    options.source = "s";
    options.complete = true;
    ImportSummary summary;
    if constexpr (std::is_same_v<Server, OrganizationServer>) {
      summary = client::ImportOrganizations(options, server.Open());
    } else {
      summary = client::ImportRecords(options, server.Open());
    }
    EXPECT_TRUE(summary.status.ok()) << name << summary.status;
    EXPECT_TRUE(summary.complete) << name << client::Describe(summary);
    EXPECT_TRUE(summary.ignored_columns.empty()) << name;
  }

  ScratchFolder folder;
  OrganizationServer organizations, national;
  RecordServer records;
};

const Imported& Sample() {
  static const Imported& sample = *new Imported(1);
  return sample;
}

TEST(Sample, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const Imported again(1), other(2);
  for (const auto* name : {"kunming.csv", "national.jsonl", "records.csv", "story.txt", "story.json"}) {
    const std::string path = StrCat("sample/", name);
    EXPECT_EQ(Sample().folder.Read(path), again.folder.Read(path)) << name;
  }
  EXPECT_NE(Sample().folder.Read("sample/kunming.csv"), other.folder.Read("sample/kunming.csv"));
}

TEST(Sample, AllCodesAndNamesAreValidAndDifferent) {
  std::set<std::string> codes, names;
  for (const auto& server : {&Sample().organizations, &Sample().national}) {
    for (const v1::Organization& row : server->Rows()) {
      const auto code = domain::Uscc::Parse(row.code());
      ASSERT_TRUE(code.ok()) << code.status();
      EXPECT_TRUE(code->is_social_organization());
      EXPECT_EQ(code->category() - '0', static_cast<int>(row.type())) << row.code();
      codes.insert(row.code());
      names.insert(row.display_name());
    }
  }
  EXPECT_EQ(codes.size(), kCount + PublicOrganizations().size());
  EXPECT_EQ(names.size(), codes.size());
}

TEST(Sample, HoldsWhatARegisterHolds) {
  int former = 0, cancelled = 0, no_legal_person = 0;
  std::set<std::string> authorities;
  for (const v1::Organization& row : Sample().organizations.Rows()) {
    former += row.code().substr(2, 6) == "530122" ? 1 : 0;
    cancelled += row.status() == v1::REGISTRATION_STATUS_CANCELLED ? 1 : 0;
    no_legal_person += row.certificate_form() != v1::CERTIFICATE_FORM_LEGAL_PERSON ? 1 : 0;
    authorities.insert(row.registration_authority());
    EXPECT_EQ(row.status() == v1::REGISTRATION_STATUS_ACTIVE, row.status_since().empty());
    EXPECT_TRUE(row.status_since().empty() || row.status_since() >= row.established_on());
    EXPECT_TRUE(row.legal_representative().empty() && row.phone().empty()) << "nobody is invented";
  }
  EXPECT_GT(former, 0);
  EXPECT_GT(cancelled, 0);
  EXPECT_GT(no_legal_person, 0);
  EXPECT_EQ(authorities.size(), 15u);
}

// Their codes are public and real: nothing is said of them but what is public.
TEST(Sample, SaysNothingAdverseOfRealOrganizations) {
  std::set<std::string> real;
  for (const PublicOrganization& organization : PublicOrganizations())
    real.insert(std::string(organization.code));
  for (const v1::ImportRecord& row : Sample().records.Rows())
    EXPECT_FALSE(real.contains(row.organization_code()));
  for (const v1::Organization& row : Sample().organizations.Rows()) EXPECT_FALSE(real.contains(row.code()));
  EXPECT_EQ(Sample().national.Rows().size(), real.size());
  for (const v1::Organization& row : Sample().national.Rows()) {
    EXPECT_TRUE(real.contains(row.code()));
    EXPECT_EQ(row.status(), v1::REGISTRATION_STATUS_ACTIVE);
  }
}

TEST(Sample, TheStorysOrganizationsAreActiveLegalPersonsWithGoodRecords) {
  const std::string story = Sample().folder.Read("sample/story.txt");
  const auto rows = Sample().organizations.Rows();
  for (size_t i = 0; i < kStoryOrganizations; ++i) {
    EXPECT_THAT(story, HasSubstr(StrCat("_code=", rows[i].code(), "\n")));
    EXPECT_EQ(rows[i].status(), v1::REGISTRATION_STATUS_ACTIVE);
    EXPECT_EQ(rows[i].certificate_form(), v1::CERTIFICATE_FORM_LEGAL_PERSON);
    int records = 0;
    for (const v1::ImportRecord& row : Sample().records.Rows()) {
      if (row.organization_code() != rows[i].code()) continue;
      ++records;
      if (row.record().has_annual_inspection()) {
        EXPECT_EQ(row.record().annual_inspection().conclusion(), v1::ANNUAL_CONCLUSION_QUALIFIED);
      }
      if (row.record().has_performance_evaluation()) {
        EXPECT_TRUE(row.record().performance_evaluation().passed());
      }
    }
    EXPECT_GE(records, 3);
  }
  EXPECT_THAT(story, HasSubstr(StrCat("unknown_code=", CodeOutsideCoverage(), "\n")));
}

TEST(Sample, HoldsNoEntryOfAnExternalList) {
  for (const v1::ImportRecord& row : Sample().records.Rows()) {
    EXPECT_FALSE(row.record().has_external_listing() || row.record().has_major_violation() ||
                 row.record().has_penalty() || row.record().has_substantiated_conduct());
  }
}

TEST(Sample, ACountOutOfRangeIsRefused) {
  const ScratchFolder folder;
  EXPECT_TRUE(WriteSample({kStoryOrganizations, 1, folder.path("a")}).ok());
  for (const size_t count : {kStoryOrganizations - 1, kMaximumOrganizations + 1})
    EXPECT_EQ(WriteSample({count, 1, folder.path("a")}).code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace chengxin::sample
