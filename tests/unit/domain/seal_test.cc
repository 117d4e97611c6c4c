// Sealed fields leave the envelope and come back whole: rule 62.
#include "domain/seal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "chengxin/v1/annotations.pb.h"
#include "chengxin/v1/organization_service.pb.h"

namespace chengxin::domain {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kSecret[] = "SECRET-13800000000";

v1::Organization AnOrganization() {
  v1::Organization organization;
  organization.set_name("organizations/51530100MJT000010G");
  organization.set_display_name("昆明市样例协会");
  organization.set_legal_representative(kSecret);
  organization.set_phone(kSecret);
  organization.set_bank_account(kSecret);
  return organization;
}

bool Annotated(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::sensitivity) != v1::SENSITIVITY_UNSPECIFIED;
}

// Sets every annotated string field of a message and of what it contains; counts them.
int FillAnnotated(Message& message, std::set<const Descriptor*> open = {}) {
  if (!open.insert(message.GetDescriptor()).second) return 0;
  int filled = 0;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (Annotated(field)) {
      EXPECT_EQ(field->cpp_type(), FieldDescriptor::CPPTYPE_STRING) << field->full_name();
      message.GetReflection()->SetString(&message, field, kSecret);
      ++filled;
    } else if (field->message_type() != nullptr && !field->is_repeated()) {
      filled += FillAnnotated(*message.GetReflection()->MutableMessage(&message, field), open);
    }
  }
  return filled;
}

// Each resource an event may carry, with every annotated field set.
std::vector<log::v1::Event> EventsWithSecrets() {
  std::vector<log::v1::Event> events;
  const Descriptor* type = log::v1::Event::descriptor();
  for (int i = 0; i < type->oneof_decl(0)->field_count(); ++i) {
    const FieldDescriptor* field = type->oneof_decl(0)->field(i);
    log::v1::Event& event = events.emplace_back();
    FillAnnotated(*event.GetReflection()->MutableMessage(&event, field));
  }
  return events;
}

TEST(Rule62, EveryAnnotatedFieldLeavesTheEnvelope) {
  int with_secrets = 0;
  for (log::v1::Event& event : EventsWithSecrets()) {
    const bool has_secret = event.SerializeAsString().find(kSecret) != std::string::npos;
    with_secrets += has_secret ? 1 : 0;
    const std::string sealed = Seal(event);
    EXPECT_EQ(event.SerializeAsString().find(kSecret), std::string::npos) << event.ShortDebugString();
    EXPECT_EQ(!sealed.empty(), has_secret) << event.ShortDebugString();
  }
  // Organizations, records, cases and applications have such fields today.
  EXPECT_EQ(with_secrets, 4);
}

TEST(Rule62, WhatWasSealedComesBackByteForByte) {
  for (log::v1::Event& event : EventsWithSecrets()) {
    const std::string before = event.SerializeAsString();
    const std::string sealed = Seal(event);
    ASSERT_TRUE(Unseal(sealed, event));
    EXPECT_EQ(event.SerializeAsString(), before);
  }
}

TEST(Seal, LeavesWhatMayBePublished) {
  log::v1::Event event;
  *event.mutable_organization() = AnOrganization();
  const std::string sealed = Seal(event);
  EXPECT_EQ(event.organization().display_name(), "昆明市样例协会");
  v1::Organization inside;
  ASSERT_TRUE(inside.ParseFromString(sealed));
  EXPECT_EQ(inside.phone(), kSecret);
  EXPECT_EQ(inside.display_name(), "");
  ASSERT_TRUE(UnsealResource(sealed, *event.mutable_organization()));
  EXPECT_EQ(event.organization().SerializeAsString(), AnOrganization().SerializeAsString());
}

TEST(Seal, GivesNothingWhereNothingIsSensitive) {
  log::v1::Event event;
  event.mutable_organization()->set_display_name("昆明市样例协会");
  EXPECT_EQ(Seal(event), "");
  log::v1::Event empty;
  EXPECT_EQ(Seal(empty), "");
  EXPECT_FALSE(Unseal("", empty));
}

TEST(Seal, ARecordKeepsItsContentAndLosesItsOfficer) {
  log::v1::Event event;
  v1::CreditRecord& record = *event.mutable_record();
  record.mutable_penalty()->set_fine_fen(5'000'000);
  record.set_deciding_officer(kSecret);
  record.set_internal_note(kSecret);
  const std::string sealed = Seal(event);
  EXPECT_EQ(event.record().penalty().fine_fen(), 5'000'000);
  EXPECT_EQ(event.record().deciding_officer(), "");
  ASSERT_TRUE(Unseal(sealed, event));
  EXPECT_EQ(event.record().deciding_officer(), kSecret);
  EXPECT_EQ(event.record().penalty().fine_fen(), 5'000'000);
}

TEST(Unseal, BytesOfAnotherKindChangeNothing) {
  v1::Organization organization = AnOrganization();
  const std::string before = organization.SerializeAsString();
  EXPECT_FALSE(UnsealResource("\xff\xff\xff", organization));
  EXPECT_EQ(organization.SerializeAsString(), before);
}

TEST(Redact, ClearsAnnotatedFieldsInRepeatedMessagesToo) {
  v1::ImportOrganizationsRequest request;
  *request.add_organizations() = AnOrganization();
  *request.add_organizations() = AnOrganization();
  Redact(request);
  EXPECT_EQ(request.SerializeAsString().find(kSecret), std::string::npos);
  ASSERT_EQ(request.organizations_size(), 2);
  EXPECT_EQ(request.organizations(1).display_name(), "昆明市样例协会");
}

TEST(Redact, ClearsThemWithinAnEvent) {
  for (log::v1::Event& event : EventsWithSecrets()) {
    Redact(event);
    EXPECT_EQ(event.SerializeAsString().find(kSecret), std::string::npos);
  }
}

// annotations.proto: no annotated field lies under a repeated one, else a sealed part could not be merged
// back.
TEST(Annotations, NoFieldOfAResourceIsSensitiveUnderARepeatedOne) {
  std::set<const Descriptor*> seen;
  const std::function<void(const Descriptor*, bool)> visit = [&](const Descriptor* type, bool repeated) {
    if (!seen.insert(type).second && !repeated) return;
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      const bool under = repeated || field->is_repeated();
      EXPECT_FALSE(Annotated(field) && under) << field->full_name();
      if (field->message_type() != nullptr && field->message_type() != type)
        visit(field->message_type(), under);
    }
  };
  visit(log::v1::Event::descriptor(), false);
}

TEST(Seal, WorksInManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::vector<int> right(4, 0);
  for (size_t t = 0; t < right.size(); ++t) {
    threads.emplace_back([t, &right] {
      for (int i = 0; i < 100; ++i) {
        log::v1::Event event;
        *event.mutable_organization() = AnOrganization();
        const std::string sealed = Seal(event);
        right[t] += Unseal(sealed, event) && event.organization().phone() == kSecret ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(right, ::testing::Each(100));
}

// Whatever is sealed can be destroyed: a kind that gets an annotated field needs its place in
// DestroySealedParts and in storage's sealed parts.
TEST(Rule62Seal, TheKindsWithSealedFieldsAreThoseThatCanBeDestroyed) {
  std::set<std::string> sealed;
  const google::protobuf::OneofDescriptor* const outcomes =
      log::v1::Event::descriptor()->FindOneofByName("outcome");
  for (int i = 0; i < outcomes->field_count(); ++i) {
    const google::protobuf::FieldDescriptor* const outcome = outcomes->field(i);
    if (HasAnnotatedFields(*outcome->message_type())) sealed.insert(outcome->name());
  }
  EXPECT_EQ(sealed, (std::set<std::string>{"organization", "record", "case", "application"}));
}

}  // namespace
}  // namespace chengxin::domain
