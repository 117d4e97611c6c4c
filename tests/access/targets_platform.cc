// The platform itself: catalogue, clock, status, audit trail (rules 61, 63).
#include "domain/timestamps.h"
#include "tests/access/table_targets.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {

Target ActivateCatalogue(LawOffice& office, v1::Role) {
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.mutable_catalogue()->set_version("next");
  return CommandOn(office, "", &Admin::ActivateCatalogue, request);
}

Target GetCatalogue(LawOffice& office, v1::Role) {
  return {.code = "", .call = [&office](std::string_view who, v1::Role) {
            v1::GetCatalogueRequest request;
            request.set_without_tables(true);
            const auto told = office.Ask(who, &Admin::GetCatalogue, request);
            return Outcome{.status = told.status, .told_public = told.response.has_catalogue()};
          }};
}

Target GetStatus(LawOffice& office, v1::Role) {
  return {.code = "", .call = [&office](std::string_view who, v1::Role) {
            const auto told = office.Ask(who, &Admin::GetStatus, v1::GetStatusRequest());
            return Outcome{.status = told.status, .told_public = told.response.has_now()};
          }};
}

Target AdvanceClock(LawOffice& office, v1::Role) {
  v1::AdvanceClockRequest request;
  domain::SetTimestamp(office.now() + absl::Minutes(1), *request.mutable_to());
  return QuestionOn(office, "", &Admin::AdvanceClock, request);
}

Target ListAuditEntries(LawOffice& office, v1::Role) {
  return {.code = "", .call = [&office](std::string_view who, v1::Role) {
            const auto told = office.Ask(who, &Audits::ListAuditEntries, v1::ListAuditEntriesRequest());
            return Outcome{.status = told.status, .done = told.response.entries_size() > 0};
          }};
}

Target ExportAuditEntries(LawOffice& office, v1::Role) {
  return {.code = "", .call = [&office](std::string_view who, v1::Role) {
            Outcome outcome;
            const std::function<bool(const v1::ExportAuditEntriesResponse&)> look =
                [&](const v1::ExportAuditEntriesResponse& part) {
                  outcome.done |= part.entries_size() > 0;
                  return true;
                };
            outcome.status =
                office.Read(who, &Audits::ExportAuditEntries, v1::ExportAuditEntriesRequest(), look);
            return outcome;
          }};
}

}  // namespace chengxin
