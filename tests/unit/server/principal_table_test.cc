// The principals file: what is found by, and what is wrong told by field (rule 61).
#include "server/principal_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "domain/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "server/message_text.h"

namespace chengxin::server {
namespace {

using testing::ElementsAre;

constexpr char kOfficer[] =
    R"(principal { subject: "officer-1" role: ROLE_CIVIL_AFFAIRS authority: "authorities/km-wuhua" })";
const std::string kDigest(64, 'a');

absl::StatusOr<std::shared_ptr<const PrincipalTable>> Compile(const std::string& text) {
  config::v1::Principals file;
  const absl::Status read = ReadMessageText(text, file);
  EXPECT_TRUE(read.ok()) << read;
  return PrincipalTable::Compile(file);
}

// The fields found wrong, in order.
std::vector<std::string> WrongFields(const std::string& text) {
  google::rpc::BadRequest faults;
  const absl::Status status = Compile(text).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  const auto payload = status.GetPayload(ToAbsl(domain::kBadRequestUrl));
  if (payload.has_value()) faults.ParseFromString(std::string(*payload));
  std::vector<std::string> fields;
  for (const auto& fault : faults.field_violations()) fields.push_back(fault.field());
  return fields;
}

std::string Row(std::string_view content) { return StrCat("rows { ", content, " }\n"); }

TEST(Rule61PrincipalTable, APrincipalIsFoundByItsSubjectItsCertificatesAndItsTokens) {
  const auto table = Compile(Row(StrCat(kOfficer, R"( certificate_names: "spiffe://km/1" tokens { sha256: ")",
                                        kDigest, R"(" expires: "2027-06-30T00:00:00+08:00" })")));
  ASSERT_TRUE(table.ok()) << table.status();
  const PrincipalTable::Row* const row = (*table)->FindCertificateName("urn:chengxin:principal:officer-1");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->principal->authority(), "authorities/km-wuhua");
  EXPECT_EQ((*table)->FindCertificateName("spiffe://km/1"), row);
  const PrincipalTable::TokenRow* const token = (*table)->FindToken(std::string(32, '\xaa'));
  ASSERT_NE(token, nullptr);
  EXPECT_EQ(token->row, row);
  EXPECT_EQ(absl::FormatTime(token->expires, absl::UTCTimeZone()), "2027-06-29T16:00:00+00:00");
  EXPECT_EQ((*table)->FindCertificateName("urn:chengxin:principal:officer-2"), nullptr);
  EXPECT_EQ((*table)->FindCertificateName("officer-1"), nullptr);
  EXPECT_EQ((*table)->FindToken(kDigest), nullptr) << "the hash's text is no token";
}

TEST(Rule61PrincipalTable, AnEmptyFileLetsNobodyIn) {
  const auto table = Compile("");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ((*table)->size(), 0U);
}

TEST(Rule61PrincipalTable, RevokedCertificatesAreKnownInEitherCase) {
  const auto table = Compile(StrCat("revoked_certificates: \"", std::string(64, 'A'), "\""));
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_TRUE((*table)->IsRevoked(std::string(32, '\xaa')));
  EXPECT_FALSE((*table)->IsRevoked(std::string(32, '\xab')));
}

TEST(Rule61PrincipalTable, WhatStandsTwiceIsNamedByItsSecondPlace) {
  EXPECT_THAT(WrongFields(Row(kOfficer) + Row(kOfficer)),
              ElementsAre("rows[1].principal.subject", "rows[1].principal.subject"));
  const std::string finance = R"(principal { subject: "f" role: ROLE_FINANCE authority: "authorities/km" })";
  EXPECT_THAT(WrongFields(Row(kOfficer) +
                          Row(StrCat(finance, R"( certificate_names: "urn:chengxin:principal:officer-1")"))),
              ElementsAre("rows[1].certificate_names[0]"));
  const std::string token = StrCat(" tokens { sha256: \"", kDigest, "\" expires: \"2027-01-01T00:00:00Z\" }");
  EXPECT_THAT(WrongFields(Row(kOfficer + token) + Row(finance + token)),
              ElementsAre("rows[1].tokens[0].sha256"));
}

TEST(Rule61PrincipalTable, EveryWrongFieldIsToldAtOnce) {
  EXPECT_THAT(
      WrongFields(
          Row(R"(principal { subject: "with space" role: ROLE_ADMIN })") +
          Row(R"(principal { subject: "p" })") + Row(R"(principal { subject: "q" role: ROLE_PUBLIC })") +
          Row(R"(principal { subject: "r" role: ROLE_CIVIL_AFFAIRS })") +
          Row(R"(principal { subject: "s" role: ROLE_ADMIN entrustments: "purchasers/x" })") +
          Row(R"(principal { subject: "t" role: ROLE_ADMIN } tokens { sha256: "12" expires: "soon" })") +
          "revoked_certificates: \"zz\""),
      ElementsAre("rows[0].principal.subject", "rows[1].principal.role", "rows[2].principal.role",
                  "rows[3].principal", "rows[4].principal.entrustments", "rows[5].tokens[0].sha256",
                  "rows[5].tokens[0].expires", "revoked_certificates[0]"));
}

TEST(Rule61PrincipalTable, TenTokensAreTakenAndElevenAreNot) {
  std::string tokens;
  for (int i = 0; i < 10; ++i) {
    tokens +=
        StrCat(" tokens { sha256: \"", std::string(63, '0'), i, "\" expires: \"2027-01-01T00:00:00Z\" }");
  }
  EXPECT_TRUE(Compile(Row(kOfficer + tokens)).ok());
  tokens += StrCat(" tokens { sha256: \"", kDigest, "\" expires: \"2027-01-01T00:00:00Z\" }");
  EXPECT_THAT(WrongFields(Row(kOfficer + tokens)), ElementsAre("rows[0].tokens"));
}

}  // namespace
}  // namespace chengxin::server
