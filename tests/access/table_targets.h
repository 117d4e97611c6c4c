// What every call of the API is made on to walk through the table of access: a target of 五华区's and of
// 文化's, in the state that the call needs, and a request about it that is valid, so that nothing but role
// and scope can refuse it.
#ifndef CHENGXIN_TESTS_ACCESS_TABLE_TARGETS_H_
#define CHENGXIN_TESTS_ACCESS_TABLE_TARGETS_H_

#include <functional>
#include <string>
#include <string_view>

#include "chengxin/v1/principal.pb.h"
#include "server/call_metrics.h"
#include "tests/access/law_office.h"

namespace chengxin {

// What a call on a target came to.
struct Outcome {
  grpc::Status status;
  // Done; or told what only those in whose scope the target lies are told.
  bool done = false;
  // Told what everybody is told of it.
  bool told_public = false;
};

// A command does it or does not.
inline Outcome Done(const grpc::Status& status) { return {.status = status, .done = status.ok()}; }

struct Target {
  // The organization it is of; empty where it is of none.
  std::string code;
  // The source it comes from.
  std::string_view source = kRegister;
  // Makes the call as `who` in a role; reads leave the target as it is, and so does what is refused.
  std::function<Outcome(std::string_view who, v1::Role role)> call;
};

// A fresh target of the method, for a caller of the role that has it in its scope.
Target TargetOf(server::Method method, LawOffice& office, v1::Role role);

// Makes one; table_targets.cc has one for each method.
using MakeTarget = Target (*)(LawOffice& office, v1::Role role);

// A command of its own request id each time.
template <typename Stub, typename Request, typename Response>
Target CommandOn(LawOffice& office, const std::string& code,
                 grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                 Request request) {
  return {.code = code, .call = [&office, method, request](std::string_view who, v1::Role) {
            Request fresh = request;
            fresh.set_request_id(office.NextRequestId());
            return Done(office.Ask(who, method, fresh).status);
          }};
}
// A move of what has a name and an etag.
template <typename Stub, typename Request, typename Response, typename Resource>
Target MoveOf(LawOffice& office, const std::string& code,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              const Resource& resource, Request request = {}) {
  request.set_name(resource.name());
  request.set_etag(resource.etag());
  return CommandOn(office, code, method, std::move(request));
}
// A question that is answered in full or refused.
template <typename Stub, typename Request, typename Response>
Target QuestionOn(LawOffice& office, const std::string& code,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  Request request) {
  return {.code = code, .call = [&office, method, request](std::string_view who, v1::Role) {
            return Done(office.Ask(who, method, request).status);
          }};
}
// A page whose rows are looked through: `read(row, outcome)` for each.
template <typename Stub, typename Request, typename Response, typename Rows, typename Read>
Target PageOn(LawOffice& office, const std::string& code,
              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Request request,
              const Rows& (Response::*rows)() const, Read read) {
  return {.code = code, .call = [&office, method, request, rows, read](std::string_view who, v1::Role) {
            Outcome outcome;
            Request page = request;
            do {
              const Told<Response> told = office.Ask(who, method, page);
              outcome.status = told.status;
              for (const auto& row : (told.response.*rows)()) read(row, outcome);
              page.set_page_token(told.response.next_page_token());
            } while (!page.page_token().empty());
            return outcome;
          }};
}

// -- AdminService, AuditService
Target ActivateCatalogue(LawOffice& office, v1::Role role);
Target GetCatalogue(LawOffice& office, v1::Role role);
Target GetStatus(LawOffice& office, v1::Role role);
Target AdvanceClock(LawOffice& office, v1::Role role);
Target ListAuditEntries(LawOffice& office, v1::Role role);
Target ExportAuditEntries(LawOffice& office, v1::Role role);
// -- AwardService
Target CreateAward(LawOffice& office, v1::Role role);
Target RenewAward(LawOffice& office, v1::Role role);
Target CloseAward(LawOffice& office, v1::Role role);
Target GetAward(LawOffice& office, v1::Role role);
Target ListAwards(LawOffice& office, v1::Role role);
Target WatchAwards(LawOffice& office, v1::Role role);
// -- CaseService
Target OpenCase(LawOffice& office, v1::Role role);
Target AcceptCase(LawOffice& office, v1::Role role);
Target ReturnCase(LawOffice& office, v1::Role role);
Target ResubmitCase(LawOffice& office, v1::Role role);
Target DismissCase(LawOffice& office, v1::Role role);
Target ForwardCase(LawOffice& office, v1::Role role);
Target ServeNotice(LawOffice& office, v1::Role role);
Target RecordStatement(LawOffice& office, v1::Role role);
Target DecideCase(LawOffice& office, v1::Role role);
Target ConfirmDecision(LawOffice& office, v1::Role role);
Target TransferCase(LawOffice& office, v1::Role role);
Target GetCase(LawOffice& office, v1::Role role);
Target ListCases(LawOffice& office, v1::Role role);
Target ListDeadlines(LawOffice& office, v1::Role role);
Target FileApplication(LawOffice& office, v1::Role role);
Target AcceptApplication(LawOffice& office, v1::Role role);
Target RejectApplication(LawOffice& office, v1::Role role);
Target AnswerApplication(LawOffice& office, v1::Role role);
Target RevokeRepair(LawOffice& office, v1::Role role);
Target GetApplication(LawOffice& office, v1::Role role);
Target ListApplications(LawOffice& office, v1::Role role);
// -- EligibilityService
Target CheckEligibility(LawOffice& office, v1::Role role);
Target BatchCheckEligibility(LawOffice& office, v1::Role role);
Target CheckConsortium(LawOffice& office, v1::Role role);
Target Certify(LawOffice& office, v1::Role role);
Target GetReceipt(LawOffice& office, v1::Role role);
// -- ListingService
Target GetListing(LawOffice& office, v1::Role role);
Target ListListings(LawOffice& office, v1::Role role);
Target DownloadListings(LawOffice& office, v1::Role role);
Target GetListState(LawOffice& office, v1::Role role);
Target WatchListings(LawOffice& office, v1::Role role);
// -- OrganizationService
Target GetOrganization(LawOffice& office, v1::Role role);
Target BatchGetOrganizations(LawOffice& office, v1::Role role);
Target ListOrganizations(LawOffice& office, v1::Role role);
Target SearchOrganizations(LawOffice& office, v1::Role role);
Target ImportOrganizations(LawOffice& office, v1::Role role);
Target ChangeOrganizationCode(LawOffice& office, v1::Role role);
Target MergeOrganization(LawOffice& office, v1::Role role);
// -- RecordService
Target CreateRecord(LawOffice& office, v1::Role role);
Target GetRecord(LawOffice& office, v1::Role role);
Target ListRecords(LawOffice& office, v1::Role role);
Target ImportRecords(LawOffice& office, v1::Role role);
Target CorrectRecord(LawOffice& office, v1::Role role);
Target WithdrawRecord(LawOffice& office, v1::Role role);
Target NoteReview(LawOffice& office, v1::Role role);
Target GetCreditReport(LawOffice& office, v1::Role role);
Target DestroySealedParts(LawOffice& office, v1::Role role);
Target ListLateCaptures(LawOffice& office, v1::Role role);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_ACCESS_TABLE_TARGETS_H_
