// A SecureOffice in which the law takes its course: the deployed catalogue, fresh sources, and everybody who
// acts, each with a token of its own. Its clock is simulated, stands on 2024-03-04, a Monday, and moves when
// the administrator moves it.
#ifndef CHENGXIN_TESTS_ACCESS_LAW_OFFICE_H_
#define CHENGXIN_TESTS_ACCESS_LAW_OFFICE_H_

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "chengxin/v1/admin_service.grpc.pb.h"
#include "chengxin/v1/audit_service.grpc.pb.h"
#include "chengxin/v1/award_service.grpc.pb.h"
#include "chengxin/v1/case_service.grpc.pb.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "chengxin/v1/record_service.grpc.pb.h"
#include "tests/access/secure_office.h"
#include "tests/support/documents.h"
#include "tests/support/error_details.h"
#include "tests/support/world.h"

namespace chengxin {

using Admin = v1::AdminService::Stub;
using Audits = v1::AuditService::Stub;
using Awards = v1::AwardService::Stub;
using Cases = v1::CaseService::Stub;
using Eligibility = v1::EligibilityService::Stub;
using Listings = v1::ListingService::Stub;
using Organizations = v1::OrganizationService::Stub;
using Records = v1::RecordService::Stub;

// Who acts, by role and what it is bound to; the public brings no token.
inline constexpr std::string_view kPublic = "public";
inline constexpr std::string_view kAdministrator = "admin";
inline constexpr std::string_view kAuditor = "audit";
inline constexpr std::string_view kWuhua =
    "civil-affairs:authorities/km-wuhua";  // registers all organizations
inline constexpr std::string_view kPanlong = "civil-affairs:authorities/km-panlong";
inline constexpr std::string_view kKunming = "civil-affairs:authorities/km";  // above both
inline constexpr std::string_view kCulture = "purchaser:purchasers/km-culture";
inline constexpr std::string_view kHealth = "purchaser:purchasers/km-health";
inline constexpr std::string_view kAgency = "agency:purchasers/km-agency";      // entrusted by 文化
inline constexpr std::string_view kOtherAgency = "agency:purchasers/km-other";  // entrusted by 卫生
inline constexpr std::string_view kRegister = "sync:sources/registry-kunming";
inline constexpr std::string_view kRecordsJob = "sync:sources/credit-records";
// Of 五华区 too: who takes complaints in, and a second officer to decide with the first.
inline constexpr std::string_view kWuhuaIntake = "wuhua-intake";
inline constexpr std::string_view kWuhuaSecond = "wuhua-second";

inline constexpr int64_t kFiftyThousandYuan = 5'000'000;  // fen

// What everybody in the office writes into the fields that are annotated personal or internal: found
// nowhere else.
inline constexpr std::string_view kMarker = "SEALED-QXZ";

// What a call was answered.
template <typename Response>
struct Told {
  grpc::Status status;
  Response response;
};

// The successful answer, or a failed test.
template <typename Response>
const Response& Expect(const Told<Response>& told) {
  EXPECT_TRUE(told.status.ok()) << told.status.error_code() << ": " << told.status.error_message();
  return told.response;
}

class LawOffice {
 public:
  LawOffice();

  SecureOffice& secure() { return secure_; }
  Documents& documents() { return documents_; }

  // -- time
  absl::Time now() const { return now_; }
  domain::CivilDay today() const;
  // Moves the clock, lets what falls due happen, and reads the sources again.
  void Advance(absl::Duration by);

  // -- asking
  template <typename Stub, typename Request, typename Response>
  Told<Response> Ask(std::string_view who,
                     grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                     const Request& request) {
    Told<Response> told;
    told.status = (StubOf<Stub>().*method)(Asking(TokenOf(who)).get(), request, &told.response);
    Hear(who, told.status, told.response);
    return told;
  }
  // A move of what has a name and an etag, with a request id of its own.
  template <typename Stub, typename Request, typename Response, typename Resource>
  Told<Response> Move(std::string_view who,
                      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      const Resource& resource, Request request = {}) {
    request.set_name(resource.name());
    request.set_etag(resource.etag());
    request.set_request_id(NextRequestId());
    return Ask(who, method, request);
  }
  // Reads a stream until it ends or `goes_on` says no; how it ended, OK where it was left.
  template <typename Stub, typename Request, typename Response>
  grpc::Status Read(std::string_view who,
                    std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                                  const Request&),
                    const Request& request, const std::function<bool(const Response&)>& goes_on) {
    const auto context = Asking(TokenOf(who));
    const auto reader = (StubOf<Stub>().*method)(context.get(), request);
    Response response;
    bool left = false;
    while (!left && reader->Read(&response)) {
      Hear(who, grpc::Status::OK, response);
      left = !goes_on(response);
    }
    if (left) context->TryCancel();
    const grpc::Status status = reader->Finish();
    Hear(who, status, Response());
    return left ? grpc::Status::OK : status;
  }
  // Sends one batch of an import.
  template <typename Stub, typename Request, typename Response>
  Told<Response> Send(
      std::string_view who,
      std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> (Stub::*method)(grpc::ClientContext*),
      const Request& request) {
    const auto context = Asking(TokenOf(who));
    const auto stream = (StubOf<Stub>().*method)(context.get());
    Told<Response> told;
    stream->Write(request);
    stream->WritesDone();
    stream->Read(&told.response);
    told.status = stream->Finish();
    Hear(who, told.status, told.response);
    return told;
  }
  // Of one of the cast above, or of an organization: "organization:{code}" of one that was registered.
  const std::string& TokenOf(std::string_view who) const;
  // Everything that anybody was told, errors included.
  struct Heard {
    std::string who;
    std::string type;  // of the message
    std::string bytes;
  };
  const std::vector<Heard>& heard() const { return heard_; }
  // Who of them was told what is sealed though it is not his to see, and in which message: nobody. 五华区
  // sees it, and an organization what it handed in itself.
  std::vector<std::string> Leaks() const;
  // From now on decisions of cases need two officers, or one.
  void AskForTwoOfficers(bool two);
  std::string NextRequestId() { return "request-" + std::to_string(++requests_); }
  std::string Today() const { return today().ToString(); }

  // -- steps that succeed; what is sealed holds kMarker
  // Organizations of 五华区, each new; its code.
  std::string Register();
  v1::ImportOrganizationsRequest RegisterRows(const std::vector<v1::Organization>& rows);
  // One that is in no register yet.
  v1::Organization NewOrganization();
  // Whoever certifies does so for 文化, in a project of the organization's.
  v1::CertifyRequest CertificateOn(const std::string& code, v1::QueryPurpose purpose);
  v1::Receipt Certify(std::string_view who, const std::string& code,
                      v1::QueryPurpose purpose = v1::QUERY_PURPOSE_AWARD);
  v1::CreateAwardRequest AwardOn(const v1::Receipt& receipt);
  v1::Award Award(const std::string& code);
  // A report by the purchaser or, on an award, its agency.
  v1::OpenCaseRequest ReportOn(const std::string& code, const std::string& award = "");
  v1::OpenCaseRequest OwnCaseOn(const std::string& code, v1::CaseOrigin origin);
  v1::Case Report(const std::string& code);
  v1::Case Accept(const v1::Case& found);
  v1::Case ServeNotice(const v1::Case& found, std::string_view ground);
  v1::Case Waive(const v1::Case& found);
  v1::Case ReadyToDecide(const std::string& code, std::string_view ground);
  v1::CreateRecordRequest PenaltyOn(const std::string& code, int64_t fine_fen, std::string_view ground);
  // With the listing it led to.
  v1::CreateRecordResponse Penalize(const std::string& code, int64_t fine_fen, std::string_view ground);
  // A record of a source.
  v1::ImportRecordsRequest DeliveryOn(const std::string& code);
  v1::CreditRecord Deliver(const std::string& code);
  v1::FileApplicationRequest ApplicationOn(v1::ApplicationKind kind, const std::string& item);
  v1::Application File(v1::ApplicationKind kind, const std::string& code, const std::string& item);
  v1::Application Accept(const v1::Application& application);
  v1::AnswerApplicationRequest AnswerOn();

  static std::string OwnerOf(const std::string& code) { return "organization:" + code; }

 private:
  template <typename Stub>
  Stub& StubOf() {
    return *std::get<std::unique_ptr<Stub>>(stubs_);
  }
  void Enrol(std::string_view who, std::string_view alias = "", std::string_view entrustment = "");
  void EnrolCast();
  void ReadSources();
  void Hear(std::string_view who, const grpc::Status& status, const google::protobuf::Message& response);

  SecureOffice secure_;
  absl::Time now_;
  Documents documents_{[this] { return today(); }};
  std::map<std::string, std::string, std::less<>> tokens_;
  std::tuple<std::unique_ptr<Admin>, std::unique_ptr<Audits>, std::unique_ptr<Awards>, std::unique_ptr<Cases>,
             std::unique_ptr<Eligibility>, std::unique_ptr<Listings>, std::unique_ptr<Organizations>,
             std::unique_ptr<Records>>
      stubs_;
  std::vector<v1::Source> sources_;
  std::vector<Heard> heard_;
  int requests_ = 0;
  int organizations_ = 0;
  int decisions_ = 0;
  int catalogues_ = 0;
};

// kMarker and what it stands for.
std::string Marked(std::string_view what);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_ACCESS_LAW_OFFICE_H_
