#include "tests/support/ledger.h"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"
#include "storage/digest.h"

namespace chengxin {

TemporaryFolder::TemporaryFolder()
    : path_((std::filesystem::temp_directory_path() / "chengxin-test-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) std::abort();
}
TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path_); }

storage::StoreOptions SmallOptions(std::string folder, rocksdb::Env* env) {
  return {.folder = std::move(folder),
          .block_cache_bytes = 1u << 20,
          .write_buffer_bytes = 64u << 10,
          .env = env};
}

absl::Time FirstStamp() {
  return absl::FromCivil(absl::CivilSecond(2026, 11, 24, 2, 0, 0), absl::UTCTimeZone());
}
absl::Time StampOfRevision(uint64_t revision) {
  return FirstStamp() + absl::Seconds(static_cast<int64_t>(revision) - 1);
}

std::string CodeOfNumber(int number) {
  return domain::Uscc::WithChecks("52530102", absl::StrFormat("MJT%05d", number)).value().ToString();
}

log::v1::Event OrganizationEvent(std::string_view code, std::string_view display_name) {
  log::v1::Event event;
  v1::Organization& organization = *event.mutable_organization();
  organization.set_name(domain::OrganizationName(code));
  organization.set_code(std::string(code));
  organization.set_display_name(std::string(display_name));
  organization.set_type(v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  organization.set_registration_authority("authorities/km-wuhua");
  organization.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  organization.set_status_since("2019-03-01");
  organization.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  organization.set_established_on("2019-03-01");
  organization.set_phone("0871-60000000");
  organization.set_bank_account("6222000000000000");
  organization.set_source("sources/registry-kunming");
  return event;
}

log::v1::Event RecordEvent(std::string_view code, domain::RecordId id, std::string_view source_key) {
  log::v1::Event event;
  v1::CreditRecord& record = *event.mutable_record();
  record.set_name(domain::RecordNameOf(code, id));
  record.set_category(v1::RECORD_CATEGORY_PENALTY);
  record.set_formed_on("2026-11-24");
  record.set_source_key(std::string(source_key));
  record.set_internal_note("内部备注");
  record.set_revision(id.revision);
  v1::Penalty& penalty = *record.mutable_penalty();
  penalty.add_kinds(v1::PENALTY_KIND_FINE);
  penalty.set_fine_fen(4'999'999);
  penalty.set_decision_number("五民罚〔2026〕1号");
  penalty.set_decided_on("2026-11-24");
  penalty.set_facts("超出章程规定的业务范围进行活动");
  v1::Effect& effect = *record.add_effects();
  effect.set_ground("KM-02");
  domain::SetTimestamp(domain::StartOfDay(domain::CivilDay(2026, 11, 24)), *effect.mutable_from());
  return event;
}

log::v1::Event ListingEvent(const domain::ListingId& id, v1::ListingTransition transition,
                            uint64_t revision) {
  const bool ended = transition == v1::LISTING_TRANSITION_ENDED;
  log::v1::Event event;
  event.mutable_listing()->set_transition(transition);
  v1::Listing& listing = *event.mutable_listing()->mutable_listing();
  listing.set_name(domain::ListingNameOf(id));
  listing.set_organization(domain::OrganizationName(id.code));
  listing.set_organization_code(id.code);
  listing.set_list(id.list);
  listing.set_authority("authorities/km-wuhua");
  listing.set_state(ended ? v1::LISTING_STATE_ENDED : v1::LISTING_STATE_LISTED);
  listing.set_revision(revision);
  const absl::Time from = domain::StartOfDay(domain::CivilDay(2026, 11, 24));
  domain::SetTimestamp(from, *listing.mutable_effective_from());
  if (ended) domain::SetTimestamp(from + absl::Hours(48), *listing.mutable_ended());
  v1::ListingGround& ground = *listing.add_grounds();
  ground.set_ground(id.list == v1::LIST_KIND_SEVERE ? "SER-04" : "ABN-05");
  domain::SetTimestamp(from, *ground.mutable_effective_from());
  return event;
}

log::v1::Event SourceReadEvent(std::string_view source, absl::Time as_of, bool complete) {
  log::v1::Event event;
  event.mutable_source_read()->set_source(domain::SourceName(source));
  domain::SetTimestamp(as_of, *event.mutable_source_read()->mutable_as_of());
  event.mutable_source_read()->set_complete(complete);
  return event;
}

log::v1::Event CatalogueEvent(v1::Catalogue catalogue) {
  log::v1::Event event;
  *event.mutable_catalogue() = std::move(catalogue);
  return event;
}

log::v1::Event ShownUntil(log::v1::Event listing, absl::Time until) {
  domain::SetTimestamp(until, *listing.mutable_listing()->mutable_listing()->mutable_display_until());
  return listing;
}

log::v1::Event RecodedEvent(std::string_view code, std::string_view now, std::vector<std::string> former) {
  log::v1::Event event = OrganizationEvent(code, "五华区晨光社会工作服务中心");
  event.mutable_organization()->set_code(std::string(now));
  for (std::string& one : former) event.mutable_organization()->add_former_codes(std::move(one));
  return event;
}

log::v1::Event CaseEvent(domain::RecordId id, std::string_view code, v1::CaseState state) {
  log::v1::Event event;
  v1::Case& the_case = *event.mutable_case_();
  the_case.set_name(domain::CaseNameOf(id));
  the_case.set_organization(domain::OrganizationName(code));
  the_case.set_organization_code(std::string(code));
  the_case.set_authority("authorities/km-wuhua");
  the_case.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
  the_case.set_state(state);
  the_case.set_reporter("purchasers/wuhua-office");
  the_case.set_complainant("投诉人甲");
  the_case.set_internal_note("经办笔记");
  the_case.set_received_on("2026-11-24");
  return event;
}

log::v1::Event ApplicationEvent(domain::RecordId id, std::string_view code, v1::ApplicationState state) {
  log::v1::Event event;
  v1::Application& application = *event.mutable_application();
  application.set_name(domain::ApplicationNameOf(id));
  application.set_kind(v1::APPLICATION_KIND_REMOVAL);
  application.set_state(state);
  application.set_organization(domain::OrganizationName(code));
  application.set_organization_code(std::string(code));
  application.set_authority("authorities/km-wuhua");
  application.set_contact("联系人乙");
  return event;
}

log::v1::Event AwardEvent(domain::RecordId id, std::vector<std::string> contractors, v1::AwardState state) {
  log::v1::Event event;
  v1::Award& award = *event.mutable_award();
  award.set_name(domain::AwardNameOf(id));
  award.set_purchaser("purchasers/wuhua-office");
  award.set_project("WH-2026-001");
  award.set_state(state);
  for (std::string& code : contractors) award.add_contractor_codes(std::move(code));
  return event;
}

log::v1::Event ReceiptEvent(uint64_t revision, std::string_view code) {
  log::v1::Event event;
  v1::Receipt& receipt = *event.mutable_receipt();
  receipt.set_name(domain::ReceiptNameOf(2026, revision));
  receipt.set_subject(v1::RECEIPT_SUBJECT_ORGANIZATION);
  receipt.set_purchaser("purchasers/wuhua-office");
  receipt.set_agency("purchasers/yunling");
  receipt.add_answers()->set_organization_code(std::string(code));
  receipt.set_revision(revision);
  return event;
}

log::v1::Event DestructionEvent(std::string_view resource, std::vector<log::v1::SealedPlace> places) {
  log::v1::Event event;
  log::v1::SealedDestruction& destruction = *event.mutable_destruction();
  destruction.set_resource(std::string(resource));
  destruction.set_reason("保存期限届满");
  destruction.set_basis("个人信息保护法第四十七条");
  for (log::v1::SealedPlace& place : places) *destruction.add_places() = std::move(place);
  return event;
}

std::shared_ptr<const storage::SealingKeys> SealingKeysOf(const std::vector<std::string>& ids) {
  config::v1::SealingKeys keys;
  for (const std::string& id : ids) {
    config::v1::SealingKey& key = *keys.add_keys();
    key.set_id(id);
    key.set_algorithm("AES-256-GCM");
    key.set_key(absl::BytesToHexString(storage::Sha256(id)));
  }
  return *storage::SealingKeys::Create(keys);
}

storage::NewChange ChangeOf(uint64_t revision, std::vector<log::v1::Event> events,
                            std::string_view request_id, std::string_view request) {
  storage::NewChange change;
  change.envelope.set_revision(revision);
  domain::SetTimestamp(StampOfRevision(revision), *change.envelope.mutable_stamp());
  change.envelope.mutable_actor()->set_subject("officer-of-wuhua");
  change.envelope.set_kind("chengxin.v1.RecordService/CreateRecord");
  change.envelope.set_request_id(std::string(request_id));
  change.events = std::move(events);
  change.request = std::string(request);
  return change;
}

absl::StatusOr<uint64_t> CommitAlone(storage::Store& store, storage::NewChange change) {
  const uint64_t revision = change.envelope.revision();
  const std::unique_ptr<storage::Group> group = store.BeginGroup();
  CHENGXIN_RETURN_IF_ERROR(group->Append(std::move(change)).status());
  CHENGXIN_RETURN_IF_ERROR(store.Commit(*group));
  return revision;
}

absl::StatusOr<uint64_t> CommitNext(storage::Store& store, std::vector<log::v1::Event> events) {
  const uint64_t revision = store.head().revision + 1;
  return CommitAlone(store, ChangeOf(revision, std::move(events), StrCat("request-", revision), "body"));
}

absl::Status WriteSampleHistory(storage::Store& store) {
  const std::string one = CodeOfNumber(1);
  const std::string two = CodeOfNumber(2);
  const domain::ListingId abnormal{.code = one, .list = v1::LIST_KIND_ABNORMAL, .episode = 1};
  const domain::ListingId severe{.code = one, .list = v1::LIST_KIND_SEVERE, .episode = 1};
  const auto commit = [&](std::vector<log::v1::Event> events) {
    return CommitNext(store, std::move(events)).status();
  };
  CHENGXIN_RETURN_IF_ERROR(commit({OrganizationEvent(one, "五华区晨光社会工作服务中心"),
                                   OrganizationEvent(two, "昆明市滇池环保协会（Ｄ）")}));
  CHENGXIN_RETURN_IF_ERROR(commit({SourceReadEvent("registry-kunming", FirstStamp(), true)}));
  CHENGXIN_RETURN_IF_ERROR(commit({RecordEvent(one, {.revision = 3, .ordinal = 1}, "key-1"),
                                   ListingEvent(abnormal, v1::LISTING_TRANSITION_LISTED, 3)}));
  CHENGXIN_RETURN_IF_ERROR(commit({OrganizationEvent(two, "昆明市滇池生态保护协会")}));
  CHENGXIN_RETURN_IF_ERROR(commit({RecordEvent(one, {.revision = 5, .ordinal = 1}, "key-2"),
                                   ListingEvent(abnormal, v1::LISTING_TRANSITION_ENDED, 5),
                                   ListingEvent(severe, v1::LISTING_TRANSITION_LISTED, 5)}));
  return commit({SourceReadEvent("registry-kunming", StampOfRevision(6), false)});
}

absl::Status WriteProcedureHistory(storage::Store& store) {
  const std::string one = CodeOfNumber(1);
  const std::string two = CodeOfNumber(2);
  const domain::ListingId abnormal{.code = one, .list = v1::LIST_KIND_ABNORMAL, .episode = 1};
  const absl::Time until = FirstStamp() + absl::Hours(24 * 365);
  const auto commit = [&](std::vector<log::v1::Event> events) {
    return CommitNext(store, std::move(events)).status();
  };
  CHENGXIN_RETURN_IF_ERROR(commit({OrganizationEvent(one, "五华区晨光社会工作服务中心"),
                                   OrganizationEvent(two, "昆明市滇池生态保护协会")}));
  CHENGXIN_RETURN_IF_ERROR(commit({CaseEvent({2, 1}, one, v1::CASE_STATE_RECEIVED),
                                   CaseEvent({2, 2}, two, v1::CASE_STATE_RECEIVED),
                                   AwardEvent({2, 3}, {one, two}, v1::AWARD_STATE_ACTIVE),
                                   AwardEvent({2, 4}, {one}, v1::AWARD_STATE_ACTIVE)}));
  CHENGXIN_RETURN_IF_ERROR(commit({ReceiptEvent(3, one)}));
  log::v1::Event forwarded = CaseEvent({2, 1}, one, v1::CASE_STATE_ACCEPTED);
  forwarded.mutable_case_()->set_authority("authorities/km-panlong");
  CHENGXIN_RETURN_IF_ERROR(commit({std::move(forwarded), AwardEvent({2, 4}, {one}, v1::AWARD_STATE_CLOSED),
                                   RecodedEvent(one, CodeOfNumber(11), {one})}));
  log::v1::Event decided = CaseEvent({2, 1}, one, v1::CASE_STATE_DECIDED);
  decided.mutable_case_()->set_authority("authorities/km-panlong");
  CHENGXIN_RETURN_IF_ERROR(
      commit({std::move(decided), ShownUntil(ListingEvent(abnormal, v1::LISTING_TRANSITION_LISTED, 5), until),
              ApplicationEvent({5, 3}, one, v1::APPLICATION_STATE_FILED)}));
  return commit({ApplicationEvent({5, 3}, one, v1::APPLICATION_STATE_ACCEPTED),
                 RecodedEvent(one, CodeOfNumber(12), {one, CodeOfNumber(11)})});
}

}  // namespace chengxin
