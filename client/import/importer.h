// One import run: a file's rows into a source, in batches, with the end of the run as the source's freshness.
#ifndef CHENGXIN_CLIENT_IMPORT_IMPORTER_H_
#define CHENGXIN_CLIENT_IMPORT_IMPORTER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "client/import/batch_sink.h"
#include "client/import/field_value.h"
#include "client/import/missing_organizations.h"
#include "client/import/row_reader.h"
#include "client/import/text_encoding.h"

namespace chengxin::client {

// Most rows of a batch (the server's limit), and the size in bytes from which on a batch takes no further
// row.
inline constexpr size_t kMaximumImportRows = 1'000;
inline constexpr size_t kBatchBytes = 1 << 20;

// How far a run has come.
struct ImportProgress {
  int64_t rows_read = 0;
  int64_t rows_acknowledged = 0;
  int64_t rows_rejected = 0;
  uint64_t bytes_read = 0;
  // None where the file is no regular one.
  std::optional<uint64_t> bytes;
};

// Told after each batch, on the thread of the run.
class ImportObserver {
 public:
  virtual ~ImportObserver() = default;
  virtual void OnProgress(const ImportProgress& progress) = 0;
};

struct ImportOptions {
  // The file; "-" for standard input.
  std::string path;
  // "sources/{id}", or the id alone.
  std::string source;
  // The instant the source was read as of. None: the file's time of modification, in whole seconds, so that a
  // rerun of the same file is the same run; standard input has none, so it must be given there.
  std::optional<absl::Time> source_as_of;
  ImportFormat format = ImportFormat::kDetect;
  // None: detected.
  std::optional<TextEncoding> encoding;
  // The file holds everything the source has.
  bool complete = false;
  // A run with rejected rows counts as complete all the same. Otherwise it does not: a row that is missing
  // from an adverse list would let somebody through.
  bool complete_despite_rejects = false;
  // Organizations: what the platform holds of the register, asked after the rows of a complete run. Null:
  // nobody is looked for who is missing from the file.
  ListHeld list_held;
  // Takes it that organizations are missing however many they are, and where codes of the file cannot be
  // read.
  bool accept_missing = false;
  // Where rejects go. Empty: RejectsPath.
  std::string rejects_path;
  // So that files may write the names of authorities; from the catalogue.
  AuthorityIds authorities;
  // 1 to kMaximumImportRows.
  size_t batch_rows = kMaximumImportRows;
  // May be null; must outlive the run.
  ImportObserver* observer = nullptr;
};

// What became of a run. Each row read is counted once where the run finished.
struct ImportSummary {
  // Ok where the file was read to its end and the end of the run was acknowledged, with rejected rows or
  // without. InvalidArgument: options (rejects into the file itself), the file's header or encoding;
  // NotFound, PermissionDenied: the file; DataLoss: reading failed; Unavailable: the connection broke for
  // good, or the rejects could not be written; else what the server said. Its message tells whether running
  // the same command again completes the run.
  absl::Status status;
  int64_t rows_read = 0;
  // Rows in acknowledged batches: these are durable, and are the sum of the next five.
  int64_t rows_acknowledged = 0;
  int64_t created = 0;
  int64_t updated = 0;
  int64_t unchanged = 0;
  int64_t outdated = 0;
  int64_t rejected_by_server = 0;
  // Rows that were never sent.
  int64_t rejected_by_reader = 0;
  int64_t rejected() const { return rejected_by_server + rejected_by_reader; }
  // Rows that the server has now, or has in a later version.
  int64_t rows_taken() const { return created + updated + unchanged + outdated; }
  // Organizations that the register had and the complete file has no more: now recorded as such (rule 50).
  int64_t missing = 0;
  // Rows whose code could not be read, where for that reason nobody was looked for who is missing.
  int64_t unreadable_codes = 0;
  // Dropped with their columns, or masked in other fields.
  int64_t identity_numbers = 0;
  // Whether the run was recorded as a complete reading of the source.
  bool complete = false;
  // Revision of the last acknowledgement.
  uint64_t revision = 0;
  absl::Time source_as_of;
  // Empty where nothing was rejected.
  std::string rejects_path;
  // A former rejects file of that name was moved here; empty where there was none.
  std::string former_rejects_path;
  // Columns of the file that nothing reads.
  std::vector<std::string> ignored_columns;
};

// Run to the end or to the first error. Request ids follow from source, source_as_of, the rows and the
// batch's number, so that the same file run again is the same requests, which change nothing twice. No more
// than the batches in flight is held in memory, and with list_held 16 bytes for each row. Organizations that
// are missing are recorded before the end of the run, each batch under an id of its own; where they are too
// many (MissingOrganizations) the run ends with FailedPrecondition and no end.
ImportSummary ImportOrganizations(const ImportOptions& options, const OpenSink<OrganizationBatches>& open);
ImportSummary ImportRecords(const ImportOptions& options, const OpenSink<RecordBatches>& open);

// The summary's counts for people: Chinese first, several lines. Its status is not among them.
std::string Describe(const ImportSummary& summary);

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_IMPORTER_H_
