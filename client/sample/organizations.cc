#include "client/sample/organizations.h"

#include <array>

#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/uscc.h"

namespace chengxin::sample {
namespace {

constexpr std::array<PublicOrganization, 8> kPublic = {{
    {"51100000500002862F", "中国自动化学会", "mca"},
    {"51100000500009247D", "中国复合材料工业协会", "mca"},
    {"51100000500012681T", "中国医疗保健国际交流促进会", "mca"},
    {"53100000500019795A", "中国社会福利基金会", "mca"},
    {"53100000500021676K", "北京理工大学教育基金会", "mca"},
    {"51100000500019541K", "", "mca"},
    {"51140200MJ1693047P", "", "datong"},
    {"52440111MJK9980480", "", "gz-baiyun"},
}};

// Their days of establishment are not among what is known, and a register row must have one.
constexpr std::string_view kUnknownDay = "2000-01-01";

// Eight characters that begin as codes made for tests do, different for each number below
// kMaximumOrganizations.
std::string BodyOf(size_t number) {
  constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::string body = "MJT00000";
  for (size_t place = body.size(); number > 0; number /= kSymbols.size())
    body[--place] = kSymbols[number % kSymbols.size()];
  return body;
}

// Days since 1970 of 1995-01-01 and 2024-12-31.
const int32_t kFirstDay = domain::CivilDay(1995, 1, 1).number();
const int32_t kLastDay = domain::CivilDay(2024, 12, 31).number();

std::string DayBetween(int32_t first, int32_t last, Random& random) {
  const int32_t day = first + static_cast<int32_t>(random.Below(static_cast<size_t>(last - first + 1)));
  return domain::CivilDay::FromNumber(day).ToString();
}

char CategoryOf(size_t place, Random& random) {
  const size_t share = random.Below(1000);
  // Foundations are registered by ministry and provinces, but for a few delegated ones.
  if (place == 0 && share < 15) return '3';
  return share < 600 ? '2' : '1';
}

v1::RegistrationStatus StatusOf(Random& random) {
  const size_t share = random.Below(1000);
  if (share < 20) return v1::REGISTRATION_STATUS_CANCELLED;
  if (share < 24) return v1::REGISTRATION_STATUS_IN_LIQUIDATION;
  if (share < 25) return v1::REGISTRATION_STATUS_REGISTRATION_REVOKED;
  return v1::REGISTRATION_STATUS_ACTIVE;
}

v1::CertificateForm FormOf(char category, Random& random) {
  const size_t share = random.Below(1000);
  if (category != '2') return v1::CERTIFICATE_FORM_LEGAL_PERSON;
  if (share < 10) return v1::CERTIFICATE_FORM_PARTNERSHIP;
  if (share < 30) return v1::CERTIFICATE_FORM_INDIVIDUAL;
  return v1::CERTIFICATE_FORM_LEGAL_PERSON;
}

}  // namespace

std::string Organizations::Code(const Place& place, char category, std::string_view established_on) {
  const bool former = !place.former_division.empty() && established_on < place.renamed_on;
  const std::string first8 =
      StrCat("5", std::string(1, category), former ? place.former_division : place.division);
  // All symbols are of the alphabet, so that it cannot fail.
  return domain::Uscc::WithChecks(first8, BodyOf(count_))->ToString();
}

void Organizations::Next(v1::Organization& organization) {
  const bool in_story = count_ < kStoryOrganizations;
  // The story's are a service institution each, of three districts.
  const size_t drawn_place = random_.Below(Places().size());
  const size_t place = in_story ? count_ + 1 : drawn_place;
  const char drawn_category = CategoryOf(place, random_);
  const char category = in_story ? '2' : drawn_category;
  const v1::RegistrationStatus status = StatusOf(random_);
  const v1::CertificateForm form = FormOf(category, random_);
  const std::string established_on = DayBetween(kFirstDay, kLastDay, random_);

  organization.Clear();
  ++count_;
  organization.set_code(Code(Places()[place], category, established_on));
  organization.set_display_name(names_.Next(place, category, in_story ? 0 : random_.Next()));
  organization.set_type(static_cast<v1::OrganizationType>(category - '0'));
  organization.set_registration_authority(StrCat("authorities/", Places()[place].authority));
  organization.set_status(in_story ? v1::REGISTRATION_STATUS_ACTIVE : status);
  if (organization.status() != v1::REGISTRATION_STATUS_ACTIVE) {
    const int32_t since = domain::CivilDay::Parse(established_on)->number();
    organization.set_status_since(DayBetween(since, kLastDay, random_));
  }
  organization.set_certificate_form(in_story ? v1::CERTIFICATE_FORM_LEGAL_PERSON : form);
  organization.set_established_on(established_on);
  organization.set_supervising_unit(SupervisingUnit(place, random_.Next()));
  organization.set_domicile(Domicile(place, random_.Next()));
  // 10,000 to 500,000 yuan.
  organization.set_registered_capital_fen(static_cast<int64_t>(random_.Below(50) + 1) * 1'000'000);
}

absl::Span<const PublicOrganization> PublicOrganizations() { return kPublic; }

v1::Organization ToRow(const PublicOrganization& organization) {
  v1::Organization row;
  row.set_code(std::string(organization.code));
  row.set_display_name(organization.name.empty() ? StrCat("名称未载（", organization.code, "）")
                                                 : std::string(organization.name));
  row.set_type(static_cast<v1::OrganizationType>(organization.code[1] - '0'));
  row.set_registration_authority(StrCat("authorities/", organization.authority));
  row.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  row.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  row.set_established_on(std::string(kUnknownDay));
  return row;
}

std::string CodeOutsideCoverage() { return domain::Uscc::WithChecks("52330100", "MJT99999")->ToString(); }

}  // namespace chengxin::sample
