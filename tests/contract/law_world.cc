#include "tests/contract/law_world.h"

#include <memory>
#include <utility>

#include "base/strings.h"
#include "domain/dues.h"
#include "domain/timestamps.h"

namespace chengxin {

LawContract::LawContract(domain::CivilDay first_day) : served_(World::Empty{}) {
  GoTo(first_day);
  EXPECT_TRUE(world_.ActivateCatalogue().ok());
  world_.RefreshSources();
}

void LawContract::GoTo(domain::CivilDay day) {
  world_.clock().Set(domain::StartOfDay(day) + absl::Hours(10));
}
void LawContract::GoToEndOf(domain::CivilDay day) {
  world_.clock().Set(domain::EndOfDay(day) - absl::Nanoseconds(1));
}
void LawContract::GoToStartOf(domain::CivilDay day) { world_.clock().Set(domain::StartOfDay(day)); }

int LawContract::LetDuesHappen() {
  std::vector<log::v1::Due> dues;
  const absl::Status scanned =
      served_.engine().store().ScanDues(std::nullopt, world_.clock().Now(), [&dues](log::v1::Due due) {
        dues.push_back(std::move(due));
        return true;
      });
  EXPECT_TRUE(scanned.ok()) << scanned;
  v1::Principal platform;
  platform.set_subject("system");
  int happened = 0;
  for (const log::v1::Due& due : dues) {
    log::v1::LetDueHappen command;
    command.set_request_id(domain::RequestIdOf(due));
    *command.mutable_due() = due;
    const auto done = served_.engine().SubmitAndWait(platform, std::move(command));
    EXPECT_TRUE(done.ok()) << done.status();
    if (done.ok() && done->changed) ++happened;
  }
  return happened;
}

v1::OpenCaseRequest LawContract::ReportOn(int number) {
  v1::OpenCaseRequest request = documents_.ReportOn(World::CodeOf(number).ToString());
  request.set_request_id(world_.NextRequestId());
  return request;
}

v1::FileApplicationRequest LawContract::ApplicationOn(v1::ApplicationKind kind, const std::string& item) {
  v1::FileApplicationRequest request = documents_.ApplicationOn(kind, item);
  request.set_request_id(world_.NextRequestId());
  return request;
}

v1::Case LawContract::Report(int number) {
  return Expect(Ask(kCulture, &Cases::OpenCase, ReportOn(number))).case_();
}

v1::Case LawContract::Accept(const v1::Case& found) {
  return Expect(Move(kWuhua, &Cases::AcceptCase, found)).case_();
}

v1::Case LawContract::ServeNotice(const v1::Case& found, std::string_view ground) {
  v1::ServeNoticeRequest request;
  *request.mutable_notice() = NoticeOn(ground);
  return Expect(Move(kWuhua, &Cases::ServeNotice, found, request)).case_();
}

v1::Case LawContract::Waive(const v1::Case& found) {
  v1::RecordStatementRequest request;
  request.mutable_statement()->set_received_on(Today());
  request.mutable_statement()->set_waived(true);
  *request.mutable_statement()->add_evidence() = Proof("放弃陈述申辩声明");
  return Expect(Move(kWuhua, &Cases::RecordStatement, found, request)).case_();
}

v1::Case LawContract::ReadyToDecide(int number, std::string_view ground) {
  return Waive(ServeNotice(Accept(Report(number)), ground));
}

v1::Application LawContract::File(const v1::FileApplicationRequest& request, std::string_view who) {
  return Expect(Ask(who, &Cases::FileApplication, request)).application();
}

v1::Application LawContract::Accept(const v1::Application& application) {
  return Expect(Move(kWuhua, &Cases::AcceptApplication, application)).application();
}

v1::AnswerApplicationResponse LawContract::Grant(const v1::Application& application) {
  v1::AnswerApplicationRequest request;
  request.set_granted(true);
  request.set_number(StrCat("五民复〔2026〕", ++answers_, "号"));
  request.set_answer("经核实，同意");
  request.set_deciding_officer("经办人丙");
  if (application.kind() != v1::APPLICATION_KIND_OBJECTION) request.set_verified_on(Today());
  return Expect(Move(kWuhua, &Cases::AnswerApplication, application, request));
}

v1::Listing LawContract::ListByPenalty(int number, int64_t fine_fen, std::string_view ground) {
  return Expect(ServedWorld::Ask(kWuhua, served_.records(), &v1::RecordService::Stub::CreateRecord,
                                 world_.PenaltyRequest(World::CodeOf(number), fine_fen, ground, Today())))
      .listing();
}

v1::Case LawContract::GetCase(std::string_view who, const std::string& name) {
  v1::GetCaseRequest request;
  request.set_name(name);
  return Expect(Ask(who, &Cases::GetCase, request)).case_();
}

grpc::StatusCode LawContract::CodeOfGetCase(std::string_view who, const std::string& name) {
  v1::GetCaseRequest request;
  request.set_name(name);
  return Ask(who, &Cases::GetCase, request).status.error_code();
}

v1::Listing LawContract::GetListing(std::string_view who, const std::string& name) {
  v1::GetListingRequest request;
  request.set_name(name);
  return Expect(ServedWorld::Ask(who, served_.listings(), &v1::ListingService::Stub::GetListing, request))
      .listing();
}

std::vector<std::string> LawContract::WherePublic(const v1::Listing& listing) {
  using Listings = v1::ListingService::Stub;
  std::vector<std::string> places;
  v1::GetListingRequest get;
  get.set_name(listing.name());
  if (ServedWorld::Ask("public", served_.listings(), &Listings::GetListing, get).ok())
    places.emplace_back("GetListing");
  v1::ListListingsRequest list;
  list.mutable_filter()->set_organization_code(listing.organization_code());
  const auto listed = ServedWorld::Ask("public", served_.listings(), &Listings::ListListings, list);
  for (const v1::Listing& found : Expect(listed).listings())
    if (found.name() == listing.name()) places.emplace_back("ListListings");
  grpc::ClientContext context;
  ServedWorld::SpeakAs("public", context);
  const auto download = served_.listings().DownloadListings(&context, {});
  v1::DownloadListingsResponse part;
  while (download->Read(&part))
    for (const v1::Listing& found : part.listings())
      if (found.name() == listing.name()) places.emplace_back("DownloadListings");
  EXPECT_TRUE(download->Finish().ok());
  v1::GetCreditReportRequest report;
  report.set_organization_code(listing.organization_code());
  const v1::CreditReport answer = Expect(Ask("public", &Records::GetCreditReport, report)).report();
  for (const v1::Listing& found : answer.listings())
    if (found.name() == listing.name()) places.emplace_back("GetCreditReport");
  EXPECT_EQ(answer.archived_listings_size(), 0);
  return places;
}

v1::CreditReport LawContract::ReportOf(std::string_view who, int number) {
  v1::GetCreditReportRequest request;
  request.set_organization_code(World::CodeOf(number).ToString());
  return Expect(Ask(who, &Records::GetCreditReport, request)).report();
}

}  // namespace chengxin
