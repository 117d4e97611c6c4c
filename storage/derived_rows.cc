#include "storage/derived_rows.h"

#include <algorithm>

#include "domain/application_workflow.h"
#include "domain/case_workflow.h"
#include "domain/dues.h"

namespace chengxin::storage {

namespace {

constexpr size_t kIdSize = 12;
constexpr char kAllOfThem = 0;
constexpr char kOpenOnes = 1;

void AddOrganization(std::string_view code, std::vector<Party>& parties) {
  if (code.size() == kCodeSize) parties.push_back(Party::Organization(std::string(code)));
}
void AddNamedOrganization(std::string_view name, std::vector<Party>& parties) {
  if (const auto code = domain::ParseOrganizationName(name)) AddOrganization(*code, parties);
}
void AddAuthority(std::string_view name, std::vector<Party>& parties) {
  if (const auto id = domain::ParseAuthorityName(name)) parties.push_back(Party::Authority(std::string(*id)));
}
void AddPurchaser(std::string_view name, std::vector<Party>& parties) {
  if (const auto id = domain::ParsePurchaserName(name)) parties.push_back(Party::Purchaser(std::string(*id)));
}

void AddDocketRows(const std::vector<Party>& parties, Docket docket, domain::RecordId id, bool open,
                   std::vector<DerivedRow>& rows) {
  for (const Party& party : parties) {
    rows.push_back({Table::kParties, DocketKey(DocketPrefix(party, docket, /*only_open=*/false), id)});
    if (open) {
      rows.push_back({Table::kParties, DocketKey(DocketPrefix(party, docket, /*only_open=*/true), id)});
    }
  }
}

void AddPartyRows(const v1::Case& the_case, std::vector<DerivedRow>& rows) {
  std::vector<Party> parties;
  AddNamedOrganization(the_case.organization(), parties);
  AddAuthority(the_case.authority(), parties);
  AddPurchaser(the_case.reporter(), parties);
  // An agency that reported it for the purchaser.
  for (const v1::CaseMove& move : the_case.moves()) {
    if (move.role() == v1::ROLE_AGENCY) AddPurchaser(move.by(), parties);
  }
  if (const auto id = domain::ParseCaseName(the_case.name())) {
    AddDocketRows(parties, Docket::kCases, *id, domain::IsOpen(the_case), rows);
  }
}

void AddPartyRows(const v1::Application& application, std::vector<DerivedRow>& rows) {
  std::vector<Party> parties;
  AddNamedOrganization(application.organization(), parties);
  AddAuthority(application.authority(), parties);
  if (const auto id = domain::ParseApplicationName(application.name())) {
    AddDocketRows(parties, Docket::kApplications, *id, domain::IsOpen(application.state()), rows);
  }
}

void AddPartyRows(const v1::Award& award, std::vector<DerivedRow>& rows) {
  std::vector<Party> parties = {Party::Everybody()};
  for (const std::string& code : award.contractor_codes()) AddOrganization(code, parties);
  AddPurchaser(award.purchaser(), parties);
  if (const auto id = domain::ParseAwardName(award.name())) {
    AddDocketRows(parties, Docket::kAwards, *id, award.state() == v1::AWARD_STATE_ACTIVE, rows);
  }
}

void AddPartyRows(const v1::Receipt& receipt, std::vector<DerivedRow>& rows) {
  std::vector<Party> parties;
  AddPurchaser(receipt.purchaser(), parties);
  AddPurchaser(receipt.agency(), parties);
  if (const auto revision = domain::ParseReceiptName(receipt.name())) {
    AddDocketRows(parties, Docket::kReceipts, {.revision = *revision, .ordinal = 0}, /*open=*/false, rows);
  }
}

// A record captured late, on the docket of the authority that recorded it (rule 7); what a source delivered
// is on nobody's.
void AddPartyRows(const v1::CreditRecord& record, std::vector<DerivedRow>& rows) {
  const std::optional<std::string_view> authority = domain::ParseAuthorityName(record.recorded_by());
  const std::optional<domain::RecordName> name = domain::ParseRecordName(record.name());
  if (!record.captured_late() || !authority.has_value() || !name.has_value()) return;
  const std::string prefix = DocketPrefix(Party::Authority(std::string(*authority)), Docket::kLateCaptures,
                                          /*only_open=*/false);
  rows.push_back({Table::kParties, DocketKey(prefix, name->id) + name->code});
}

}  // namespace

bool HasDerivedRows(const log::v1::Event& event) {
  return event.has_listing() || event.has_case_() || event.has_application() || event.has_award() ||
         event.has_receipt() || (event.has_record() && event.record().captured_late());
}

std::vector<DerivedRow> DerivedRowsOf(const log::v1::Event& event) {
  std::vector<DerivedRow> rows;
  for (const log::v1::Due& due : domain::DuesOf(event)) rows.push_back({Table::kDues, DueKey(due)});
  if (event.has_case_()) AddPartyRows(event.case_(), rows);
  if (event.has_application()) AddPartyRows(event.application(), rows);
  if (event.has_award()) AddPartyRows(event.award(), rows);
  if (event.has_receipt()) AddPartyRows(event.receipt(), rows);
  if (event.has_record()) AddPartyRows(event.record(), rows);
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::string DocketPrefix(const Party& party, Docket docket, bool only_open) {
  std::string prefix;
  prefix.reserve(1 + party.id.size() + 3 + kIdSize);
  prefix.append(1, static_cast<char>(party.kind)).append(party.id).append(1, '\0');
  prefix.append(1, static_cast<char>(docket)).append(1, only_open ? kOpenOnes : kAllOfThem);
  return prefix;
}

std::string DocketKey(std::string prefix, domain::RecordId id) {
  std::string key = std::move(prefix);
  AppendBigEndian64(~id.revision, key);
  AppendBigEndian32(~id.ordinal, key);
  return key;
}

std::optional<domain::RecordId> IdOfDocketKey(std::string_view key) {
  if (key.size() < kIdSize) return std::nullopt;
  key.remove_prefix(key.size() - kIdSize);
  return domain::RecordId{.revision = ~ReadBigEndian64(key), .ordinal = ~ReadBigEndian32(key.substr(8))};
}

std::optional<domain::RecordName> RecordOfDocketKey(std::string_view key) {
  if (key.size() != kIdSize + kCodeSize) return std::nullopt;
  const std::optional<domain::RecordId> id = IdOfDocketKey(key.substr(0, kIdSize));
  if (!id.has_value()) return std::nullopt;
  return domain::RecordName{.code = std::string(key.substr(kIdSize)), .id = *id};
}

}  // namespace chengxin::storage
