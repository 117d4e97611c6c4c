#include "tests/access/law_office.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "domain/timestamps.h"
#include "server/authenticator.h"
#include "tests/support/catalogue_files.h"

namespace chengxin {

namespace {

constexpr char kFirstInstant[] = "2024-03-04T10:00:00+08:00";
// As many as one office has callers for.
constexpr int kMostOrganizations = 60;
// All are for a contract of this purchaser.
constexpr char kPurchaser[] = "purchasers/km-culture";

absl::Time FirstInstant() {
  absl::Time instant;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, kFirstInstant, &instant, &error)) << error;
  return instant;
}

bool IsOfAuthority(v1::Role role) { return role == v1::ROLE_CIVIL_AFFAIRS || role == v1::ROLE_FINANCE; }

}  // namespace

std::string Marked(std::string_view what) { return StrCat(kMarker, "-", what); }

LawOffice::LawOffice()
    : secure_([](config::v1::ServerConfig& config) { config.set_simulated_clock_start(kFirstInstant); }),
      now_(FirstInstant()) {
  EnrolCast();
  const auto channel = secure_.Connect();
  std::apply(
      [&](auto&... stub) {
        const auto connect = [&]<typename Stub>(std::unique_ptr<Stub>& place) {
          place = std::make_unique<Stub>(channel);
        };
        (connect(stub), ...);
      },
      stubs_);
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id(NextRequestId());
  Expect(Ask(kAdministrator, &Admin::ActivateCatalogue, request));
  ReadSources();
  Expect(Send(kRegister, &Organizations::ImportOrganizations, RegisterRows({World::OrganizationOf(0)})));
}

void LawOffice::Enrol(std::string_view who, std::string_view alias, std::string_view entrustment) {
  const size_t colon = who.find(':');
  const v1::Role role = server::RoleOf(who.substr(0, colon)).value();
  const std::string_view bound_to =
      colon == std::string_view::npos ? std::string_view() : who.substr(colon + 1);
  const std::string known_as(alias.empty() ? who : alias);
  std::string name = known_as;
  for (char& character : name)
    if (character == ':' || character == '/') character = '-';
  config::v1::PrincipalRow& row =
      IsOfAuthority(role) ? secure_.Row(name, role, bound_to) : secure_.Row(name, role, "", bound_to);
  if (!entrustment.empty()) row.mutable_principal()->add_entrustments(std::string(entrustment));
  tokens_[known_as] = SecureOffice::AddToken(row, secure_.clock().Now() + absl::Hours(24));
}

void LawOffice::EnrolCast() {
  tokens_[std::string(kPublic)] = "";
  for (const std::string_view who : {kAdministrator, kAuditor, kWuhua, kPanlong, kKunming, kCulture, kHealth})
    Enrol(who);
  Enrol(kWuhua, kWuhuaIntake);
  Enrol(kWuhua, kWuhuaSecond);
  Enrol(kAgency, "", kPurchaser);
  Enrol(kOtherAgency, "", "purchasers/km-health");
  for (const char* authority : {"km-wuhua", "km-panlong", "km"})
    Enrol(StrCat("finance:authorities/", authority));
  const v1::Catalogue catalogue = LoadDeployedCatalogue();
  for (const v1::Source& source : catalogue.sources()) {
    if (source.kind() == v1::SOURCE_KIND_LISTS) continue;
    sources_.push_back(source);
    Enrol(StrCat("sync:sources/", source.id()));
  }
  for (int number = 0; number <= kMostOrganizations; ++number)
    Enrol(OwnerOf(World::CodeOf(number).ToString()));
  secure_.Publish();
}

const std::string& LawOffice::TokenOf(std::string_view who) const {
  static const std::string nobody = "nobody";
  const auto found = tokens_.find(who);
  EXPECT_NE(found, tokens_.end()) << who;
  return found == tokens_.end() ? nobody : found->second;
}

void LawOffice::Hear(std::string_view who, const grpc::Status& status,
                     const google::protobuf::Message& response) {
  heard_.push_back(
      {.who = std::string(who),
       .type = response.GetDescriptor()->full_name(),
       .bytes = StrCat(response.SerializeAsString(), status.error_message(), "\n", status.error_details())});
}

std::vector<std::string> LawOffice::Leaks() const {
  std::vector<std::string> leaks;
  for (const auto& [who, type, bytes] : heard_) {
    const bool of_authority = who == kWuhua || who == kWuhuaIntake || who == kWuhuaSecond;
    const bool own_application = who.rfind("organization:", 0) == 0 && type.find("Application") != type.npos;
    if (!of_authority && !own_application && bytes.find(kMarker) != bytes.npos)
      leaks.push_back(StrCat(who, " in ", type));
  }
  return leaks;
}

void LawOffice::AskForTwoOfficers(bool two) {
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.mutable_catalogue()->set_version(StrCat("officers-", ++catalogues_));
  request.mutable_catalogue()->mutable_procedure()->set_decisions_need_two_officers(two);
  request.set_request_id(NextRequestId());
  Expect(Ask(kAdministrator, &Admin::ActivateCatalogue, request));
}

domain::CivilDay LawOffice::today() const { return domain::DayOf(now_); }

void LawOffice::Advance(absl::Duration by) {
  v1::AdvanceClockRequest request;
  domain::SetTimestamp(now_ + by, *request.mutable_to());
  now_ = domain::TimeOf(Expect(Ask(kAdministrator, &Admin::AdvanceClock, request)).now());
  ReadSources();
}

void LawOffice::ReadSources() {
  const auto end_run = [&](const v1::Source& source, auto method, auto request) {
    const std::string name = StrCat("sources/", source.id());
    request.set_source(name);
    domain::SetTimestamp(now_, *request.mutable_source_as_of());
    request.set_request_id(NextRequestId());
    request.set_end_of_run(true);
    request.set_complete(true);
    Expect(Send(StrCat("sync:", name), method, request));
  };
  for (const v1::Source& source : sources_) {
    if (source.kind() == v1::SOURCE_KIND_REGISTRY) {
      end_run(source, &Organizations::ImportOrganizations, v1::ImportOrganizationsRequest());
    } else {
      end_run(source, &Records::ImportRecords, v1::ImportRecordsRequest());
    }
  }
}

v1::Organization LawOffice::NewOrganization() {
  EXPECT_LT(organizations_, kMostOrganizations);
  v1::Organization organization = World::OrganizationOf(++organizations_);
  organization.set_legal_representative(Marked("法定代表人"));
  organization.set_phone(Marked("电话"));
  organization.set_bank_account(Marked("账号"));
  return organization;
}

v1::ImportOrganizationsRequest LawOffice::RegisterRows(const std::vector<v1::Organization>& rows) {
  v1::ImportOrganizationsRequest request;
  request.set_source("sources/registry-kunming");
  domain::SetTimestamp(now_, *request.mutable_source_as_of());
  request.set_request_id(NextRequestId());
  for (const v1::Organization& row : rows) *request.add_organizations() = row;
  return request;
}

std::string LawOffice::Register() {
  const v1::Organization organization = NewOrganization();
  const auto told = Send(kRegister, &Organizations::ImportOrganizations, RegisterRows({organization}));
  EXPECT_EQ(Expect(told).results(0).outcome(), v1::IMPORT_OUTCOME_CREATED)
      << told.response.ShortDebugString();
  return organization.code();
}

v1::CertifyRequest LawOffice::CertificateOn(const std::string& code, v1::QueryPurpose purpose) {
  v1::CertifyRequest request;
  request.set_subject(v1::RECEIPT_SUBJECT_ORGANIZATION);
  request.add_organization_codes(code);
  v1::QueryContext& context = *request.mutable_context();
  context.set_purpose(purpose);
  context.set_project(StrCat("KMZC-", code));
  context.set_purchaser(kPurchaser);
  domain::SetTimestamp(now_ + absl::Hours(24), *context.mutable_cut_off());
  request.set_request_id(NextRequestId());
  return request;
}

v1::Receipt LawOffice::Certify(std::string_view who, const std::string& code, v1::QueryPurpose purpose) {
  return Expect(Ask(who, &Eligibility::Certify, CertificateOn(code, purpose))).receipt();
}

v1::CreateAwardRequest LawOffice::AwardOn(const v1::Receipt& receipt) {
  v1::CreateAwardRequest request;
  request.set_request_id(NextRequestId());
  v1::Award& award = *request.mutable_award();
  award.set_project(receipt.context().project());
  award.set_title("社区居家养老服务");
  award.set_mode(v1::AWARD_MODE_SINGLE);
  award.add_contractor_codes(receipt.answers(0).organization_code());
  *award.mutable_cut_off() = receipt.context().cut_off();
  award.set_contract("KMWH-2026-031");
  award.set_renewable(true);
  v1::ContractTerm& term = *award.add_terms();
  term.set_starts_on((today() + 2).ToString());
  term.set_ends_on((today() + 3).ToString());
  term.set_price_fen(100'000'00);
  term.set_receipt(receipt.name());
  return request;
}

v1::Award LawOffice::Award(const std::string& code) {
  return Expect(Ask(kCulture, &Awards::CreateAward, AwardOn(Certify(kCulture, code)))).award();
}

v1::OpenCaseRequest LawOffice::ReportOn(const std::string& code, const std::string& award) {
  v1::OpenCaseRequest request = documents_.ReportOn(code);
  request.mutable_case_()->set_award(award);
  request.set_request_id(NextRequestId());
  return request;
}

v1::OpenCaseRequest LawOffice::OwnCaseOn(const std::string& code, v1::CaseOrigin origin) {
  v1::OpenCaseRequest request = ReportOn(code);
  request.set_origin(origin);
  request.mutable_case_()->clear_contract();
  request.mutable_case_()->set_internal_note(Marked("办案笔记"));
  if (origin == v1::CASE_ORIGIN_COMPLAINT) request.mutable_case_()->set_complainant(Marked("投诉人"));
  return request;
}

v1::Case LawOffice::Report(const std::string& code) {
  return Expect(Ask(kCulture, &Cases::OpenCase, ReportOn(code))).case_();
}

v1::Case LawOffice::Accept(const v1::Case& found) {
  return Expect(Move(kWuhua, &Cases::AcceptCase, found)).case_();
}

v1::Case LawOffice::ServeNotice(const v1::Case& found, std::string_view ground) {
  v1::ServeNoticeRequest request;
  *request.mutable_notice() = documents_.NoticeOn(ground);
  return Expect(Move(kWuhua, &Cases::ServeNotice, found, request)).case_();
}

v1::Case LawOffice::Waive(const v1::Case& found) {
  v1::RecordStatementRequest request;
  request.mutable_statement()->set_received_on(Today());
  request.mutable_statement()->set_waived(true);
  *request.mutable_statement()->add_evidence() = Documents::Proof("放弃陈述申辩声明");
  return Expect(Move(kWuhua, &Cases::RecordStatement, found, request)).case_();
}

v1::Case LawOffice::ReadyToDecide(const std::string& code, std::string_view ground) {
  return Waive(ServeNotice(Accept(Report(code)), ground));
}

v1::CreateRecordRequest LawOffice::PenaltyOn(const std::string& code, int64_t fine_fen,
                                             std::string_view ground) {
  v1::CreateRecordRequest request = Documents::PenaltyOn(code, fine_fen, ground, Today(), ++decisions_);
  request.mutable_record()->set_internal_note(Marked("记录笔记"));
  if (!ground.empty()) request.mutable_record()->set_deciding_officer(Marked("经办人"));
  request.set_request_id(NextRequestId());
  return request;
}

v1::CreateRecordResponse LawOffice::Penalize(const std::string& code, int64_t fine_fen,
                                             std::string_view ground) {
  return Expect(Ask(kWuhua, &Records::CreateRecord, PenaltyOn(code, fine_fen, ground)));
}

v1::ImportRecordsRequest LawOffice::DeliveryOn(const std::string& code) {
  v1::ImportRecordsRequest request;
  request.set_source("sources/credit-records");
  domain::SetTimestamp(now_, *request.mutable_source_as_of());
  request.set_request_id(NextRequestId());
  v1::ImportRecord& row = *request.add_records();
  row.set_organization_code(code);
  v1::CreditRecord& record = *row.mutable_record();
  record.set_formed_on(Today());
  record.set_internal_note(Marked("来源笔记"));
  v1::AnnualInspection& inspection = *record.mutable_annual_inspection();
  inspection.set_year(today().year() - 1);
  inspection.set_conclusion(v1::ANNUAL_CONCLUSION_QUALIFIED);
  inspection.set_concluded_on(Today());
  return request;
}

v1::CreditRecord LawOffice::Deliver(const std::string& code) {
  const auto told = Send(kRecordsJob, &Records::ImportRecords, DeliveryOn(code));
  EXPECT_EQ(Expect(told).results(0).outcome(), v1::IMPORT_OUTCOME_CREATED)
      << told.response.ShortDebugString();
  v1::ListRecordsRequest request;
  request.set_organization_code(code);
  const auto listed = Ask(kWuhua, &Records::ListRecords, request);
  for (const v1::CreditRecord& record : Expect(listed).records())
    if (record.source() == "sources/credit-records") return record;
  ADD_FAILURE() << "not delivered";
  return {};
}

v1::FileApplicationRequest LawOffice::ApplicationOn(v1::ApplicationKind kind, const std::string& item) {
  v1::FileApplicationRequest request = documents_.ApplicationOn(kind, item);
  request.mutable_application()->set_contact(Marked("联系人"));
  request.set_request_id(NextRequestId());
  return request;
}

v1::Application LawOffice::File(v1::ApplicationKind kind, const std::string& code, const std::string& item) {
  return Expect(Ask(OwnerOf(code), &Cases::FileApplication, ApplicationOn(kind, item))).application();
}

v1::Application LawOffice::Accept(const v1::Application& application) {
  return Expect(Move(kWuhua, &Cases::AcceptApplication, application)).application();
}

v1::AnswerApplicationRequest LawOffice::AnswerOn() {
  v1::AnswerApplicationRequest request;
  request.set_granted(true);
  request.set_number(StrCat("五民复〔2024〕", ++decisions_, "号"));
  request.set_answer("经核实，同意");
  request.set_deciding_officer(Marked("答复人"));
  return request;
}

}  // namespace chengxin
