#include "domain/record_filing.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/capture.h"
#include "domain/case_desk.h"
#include "domain/case_file.h"
#include "domain/case_opening.h"
#include "domain/civil_day.h"
#include "domain/deciders.h"
#include "domain/display_class.h"
#include "domain/grounds.h"
#include "domain/item_standing.h"
#include "domain/record_effects.h"
#include "domain/record_identity.h"
#include "domain/record_support.h"
#include "domain/resource_names.h"
#include "domain/stored_day.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

namespace {

// What a case on the record's proposal is about, in words for the officer.
std::string FactsOf(const v1::CreditRecord& record) {
  const v1::Penalty& penalty = record.penalty();
  return StrCat(penalty.organ(), penalty.decision_number(), "：", penalty.result(), "，符合",
                record.proposal().legal_basis());
}

}  // namespace

std::string_view OrganizationFile::code() const {
  return ParseOrganizationName(organization_.name()).value_or("");
}

absl::StatusOr<const std::vector<v1::CreditRecord>*> OrganizationFile::Records() {
  if (!loaded_) {
    CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::CreditRecord> all, view_.ListRecords(code()));
    std::swap(records_, all);
    loaded_ = true;
    for (v1::CreditRecord& filed : all) Put(std::move(filed));
  }
  return &records_;
}

const v1::CreditRecord* OrganizationFile::FindHere(const v1::CreditRecord& delivered, std::string_view source,
                                                   std::string_view key) const {
  const auto same = std::find_if(records_.begin(), records_.end(), [&](const v1::CreditRecord& record) {
    return (record.source() == source && record.source_key() == key) ||
           (record.has_penalty() && delivered.has_penalty() &&
            SameDecision(record.penalty(), delivered.penalty()));
  });
  return same == records_.end() ? nullptr : &*same;
}

absl::StatusOr<std::optional<v1::CreditRecord>> OrganizationFile::FindSame(const v1::CreditRecord& delivered,
                                                                           std::string_view source,
                                                                           const std::string& key) {
  // Penalties are compared with those of all other sources.
  if (delivered.has_penalty()) CHENGXIN_RETURN_IF_ERROR(Records().status());
  const v1::CreditRecord* here = FindHere(delivered, source, key);
  if (here != nullptr) return std::optional(*here);
  if (loaded_) return std::nullopt;
  return view_.FindRecordByKey(code(), source, key);
}

void OrganizationFile::Put(v1::CreditRecord record) {
  const auto known = std::find_if(records_.begin(), records_.end(), [&](const v1::CreditRecord& other) {
    return other.name() == record.name();
  });
  if (known != records_.end()) {
    *known = std::move(record);
  } else {
    records_.push_back(std::move(record));
  }
}

void RecordFiler::Put(v1::CreditRecord record, OrganizationFile& file) {
  record.set_revision(context_.revision);
  record.set_etag(EtagOf(context_.revision));
  const auto [event, is_new] = file.event_of_.try_emplace(record.name(), decision_.events.size());
  if (is_new) decision_.events.emplace_back();
  *decision_.events[event->second].mutable_record() = record;
  file.Put(std::move(record));
}

absl::StatusOr<Filing> RecordFiler::File(const v1::CreditRecord& delivered, bool propose,
                                         OrganizationFile& file) {
  std::string key = delivered.source_key().empty() ? NaturalKeyOf(delivered) : delivered.source_key();
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::CreditRecord> known, file.FindSame(delivered, source_, key));
  if (known.has_value()) {
    switch (Compare(*known, delivered, source_)) {
      case Delivery::kSame:
        return Filing{v1::IMPORT_OUTCOME_UNCHANGED, *std::move(known)};
      case Delivery::kConflicts:
        return Filing{v1::IMPORT_OUTCOME_REJECTED, *std::move(known)};
      case Delivery::kEnds:
        break;
    }
    return AddEnd(delivered, *std::move(known), file);
  }
  Filing filing{v1::IMPORT_OUTCOME_CREATED, NewRecord(delivered, std::move(key), file)};
  CHENGXIN_ASSIGN_OR_RETURN(std::vector<v1::CreditRecord> displaced, SetEffects(filing.record, file));
  if (propose && filing.record.has_penalty()) CHENGXIN_RETURN_IF_ERROR(Propose(filing.record, file));
  Put(filing.record, file);
  if (filing.record.has_proposal() && filing.record.case_().empty()) OpenCase(filing.record, file);
  for (v1::CreditRecord& other : displaced) Put(std::move(other), file);
  return filing;
}

absl::StatusOr<Filing> RecordFiler::AddEnd(const v1::CreditRecord& delivered, v1::CreditRecord known,
                                           OrganizationFile& file) {
  // Everything else that was said of the item stays.
  Filing filing{v1::IMPORT_OUTCOME_UPDATED, std::move(known)};
  CopyContent(delivered, filing.record);
  // What supports nothing keeps what it once meant, and no more.
  if (SupportsNothing(filing.record)) {
    Put(filing.record, file);
    return filing;
  }
  // The end is a fact of its own day: a certificate that it ends may have kept another's lapse out of sight.
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file.Records());
  std::vector<v1::CreditRecord> affected =
      EffectsFrom(absl::InfinitePast(), filing.record, *records, catalogue_);
  for (const v1::CreditRecord& record : affected) Put(record, file);
  filing.record = std::move(affected.front());
  return filing;
}

absl::Status RecordFiler::Revise(v1::CreditRecord changed, OrganizationFile& file) {
  SetPeriods(DayOf(TimeOf(changed.create_time())), changed);
  CHENGXIN_RETURN_IF_ERROR(Reconsider(changed, file));
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* all, file.Records());
  const std::vector<v1::CreditRecord> records = *all;
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, file.view_.ListListings(file.code()));
  for (const v1::CreditRecord& record : records) {
    const bool concerned = record.has_proposal() || record.name() == changed.name() ||
                           ShareGround(record.name(), changed.name(), listings);
    if (!concerned || !record.has_penalty()) continue;
    v1::CreditRecord next = record;
    next.clear_proposal();
    if (!SupportsNothing(next) && !IsListedFor(record, listings, records, catalogue_)) {
      CHENGXIN_RETURN_IF_ERROR(Propose(next, file));
    }
    if (next.proposal().ground() == record.proposal().ground()) continue;
    Put(next, file);
    CHENGXIN_RETURN_IF_ERROR(PutBeforeAuthority(next, file));
  }
  return absl::OkStatus();
}

absl::Status RecordFiler::PutBeforeAuthority(v1::CreditRecord& record, OrganizationFile& file) {
  std::optional<v1::Case> open;
  if (!record.case_().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(open, FindOpenCase(record.case_(), file.view_));
  }
  if (!open.has_value()) {
    if (record.has_proposal()) OpenCase(record, file);
    return absl::OkStatus();
  }
  if (open->origin() != v1::CASE_ORIGIN_PENALTY) return absl::OkStatus();
  open->set_proposed_ground(record.proposal().ground());
  if (record.has_proposal()) {
    open->set_conduct_on(ConductDayOf(record.penalty()).ToString());
    open->set_facts(FactsOf(record));
  }
  SetTimestamp(context_.stamp, *open->mutable_update_time());
  open->set_revision(context_.revision);
  open->set_etag(EtagOf(context_.revision));
  decision_.events.push_back(EventOf(*std::move(open)));
  return absl::OkStatus();
}

void RecordFiler::SetPeriods(CivilDay recorded_on, v1::CreditRecord& record) const {
  SetCapture(recorded_on, catalogue_, record);
  record.clear_display_until();
  if (const auto end = DisplayEndOf(record, catalogue_)) {
    SetTimestamp(*end, *record.mutable_display_until());
  }
}

absl::Status RecordFiler::Reconsider(const v1::CreditRecord& changed, OrganizationFile& file) {
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file.Records());
  for (v1::CreditRecord& affected : EffectsFrom(context_.stamp, changed, *records, catalogue_)) {
    Put(std::move(affected), file);
  }
  return absl::OkStatus();
}

v1::CreditRecord RecordFiler::NewRecord(const v1::CreditRecord& delivered, std::string key,
                                        const OrganizationFile& file) const {
  v1::CreditRecord record = delivered;
  const auto ordinal = static_cast<uint32_t>(decision_.events.size() + 1);
  record.set_name(RecordNameOf(file.code(), {.revision = context_.revision, .ordinal = ordinal}));
  record.set_category(CategoryOf(record));
  record.set_source(std::string(source_));
  record.set_source_key(std::move(key));
  const v1::Principal& principal = context_.principal;
  // An authority or a purchasing unit; who is of neither, by name.
  const bool of_unit = !principal.unit().empty() && principal.role() != v1::ROLE_SYNC;
  record.set_recorded_by(!principal.authority().empty() ? principal.authority()
                         : of_unit                      ? principal.unit()
                                                        : principal.subject());
  record.clear_effects();
  record.clear_proposal();
  record.clear_listing();
  record.clear_case_();
  record.clear_correction();
  record.clear_withdrawal();
  record.clear_objections();
  record.clear_reviews();
  record.clear_repair();
  record.clear_superseded();
  SetTimestamp(context_.stamp, *record.mutable_create_time());
  SetPeriods(DayOf(context_.stamp), record);
  return record;
}

absl::StatusOr<std::vector<v1::CreditRecord>> RecordFiler::SetEffects(v1::CreditRecord& record,
                                                                      OrganizationFile& file) const {
  for (v1::Effect& effect : EffectsOf(record, catalogue_)) *record.add_effects() = std::move(effect);
  std::vector<v1::CreditRecord> displaced;
  if (!MayDisplace(record)) return displaced;
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* others, file.Records());
  for (const v1::CreditRecord& other : *others) {
    if (other.name() == record.name()) continue;
    Displace(record, other, /*recorded_later=*/false);
    v1::CreditRecord shortened = other;
    if (Displace(shortened, record, /*recorded_later=*/true)) displaced.push_back(std::move(shortened));
  }
  return displaced;
}

absl::Status RecordFiler::Propose(v1::CreditRecord& record, OrganizationFile& file) const {
  const v1::Organization& organization = file.organization();
  if (organization.status() == v1::REGISTRATION_STATUS_CANCELLED) return absl::OkStatus();
  CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file.Records());
  const std::vector<MetGround> met = GroundsMet(record, *records, catalogue_, DayOf(context_.stamp));
  if (met.empty()) return absl::OkStatus();
  v1::ListingProposal& proposal = *record.mutable_proposal();
  proposal.set_ground(met.front().row->id());
  proposal.set_authority(organization.registration_authority());
  proposal.set_legal_basis(met.front().row->legal_basis().zh());
  return absl::OkStatus();
}

void RecordFiler::OpenCase(v1::CreditRecord& record, OrganizationFile& file) {
  const v1::ListingProposal& proposal = record.proposal();
  const auto ordinal = static_cast<uint32_t>(decision_.events.size() + 1);
  v1::Case opened =
      OpenByPlatform({.origin = v1::CASE_ORIGIN_PENALTY,
                      .proposed_ground = proposal.ground(),
                      .record = record.name(),
                      .listing = "",
                      .conduct_on = ConductDayOf(record.penalty()).ToString(),
                      .facts = FactsOf(record)},
                     file.organization(), catalogue_, context_.revision, context_.stamp, ordinal);
  record.set_case_(opened.name());
  decision_.events.push_back(EventOf(std::move(opened)));
  Put(record, file);
}

Decision SourceOnly() {
  return Refuse(
      v1::ERROR_REASON_SOURCE_ONLY,
      "外部名单和禁止参加政府采购活动的信息由其来源提供，不由登记管理机关录入 (entries of lists and "
      "bans kept elsewhere are delivered by their sources, not filed by an officer)");
}

void CheckAgainstCatalogue(const v1::CreditRecord& record, const CompiledCatalogue& catalogue,
                           const FieldChecks& checks) {
  if (!record.has_external_listing()) return;
  const v1::ExternalListing& listing = record.external_listing();
  const v1::Ground* row = catalogue.FindGround(listing.ground(), DayAt(listing.listed_on()));
  checks.Under("external_listing")
      .Check(row != nullptr && row->origin() == v1::GROUND_ORIGIN_EXTERNAL, "ground",
             "应为目录中的外部名单情形，例如GP-01 (expected a ground of the catalogue that is kept "
             "elsewhere, for "
             "example GP-01)");
}

}  // namespace chengxin::domain
