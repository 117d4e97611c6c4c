// Who may have sealed parts destroyed, and what the Change says of it (rule 62).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/apply.h"
#include "tests/support/bureau.h"

namespace chengxin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

log::v1::SealedPlace PlaceAt(uint64_t revision, uint32_t ordinal) {
  log::v1::SealedPlace place;
  place.set_revision(revision);
  place.set_ordinal(ordinal);
  return place;
}

class Rule62Destruction : public testing::Test {
 protected:
  v1::DestroySealedPartsRequest Request(const std::string& name) {
    v1::DestroySealedPartsRequest request;
    request.set_name(name);
    request.set_reason("保存期限届满");
    request.set_basis("个人信息保护法第四十七条");
    request.set_request_id(bureau_.NextRequestId());
    return request;
  }
  absl::StatusOr<domain::Decision> Destroy(const v1::Principal& who, const std::string& name) {
    return bureau_.Do(who, Request(name));
  }
  void Seal(const std::string& name) { bureau_.PutSealedParts(name, {PlaceAt(2, 0), PlaceAt(2, 1)}); }
  void FoldCase(const std::string& authority) {
    log::v1::Event event;
    event.mutable_case_()->set_name("cases/7-1");
    event.mutable_case_()->set_organization("organizations/" + code_);
    event.mutable_case_()->set_authority(authority);
    bureau_.Fold(event);
  }
  void FoldApplication(const std::string& authority) {
    log::v1::Event event;
    event.mutable_application()->set_name("applications/8-1");
    event.mutable_application()->set_authority(authority);
    bureau_.Fold(event);
  }

  Bureau bureau_;
  const std::string code_ = bureau_.Register(1);
  const std::string name_ = "organizations/" + code_;
};

TEST_F(Rule62Destruction, TheChangeSaysOfWhatWhyAndOnWhichBasis) {
  Seal(name_);
  const auto decided = Destroy(Bureau::Wuhua(), name_);
  ASSERT_TRUE(decided.ok()) << decided.status();
  ASSERT_THAT(decided->events, SizeIs(1));
  const log::v1::SealedDestruction& destruction = decided->events[0].destruction();
  EXPECT_EQ(destruction.resource(), name_);
  EXPECT_EQ(destruction.reason(), "保存期限届满");
  EXPECT_EQ(destruction.basis(), "个人信息保护法第四十七条");
  ASSERT_EQ(destruction.places_size(), 2);
  EXPECT_EQ(destruction.places(1).revision(), 2u);
  EXPECT_EQ(destruction.places(1).ordinal(), 1u);
}

TEST_F(Rule62Destruction, WhereNothingIsLeftNothingHappens) {
  EXPECT_THAT(Destroy(Bureau::Wuhua(), name_)->events, IsEmpty());
  Seal(name_);
  EXPECT_THAT(Destroy(Bureau::Wuhua(), name_)->events, SizeIs(1));
  const auto again = Destroy(Bureau::Wuhua(), name_);
  EXPECT_FALSE(again->refusal.has_value());
  EXPECT_THAT(again->events, IsEmpty());
}

// Rule 18: the registering authority alone, whatever the role may call.
TEST_F(Rule62Destruction, AnotherAuthorityIsRefused) {
  Seal(name_);
  EXPECT_EQ(ReasonOf(Destroy(Bureau::Panlong(), name_)), "NOT_REGISTERING_AUTHORITY");
  const std::string record = name_ + "/records/9-1";
  EXPECT_EQ(ReasonOf(Destroy(Bureau::Panlong(), record)), "NOT_REGISTERING_AUTHORITY")
      << "also of what is not there, which is not for it to know";
  for (const v1::Principal& who : {Bureau::Sync(), Bureau::Admin(), Bureau::Public(), Bureau::Own(code_)}) {
    EXPECT_EQ(ReasonOf(Destroy(who, name_)), "ROLE_NOT_ALLOWED") << who.subject();
  }
}

TEST_F(Rule62Destruction, ARecordIsItsOrganizationsAuthoritys) {
  ASSERT_TRUE(bureau_.Try(Bureau::Wuhua(), bureau_.Penalty(code_, kSmallFine, "2026-11-20")).ok());
  const std::string record = bureau_.RecordsOf(code_).at(0).name();
  Seal(record);
  EXPECT_THAT(Destroy(Bureau::Wuhua(), record)->events, SizeIs(1));
}

// Rule 46: to another authority there is no such case.
TEST_F(Rule62Destruction, ACaseIsThatOfTheAuthorityItLiesWith) {
  FoldCase("authorities/km-panlong");
  Seal("cases/7-1");
  EXPECT_EQ(Destroy(Bureau::Wuhua(), "cases/7-1").status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Destroy(Bureau::Panlong(), "cases/7-1")->events, SizeIs(1));
}

TEST_F(Rule62Destruction, AnApplicationIsThatOfTheAuthorityThatDecidesIt) {
  FoldApplication("authorities/km-panlong");
  Seal("applications/8-1");
  EXPECT_EQ(ReasonOf(Destroy(Bureau::Wuhua(), "applications/8-1")), "NOT_REGISTERING_AUTHORITY");
  EXPECT_THAT(Destroy(Bureau::Panlong(), "applications/8-1")->events, SizeIs(1));
}

TEST_F(Rule62Destruction, WhatIsNotThereIsNotFound) {
  for (const char* name : {"organizations/52530102MJT000099X", "cases/9-9", "applications/9-9"}) {
    EXPECT_EQ(Destroy(Bureau::Wuhua(), name).status().code(), absl::StatusCode::kNotFound) << name;
  }
  EXPECT_EQ(Destroy(Bureau::Wuhua(), name_ + "/records/9-9").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(Rule62Destruction, EveryWrongFieldIsNamed) {
  v1::DestroySealedPartsRequest request;
  for (const char* name : {"",
                           "listings/"
                           "52530102MJT000099X-A1",
                           "awards/1-1", "receipts/CX2026-000000001", "organizations/x/records/y",
                           "organizations/x/cases/1-1"}) {
    request.set_name(name);
    const absl::Status status = domain::Validate(request, bureau_.now());
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << name;
  }
  request = Request(name_);
  EXPECT_TRUE(domain::Validate(request, bureau_.now()).ok());
  request.set_reason(std::string(1'000, 'x'));
  request.set_basis(std::string(1'000, 'x'));
  EXPECT_TRUE(domain::Validate(request, bureau_.now()).ok());
  request.set_reason(std::string(1'001, 'x'));
  EXPECT_THAT(std::string(domain::Validate(request, bureau_.now()).message()), HasSubstr("reason"));
  request = Request(name_);
  request.clear_basis();
  EXPECT_THAT(std::string(domain::Validate(request, bureau_.now()).message()), HasSubstr("basis"));
}

}  // namespace
}  // namespace chengxin
