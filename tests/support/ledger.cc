#include "tests/support/ledger.h"

#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"

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

}  // namespace chengxin
