#include "tests/unit/domain/application_desk.h"

#include <cstdio>
#include <cstdlib>

#include "domain/resource_names.h"
#include "domain/timestamps.h"

namespace chengxin {

namespace {

absl::StatusOr<domain::Decision> Must(absl::StatusOr<domain::Decision> decision) {
  if (!decision.ok()) {
    std::fprintf(stderr, "refused: %s\n", decision.status().ToString().c_str());
    std::abort();
  }
  return decision;
}

std::string Today(const Bureau& bureau) { return domain::DayOf(bureau.now()).ToString(); }

template <typename Request>
Request MoveOn(Bureau& bureau, const v1::Application& application) {
  Request request;
  request.set_name(application.name());
  request.set_etag(application.etag());
  request.set_request_id(bureau.NextRequestId());
  return request;
}

}  // namespace

v1::Evidence Proof(std::string_view title) {
  v1::Evidence evidence;
  evidence.set_sha256(std::string(64, 'a'));
  evidence.set_title(std::string(title));
  return evidence;
}

v1::FileApplicationRequest ApplicationFor(Bureau& bureau, v1::ApplicationKind kind, std::string_view item) {
  v1::FileApplicationRequest request;
  v1::Application& application = *request.mutable_application();
  application.set_kind(kind);
  application.set_item(std::string(item));
  application.set_reasons("已完成整改");
  *application.add_proofs() = Proof();
  if (kind == v1::APPLICATION_KIND_REPAIR) *application.mutable_commitment() = Proof("信用承诺书");
  application.set_received_on(Today(bureau));
  application.set_contact("联系人乙");
  request.set_request_id(bureau.NextRequestId());
  return request;
}

v1::AcceptApplicationRequest Acceptance(Bureau& bureau, const v1::Application& application) {
  return MoveOn<v1::AcceptApplicationRequest>(bureau, application);
}

v1::RejectApplicationRequest Rejection(Bureau& bureau, const v1::Application& application) {
  auto request = MoveOn<v1::RejectApplicationRequest>(bureau, application);
  request.set_reasons("材料不全，经告知未补正");
  return request;
}

v1::AnswerApplicationRequest Answer(Bureau& bureau, const v1::Application& application, bool granted,
                                    std::string_view verified_on) {
  auto request = MoveOn<v1::AnswerApplicationRequest>(bureau, application);
  request.set_granted(granted);
  request.set_number("五民复〔2026〕1号");
  request.set_answer(granted ? "经核实，同意。" : "经核实，不同意。");
  request.set_verified_on(std::string(verified_on));
  request.set_deciding_officer("经办人甲");
  return request;
}

v1::RevokeRepairRequest Revocation(Bureau& bureau, const v1::Application& application) {
  auto request = MoveOn<v1::RevokeRepairRequest>(bureau, application);
  request.set_reasons("提交的整改报告系伪造");
  *request.add_evidence() = Proof("核查笔录");
  v1::CaseNotice& notice = *request.mutable_notice();
  notice.set_number("五民撤修〔2026〕1号");
  notice.set_facts("整改报告所附验收意见系伪造");
  notice.set_reasons("提供虚假材料");
  notice.set_basis("信用修复管理办法");
  notice.set_rights("可以申请行政复议或者提起行政诉讼");
  notice.mutable_service()->set_method(v1::SERVICE_METHOD_DIRECT);
  notice.mutable_service()->set_served_on(Today(bureau));
  *notice.mutable_service()->mutable_proof() = Proof("送达回证");
  return request;
}

const v1::Application& ApplicationOf(const absl::StatusOr<domain::Decision>& decision) {
  return decision->events.at(0).application();
}

v1::Application Filed(Bureau& bureau, v1::ApplicationKind kind, std::string_view item) {
  const auto listing = domain::ParseListingName(item);
  const std::string code = listing.has_value() ? listing->code : domain::ParseRecordName(item)->code;
  return ApplicationOf(Must(bureau.Try(Bureau::Own(code), ApplicationFor(bureau, kind, item))));
}

v1::Application Accepted(Bureau& bureau, v1::ApplicationKind kind, std::string_view item) {
  const v1::Application filed = Filed(bureau, kind, item);
  return ApplicationOf(Must(bureau.Try(Bureau::Wuhua(), Acceptance(bureau, filed))));
}

v1::Application Granted(Bureau& bureau, v1::ApplicationKind kind, std::string_view item) {
  const v1::Application accepted = Accepted(bureau, kind, item);
  return ApplicationOf(
      Must(bureau.Try(Bureau::Wuhua(), Answer(bureau, accepted, /*granted=*/true, Today(bureau)))));
}

std::string List(Bureau& bureau, std::string_view code, int64_t fine_fen, std::string_view decided_on,
                 std::string_view ground) {
  const auto listed = Must(bureau.Try(Bureau::Wuhua(), bureau.Penalty(code, fine_fen, decided_on, ground)));
  return listed->events.at(1).listing().listing().name();
}

v1::Listing PutAbnormal(Bureau& bureau, std::string_view code, std::string_view ground,
                        std::string_view listed_on) {
  log::v1::Event event;
  event.mutable_listing()->set_transition(v1::LISTING_TRANSITION_LISTED);
  v1::Listing& listing = *event.mutable_listing()->mutable_listing();
  listing.set_name(
      domain::ListingNameOf({.code = std::string(code), .list = v1::LIST_KIND_ABNORMAL, .episode = 1}));
  listing.set_organization(domain::OrganizationName(code));
  listing.set_organization_code(std::string(code));
  listing.set_list(v1::LIST_KIND_ABNORMAL);
  listing.set_authority("authorities/km-wuhua");
  listing.set_state(v1::LISTING_STATE_LISTED);
  listing.set_first_listed_on(std::string(listed_on));
  listing.set_period_start(std::string(listed_on));
  const absl::Time from = domain::StartOfDay(domain::CivilDay::Parse(listed_on).value());
  domain::SetTimestamp(from, *listing.mutable_effective_from());
  listing.set_duty_outstanding(true);
  listing.set_etag("listed");
  v1::ListingGround& on = *listing.add_grounds();
  on.set_ground(std::string(ground));
  on.set_legal_basis("社会组织信用信息管理办法第十一条");
  on.set_conduct_on(std::string(listed_on));
  on.mutable_decision()->set_effective_on(std::string(listed_on));
  domain::SetTimestamp(from, *on.mutable_effective_from());
  bureau.Fold(event);
  return listing;
}

v1::Listing ListingNamed(const Bureau& bureau, std::string_view code, std::string_view name) {
  for (const v1::Listing& listing : bureau.Listings(code)) {
    if (listing.name() == name) return listing;
  }
  return {};
}

v1::CreditRecord RecordNamed(const Bureau& bureau, std::string_view code, std::string_view name) {
  for (const v1::CreditRecord& record : bureau.RecordsOf(code)) {
    if (record.name() == name) return record;
  }
  return {};
}

bool Holds(const Bureau& bureau, std::string_view code, std::string_view ground, absl::Time at) {
  const int64_t ns = absl::ToUnixNanos(at);
  const log::v1::Standing standing = bureau.view().StandingOf(code);
  for (const log::v1::StandingFact& fact : standing.facts()) {
    if (fact.ground() == ground && fact.from_ns() <= ns && (fact.until_ns() == 0 || ns < fact.until_ns())) {
      return true;
    }
  }
  return false;
}

bool HoldsNow(const Bureau& bureau, std::string_view code, std::string_view ground) {
  return Holds(bureau, code, ground, bureau.now());
}

absl::Time InstantOn(std::string_view day) {
  return domain::StartOfDay(domain::CivilDay::Parse(day).value()) + absl::Hours(10);
}

}  // namespace chengxin
