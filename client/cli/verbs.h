// The verbs of the command line. Each function adds some of them to the program, with their flags, help and
// examples; the verb given sets Session::action.
#ifndef CHENGXIN_CLIENT_CLI_VERBS_H_
#define CHENGXIN_CLIENT_CLI_VERBS_H_

#include "client/cli/session.h"

namespace CLI {
class App;
}  // namespace CLI

namespace chengxin::cli {

// `session` must outlive `app`.
void AddCheckVerbs(CLI::App& app, Session& session);                // check, check consortium
void AddOrganizationVerbs(CLI::App& app, Session& session);         // organization get, list, search, …
void AddSuccessionVerbs(CLI::App& organization, Session& session);  // … change-code, merge
void AddRecordVerbs(CLI::App& app, Session& session);               // record get, list, create, …
void AddPenaltyVerb(CLI::App& record, Session& session);            // … penalty
void AddCorrectionVerbs(CLI::App& record, Session& session);        // … correct, withdraw, review, late
void AddCaseVerbs(CLI::App& app, Session& session);                 // case get, list, deadlines, …
void AddReportedCaseVerbs(CLI::App& cases, Session& session);       // … open, resubmit
void AddDecidedCaseVerbs(CLI::App& cases, Session& session);        // … notice, statement, decide, …
void AddApplicationVerbs(CLI::App& app, Session& session);          // application …, repair revoke
void AddReportVerb(CLI::App& app, Session& session);                // report
void AddReceiptVerbs(CLI::App& app, Session& session);              // certify, receipt
void AddAuditVerbs(CLI::App& app, Session& session);                // audit list, audit export
void AddAwardVerbs(CLI::App& app, Session& session);        // award create, renew, close, get, list, …
void AddAwardWatchVerb(CLI::App& award, Session& session);  // … watch
void AddListingVerbs(CLI::App& app, Session& session);      // listing get, list, state, download
void AddWatchVerb(CLI::App& listing, Session& session);     // listing watch, under `listing`
void AddImportVerbs(CLI::App& app, Session& session);     // import organizations, import records, source read
void AddCatalogueVerbs(CLI::App& app, Session& session);  // catalogue activate, get
void AddClockVerbs(CLI::App& app, Session& session);      // clock show, advance
void AddStatusVerbs(CLI::App& app, Session& session);     // status, version

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_VERBS_H_
