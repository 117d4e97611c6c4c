// Imports of the registry copy: rules 1 to 5.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/authority_change.h"
#include "domain/deciders.h"
#include "domain/field_checks.h"
#include "domain/import_run.h"
#include "domain/listing_removal.h"
#include "domain/listing_rules.h"
#include "domain/organization_lookup.h"
#include "domain/resource_names.h"
#include "domain/uscc.h"

namespace chengxin::domain {

namespace {

// A division whose code ends in four zeros is a province or the country itself.
constexpr int kDivisionsPerProvince = 10'000;

v1::OrganizationType TypeOf(const Uscc& code) {
  return static_cast<v1::OrganizationType>(code.category() - '0');
}

// Rule 3: the code says what the organization is.
void CheckType(const v1::Organization& row, const Uscc& code, const FieldChecks& checks) {
  if (row.type() == v1::ORGANIZATION_TYPE_UNSPECIFIED || row.type() == TypeOf(code)) return;
  checks.Add("type", StrCat("与代码第2位不一致，应为", v1::OrganizationType_Name(TypeOf(code)),
                            " (contradicts the code's second character; expected ",
                            v1::OrganizationType_Name(TypeOf(code)), ")"));
}

// Rule 5: a failing check character is taken only with the registry's confirmation, an actor and a reason.
void CheckConfirmation(const v1::Organization& row, const UsccInspection& inspection,
                       const CompiledCatalogue& catalogue, const FieldChecks& checks) {
  if (!row.has_code_confirmation()) {
    if (!inspection.ok()) {
      checks.Add("code", StrCat(inspection.Describe(),
                                "；登记管理机关确认无误的，应附code_confirmation (a code that its registry "
                                "confirms needs code_confirmation)"));
    }
    return;
  }
  const FieldChecks confirmation = checks.Under("code_confirmation");
  const v1::CodeConfirmation& given = row.code_confirmation();
  confirmation.Check(!inspection.ok(), "registry",
                     "校验码无误，不需确认 (the check characters hold; nothing is to be confirmed)");
  const auto registry = ParseAuthorityName(given.registry());
  confirmation.Check(
      registry.has_value() && catalogue.FindAuthority(*registry) != nullptr, "registry",
      "应为目录中的机关\"authorities/{id}\" (expected an authority of the catalogue, \"authorities/{id}\")");
  confirmation.RequiredText("actor", given.actor(), kMaximumNumberLength);
  confirmation.RequiredText("reason", given.reason(), kMaximumReasonLength);
  confirmation.OptionalPastDay("confirmed_on", given.confirmed_on());
}

// Rules 1 to 4. The code where it may be used to look the organization up.
std::optional<Uscc> CheckCode(const v1::Organization& row, const CompiledCatalogue& catalogue,
                              const FieldChecks& checks) {
  const UsccInspection inspection = Uscc::Inspect(row.code());
  if (!inspection.code.has_value()) {
    checks.Add("code", inspection.Describe());
    return std::nullopt;
  }
  const Uscc& code = *inspection.code;
  if (!checks.Check(
          code.is_social_organization(), "code",
          "应为社会组织的代码：第1位为5，第2位为1、2、3或9 (expected a social organization's code: 5, "
          "then 1, 2, 3 or 9)")) {
    return std::nullopt;
  }
  CheckConfirmation(row, inspection, catalogue, checks);
  if (!catalogue.divisions().ever_listed(code.division())) {
    checks.Add("code", StrCat("第3至8位", code.division(), "从未是行政区划代码 (positions 3 to 8: ",
                              code.division(), " was never a division of GB/T 2260)"));
  }
  CheckType(row, code, checks);
  return code;
}

void CheckAuthority(const v1::Organization& row, const ImportRun& run, const CompiledCatalogue& catalogue,
                    const FieldChecks& checks) {
  constexpr std::string_view kField = "registration_authority";
  const auto id = ParseAuthorityName(row.registration_authority());
  if (!checks.Check(id.has_value() && catalogue.FindAuthority(*id) != nullptr, kField,
                    "应为目录中的机关\"authorities/{id}\" (expected an authority of the catalogue, "
                    "\"authorities/{id}\")")) {
    return;
  }
  const auto& delivered = run.source->authorities();
  if (!checks.Check(std::find(delivered.begin(), delivered.end(), *id) != delivered.end(), kField,
                    "该来源不提供此机关的登记信息 (the source does not deliver this authority's register)")) {
    return;
  }
  checks.Check(run.only_authority.empty() || run.only_authority == row.registration_authority(), kField,
               "只能导入本机关登记的社会组织 (only organizations registered with this authority)");
}

void CheckStatus(const v1::Organization& row, const FieldChecks& checks) {
  const auto established_on = checks.RequiredPastDay("established_on", row.established_on());
  if (!checks.RequiredEnum("status", row.status(), v1::RegistrationStatus_IsValid)) return;
  const bool active = row.status() == v1::REGISTRATION_STATUS_ACTIVE;
  const auto since = active ? checks.OptionalPastDay("status_since", row.status_since())
                            : checks.RequiredPastDay("status_since", row.status_since());
  checks.NotBefore("status_since", since, "established_on", established_on);
}

void CheckCertificate(const v1::Organization& row, const Uscc& code, const FieldChecks& checks) {
  if (!checks.KnownEnum("certificate_form", row.certificate_form(), v1::CertificateForm_IsValid)) return;
  const bool legal_person = row.certificate_form() == v1::CERTIFICATE_FORM_UNSPECIFIED ||
                            row.certificate_form() == v1::CERTIFICATE_FORM_LEGAL_PERSON;
  checks.Check(
      legal_person || TypeOf(code) == v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION, "certificate_form",
      "只有民办非企业单位有合伙、个体证书 (only a 民办非企业单位 may be a partnership or individual)");
}

void CheckParticulars(const v1::Organization& row, const FieldChecks& checks) {
  checks.OptionalText("supervising_unit", row.supervising_unit(), kMaximumUnitLength);
  checks.OptionalText("domicile", row.domicile(), kMaximumReasonLength);
  checks.Amount("registered_capital_fen", row.registered_capital_fen());
  checks.OptionalText("legal_representative", row.legal_representative(), kMaximumNumberLength);
  checks.OptionalText("phone", row.phone(), kMaximumContactLength);
  checks.OptionalText("bank_account", row.bank_account(), kMaximumContactLength);
}

// The code that names the organization.
std::optional<Uscc> FirstCodeOf(const v1::Organization& organization) {
  return Uscc::FromStored(ParseOrganizationName(organization.name()).value_or(""));
}

bool SameConfirmation(const v1::Organization& a, const v1::Organization& b) {
  const v1::CodeConfirmation& x = a.code_confirmation();
  const v1::CodeConfirmation& y = b.code_confirmation();
  return a.has_code_confirmation() == b.has_code_confirmation() && x.registry() == y.registry() &&
         x.actor() == y.actor() && x.reason() == y.reason() && x.confirmed_on() == y.confirmed_on();
}

// Whether the row says what is known already, field by field: a million rows are compared on most runs.
bool SameContent(const v1::Organization& known, const v1::Organization& row) {
  return known.display_name() == row.display_name() &&
         known.registration_authority() == row.registration_authority() && known.status() == row.status() &&
         known.status_since() == row.status_since() && known.certificate_form() == row.certificate_form() &&
         known.established_on() == row.established_on() &&
         known.supervising_unit() == row.supervising_unit() && known.domicile() == row.domicile() &&
         known.registered_capital_fen() == row.registered_capital_fen() &&
         known.legal_representative() == row.legal_representative() && known.phone() == row.phone() &&
         known.bank_account() == row.bank_account() && SameConfirmation(known, row);
}

// Whether what a standing is folded from stays as it was (see Apply).
bool SameStanding(const v1::Organization& known, const v1::Organization& next) {
  return known.status() == next.status() && known.status_since() == next.status_since() &&
         known.registration_authority() == next.registration_authority() &&
         known.certificate_form() == next.certificate_form() &&
         known.established_on() == next.established_on() && known.source() == next.source();
}

// Whether the row says that its register no longer has the organization (rule 50).
bool SaysMissing(const v1::Organization& row) {
  return row.status() == v1::REGISTRATION_STATUS_NOT_IN_REGISTER;
}

// Whether an organization of this status can go missing. What was cancelled or revoked has ended already, and
// a register that leaves it out says nothing new.
bool MayGoMissing(v1::RegistrationStatus status) {
  return status != v1::REGISTRATION_STATUS_CANCELLED &&
         status != v1::REGISTRATION_STATUS_REGISTRATION_REVOKED &&
         status != v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED &&
         status != v1::REGISTRATION_STATUS_NOT_IN_REGISTER;
}

// Decides one batch, row by row, each on what the rows before it left.
class OrganizationImport {
 public:
  OrganizationImport(const v1::ImportOrganizationsRequest& request, const ImportRun& run,
                     const CommandContext& context, const View& view)
      : request_(request),
        run_(run),
        context_(context),
        view_(view),
        catalogue_(view.catalogue()),
        today_(DayOf(context.stamp)),
        etag_(EtagOf(context.revision)) {
    const auto rows = static_cast<size_t>(request.organizations_size());
    changed_.reserve(rows);
    decision_.events.reserve(rows + 1);
    decision_.tally.emplace();
    decision_.tally->mutable_outcomes()->Reserve(request.organizations_size());
  }

  absl::StatusOr<Decision> Run() {
    for (const v1::Organization& row : request_.organizations()) CHENGXIN_RETURN_IF_ERROR(Take(row));
    CHENGXIN_RETURN_IF_ERROR(EndListings());
    for (size_t i = 0; i < moves_standing_.size(); ++i) {
      if (!moves_standing_[i]) decision_.without_effect.push_back(i);
    }
    CHENGXIN_RETURN_IF_ERROR(FollowAuthorities());
    EndRun(HeaderOf(request_), run_, context_.stamp, decision_);
    return std::move(decision_);
  }

 private:
  // Rule 33: what ends with 注销登记 ends in the same Change.
  absl::Status EndListings() {
    const size_t organizations = decision_.events.size();
    for (size_t i = 0; i < organizations; ++i) {
      const v1::Organization& row = decision_.events[i].organization();
      const bool is_new = TimeOf(row.create_time()) == context_.stamp;
      if (is_new || row.status() != v1::REGISTRATION_STATUS_CANCELLED) continue;
      const v1::Organization organization = row;  // events grow below
      CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings,
                                view_.ListListings(ParseOrganizationName(organization.name()).value_or("")));
      const ListingContext listing_context{.catalogue = *catalogue_,
                                           .organization = organization,
                                           .revision = context_.revision,
                                           .stamp = context_.stamp};
      for (log::v1::ListingOutcome& ended : EndOnDeregistration(listings, listing_context)) {
        *decision_.events.emplace_back().mutable_listing() = std::move(ended);
      }
    }
    return absl::OkStatus();
  }

  // Rules 17, 18: what is open or in force goes over to the authority where the organization is registered
  // now.
  absl::Status FollowAuthorities() {
    for (const size_t moved : moved_authority_) {
      const v1::Organization organization = decision_.events[moved].organization();
      const auto& former = organization.former_authorities();
      if (former.empty() || *former.rbegin() == organization.registration_authority()) continue;
      CHENGXIN_RETURN_IF_ERROR(FollowAuthority(organization, context_, view_, decision_));
    }
    return absl::OkStatus();
  }

  absl::Status Take(const v1::Organization& row) {
    FieldViolations violations;
    const std::optional<Uscc> code = Check(row, violations);
    if (!violations.empty()) {
      const auto& first = violations.message().field_violations(0);
      RejectRow(first.field(), first.description(), *decision_.tally);
      return absl::OkStatus();
    }
    if (const auto changed = changed_.find(*code); changed != changed_.end()) {
      TakeAgain(row, *code, changed->second);
      return absl::OkStatus();
    }
    code_text_.clear();
    code->AppendTo(code_text_);
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> found, FindByAnyCode(code_text_, view_));
    const v1::Organization* const known = found.has_value() ? &*found : nullptr;
    // By whatever code the register calls it, it is the organization first known by its name's (换码).
    const Uscc first = known != nullptr ? FirstCodeOf(*known).value_or(*code) : *code;
    if (const auto changed = changed_.find(first); changed != changed_.end()) {
      TakeAgain(row, *code, changed->second);
      return absl::OkStatus();
    }
    const v1::ImportOutcome outcome = OutcomeOf(row, known);
    if (outcome != v1::IMPORT_OUTCOME_CREATED && outcome != v1::IMPORT_OUTCOME_UPDATED) {
      return absl::OkStatus();
    }
    const size_t place = decision_.events.size();
    changed_.emplace(first, place);
    v1::Organization next = NextOf(row, *code, known);
    if (known != nullptr) NoteMove(next, *known, place);
    moves_standing_.push_back(known != nullptr && !SameStanding(*known, next));
    *decision_.events.emplace_back().mutable_organization() = std::move(next);
    return absl::OkStatus();
  }

  std::optional<Uscc> Check(const v1::Organization& row, FieldViolations& violations) const {
    const FieldChecks checks("", today_, violations);
    const std::optional<Uscc> code = CheckCode(row, *catalogue_, checks);
    if (!code.has_value()) return code;
    checks.RequiredText("display_name", row.display_name(), kMaximumNameLength);
    CheckAuthority(row, run_, *catalogue_, checks);
    CheckStatus(row, checks);
    CheckCertificate(row, *code, checks);
    CheckParticulars(row, checks);
    return code;
  }

  // A further row of the same code: what the batch made of it so far is replaced.
  void TakeAgain(const v1::Organization& row, const Uscc& code, size_t place) {
    v1::Organization& known = *decision_.events[place].mutable_organization();
    code_text_.clear();
    code.AppendTo(code_text_);
    if (OutcomeOf(row, &known) != v1::IMPORT_OUTCOME_UPDATED) return;
    v1::Organization next = NextOf(row, code, &known);
    NoteMove(next, known, place);
    moves_standing_[place] = moves_standing_[place] || !SameStanding(known, next);
    known = std::move(next);
  }

  // What the row makes of what is known.
  v1::Organization NextOf(const v1::Organization& row, const Uscc& code,
                          const v1::Organization* known) const {
    v1::Organization next = row;
    if (SaysMissing(row)) {
      // Nothing else is known of it now: what the register said last stays, sealed fields too.
      next = *known;
      next.set_status(row.status());
      next.set_status_since(row.status_since());
    }
    Complete(code, known, next);
    return next;
  }

  // Where the registering authority is another than was known.
  void NoteMove(const v1::Organization& next, const v1::Organization& known, size_t place) {
    if (known.registration_authority() == next.registration_authority()) return;
    const auto noted = std::find(moved_authority_.begin(), moved_authority_.end(), place);
    if (noted == moved_authority_.end()) moved_authority_.push_back(place);
  }

  // Tallies the row.
  v1::ImportOutcome OutcomeOf(const v1::Organization& row, const v1::Organization* known) {
    const auto tallied = [this](v1::ImportOutcome outcome) {
      decision_.tally->add_outcomes(outcome);
      return outcome;
    };
    const auto rejected = [this](std::string_view field, std::string_view reason) {
      RejectRow(field, reason, *decision_.tally);
      return v1::IMPORT_OUTCOME_REJECTED;
    };
    if (known == nullptr) {
      if (SaysMissing(row))
        return rejected("code", "不在登记信息副本中 (not in the registry copy, and so not missing)");
      return tallied(v1::IMPORT_OUTCOME_CREATED);
    }
    // What was merged into another stays so, whatever its register still says.
    if (!known->successor().empty() && row.status() != v1::REGISTRATION_STATUS_CANCELLED &&
        !SaysMissing(row)) {
      return rejected("status", StrCat("已并入", known->successor(), "，应为已注销 (was merged into ",
                                       known->successor(), "; expected CANCELLED)"));
    }
    const bool same_source = known->source() == request_.source();
    if (SaysMissing(row)) {
      if (!same_source) {
        return rejected(
            "status",
            "由另一来源提供，本来源不能说明其不在库中 (another source delivers it: this one cannot "
            "say that it is missing)");
      }
      return tallied(MayGoMissing(known->status()) ? v1::IMPORT_OUTCOME_UPDATED
                                                   : v1::IMPORT_OUTCOME_UNCHANGED);
    }
    const bool versioned = same_source && known->source_version() > 0 && row.source_version() > 0;
    if (versioned && row.source_version() < known->source_version()) {
      return tallied(v1::IMPORT_OUTCOME_OUTDATED);
    }
    const bool same_version = row.source_version() == known->source_version();
    const bool same = SameContent(*known, row);
    // What comes back comes back as it was, with the version it had.
    const bool back = SaysMissing(*known);
    if (versioned && same_version && !same && !back) {
      return rejected("source_version",
                      StrCat("版本", row.source_version(),
                             "已导入且内容不同 (this version is known with another content)"));
    }
    // A source that counts its versions is held to the newest one, though it says the same.
    const bool unchanged = same && same_source && (same_version || row.source_version() == 0);
    return tallied(unchanged ? v1::IMPORT_OUTCOME_UNCHANGED : v1::IMPORT_OUTCOME_UPDATED);
  }

  // Sets what is the platform's to say. `known` may be null.
  void Complete(const Uscc& code, const v1::Organization* known, v1::Organization& next) const {
    next.set_name(known != nullptr ? known->name() : OrganizationName(code_text_));
    next.set_code(known != nullptr ? known->code() : code_text_);
    next.set_type(TypeOf(code));
    next.set_source(request_.source());
    next.clear_former_codes();
    next.clear_former_authorities();
    next.clear_successor();
    next.clear_predecessors();
    next.clear_successions();
    SetTimestamp(context_.stamp, *next.mutable_update_time());
    *next.mutable_create_time() = next.update_time();
    *next.mutable_first_known_time() = next.update_time();
    if (known != nullptr) {
      *next.mutable_former_codes() = known->former_codes();
      *next.mutable_former_authorities() = known->former_authorities();
      next.set_successor(known->successor());
      *next.mutable_predecessors() = known->predecessors();
      *next.mutable_successions() = known->successions();
      if (known->registration_authority() != next.registration_authority()) {
        next.add_former_authorities(known->registration_authority());
      }
      *next.mutable_create_time() = known->create_time();
      next.clear_first_known_time();
      if (known->has_first_known_time()) *next.mutable_first_known_time() = known->first_known_time();
    }
    next.set_revision(context_.revision);
    next.set_etag(etag_);
    next.clear_warnings();
    if (next.type() == v1::ORGANIZATION_TYPE_FOUNDATION && code.division() % kDivisionsPerProvince != 0) {
      next.add_warnings(
          "基金会一般由省级以上民政部门登记，代码所示区划在省级以下 (foundations are registered by provinces "
          "and the "
          "ministry; the code's division is below)");
    }
  }

  const v1::ImportOrganizationsRequest& request_;
  const ImportRun& run_;
  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  const CivilDay today_;
  const std::string etag_;
  std::string code_text_;  // of the row under way
  // Where the batch's new state of an organization stands among the events.
  absl::flat_hash_map<Uscc, size_t> changed_;
  // Of each event, whether it moves the standing of an organization that was known.
  std::vector<bool> moves_standing_;
  // Where those stand whose rows name another authority than was known.
  std::vector<size_t> moved_authority_;
  Decision decision_;
};

}  // namespace

absl::StatusOr<Decision> DecideCommand(const v1::ImportOrganizationsRequest& request,
                                       const CommandContext& context, const View& view) {
  CHENGXIN_ASSIGN_OR_RETURN(const ImportRun run,
                            OpenRun(HeaderOf(request), {v1::SOURCE_KIND_REGISTRY}, context, view));
  if (run.refusal.has_value()) {
    Decision decision;
    decision.refusal = run.refusal;
    return decision;
  }
  return OrganizationImport(request, run, context, view).Run();
}

}  // namespace chengxin::domain
