#include "tests/unit/domain/passing_time.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/strings.h"
#include "domain/case_file.h"
#include "domain/case_workflow.h"
#include "domain/dues.h"
#include "domain/listing_rules.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {

namespace {

log::v1::LetDueHappen Pick(const log::v1::Event& event, v1::DeadlineKind kind) {
  log::v1::LetDueHappen command;
  for (const log::v1::Due& due : domain::DuesOf(event)) {
    if (due.kind() == kind) *command.mutable_due() = due;
  }
  command.set_request_id(domain::RequestIdOf(command.due()));
  return command;
}

}  // namespace

v1::Principal System() {
  v1::Principal principal;
  principal.set_subject("system");
  return principal;
}

absl::Time StartOf(std::string_view day) { return domain::StartOfDay(domain::CivilDay::Parse(day).value()); }

log::v1::LetDueHappen DueOf(const v1::Listing& listing, v1::DeadlineKind kind) {
  log::v1::Event event;
  *event.mutable_listing()->mutable_listing() = listing;
  return Pick(event, kind);
}

log::v1::LetDueHappen DueOf(const v1::Case& the_case, v1::DeadlineKind kind) {
  return Pick(domain::EventOf(the_case), kind);
}

absl::StatusOr<domain::Decision> LetHappen(Bureau& bureau, const log::v1::LetDueHappen& due) {
  return bureau.Try(System(), due);
}

void ChangeCatalogue(Bureau& bureau, const std::function<void(v1::Catalogue&)>& change) {
  v1::ActivateCatalogueRequest request;
  request.set_request_id(bureau.NextRequestId());
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.mutable_catalogue()->set_version(StrCat("changed-", bureau.revision()));
  change(*request.mutable_catalogue());
  const auto activated = bureau.Try(Bureau::Admin(), request);
  if (activated.ok()) return;
  std::fprintf(stderr, "cannot activate: %s\n", activated.status().ToString().c_str());
  std::abort();
}

v1::Listing InForce(const Bureau& bureau, std::string_view code, v1::ListKind list) {
  const std::vector<v1::Listing> listings = bureau.Listings(code);
  const v1::Listing* found = domain::FindInForce(listings, list);
  if (found != nullptr) return *found;
  std::fprintf(stderr, "no entry in force\n");
  std::abort();
}

std::vector<v1::Case> OpenCases(const Bureau& bureau, std::string_view code, v1::CaseOrigin origin) {
  std::vector<v1::Case> open;
  std::vector<v1::Case> cases = bureau.view().ListCases(code).value();
  for (v1::Case& one : cases) {
    if (domain::IsOpen(one) && one.origin() == origin) open.push_back(std::move(one));
  }
  return open;
}

v1::DecideCaseRequest DecisionOn(Bureau& bureau, const v1::Case& the_case, v1::CaseFinding finding) {
  const std::string today = domain::DayOf(bureau.now()).ToString();
  v1::DecideCaseRequest request;
  request.set_name(the_case.name());
  request.set_etag(the_case.etag());
  request.set_request_id(bureau.NextRequestId());
  request.set_deciding_officer("经办人甲");
  v1::CaseDecision& decision = *request.mutable_decision();
  decision.set_finding(finding);
  decision.set_number(StrCat("五民决〔2026〕", bureau.revision(), "号"));
  decision.set_decided_on(today);
  decision.set_facts("经查明的事实");
  decision.set_basis("《行政处罚法》第四十八条");
  v1::Service& service = *decision.mutable_service();
  service.set_method(v1::SERVICE_METHOD_DIRECT);
  service.set_served_on(today);
  service.mutable_proof()->set_sha256(std::string(64, 'a'));
  service.mutable_proof()->set_title("送达回证");
  return request;
}

void WithdrawRecord(Bureau& bureau, const v1::CreditRecord& known) {
  v1::WithdrawRecordRequest request;
  request.set_name(known.name());
  request.set_etag(known.etag());
  request.set_request_id(bureau.NextRequestId());
  request.mutable_withdrawal()->set_reason("处罚决定经行政复议撤销");
  request.mutable_withdrawal()->set_basis("《行政处罚法》第四十八条");
  request.mutable_withdrawal()->set_decided_on(domain::DayOf(bureau.now()).ToString());
  const auto withdrawn = bureau.Try(Bureau::Wuhua(), request);
  if (withdrawn.ok()) return;
  std::fprintf(stderr, "cannot withdraw: %s\n", withdrawn.status().ToString().c_str());
  std::abort();
}

}  // namespace chengxin
