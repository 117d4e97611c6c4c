// What imports of organizations and of records have in common: the source, its freshness, the tally. Private
// to domain.
#ifndef CHENGXIN_DOMAIN_IMPORT_RUN_H_
#define CHENGXIN_DOMAIN_IMPORT_RUN_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "chengxin/log/v1/change.pb.h"
#include "domain/decide.h"
#include "domain/refusal.h"
#include "domain/timestamps.h"

namespace chengxin::domain {

// The header of a batch, the same for both imports.
struct ImportHeader {
  std::string_view source;  // "sources/{id}"
  absl::Time as_of;
  bool end_of_run = false;
  bool complete = false;
  int64_t rejected_by_reader = 0;
  int64_t identity_numbers_dropped = 0;
};

template <typename Request>
ImportHeader HeaderOf(const Request& request) {
  return {.source = request.source(),
          .as_of = TimeOf(request.source_as_of()),
          .end_of_run = request.end_of_run(),
          .complete = request.complete(),
          .rejected_by_reader = request.rejected_by_reader(),
          .identity_numbers_dropped = request.identity_numbers_dropped()};
}

// A run that may go on, or why it may not.
struct ImportRun {
  std::optional<Refusal> refusal;
  // The source's row in the catalogue in force; null with a refusal.
  const v1::Source* source = nullptr;
  // Civil affairs import rows of organizations registered with this authority only; empty for sync.
  std::string_view only_authority;
  // What was last read of the source.
  std::optional<log::v1::SourceRead> last_read;
};

// Refuses a role, a source that is not one of `kinds` or not the principal's to deliver (UNKNOWN_SOURCE), and
// an instant before what is already known (STALE_SOURCE). A sync job delivers the source it is bound to (unit
// "sources/{id}"), which none is where it is bound to none. Civil affairs deliver
// rows of their own organizations; that a source is read completely they may say only of a register that is
// wholly their own.
absl::StatusOr<ImportRun> OpenRun(const ImportHeader& header, std::initializer_list<v1::SourceKind> kinds,
                                  const CommandContext& context, const View& view);

// Adds what ends the run: the source's reading, recorded at this instant, where it says something new.
void EndRun(const ImportHeader& header, const ImportRun& run, absl::Time recorded, Decision& decision);

// Adds a rejected row.
void RejectRow(std::string_view field, std::string_view reason, log::v1::ImportTally& tally);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_IMPORT_RUN_H_
