#include "server/admission.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <string>

#include "absl/strings/cord.h"
#include "base/strings.h"
#include "chengxin/v1/audit_service.pb.h"
#include "domain/refusal.h"
#include "google/protobuf/descriptor.h"
#include "google/rpc/error_details.pb.h"
#include "tests/support/fake_clock.h"

namespace chengxin::server {
namespace {

constexpr Method kRead = Method::kGetListing;
constexpr Method kCommand = Method::kOpenCase;
constexpr Method kWatch = Method::kWatchListings;

template <typename Detail>
Detail DetailOf(const absl::Status& status, std::string_view url) {
  Detail detail;
  const auto payload = status.GetPayload(ToAbsl(url));
  EXPECT_TRUE(payload.has_value() && detail.ParseFromString(std::string(*payload))) << status;
  return detail;
}

std::string ReasonOf(const absl::Status& status) {
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  return DetailOf<google::rpc::ErrorInfo>(status, domain::kErrorInfoUrl).reason();
}

class AdmissionTest : public testing::Test {
 protected:
  // With these limits; once.
  Admission& Limit(const AdmissionLimits& limits) {
    admission_ = std::make_unique<Admission>(limits, overload_, clock_);
    return *admission_;
  }
  absl::Status EnterNode(Admission& admission, Method method) {
    return admission.EnterNode(method, permits_.emplace_back());
  }
  absl::Status EnterAccount(Admission& admission, const std::string& account, Method method = kRead) {
    return admission.EnterAccount(method, account, permits_.emplace_back());
  }

  FakeClock clock_{absl::FromUnixSeconds(1'700'000'000)};
  Overload overload_;
  std::unique_ptr<Admission> admission_;
  std::deque<Admission::Permit> permits_;
};

TEST(Shedding, WhatChangesSomethingIsShedLastAndAWatchNever) {
  // Of a service that nothing else here uses.
  ASSERT_NE(v1::ListAuditEntriesRequest::descriptor(), nullptr);
  for (size_t i = 0; i < kMethodCount; ++i) {
    std::string name(kMethodNames[i]);
    std::replace(name.begin(), name.end(), '/', '.');
    const auto* const method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
    ASSERT_NE(method, nullptr) << name;
    const bool changes = method->input_type()->FindFieldByName("request_id") != nullptr;
    const bool watches = method->name().rfind("Watch", 0) == 0;
    // Status is for whoever finds out why calls are refused; the clock is moved by hand.
    const bool needed = method->name() == "GetStatus" || method->name() == "AdvanceClock";
    const Shedding expected = watches             ? Shedding::kApart
                              : changes || needed ? Shedding::kLast
                                                  : Shedding::kFirst;
    EXPECT_EQ(SheddingOf(static_cast<Method>(i)), expected) << name;
  }
}

TEST(PublicAccount, IsTheAddressWithoutThePortAndInIpv6TheNetwork) {
  EXPECT_EQ(PublicAccount("ipv4:203.0.113.7:51234"), "@203.0.113.7");
  EXPECT_EQ(PublicAccount("ipv4:203.0.113.7:80"), PublicAccount("ipv4:203.0.113.7:81"));
  EXPECT_NE(PublicAccount("ipv4:203.0.113.7:80"), PublicAccount("ipv4:203.0.113.8:80"));
  EXPECT_EQ(PublicAccount("ipv6:%5B2001:db8:1:2:3:4:5:6%5D:51234"), "@2001:db8:1:2::");
  EXPECT_EQ(PublicAccount("ipv6:[2001:db8:1:2::9]:80"), "@2001:db8:1:2::");
  EXPECT_NE(PublicAccount("ipv6:[2001:db8:1:3::9]:80"), "@2001:db8:1:2::");
  EXPECT_EQ(PublicAccount("ipv6:%5B::ffff:203.0.113.7%5D:80"), "@::ffff:203.0.113.7");
  EXPECT_EQ(PublicAccount("unix:"), "@unix");
}

TEST_F(AdmissionTest, OneCallAboveTheNodesLimitIsRefusedUntilOneHasEnded) {
  Admission& admission = Limit({.calls = 3});
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(EnterNode(admission, kCommand).ok());
  const absl::Status refused = EnterNode(admission, kCommand);
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
  const auto info = DetailOf<google::rpc::RetryInfo>(refused, domain::kRetryInfoUrl).retry_delay();
  EXPECT_GE(info.seconds() * 1'000'000'000 + info.nanos(),
            absl::ToInt64Nanoseconds(Overload::kLeastRetry * 0.5));
  EXPECT_EQ(admission.shed(), 1);
  EXPECT_EQ(admission.under_way(), 3) << "what is refused takes no place";
  permits_[0].Return();
  permits_[0].Return();
  EXPECT_EQ(admission.under_way(), 2) << "given back once";
  EXPECT_TRUE(EnterNode(admission, kCommand).ok());
  permits_.clear();
  EXPECT_EQ(admission.under_way(), 0);
}

TEST_F(AdmissionTest, ReadsLeaveTheLastEighthToWhatChangesSomething) {
  Admission& admission = Limit({.calls = 16});
  for (int i = 0; i < 14; ++i) EXPECT_TRUE(EnterNode(admission, kRead).ok());
  EXPECT_EQ(ReasonOf(EnterNode(admission, kRead)), "OVERLOADED");
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(EnterNode(admission, kCommand).ok());
  EXPECT_EQ(ReasonOf(EnterNode(admission, kCommand)), "OVERLOADED");
  EXPECT_TRUE(EnterNode(admission, kWatch).ok()) << "has a limit of its own";
}

TEST_F(AdmissionTest, AnOverloadedNodeRefusesReadsAndNotCommandsOrWatches) {
  Admission& admission = Limit({});
  absl::Time now = absl::UnixEpoch();
  for (int i = 0; i < 100; ++i) {
    for (uint64_t call = 0; call <= Overload::kFewCalls; ++call) overload_.Sheds();
    overload_.Observe(absl::Seconds(1), now += Overload::kInterval);
  }
  int refused = 0;
  for (int i = 0; i < 1'000; ++i) {
    refused += EnterNode(admission, kRead).ok() ? 0 : 1;
    EXPECT_TRUE(EnterNode(admission, kCommand).ok());
    EXPECT_TRUE(EnterNode(admission, kWatch).ok());
    permits_.clear();
  }
  EXPECT_GT(refused, 900);
  EXPECT_LT(refused, 1'000);
  EXPECT_EQ(admission.shed(), refused);
}

TEST_F(AdmissionTest, APrincipalHasSoManyCallsUnderWayAndOthersAreNotTouched) {
  Admission& admission = Limit({.principal_calls = 2});
  EXPECT_TRUE(EnterAccount(admission, "a").ok());
  EXPECT_TRUE(EnterAccount(admission, "a").ok());
  const absl::Status refused = EnterAccount(admission, "a");
  EXPECT_EQ(ReasonOf(refused), "PRINCIPAL_LIMIT");
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(refused, domain::kErrorInfoUrl).metadata().at("limit"), "2");
  EXPECT_TRUE(EnterAccount(admission, "b").ok());
  EXPECT_TRUE(EnterAccount(admission, "a", kWatch).ok()) << "a watch is no call under way";
  permits_[1].Return();
  EXPECT_TRUE(EnterAccount(admission, "a").ok());
  EXPECT_FALSE(EnterAccount(admission, "a").ok());
}

TEST_F(AdmissionTest, APrincipalCallsAsOftenInASecondAsItMay) {
  Admission& admission = Limit({.principal_calls_per_second = 4});
  const auto call = [&] {
    const absl::Status status = EnterAccount(admission, "a");
    permits_.clear();
    return status;
  };
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(call().ok()) << "a quiet second's worth at once";
  EXPECT_EQ(ReasonOf(call()), "PRINCIPAL_LIMIT");
  clock_.Advance(absl::Milliseconds(240));
  EXPECT_FALSE(call().ok());
  clock_.Advance(absl::Milliseconds(20));
  EXPECT_TRUE(call().ok()) << "what was refused cost nothing";
  EXPECT_FALSE(call().ok());
  clock_.Advance(-absl::Hours(1));
  EXPECT_FALSE(call().ok()) << "a clock that goes back fills nothing";
  clock_.Advance(absl::Milliseconds(510));
  EXPECT_TRUE(call().ok());
  EXPECT_TRUE(call().ok());
  EXPECT_FALSE(call().ok());
  clock_.Advance(absl::Hours(1));
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(call().ok()) << "and never more";
  EXPECT_EQ(ReasonOf(EnterAccount(admission, "a", kWatch)), "PRINCIPAL_LIMIT")
      << "a watch that begins counts";
}

TEST_F(AdmissionTest, TheWaitIsAsLongAsTheBucketTakes) {
  Admission& admission = Limit({.principal_calls_per_second = 1});
  EXPECT_TRUE(EnterAccount(admission, "a").ok());
  const auto info =
      DetailOf<google::rpc::RetryInfo>(EnterAccount(admission, "a"), domain::kRetryInfoUrl).retry_delay();
  EXPECT_EQ(info.seconds(), 1);
}

TEST_F(AdmissionTest, WhoIsIdleIsForgottenAndWhoIsNotIsKept) {
  Admission& admission = Limit({.principal_calls = 1, .principal_calls_per_second = 1});
  EXPECT_TRUE(EnterAccount(admission, "busy").ok());
  size_t most = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    // Each from an address of its own, 1,000 in a second.
    if (i % 1'000 == 0) clock_.Advance(absl::Seconds(1));
    Admission::Permit permit;
    ASSERT_TRUE(admission.EnterAccount(kRead, StrCat("@", i), permit).ok());
    if (i % 1'000 == 0) most = std::max(most, admission.accounts());
  }
  EXPECT_LE(most, 10'000u);
  EXPECT_EQ(ReasonOf(EnterAccount(admission, "busy")), "PRINCIPAL_LIMIT") << "its call is still under way";
}

}  // namespace
}  // namespace chengxin::server
