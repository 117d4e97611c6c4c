// The course of the law over real gRPC: the officers, purchasers and organizations who act in it, and the
// documents they hand in. The day is 2026-11-24, a Tuesday, until a test moves the clock.
#ifndef CHENGXIN_TESTS_CONTRACT_LAW_WORLD_H_
#define CHENGXIN_TESTS_CONTRACT_LAW_WORLD_H_

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "domain/civil_day.h"
#include "tests/contract/served_world.h"
#include "tests/support/documents.h"

namespace chengxin {

inline constexpr std::string_view kWuhua = "civil-affairs:km-wuhua";  // registers all organizations
// Of the same authority: who takes complaints in and opens its cases, and a second officer to decide.
inline constexpr std::string_view kWuhuaIntake = "civil-affairs:km-wuhua@wuhua-intake";
inline constexpr std::string_view kWuhuaSecond = "civil-affairs:km-wuhua@wuhua-second";
inline constexpr std::string_view kPanlong = "civil-affairs:km-panlong";  // another district
inline constexpr std::string_view kKunming = "civil-affairs:km";          // above both
inline constexpr std::string_view kCulture = "purchaser:km-culture";      // reports and buys
inline constexpr std::string_view kHealth = "purchaser:km-health";        // another purchaser
// Entrusted by 文化, with all of its projects.
inline constexpr std::string_view kAgency = "agency:km-agency+purchasers/km-culture";
inline constexpr std::string_view kFinance = "finance:km";
inline constexpr std::string_view kSync = "sync:registry-kunming";

inline constexpr int64_t kFiftyThousandYuan = 5'000'000;  // fen
inline constexpr int64_t kSmallFine = 4'999'999;          // fen

class LawContract : public testing::Test {
 protected:
  using Cases = v1::CaseService::Stub;
  using Awards = v1::AwardService::Stub;
  using Records = v1::RecordService::Stub;
  using Eligibility = v1::EligibilityService::Stub;
  using Organizations = v1::OrganizationService::Stub;

  LawContract() = default;
  // A world that begins on an earlier day, so that years of a loaded calendar follow.
  explicit LawContract(domain::CivilDay first_day);

  // -- time
  std::string Today() { return domain::DayOf(world_.clock().Now()).ToString(); }
  // 10:00 in Shanghai on the day.
  void GoTo(domain::CivilDay day);
  // The last instant of the day, and the first after it.
  void GoToEndOf(domain::CivilDay day);
  void GoToStartOf(domain::CivilDay day);
  // Lets everything that has fallen due happen, in order; answers how much did.
  int LetDuesHappen();

  // -- asking
  template <typename Request, typename Response>
  Answer<Response> Ask(std::string_view who,
                       grpc::Status (Cases::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request) {
    return ServedWorld::Ask(who, served_.cases(), method, request);
  }
  template <typename Request, typename Response>
  Answer<Response> Ask(std::string_view who,
                       grpc::Status (Awards::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request) {
    return ServedWorld::Ask(who, served_.awards(), method, request);
  }
  template <typename Request, typename Response>
  Answer<Response> Ask(std::string_view who,
                       grpc::Status (Records::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request) {
    return ServedWorld::Ask(who, served_.records(), method, request);
  }
  template <typename Request, typename Response>
  Answer<Response> Ask(std::string_view who,
                       grpc::Status (Eligibility::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request) {
    return ServedWorld::Ask(who, served_.eligibility(), method, request);
  }
  template <typename Request, typename Response>
  Answer<Response> Ask(std::string_view who,
                       grpc::Status (Organizations::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request) {
    return ServedWorld::Ask(who, served_.organizations(), method, request);
  }
  // A move of what has a name and an etag: a case, an application, an award.
  template <typename Stub, typename Request, typename Response, typename Resource>
  Answer<Response> Move(std::string_view who,
                        grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                        const Resource& resource, Request request = {}) {
    request.set_name(resource.name());
    request.set_etag(resource.etag());
    request.set_request_id(world_.NextRequestId());
    return Ask(who, method, request);
  }

  // -- documents
  static v1::Evidence Proof(std::string_view title) { return Documents::Proof(title); }
  v1::Service DirectService() { return documents_.DirectService(); }
  v1::OpenCaseRequest ReportOn(int number);
  // A notice on a ground, served directly today; no ground: no listing is intended.
  v1::CaseNotice NoticeOn(std::string_view ground) { return documents_.NoticeOn(ground); }
  // A decision of today with all that rule 23 asks for.
  v1::DecideCaseRequest DecisionOn(v1::CaseFinding finding, std::string_view ground = "") {
    return documents_.DecisionOn(finding, ground);
  }
  v1::FileApplicationRequest ApplicationOn(v1::ApplicationKind kind, const std::string& item);

  // -- steps that succeed
  // A purchaser reports on the organization; the case lies with 五华区.
  v1::Case Report(int number);
  v1::Case Accept(const v1::Case& found);
  v1::Case ServeNotice(const v1::Case& found, std::string_view ground);
  v1::Case Waive(const v1::Case& found);
  // Report, acceptance, notice and waiver: ready to be decided on the ground.
  v1::Case ReadyToDecide(int number, std::string_view ground);
  v1::Application File(const v1::FileApplicationRequest& request, std::string_view who);
  v1::Application Accept(const v1::Application& application);
  v1::AnswerApplicationResponse Grant(const v1::Application& application);
  // Lists by a penalty filed with its decision.
  v1::Listing ListByPenalty(int number, int64_t fine_fen, std::string_view ground);

  // -- what anybody sees
  v1::Case GetCase(std::string_view who, const std::string& name);
  grpc::StatusCode CodeOfGetCase(std::string_view who, const std::string& name);
  v1::Listing GetListing(std::string_view who, const std::string& name);
  // Whether the entry is public anywhere: by itself, on a page, in the download, in the public report.
  std::vector<std::string> WherePublic(const v1::Listing& listing);
  v1::CreditReport ReportOf(std::string_view who, int number);
  v1::Verdict VerdictOf(int number) { return world_.VerdictOf(World::CodeOf(number)); }

  ServedWorld served_;
  World& world_ = served_.world();

 private:
  Documents documents_{[this] { return domain::DayOf(world_.clock().Now()); }};
  int answers_ = 0;
};

// The successful answer, or a failed test.
template <typename Response>
const Response& Expect(const Answer<Response>& answer) {
  EXPECT_TRUE(answer.ok()) << answer.status.error_code() << ": " << answer.status.error_message();
  return answer.response;
}

// Expects a refusal with FAILED_PRECONDITION and the reason.
template <typename Response>
void ExpectRefused(const Answer<Response>& answer, std::string_view reason) {
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION)
      << answer.status.error_message();
  EXPECT_EQ(ReasonOf(answer.status), reason) << answer.status.error_message();
}

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_CONTRACT_LAW_WORLD_H_
