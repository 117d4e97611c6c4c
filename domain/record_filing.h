// Files one credit record: identity, effects, what it displaces, and the case it opens. The part that
// filing by an officer and importing share. Private to domain.
#ifndef CHENGXIN_DOMAIN_RECORD_FILING_H_
#define CHENGXIN_DOMAIN_RECORD_FILING_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/civil_day.h"
#include "domain/decide.h"
#include "domain/field_checks.h"
#include "domain/view.h"

namespace chengxin::domain {

// An organization with its records as one command sees them: the view's, and over them what the command has
// filed so far. Refers to the view; it must outlive this.
class OrganizationFile {
 public:
  OrganizationFile(v1::Organization organization, const View& view)
      : organization_(std::move(organization)), view_(view) {}

  const v1::Organization& organization() const { return organization_; }
  // The code that names it.
  std::string_view code() const;

  // All records, oldest first. The pointer is good until the next call of a method that is not const.
  absl::StatusOr<const std::vector<v1::CreditRecord>*> Records();
  // The record that is the same item as `delivered`: same source and key, or, for penalties, the same
  // decision of the same organ from whatever source (rule 12). Reads no more than it must.
  absl::StatusOr<std::optional<v1::CreditRecord>> FindSame(const v1::CreditRecord& delivered,
                                                           std::string_view source, const std::string& key);

 private:
  friend class RecordFiler;

  const v1::CreditRecord* FindHere(const v1::CreditRecord& delivered, std::string_view source,
                                   std::string_view key) const;
  // Adds the record or replaces the one of that name.
  void Put(v1::CreditRecord record);

  const v1::Organization organization_;
  const View& view_;
  bool loaded_ = false;
  std::vector<v1::CreditRecord> records_;   // all where loaded_, else those filed by this command
  std::map<std::string, size_t> event_of_;  // record names to their place among the decision's events
};

// What became of a delivery.
struct Filing {
  // CREATED, UPDATED, UNCHANGED, or REJECTED where a record of this identity says something else (rule 13).
  v1::ImportOutcome outcome = v1::IMPORT_OUTCOME_UNSPECIFIED;
  // As it is afterwards; REJECTED: as it is.
  v1::CreditRecord record;
};

// Files records of one command into its decision.
class RecordFiler {
 public:
  // `source` is "sources/{id}", or empty for an officer's. All must outlive the filer.
  RecordFiler(std::string_view source, const CommandContext& context, const CompiledCatalogue& catalogue,
              Decision& decision)
      : source_(source), context_(context), catalogue_(catalogue), decision_(decision) {}

  // Files a record that is valid in itself. A penalty raises a proposal and opens a case for the registering
  // authority where it meets a ground by law and `propose` is set (rule 20); nothing ever lists here.
  absl::StatusOr<Filing> File(const v1::CreditRecord& delivered, bool propose, OrganizationFile& file);

  // Puts a new state of a filed record among the events; sets revision and etag.
  void Put(v1::CreditRecord record, OrganizationFile& file);
  // The same for a record that was corrected, withdrawn, repaired, or had its repair revoked: from this
  // Change on its effects, and those of the records it takes or took the place of, are what follows from it
  // now.
  absl::Status Reconsider(const v1::CreditRecord& changed, OrganizationFile& file);
  // The same for a record that was corrected or withdrawn: what follows from its content is set anew, and so
  // are the proposals that counted it, of records that no entry stands for (rules 20, 24, 25).
  absl::Status Revise(v1::CreditRecord changed, OrganizationFile& file);

 private:
  v1::CreditRecord NewRecord(const v1::CreditRecord& delivered, std::string key,
                             const OrganizationFile& file) const;
  // The same item with its end.
  absl::StatusOr<Filing> AddEnd(const v1::CreditRecord& delivered, v1::CreditRecord known,
                                OrganizationFile& file);
  // When it was to be recorded, and how long it is displayed (rules 7, 36).
  void SetPeriods(CivilDay recorded_on, v1::CreditRecord& record) const;
  // Sets the effects of a record and answers the other records whose effects it cuts short.
  absl::StatusOr<std::vector<v1::CreditRecord>> SetEffects(v1::CreditRecord& record,
                                                           OrganizationFile& file) const;
  absl::Status Propose(v1::CreditRecord& record, OrganizationFile& file) const;
  // The authority's open case on the record says what is proposed now; where none is open, one is opened on
  // the proposal. The record has its event already.
  absl::Status PutBeforeAuthority(v1::CreditRecord& record, OrganizationFile& file);
  // Opens the case on the record's proposal and names it in the record, which has its event already.
  void OpenCase(v1::CreditRecord& record, OrganizationFile& file);

  const std::string_view source_;
  const CommandContext& context_;
  const CompiledCatalogue& catalogue_;
  Decision& decision_;
};

// Refuses an officer what its keeper's source alone delivers: entries of external lists, bans (GP-01, -02,
// -03, -05). Facts of GP-04 that no penalty here gives rise to, such as a judgment, an officer files.
Decision SourceOnly();

// What only the catalogue can say of a record: that the ground of an external listing is one (rule 9).
void CheckAgainstCatalogue(const v1::CreditRecord& record, const CompiledCatalogue& catalogue,
                           const FieldChecks& checks);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RECORD_FILING_H_
