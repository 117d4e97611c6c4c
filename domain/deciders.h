// What Decide and Validate do for each command. Private to domain.
#ifndef CHENGXIN_DOMAIN_DECIDERS_H_
#define CHENGXIN_DOMAIN_DECIDERS_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "domain/decide.h"
#include "domain/field_checks.h"

namespace chengxin::domain {

// Each decides one kind of command; as Decide. But for the catalogue's activation a catalogue is in force.
absl::StatusOr<Decision> DecideCommand(const v1::ActivateCatalogueRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ImportOrganizationsRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::CreateRecordRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ImportRecordsRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ChangeOrganizationCodeRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::MergeOrganizationRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::CorrectRecordRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::WithdrawRecordRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::NoteReviewRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::DestroySealedPartsRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::OpenCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::AcceptCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ReturnCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ResubmitCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::DismissCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ForwardCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ServeNoticeRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::RecordStatementRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::DecideCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::ConfirmDecisionRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::TransferCaseRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::FileApplicationRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::AcceptApplicationRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::RejectApplicationRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::AnswerApplicationRequest& request,
                                       const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::RevokeRepairRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::CertifyRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::CreateAwardRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::RenewAwardRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const v1::CloseAwardRequest& request, const CommandContext& context,
                                       const View& view);
absl::StatusOr<Decision> DecideCommand(const log::v1::LetDueHappen& request, const CommandContext& context,
                                       const View& view);

// Each judges the fields of one kind of command, as Validate.
void CheckCommand(const v1::ActivateCatalogueRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ImportOrganizationsRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::CreateRecordRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ImportRecordsRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ChangeOrganizationCodeRequest& request, absl::Time now,
                  const FieldChecks& checks);
void CheckCommand(const v1::MergeOrganizationRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::CorrectRecordRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::WithdrawRecordRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::NoteReviewRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::DestroySealedPartsRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::OpenCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::AcceptCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ReturnCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ResubmitCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::DismissCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ForwardCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ServeNoticeRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::RecordStatementRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::DecideCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::ConfirmDecisionRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::TransferCaseRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::FileApplicationRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::AcceptApplicationRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::RejectApplicationRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::AnswerApplicationRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::RevokeRepairRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::CertifyRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::CreateAwardRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::RenewAwardRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const v1::CloseAwardRequest& request, absl::Time now, const FieldChecks& checks);
void CheckCommand(const log::v1::LetDueHappen& request, absl::Time now, const FieldChecks& checks);

// What every command's fields have in common.
void CheckRequestId(std::string_view request_id, const FieldChecks& checks);
// An instant that a Timestamp can be, from 1970 to 9999.
bool CheckInstant(std::string_view field, const google::protobuf::Timestamp& instant,
                  const FieldChecks& checks);
// The shape of a code alone: whether the registry confirmed a failing check character is known to the
// registry copy (rule 5), and Decide looks there.
void CheckOrganizationCode(std::string_view field, std::string_view text, const FieldChecks& checks);

// Compiles the catalogue of an activation and adds what is wrong with it, row by row.
void ValidateCatalogue(const v1::Catalogue& catalogue, const FieldChecks& checks);

// A decision that is nothing but a refusal.
Decision Refuse(v1::ErrorReason reason, std::string message,
                std::map<std::string, std::string> metadata = {});

Decision Refuse(Refusal refusal);

// NOT_REGISTERING_AUTHORITY where the principal is not of the authority where the organization is registered
// (rule 18).
std::optional<Refusal> RefuseElsewhere(const v1::Principal& principal, const v1::Organization& organization);
// STALE_ETAG where the etag given is not the current one.
std::optional<Refusal> RefuseStale(std::string_view given, std::string_view current);

// The opaque version of a resource as of a revision.
std::string EtagOf(uint64_t revision);

// Refuses a role that may not give the command at all.
Refusal RoleNotAllowed(v1::Role role);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_DECIDERS_H_
