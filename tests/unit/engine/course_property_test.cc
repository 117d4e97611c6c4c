// Any course of commands, valid or not, with years passing in between, keeps what must always hold: an
// organization is on a list exactly where an entry in force says so, nothing that has ended or is displayed
// no more is public, no due is lost, and folding the log again gives the stored state byte by byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/dues.h"
#include "domain/timestamps.h"
#include "storage/store.h"
#include "tests/support/bureau.h"
#include "tests/support/catalogue_files.h"
#include "tests/support/world.h"

namespace chengxin::engine {
namespace {

constexpr int kOrganizations = 6;
constexpr int kLoadedThrough = 2034;

v1::Evidence EvidenceOf(std::string_view title) {
  v1::Evidence evidence;
  evidence.set_sha256(std::string(64, 'a'));
  evidence.set_title(std::string(title));
  return evidence;
}

v1::Principal Purchaser() {
  v1::Principal principal;
  principal.set_subject("clerk-of-wuhua-edu");
  principal.set_role(v1::ROLE_PURCHASER);
  principal.set_unit("purchasers/wuhua-edu");
  return principal;
}

// Rule 40: an order suspends what was decided by its day.
bool IsSuspended(const v1::Listing& listing, const v1::ListingGround& ground) {
  return std::any_of(listing.reviews().begin(), listing.reviews().end(), [&](const v1::ReviewMark& review) {
    return !review.suspended_on().empty() && review.suspension_ended_on().empty() &&
           ground.decision().decided_on() <= review.suspended_on();
  });
}

bool HoldsAt(const v1::ListingGround& ground, absl::Time now) {
  return domain::TimeOf(ground.effective_from()) <= now && !ground.has_withdrawn();
}

// The oracle of membership: what the entries themselves say.
bool IsInForce(const v1::Listing& listing, absl::Time now) {
  return listing.state() == v1::LISTING_STATE_LISTED &&
         std::any_of(listing.grounds().begin(), listing.grounds().end(),
                     [&](const v1::ListingGround& ground) {
                       return HoldsAt(ground, now) && !IsSuspended(listing, ground);
                     });
}

std::string DueKey(const log::v1::Due& due) { return domain::RequestIdOf(due); }

class Course {
 public:
  explicit Course(uint32_t seed) : random_(seed) {
    // Years beyond the published calendars, so that periods in working days run on.
    v1::ActivateCatalogueRequest request;
    *request.mutable_catalogue() = LoadDeployedCatalogue();
    std::set<int> loaded;
    for (const v1::CalendarYear& year : request.catalogue().calendar()) loaded.insert(year.year());
    for (int year = 2026; year <= kLoadedThrough; ++year) {
      if (!loaded.contains(year)) request.mutable_catalogue()->add_calendar()->set_year(year);
    }
    request.mutable_catalogue()->set_version("course");
    request.set_request_id(world_.NextRequestId());
    EXPECT_TRUE(world_.engine().SubmitAndWait(World::Admin(), std::move(request)).ok());
    for (int number = 1; number <= kOrganizations; ++number) world_.Register(number);
  }

  void Run(int steps) {
    for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
      SCOPED_TRACE(testing::Message() << "step " << step);
      Step();
      if (step % 10 == 9) CheckAll();
    }
    CheckAll();
    world_.Close();
    const absl::Status verified = storage::Verify({.folder = world_.folder() + "/data"},
                                                  world_.folder() + "/scratch", [](uint64_t, uint64_t) {});
    EXPECT_TRUE(verified.ok()) << verified;
  }

  // How often each kind of command was taken, and how often refused.
  const std::map<std::string, int>& taken() const { return taken_; }
  int refused() const { return refused_; }
  int64_t dues() const { return dues_; }

 private:
  int Pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  bool Chance(int percent) { return Pick(100) < percent; }
  domain::Uscc SomeCode() { return World::CodeOf(1 + Pick(kOrganizations)); }
  std::string Today() { return domain::DayOf(world_.now()).ToString(); }

  template <typename Resource>
  std::optional<Resource> SomeOf(const std::vector<Resource>& resources) {
    if (resources.empty()) return std::nullopt;
    return resources[static_cast<size_t>(Pick(static_cast<int>(resources.size())))];
  }

  std::vector<v1::Listing> Listings() {
    std::vector<v1::Listing> listings;
    EXPECT_TRUE(world_.engine()
                    .store()
                    .ScanListings(std::nullopt, storage::kNewest,
                                  [&](v1::Listing listing) {
                                    listings.push_back(std::move(listing));
                                    return true;
                                  })
                    .ok());
    return listings;
  }
  std::vector<v1::Case> Cases(bool only_open) {
    std::vector<v1::Case> cases;
    EXPECT_TRUE(world_.engine()
                    .store()
                    .ScanCases(storage::Party::Authority("km-wuhua"), std::nullopt, only_open,
                               storage::kNewest, storage::Sealed::kLeaveOut,
                               [&](v1::Case one) {
                                 cases.push_back(std::move(one));
                                 return true;
                               })
                    .ok());
    return cases;
  }
  std::vector<v1::Application> Applications() {
    std::vector<v1::Application> applications;
    EXPECT_TRUE(world_.engine()
                    .store()
                    .ScanApplications(storage::Party::Authority("km-wuhua"), std::nullopt,
                                      /*only_open=*/false, storage::kNewest, storage::Sealed::kLeaveOut,
                                      [&](v1::Application one) {
                                        applications.push_back(std::move(one));
                                        return true;
                                      })
                    .ok());
    return applications;
  }
  std::vector<v1::CreditRecord> Records(const domain::Uscc& code) {
    std::vector<v1::CreditRecord> records;
    EXPECT_TRUE(world_.engine()
                    .store()
                    .ScanRecords(code.ToString(), std::nullopt, storage::kNewest, storage::Sealed::kLeaveOut,
                                 [&](v1::CreditRecord record) {
                                   records.push_back(std::move(record));
                                   return true;
                                 })
                    .ok());
    return records;
  }

  void Submit(const v1::Principal& principal, domain::Command command) {
    const std::string kind(domain::KindOf(command));
    const auto done = world_.engine().SubmitAndWait(principal, std::move(command));
    if (done.ok()) {
      ++taken_[kind.substr(kind.find('/') + 1)];
      return;
    }
    ++refused_;
    // A refusal is a refusal, never a fault of the platform.
    EXPECT_THAT(done.status().code(),
                testing::AnyOf(absl::StatusCode::kFailedPrecondition, absl::StatusCode::kInvalidArgument,
                               absl::StatusCode::kPermissionDenied, absl::StatusCode::kAborted,
                               absl::StatusCode::kNotFound))
        << kind << ": " << done.status();
  }

  void Step() {
    switch (Pick(12)) {
      case 0:
        return Penalize();
      case 1:
        return OpenCase();
      case 2:
      case 3:
      case 4:
        return MoveCase();
      case 5:
        return FileApplication();
      case 6:
      case 7:
        return MoveApplication();
      case 8:
        return Withdraw();
      case 9:
        return NoteReview();
      case 10:
        return PassTime();
      default:
        if (Chance(30)) world_.Restart();
    }
  }

  void Penalize() {
    static constexpr std::string_view kGrounds[] = {"", "ABN-05", "SER-04", "SER-05", "ABN-06"};
    const int64_t fine = Chance(50) ? kSmallFine : kBorderFine;
    Submit(World::Wuhua(), world_.PenaltyRequest(SomeCode(), fine, kGrounds[Pick(5)], Today()));
  }

  void OpenCase() {
    v1::OpenCaseRequest request;
    request.set_organization_code(SomeCode().ToString());
    request.set_request_id(world_.NextRequestId());
    v1::Case& content = *request.mutable_case_();
    content.set_conduct(Chance(90) ? "subcontracting" : "no-such-conduct");
    content.set_conduct_on(Today());
    content.set_facts("将项目整体转包给另一机构");
    *content.add_evidence() = EvidenceOf("转包协议");
    if (Chance(50)) {
      request.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
      content.set_contract("WH-2026-017");
      return Submit(Purchaser(), std::move(request));
    }
    request.set_origin(v1::CASE_ORIGIN_AUTHORITY);
    content.set_proposed_ground("ABN-06");
    // Whoever opens it does not decide it (rule 18).
    v1::Principal intake = World::Wuhua();
    intake.set_subject("intake-of-wuhua");
    Submit(intake, std::move(request));
  }

  template <typename Request, typename Resource>
  Request MoveOf(const Resource& resource) {
    Request request;
    request.set_name(resource.name());
    request.set_etag(Chance(95) ? resource.etag() : "r1");
    request.set_request_id(world_.NextRequestId());
    return request;
  }

  v1::Service ServedToday() {
    v1::Service service;
    service.set_method(v1::SERVICE_METHOD_DIRECT);
    service.set_served_on(Today());
    *service.mutable_proof() = EvidenceOf("送达回证");
    return service;
  }

  void FillNotice(std::string_view ground, v1::CaseNotice& notice) {
    notice.set_number(StrCat("五民告", ++documents_, "号"));
    notice.set_ground(std::string(ground));
    notice.set_facts("经两次邮寄专用信函无人签收");
    notice.set_reasons("符合列入情形");
    notice.set_basis("《社会组织信用信息管理办法》第十一条");
    notice.set_rights("可在10个工作日内书面陈述、申辩");
    *notice.mutable_service() = ServedToday();
  }

  void MoveCase() {
    const std::optional<v1::Case> found = SomeOf(Cases(/*only_open=*/Chance(90)));
    if (!found.has_value()) return;
    switch (Pick(6)) {
      case 0:
        return Submit(World::Wuhua(), MoveOf<v1::AcceptCaseRequest>(*found));
      case 1: {
        auto request = MoveOf<v1::DismissCaseRequest>(*found);
        request.set_reason("属于合同纠纷");
        if (Chance(80)) return;  // Most cases are to go on.
        return Submit(World::Wuhua(), std::move(request));
      }
      case 2: {
        auto request = MoveOf<v1::ServeNoticeRequest>(*found);
        const std::string& proposed = found->proposed_ground();
        FillNotice(proposed.empty() ? "ABN-06" : proposed, *request.mutable_notice());
        return Submit(World::Wuhua(), std::move(request));
      }
      case 3: {
        auto request = MoveOf<v1::RecordStatementRequest>(*found);
        request.mutable_statement()->set_received_on(Today());
        request.mutable_statement()->set_waived(true);
        *request.mutable_statement()->add_evidence() = EvidenceOf("放弃陈述申辩声明");
        return Submit(World::Wuhua(), std::move(request));
      }
      default:
        return DecideCase(*found);
    }
  }

  void DecideCase(const v1::Case& found) {
    static constexpr v1::CaseFinding kFindings[] = {v1::CASE_FINDING_LISTED,
                                                    v1::CASE_FINDING_LISTED,
                                                    v1::CASE_FINDING_LISTED,
                                                    v1::CASE_FINDING_SUBSTANTIATED,
                                                    v1::CASE_FINDING_NOT_SUBSTANTIATED,
                                                    v1::CASE_FINDING_NO_MEASURE};
    auto request = MoveOf<v1::DecideCaseRequest>(found);
    request.set_deciding_officer("经办人甲");
    v1::CaseDecision& decision = *request.mutable_decision();
    decision.set_finding(kFindings[Pick(6)]);
    decision.set_number(StrCat("五民决", ++documents_, "号"));
    decision.set_decided_on(Today());
    decision.set_facts("经核实");
    decision.set_basis("《社会组织信用信息管理办法》");
    *decision.mutable_service() = ServedToday();
    if (decision.finding() == v1::CASE_FINDING_LISTED) {
      decision.set_ground(found.notice().ground().empty() ? found.proposed_ground()
                                                          : found.notice().ground());
      decision.set_repair_notice_served(true);
      decision.set_duty_outstanding(Chance(50));
    }
    if (decision.finding() == v1::CASE_FINDING_SUBSTANTIATED) {
      decision.set_considered_until((domain::DayOf(world_.now()) + 365).ToString());
    }
    Submit(World::Wuhua(), std::move(request));
  }

  void FileApplication() {
    static constexpr v1::ApplicationKind kKinds[] = {
        v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_KIND_OBJECTION};
    const std::optional<v1::Listing> item = SomeOf(Listings());
    if (!item.has_value()) return;
    v1::FileApplicationRequest request;
    request.set_request_id(world_.NextRequestId());
    v1::Application& application = *request.mutable_application();
    application.set_kind(kKinds[Pick(3)]);
    application.set_item(item->name());
    application.set_reasons("已完成整改");
    *application.add_proofs() = EvidenceOf("整改报告");
    if (application.kind() == v1::APPLICATION_KIND_REPAIR && Chance(90)) {
      *application.mutable_commitment() = EvidenceOf("信用承诺书");
    }
    application.set_received_on(Today());
    Submit(World::Wuhua(), std::move(request));
  }

  void MoveApplication() {
    const std::optional<v1::Application> found = SomeOf(Applications());
    if (!found.has_value()) return;
    switch (Pick(5)) {
      case 0:
      case 1:
        return Submit(World::Wuhua(), MoveOf<v1::AcceptApplicationRequest>(*found));
      case 2: {
        auto request = MoveOf<v1::RevokeRepairRequest>(*found);
        request.set_reasons("提交的整改报告系伪造");
        *request.add_evidence() = EvidenceOf("核查笔录");
        FillNotice("", *request.mutable_notice());
        return Submit(World::Wuhua(), std::move(request));
      }
      default: {
        auto request = MoveOf<v1::AnswerApplicationRequest>(*found);
        request.set_granted(Chance(80));
        request.set_number(StrCat("五民复", ++documents_, "号"));
        request.set_answer("经核实");
        if (request.granted() && found->kind() != v1::APPLICATION_KIND_OBJECTION) {
          request.set_verified_on(Today());
        }
        request.set_deciding_officer("经办人甲");
        return Submit(World::Wuhua(), std::move(request));
      }
    }
  }

  void Withdraw() {
    const std::optional<v1::CreditRecord> record = SomeOf(Records(SomeCode()));
    if (!record.has_value()) return;
    auto request = MoveOf<v1::WithdrawRecordRequest>(*record);
    v1::RecordWithdrawal& withdrawal = *request.mutable_withdrawal();
    withdrawal.set_reason("处罚决定被撤销");
    withdrawal.set_basis("行政处罚法第四十八条");
    withdrawal.set_decided_on(Today());
    Submit(World::Wuhua(), std::move(request));
  }

  void NoteReview() {
    const std::optional<v1::Listing> item = SomeOf(Listings());
    if (!item.has_value()) return;
    v1::NoteReviewRequest request;
    request.set_item(item->name());
    request.set_etag(item->etag());
    request.set_request_id(world_.NextRequestId());
    v1::ReviewMark& review = *request.mutable_review();
    review.set_kind(v1::REVIEW_KIND_LITIGATION);
    review.set_number("行初1号");
    review.set_organ("昆明铁路运输法院");
    const bool known = item->reviews_size() > 0;
    review.set_since(known ? item->reviews(0).since() : Today());
    if (known) review.set_suspended_on(item->reviews(0).suspended_on());
    if (!known && Chance(60)) review.set_suspended_on(Today());
    if (known && Chance(70)) {
      if (!review.suspended_on().empty()) review.set_suspension_ended_on(Today());
      review.set_ended_on(Today());
    }
    Submit(World::Wuhua(), std::move(request));
  }

  void PassTime() {
    static constexpr int kDays[] = {1, 3, 20, 200, 400};
    const absl::Time to = world_.now() + absl::Hours(24 * kDays[Pick(5)]);
    if (domain::DayOf(to).year() > kLoadedThrough - 1) return;
    const auto advance = world_.engine().AdvanceClockAndWait(to);
    ASSERT_TRUE(advance.ok()) << advance.status();
    dues_ += advance->dues;
  }

  void CheckAll() {
    CheckMembership();
    CheckPublic();
    CheckDues();
  }

  // On a list, to whoever asks, exactly where an entry in force exists.
  void CheckMembership() {
    std::map<std::string, std::set<v1::ListKind>> on;
    for (const v1::Listing& listing : Listings()) {
      if (IsInForce(listing, world_.now())) on[listing.organization_code()].insert(listing.list());
    }
    for (int number = 1; number <= kOrganizations; ++number) {
      const domain::Uscc code = World::CodeOf(number);
      const auto answer = world_.Check(code);
      ASSERT_TRUE(answer.ok()) << answer.status();
      const auto has = [&](v1::ReasonCode reason) {
        return std::find(answer->reasons().begin(), answer->reasons().end(), reason) !=
               answer->reasons().end();
      };
      const std::set<v1::ListKind>& lists = on[code.ToString()];
      EXPECT_EQ(has(v1::REASON_CODE_SEVERE_LIST), lists.contains(v1::LIST_KIND_SEVERE)) << code.ToString();
      EXPECT_EQ(has(v1::REASON_CODE_ABNORMAL_LIST), lists.contains(v1::LIST_KIND_ABNORMAL))
          << code.ToString();
      if (lists.contains(v1::LIST_KIND_SEVERE)) {
        EXPECT_EQ(answer->verdict(), v1::VERDICT_INELIGIBLE);
      }
    }
  }

  // Rules 35, 36: what a follower is given is what is listed and displayed, and nothing else.
  void CheckPublic() {
    std::set<std::string> expected;
    int64_t in_force = 0, shown = 0;
    for (const v1::Listing& listing : Listings()) {
      if (listing.state() != v1::LISTING_STATE_LISTED) continue;
      ++in_force;
      if (listing.display_ended()) continue;
      expected.insert(listing.name());
      if (!listing.has_display_until() || world_.now() < domain::TimeOf(listing.display_until())) ++shown;
    }
    const EngineStats stats = world_.engine().Stats();
    EXPECT_EQ(stats.abnormal_listings + stats.severe_listings, in_force);
    EXPECT_EQ(stats.published_abnormal_listings + stats.published_severe_listings, shown);
    std::set<std::string> published;
    Feed::StateCursor cursor;
    while (!cursor.done) {
      const auto batch = world_.engine().feed().ReadState({}, 100, cursor);
      ASSERT_TRUE(batch.ok()) << batch.status();
      for (const auto& event : batch->events) {
        v1::WatchListingsResponse message;
        ASSERT_TRUE(message.ParseFromString(event->bytes));
        if (message.kind() == v1::WATCH_EVENT_KIND_STATE) published.insert(message.listing().name());
      }
    }
    EXPECT_EQ(published, expected);
  }

  // The dues that are kept are those of the resources as they are.
  void CheckDues() {
    std::set<std::string> expected;
    for (const v1::Listing& listing : Listings()) {
      log::v1::Event event;
      *event.mutable_listing()->mutable_listing() = listing;
      for (const log::v1::Due& due : domain::DuesOf(event)) expected.insert(DueKey(due));
    }
    for (const v1::Case& one : Cases(/*only_open=*/false)) {
      log::v1::Event event;
      *event.mutable_case_() = one;
      for (const log::v1::Due& due : domain::DuesOf(event)) expected.insert(DueKey(due));
    }
    std::set<std::string> kept;
    ASSERT_TRUE(world_.engine()
                    .store()
                    .ScanDues(std::nullopt, absl::InfiniteFuture(),
                              [&](log::v1::Due due) {
                                kept.insert(DueKey(due));
                                return true;
                              })
                    .ok());
    EXPECT_EQ(kept, expected);
  }

  std::mt19937 random_;
  World world_{World::Simulated{}};
  std::map<std::string, int> taken_;
  int refused_ = 0;
  int64_t dues_ = 0;
  int documents_ = 0;
};

TEST(CourseProperty, AnyCourseOfCommandsKeepsWhatMustHold) {
  const uint32_t first = std::random_device{}();
  std::map<std::string, int> taken;
  int refused = 0;
  int64_t dues = 0;
  for (uint32_t seed : {1u, 2u, first}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Course course(seed);
    course.Run(400);
    if (testing::Test::HasFailure()) return;
    for (const auto& [kind, count] : course.taken()) taken[kind] += count;
    refused += course.refused();
    dues += course.dues();
  }
  // It went through the law's course, and was refused on the way.
  for (const char* kind :
       {"CreateRecord", "OpenCase", "ServeNotice", "RecordStatement", "DecideCase", "FileApplication",
        "AcceptApplication", "AnswerApplication", "WithdrawRecord", "NoteReview"}) {
    EXPECT_GT(taken[kind], 0) << kind;
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(dues, 0);
}

}  // namespace
}  // namespace chengxin::engine
