// What every move on an application has in common. Private to domain.
#ifndef CHENGXIN_DOMAIN_APPLICATION_MOVES_H_
#define CHENGXIN_DOMAIN_APPLICATION_MOVES_H_

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "chengxin/v1/application.pb.h"
#include "domain/application_item.h"
#include "domain/application_workflow.h"
#include "domain/decide.h"
#include "domain/field_checks.h"
#include "domain/view.h"

namespace chengxin::domain {

// An application on which a move may be made, or why it may not.
struct ApplicationOnMove {
  std::optional<Refusal> refusal;
  v1::Application application;
  ApplicationItem item;
  const ApplicationRow* row = nullptr;
};

// Reads the application and judges the move: ROLE_NOT_ALLOWED, NOT_REGISTERING_AUTHORITY, STALE_ETAG,
// MOVE_NOT_OPEN. NotFound where there is no such application.
absl::StatusOr<ApplicationOnMove> BeginMove(std::string_view name, std::string_view etag,
                                            ApplicationVerb verb, const CommandContext& context,
                                            const View& view);

// Puts the application's new state among the events: the authority that has the organization now, its code,
// time, revision and etag are set here.
void WriteApplication(v1::Application application, const v1::Organization& organization,
                      const CommandContext& context, Decision& decision);

// Whether the application's objection stands on the item; then it is marked as answered.
bool AnswerObjection(const v1::Application& application, bool upheld, absl::Time at, ApplicationItem& item);

// "applications/{id}", etag and request_id.
void CheckMove(std::string_view name, std::string_view etag, std::string_view request_id,
               const FieldChecks& checks);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_APPLICATION_MOVES_H_
