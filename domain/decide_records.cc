// Records filed by the registering authority: rules 8 to 13, 18 to 20, 24, 25, 27.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/strings.h"
#include "domain/case_desk.h"
#include "domain/case_file.h"
#include "domain/deciders.h"
#include "domain/field_checks.h"
#include "domain/listing_rules.h"
#include "domain/listing_ruling.h"
#include "domain/organization_lookup.h"
#include "domain/record_filing.h"
#include "domain/uscc.h"

namespace chengxin::domain {

namespace {

log::v1::Event EventOf(v1::CreditRecord record) {
  log::v1::Event event;
  *event.mutable_record() = std::move(record);
  return event;
}

log::v1::Event EventOf(v1::ListingTransition transition, v1::Listing listing) {
  log::v1::Event event;
  event.mutable_listing()->set_transition(transition);
  *event.mutable_listing()->mutable_listing() = std::move(listing);
  return event;
}

// The ground of the listing that rests on the record first of all, or null.
const v1::ListingGround* GroundOn(const v1::Listing& listing, std::string_view record) {
  const auto found = std::find_if(listing.grounds().begin(), listing.grounds().end(),
                                  [&](const v1::ListingGround& ground) { return ground.record() == record; });
  return found == listing.grounds().end() ? nullptr : &*found;
}

Decision ConflictingRecord(const v1::CreditRecord& known, std::string_view why) {
  return Refuse(v1::ERROR_REASON_CONFLICTING_RECORD, StrCat(known.name(), "：", why),
                {{"record", known.name()}});
}

// Decides one filing.
class RecordCreation {
 public:
  RecordCreation(const v1::CreateRecordRequest& request, const CommandContext& context, const View& view,
                 v1::Organization organization)
      : request_(request),
        context_(context),
        view_(view),
        catalogue_(view.catalogue()),
        file_(std::move(organization), view),
        filer_("", context, *catalogue_, decision_) {}

  absl::StatusOr<Decision> Run() {
    if (auto refusal = RefusePrincipal()) return *std::move(refusal);
    FieldViolations violations;
    CheckAgainstCatalogue(request_.record(), *catalogue_,
                          FieldChecks("record", DayOf(context_.stamp), violations));
    CHENGXIN_RETURN_IF_ERROR(violations.ToStatus());

    const bool decided = request_.has_listing_decision();
    CHENGXIN_ASSIGN_OR_RETURN(Filing filing, filer_.File(request_.record(), /*propose=*/!decided, file_));
    if (filing.outcome == v1::IMPORT_OUTCOME_REJECTED) {
      return ConflictingRecord(
          filing.record,
          "该机关此文号的记录内容不同，应予更正 (the record that is there says something "
          "else; a correction is needed)");
    }
    const bool known = filing.outcome == v1::IMPORT_OUTCOME_UNCHANGED;
    if (known && (!decided || !filing.record.listing().empty())) return AnswerKnown(filing.record);
    if (decided) return List(std::move(filing.record));
    return std::move(decision_);
  }

 private:
  std::optional<Decision> RefusePrincipal() const {
    const v1::Organization& organization = file_.organization();
    if (auto refusal = RefuseElsewhere(context_.principal, organization)) return Refuse(*std::move(refusal));
    if (!request_.organization_etag().empty()) {
      if (auto refusal = RefuseStale(request_.organization_etag(), organization.etag())) {
        return Refuse(*std::move(refusal));
      }
    }
    if (request_.record().has_external_listing()) return SourceOnly();
    return std::nullopt;
  }

  // Nothing changes where the record, and the decision if one comes with it, are there already.
  absl::StatusOr<Decision> AnswerKnown(const v1::CreditRecord& record) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, view_.ListListings(file_.code()));
    const auto listing = std::find_if(listings.begin(), listings.end(), [&](const v1::Listing& entry) {
      return !record.listing().empty() && entry.name() == record.listing();
    });
    Decision answer;
    answer.existing.push_back(EventOf(record));
    if (listing == listings.end()) return answer;
    const v1::ListingGround* ground = GroundOn(*listing, record.name());
    if (request_.has_listing_decision() && !SameDecision(ground)) {
      return ConflictingRecord(record,
                               "已有另一列入决定 (another listing decision rests on this record already)");
    }
    const bool first = ground != nullptr && ground == &listing->grounds(0);
    answer.existing.push_back(
        EventOf(first ? v1::LISTING_TRANSITION_LISTED : v1::LISTING_TRANSITION_GROUND_ADDED, *listing));
    for (const v1::Listing& entry : listings) {
      const bool moved = ground != nullptr && entry.moved_to() == listing->name() &&
                         entry.ended().seconds() == ground->effective_from().seconds();
      if (moved) answer.existing.push_back(EventOf(v1::LISTING_TRANSITION_ENDED, entry));
    }
    return answer;
  }

  bool SameDecision(const v1::ListingGround* ground) const {
    if (ground == nullptr) return false;
    const v1::ListingDecision& given = request_.listing_decision();
    const v1::ListingDecision& known = ground->decision();
    const std::string& effective_on =
        given.effective_on().empty() ? given.decided_on() : given.effective_on();
    return ground->ground() == given.ground() && known.number() == given.number() &&
           known.decided_on() == given.decided_on() && known.effective_on() == effective_on &&
           known.facts() == given.facts() && known.cited_law() == given.cited_law() &&
           known.repair_notice_served() == given.repair_notice_served();
  }

  // Lists in one act with the record (rule 20).
  absl::StatusOr<Decision> List(v1::CreditRecord record) {
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::Listing> listings, view_.ListListings(file_.code()));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord>* records, file_.Records());
    const ListingCase listing_case{.organization = file_.organization(),
                                   .record = record,
                                   .records = *records,
                                   .listings = listings,
                                   .catalogue = *catalogue_};
    CHENGXIN_ASSIGN_OR_RETURN(ListingRuling ruling, RuleOn(request_.listing_decision(), listing_case));
    if (ruling.refusal.has_value()) {
      Decision refused;
      refused.refusal = std::move(ruling.refusal);
      return refused;
    }
    std::vector<log::v1::ListingOutcome> outcomes =
        AddGround(ruling.ground, listings,
                  ListingContext{.catalogue = *catalogue_,
                                 .organization = file_.organization(),
                                 .revision = context_.revision,
                                 .stamp = context_.stamp});
    record.clear_proposal();
    record.set_listing(outcomes.front().listing().name());
    record.set_deciding_officer(request_.record().deciding_officer());
    CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Case> opened, FindOpenCase(record.case_(), view_));
    if (opened.has_value() && catalogue_->message().procedure().decisions_need_two_officers()) {
      return RefuseOneOfficer(*opened);
    }
    filer_.Put(std::move(record), file_);
    if (opened.has_value()) DecideCase(outcomes.front().listing(), *std::move(opened));
    for (log::v1::ListingOutcome& outcome : outcomes) {
      *decision_.events.emplace_back().mutable_listing() = std::move(outcome);
    }
    return std::move(decision_);
  }

  // The case is decided by two, where the catalogue asks for them: not by one who files its penalty again.
  static Decision RefuseOneOfficer(const v1::Case& opened) {
    return Refuse(
        v1::ERROR_REASON_SECOND_OFFICER_NEEDED,
        StrCat("该处罚已有待决案件", opened.name(),
               "，须由两名经办人在案件中决定 (the penalty has a case that waits for its decision by "
               "two officers)"),
        {{"case", opened.name()}});
  }

  // The case that the penalty opened when it came without this decision (rule 20).
  void DecideCase(const v1::Listing& listing, v1::Case opened) {
    DecideByFiling(*listing.grounds().rbegin(), listing.name(), request_.record().deciding_officer(),
                   {.catalogue = *catalogue_,
                    .organization = file_.organization(),
                    .actor = context_.principal,
                    .revision = context_.revision,
                    .stamp = context_.stamp},
                   opened);
    decision_.events.push_back(domain::EventOf(std::move(opened)));
  }

  const v1::CreateRecordRequest& request_;
  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  Decision decision_;
  OrganizationFile file_;
  RecordFiler filer_;
};

// A code that is not in the registry copy. Where its check characters fail, that is the likelier reason
// (rule 5).
absl::StatusOr<Decision> NotFound(const UsccInspection& inspection) {
  const std::string code = inspection.code->ToString();
  if (inspection.ok()) {
    return Refuse(
        v1::ERROR_REASON_ORGANIZATION_NOT_FOUND,
        StrCat(code, "不在登记信息副本中，不能记录 (not in the registry copy: nothing can be recorded)"),
        {{"organization_code", code}});
  }
  FieldViolations violations;
  violations.Add("organization_code", inspection.Describe());
  return RefuseFields(Refusal{.reason = v1::ERROR_REASON_CHECK_DIGIT_UNCONFIRMED,
                              .message = StrCat("organization_code：", inspection.Describe(),
                                                "，且登记管理机关未予确认 (and no registry confirmed it)"),
                              .metadata = {{"organization_code", code}}},
                      violations);
}

}  // namespace

absl::StatusOr<Decision> DecideCommand(const v1::CreateRecordRequest& request, const CommandContext& context,
                                       const View& view) {
  if (context.principal.role() != v1::ROLE_CIVIL_AFFAIRS)
    return Refuse(RoleNotAllowed(context.principal.role()));
  const UsccInspection inspection = Uscc::Inspect(request.organization_code());
  if (!inspection.code.has_value()) return absl::InvalidArgumentError(inspection.Describe());
  CHENGXIN_ASSIGN_OR_RETURN(std::optional<v1::Organization> organization,
                            FindByAnyCode(inspection.code->ToString(), view));
  if (!organization.has_value()) return NotFound(inspection);
  return RecordCreation(request, context, view, *std::move(organization)).Run();
}

}  // namespace chengxin::domain
