// OrganizationService over real gRPC: get, batch, list, search.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "domain/timestamps.h"
#include "tests/contract/served_world.h"

namespace chengxin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Stub = v1::OrganizationService::Stub;

class OrganizationContract : public testing::Test {
 protected:
  Answer<v1::GetOrganizationResponse> Get(std::string_view who, std::string_view code) {
    v1::GetOrganizationRequest request;
    request.set_code(std::string(code));
    return ServedWorld::Ask(who, served_.organizations(), &Stub::GetOrganization, request);
  }
  Answer<v1::SearchOrganizationsResponse> Search(std::string_view query, int limit = 0) {
    v1::SearchOrganizationsRequest request;
    request.set_query(std::string(query));
    request.set_limit(limit);
    return ServedWorld::Ask("public", served_.organizations(), &Stub::SearchOrganizations, request);
  }

  ServedWorld served_;
};

TEST_F(OrganizationContract, AnybodyFindsAnOrganizationByItsCode) {
  const domain::Uscc code = served_.world().Register(1);
  const auto answer = Get("public", code.ToString());
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  const v1::Organization& organization = answer.response.organization();
  EXPECT_EQ(organization.name(), "organizations/" + code.ToString());
  EXPECT_EQ(organization.code(), code.ToString());
  EXPECT_EQ(organization.registration_authority(), "authorities/km-wuhua");
  EXPECT_EQ(organization.source(), "sources/registry-kunming");
}

TEST_F(OrganizationContract, Rule1ACodeMayBeWrittenInSmallLettersOrFullWidth) {
  const domain::Uscc code = served_.world().Register(1);
  std::string small = code.ToString();
  for (char& c : small) c = static_cast<char>(std::tolower(c));
  EXPECT_TRUE(Get("public", "  " + small + " ").ok());
}

TEST_F(OrganizationContract, Rule2AWrongCodeSaysWhichCheckFailed) {
  std::string wrong = World::CodeOf(1).ToString();
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  const auto answer = Get("public", wrong);
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(answer.status), ElementsAre("code"));
  EXPECT_THAT(answer.status.error_message(), HasSubstr("第18位"));
}

TEST_F(OrganizationContract, Rule5ACodeThatItsRegistryConfirmedIsFoundAlthoughItsCheckFails) {
  std::string issued = World::CodeOf(1).ToString();
  issued.back() = issued.back() == '0' ? '1' : '0';
  v1::Organization organization = World::OrganizationOf(1);
  organization.set_code(issued);
  v1::CodeConfirmation& confirmation = *organization.mutable_code_confirmation();
  confirmation.set_registry("authorities/km-wuhua");
  confirmation.set_actor("officer-of-wuhua");
  confirmation.set_reason("证书所载代码如此，已与登记档案核对");
  const auto imported = served_.world().Import({organization});
  ASSERT_TRUE(imported.ok()) << imported.status();
  ASSERT_EQ(imported->tally->outcomes(0), v1::IMPORT_OUTCOME_CREATED)
      << imported->tally->rejections(0).ShortDebugString();
  const auto answer = Get("public", issued);
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.response.organization().code_confirmation().registry(), "authorities/km-wuhua");
}

TEST_F(OrganizationContract, WhatIsNotInTheCopyIsNotFound) {
  EXPECT_EQ(Get("public", World::CodeOf(404).ToString()).status.error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(OrganizationContract, Rule62TelephoneAndRepresentativeAreForTheRegisteringAuthorityAlone) {
  v1::Organization organization = World::OrganizationOf(1);
  organization.set_legal_representative("样例代表人");
  organization.set_phone("0871-00000000");
  organization.set_bank_account("0000 0000 0000");
  ASSERT_TRUE(served_.world().Import({organization}).ok());
  const std::string code = organization.code();

  const auto own = Get("civil-affairs:km-wuhua", code);
  ASSERT_TRUE(own.ok()) << own.status.error_message();
  EXPECT_EQ(own.response.organization().phone(), "0871-00000000");
  EXPECT_EQ(own.response.organization().legal_representative(), "样例代表人");

  for (const std::string& who :
       {std::string("public"), std::string("purchaser:km-culture"), std::string("agency:km-agency"),
        std::string("civil-affairs:km-panlong"), std::string("finance:km"), "organization:" + code}) {
    const auto answer = Get(who, code);
    ASSERT_TRUE(answer.ok()) << who << ": " << answer.status.error_message();
    EXPECT_EQ(answer.response.organization().phone(), "") << who;
    EXPECT_EQ(answer.response.organization().legal_representative(), "") << who;
    EXPECT_EQ(answer.response.organization().bank_account(), "") << who;
    EXPECT_EQ(answer.response.organization().display_name(), organization.display_name()) << who;
  }
}

TEST_F(OrganizationContract, TheCopyIsShownAsItWasKnownThen) {
  served_.world().Register(1);
  served_.world().clock().Advance(absl::Seconds(1));  // past the stamps of what was committed
  const absl::Time before = served_.world().clock().Now();
  served_.world().clock().Advance(absl::Hours(1));
  v1::Organization renamed = World::OrganizationOf(1);
  renamed.set_display_name("改名后的服务中心（样例）");
  renamed.set_source_version(2);
  ASSERT_TRUE(served_.world().Import({renamed}).ok());

  v1::GetOrganizationRequest request;
  request.set_code(renamed.code());
  domain::SetTimestamp(before, *request.mutable_as_of()->mutable_known_at());
  const auto then = ServedWorld::Ask("public", served_.organizations(), &Stub::GetOrganization, request);
  ASSERT_TRUE(then.ok()) << then.status.error_message();
  EXPECT_EQ(then.response.organization().display_name(), World::OrganizationOf(1).display_name());
  EXPECT_EQ(Get("public", renamed.code()).response.organization().display_name(), renamed.display_name());

  domain::SetTimestamp(served_.world().clock().Now() + absl::Seconds(1),
                       *request.mutable_as_of()->mutable_known_at());
  const auto future = ServedWorld::Ask("public", served_.organizations(), &Stub::GetOrganization, request);
  EXPECT_EQ(future.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(future.status), ElementsAre("as_of.known_at"));
}

TEST_F(OrganizationContract, ABatchNamesWhatItDoesNotFind) {
  for (int number : {1, 2}) served_.world().Register(number);
  v1::BatchGetOrganizationsRequest request;
  for (int number : {2, 9, 1}) request.add_codes(World::CodeOf(number).ToString());
  const auto answer =
      ServedWorld::Ask("public", served_.organizations(), &Stub::BatchGetOrganizations, request);
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  ASSERT_EQ(answer.response.organizations_size(), 2);
  EXPECT_EQ(answer.response.organizations(0).code(), World::CodeOf(2).ToString());
  EXPECT_EQ(answer.response.organizations(1).code(), World::CodeOf(1).ToString());
  EXPECT_THAT(answer.response.not_found_codes(), ElementsAre(World::CodeOf(9).ToString()));
}

TEST_F(OrganizationContract, ABatchHoldsAThousandCodesAndNotOneMore) {
  v1::BatchGetOrganizationsRequest request;
  const auto ask = [&] {
    return ServedWorld::Ask("public", served_.organizations(), &Stub::BatchGetOrganizations, request);
  };
  EXPECT_THAT(FieldsOf(ask().status), ElementsAre("codes"));
  for (int number = 1; number <= 1'000; ++number) request.add_codes(World::CodeOf(number).ToString());
  EXPECT_TRUE(ask().ok());
  request.add_codes(World::CodeOf(1'001).ToString());
  const auto answer = ask();
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(answer.status), ElementsAre("codes"));
  EXPECT_THAT(answer.status.error_message(), HasSubstr("1000"));
}

TEST_F(OrganizationContract, PagesFollowEachOtherWithoutGapOrRepetition) {
  std::vector<v1::Organization> all;
  for (int number = 1; number <= 7; ++number) all.push_back(World::OrganizationOf(number));
  ASSERT_TRUE(served_.world().Import(all).ok());
  v1::ListOrganizationsRequest request;
  request.set_page_size(3);
  request.set_registration_authority("authorities/km-wuhua");
  std::vector<std::string> codes;
  int pages = 0;
  do {
    const auto page = ServedWorld::Ask("public", served_.organizations(), &Stub::ListOrganizations, request);
    ASSERT_TRUE(page.ok()) << page.status.error_message();
    for (const auto& organization : page.response.organizations()) codes.push_back(organization.code());
    request.set_page_token(page.response.next_page_token());
    // Whoever registers meanwhile is on none of these pages.
    served_.world().Register(100 + ++pages);
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  std::vector<std::string> expected;
  for (int number = 1; number <= 7; ++number) expected.push_back(World::CodeOf(number).ToString());
  EXPECT_EQ(codes, expected);
}

TEST_F(OrganizationContract, AListOfAnotherAuthorityIsEmptyAndOneOfNoneIsWrong) {
  served_.world().Register(1);
  v1::ListOrganizationsRequest request;
  request.set_registration_authority("authorities/km-panlong");
  const auto other = ServedWorld::Ask("public", served_.organizations(), &Stub::ListOrganizations, request);
  ASSERT_TRUE(other.ok());
  EXPECT_THAT(other.response.organizations(), IsEmpty());
  for (const std::string wrong : {"authorities/atlantis", "km-wuhua"}) {
    request.set_registration_authority(wrong);
    const auto answer =
        ServedWorld::Ask("public", served_.organizations(), &Stub::ListOrganizations, request);
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(FieldsOf(answer.status), ElementsAre("registration_authority"));
  }
}

TEST_F(OrganizationContract, WrongPagesAreRefused) {
  for (const int size : {-1, 1'001}) {
    v1::ListOrganizationsRequest request;
    request.set_page_size(size);
    const auto answer =
        ServedWorld::Ask("public", served_.organizations(), &Stub::ListOrganizations, request);
    EXPECT_THAT(FieldsOf(answer.status), ElementsAre("page_size")) << size;
    EXPECT_THAT(answer.status.error_message(), HasSubstr("1000"));
  }
  std::vector<v1::Organization> all;
  for (int number = 1; number <= 3; ++number) all.push_back(World::OrganizationOf(number));
  ASSERT_TRUE(served_.world().Import(all).ok());
  v1::ListOrganizationsRequest request;
  request.set_page_size(1);
  const auto first = ServedWorld::Ask("public", served_.organizations(), &Stub::ListOrganizations, request);
  const std::string token = first.response.next_page_token();
  ASSERT_NE(token, "");
  request.set_page_token("A" + token.substr(1) + "x");
  EXPECT_THAT(
      FieldsOf(ServedWorld::Ask("public", served_.organizations(), &Stub::ListOrganizations, request).status),
      ElementsAre("page_token"));
  request.set_page_token(token);
  request.set_registration_authority("authorities/km-panlong");
  EXPECT_THAT(
      FieldsOf(ServedWorld::Ask("public", served_.organizations(), &Stub::ListOrganizations, request).status),
      ElementsAre("page_token"))
      << "a token serves the filter it was made with";
}

TEST_F(OrganizationContract, Rule6ANameGivesCandidatesAndTheirCodes) {
  for (int number : {1, 2, 3}) served_.world().Register(number);
  const auto answer = Search("第2号社会工作");
  ASSERT_TRUE(answer.ok()) << answer.status.error_message();
  ASSERT_EQ(answer.response.candidates_size(), 1);
  EXPECT_EQ(answer.response.candidates(0).code(), World::CodeOf(2).ToString());
  EXPECT_EQ(answer.response.candidates(0).registration_authority(), "authorities/km-wuhua");
  EXPECT_EQ(answer.response.candidates(0).status(), v1::REGISTRATION_STATUS_ACTIVE);
}

TEST_F(OrganizationContract, ASearchByCodeGivesThatOneOrNone) {
  served_.world().Register(1);
  const auto found = Search(World::CodeOf(1).ToString());
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found.response.candidates_size(), 1);
  EXPECT_EQ(found.response.candidates(0).code(), World::CodeOf(1).ToString());
  const auto none = Search(World::CodeOf(2).ToString());
  ASSERT_TRUE(none.ok()) << none.status.error_message();
  EXPECT_EQ(none.response.candidates_size(), 0);
}

TEST_F(OrganizationContract, ASearchSaysWhereThereAreMoreThanItShows) {
  for (int number : {1, 2, 3}) served_.world().Register(number);
  const auto two = Search("社会工作服务中心", 2);
  ASSERT_TRUE(two.ok());
  EXPECT_EQ(two.response.candidates_size(), 2);
  EXPECT_TRUE(two.response.truncated());
  const auto three = Search("社会工作服务中心", 3);
  EXPECT_EQ(three.response.candidates_size(), 3);
  EXPECT_FALSE(three.response.truncated());
}

TEST_F(OrganizationContract, ASearchNeedsTwoCharactersAndTakesAHundred) {
  EXPECT_TRUE(Search("社会").ok());
  for (const std::string_view too_short : {"", "社", "  社 "}) {
    const auto answer = Search(too_short);
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << too_short;
    EXPECT_THAT(FieldsOf(answer.status), ElementsAre("query"));
  }
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "社";
  EXPECT_TRUE(Search(hundred).ok());
  EXPECT_THAT(FieldsOf(Search(hundred + "社").status), ElementsAre("query"));
  EXPECT_TRUE(Search("社会", 100).ok());
  EXPECT_THAT(FieldsOf(Search("社会", 101).status), ElementsAre("limit"));
}

}  // namespace
}  // namespace chengxin
