// What Decide and Validate do for each command. Private to domain.
#ifndef CHENGXIN_DOMAIN_DECIDERS_H_
#define CHENGXIN_DOMAIN_DECIDERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "domain/decide.h"
#include "domain/field_checks.h"

namespace chengxin::domain {

// Each decides one kind of command; as Decide. But for the catalogue's activation a catalogue is in force.
absl::StatusOr<Decision> DecideActivateCatalogue(const v1::ActivateCatalogueRequest& request,
                                                 const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideImportOrganizations(const v1::ImportOrganizationsRequest& request,
                                                   const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideCreateRecord(const v1::CreateRecordRequest& request,
                                            const CommandContext& context, const View& view);
absl::StatusOr<Decision> DecideImportRecords(const v1::ImportRecordsRequest& request,
                                             const CommandContext& context, const View& view);

// Compiles the catalogue of an activation and adds what is wrong with it, row by row.
void ValidateCatalogue(const v1::Catalogue& catalogue, const FieldChecks& checks);

// A decision that is nothing but a refusal.
Decision Refuse(v1::ErrorReason reason, std::string message,
                std::map<std::string, std::string> metadata = {});

// The opaque version of a resource as of a revision.
std::string EtagOf(uint64_t revision);

// Refuses a role that may not give the command at all.
Refusal RoleNotAllowed(v1::Role role);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_DECIDERS_H_
