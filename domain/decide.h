// Decide: the law. From a command and the state before it, either what happens (events) or a refusal. Pure:
// reads no clock, does no I/O beyond the view, keeps nothing.
#ifndef CHENGXIN_DOMAIN_DECIDE_H_
#define CHENGXIN_DOMAIN_DECIDE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/due.pb.h"
#include "chengxin/v1/admin_service.pb.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "domain/refusal.h"
#include "domain/view.h"

namespace chengxin::domain {

// Version of the rules this program decides by; stored in each Change.
inline constexpr std::string_view kRulesVersion = "1";

// Limits, documented in the API and shown in status.
inline constexpr int kMaximumImportRows = 1'000;
inline constexpr int kMaximumRequestIdLength = 100;
inline constexpr int kMaximumNameLength = 200;     // characters
inline constexpr int kMaximumFactsLength = 4'000;  // characters

// Who commands, and at which revision and instant the Change would stand.
struct CommandContext {
  v1::Principal principal;
  uint64_t revision = 0;  // of the Change to be made
  absl::Time stamp;       // of the Change to be made
};

// What Decide found. With a refusal nothing happens. Without events nothing is committed: the state is
// already as commanded, and `existing` holds the resources to answer with.
struct Decision {
  // Whole resources, sealed fields included, in the order to apply. Revision, times and etags are set.
  std::vector<log::v1::Event> events;
  // Imports: the result per row.
  std::optional<log::v1::ImportTally> tally;
  std::optional<Refusal> refusal;
  // Where nothing changes: the resources that are there, as events.
  std::vector<log::v1::Event> existing;
  // What the platform does of itself: the legal basis it rests on (log.v1.Change.legal_basis).
  std::string legal_basis;
  // Places among `events`, ascending, of those that change nothing a standing is folded from: award alerts
  // pass them over. Leaving one out costs time, nothing else.
  std::vector<size_t> without_effect;
};

// A command is the request message itself.
using Command =
    std::variant<v1::ImportOrganizationsRequest, v1::CreateRecordRequest, v1::ImportRecordsRequest,
                 v1::ActivateCatalogueRequest,
                 // organizations and records
                 v1::ChangeOrganizationCodeRequest, v1::MergeOrganizationRequest, v1::CorrectRecordRequest,
                 v1::WithdrawRecordRequest, v1::NoteReviewRequest, v1::DestroySealedPartsRequest,
                 // cases
                 v1::OpenCaseRequest, v1::AcceptCaseRequest, v1::ReturnCaseRequest, v1::ResubmitCaseRequest,
                 v1::DismissCaseRequest, v1::ForwardCaseRequest, v1::ServeNoticeRequest,
                 v1::RecordStatementRequest, v1::DecideCaseRequest, v1::ConfirmDecisionRequest,
                 v1::TransferCaseRequest,
                 // applications
                 v1::FileApplicationRequest, v1::AcceptApplicationRequest, v1::RejectApplicationRequest,
                 v1::AnswerApplicationRequest, v1::RevokeRepairRequest,
                 // receipts and awards
                 v1::CertifyRequest, v1::CreateAwardRequest, v1::RenewAwardRequest, v1::CloseAwardRequest,
                 // time
                 log::v1::LetDueHappen>;

// The method's full name, stored as the Change's kind, for example "chengxin.v1.RecordService/CreateRecord";
// of what is no method's request, the message's full name.
std::string_view KindOf(const Command& command);
// The caller's request_id.
std::string_view RequestIdOf(const Command& command);

// What can be said of the request alone, before it waits in the queue: InvalidArgument with every wrong field
// (BadRequest payload). `now` decides what lies in the future. Rows of imports are not judged here: a bad row
// is a result, not an error.
absl::Status Validate(const Command& command, absl::Time now);

// Decides a valid command; the law's "no" is in the Decision. Errors: the view's; fields only it can judge.
absl::StatusOr<Decision> Decide(const Command& command, const CommandContext& context, const View& view);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_DECIDE_H_
