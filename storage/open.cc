#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/status.h"
#include "base/strings.h"
#include "rocksdb/env.h"
#include "storage/additions.h"
#include "storage/folder.h"
#include "storage/options.h"
#include "storage/status.h"
#include "storage/tables.h"

namespace chengxin::storage {

namespace {

absl::Status NotOurs(std::string_view folder, std::string_view why) {
  return absl::FailedPreconditionError(
      StrCat("folder ", folder, " holds something else than a Chengxin data folder: ", why));
}

absl::Status OtherFormat(std::string_view folder, std::string_view found) {
  return absl::FailedPreconditionError(StrCat("folder ", folder, " has format version ", found,
                                              "; this program reads format version ", kFormatVersion));
}

// Files that a creation cut short may leave behind, and what file systems put there by themselves.
bool MayLieInANewFolder(std::string_view name) {
  const bool is_write_ahead_log =
      name.ends_with(".log") && name.find_first_not_of("0123456789") == name.size() - 4;
  return is_write_ahead_log || name == "." || name == ".." || name == "lost+found" || name == "LOCK" ||
         name == "IDENTITY" || name == "LOG" || name.starts_with("LOG.old.") ||
         name.starts_with("MANIFEST-") || name.starts_with("OPTIONS-") || name.ends_with(".dbtmp");
}

// True where the folder already holds a database.
absl::StatusOr<bool> PrepareFolder(const StoreOptions& options) {
  rocksdb::Env* const env = options.env != nullptr ? options.env : rocksdb::Env::Default();
  const rocksdb::Status exists = env->FileExists(options.folder);
  if (exists.IsNotFound()) {
    CHENGXIN_RETURN_IF_ERROR(CreateFolder(options.folder, options.env));
    return false;
  }
  CHENGXIN_RETURN_IF_ERROR(ToStatus(exists, StrCat("look for folder ", options.folder)));
  std::vector<std::string> names;
  CHENGXIN_RETURN_IF_ERROR(
      ToStatus(env->GetChildren(options.folder, &names), StrCat("list ", options.folder)));
  if (std::find(names.begin(), names.end(), "CURRENT") != names.end()) return true;
  for (const std::string& name : names) {
    if (!MayLieInANewFolder(name)) return NotOurs(options.folder, StrCat("file ", name));
  }
  return false;
}

// In order. `with_additions` false: those that every folder of this version has.
std::vector<std::string> FamilyNames(bool with_additions) {
  std::vector<std::string> names = {rocksdb::kDefaultColumnFamilyName};
  for (size_t i = 0; i < kTableCount; ++i) {
    const Table table = static_cast<Table>(i);
    if (with_additions || !IsAddition(table)) names.emplace_back(TableName(table));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Looks at a database whose tables are not those of this version without changing it: one of another version,
// one that lacks additions or whose creation was cut short (Ok), or a stranger's.
absl::Status JudgeOtherTables(const StoreOptions& options, const std::vector<std::string>& found) {
  const std::vector<std::string> ours = FamilyNames(/*with_additions=*/true);
  const std::vector<std::string> needed = FamilyNames(/*with_additions=*/false);
  const bool has_meta = std::binary_search(found.begin(), found.end(), TableName(Table::kMeta));
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, {}}};
  if (has_meta) families.push_back({std::string(TableName(Table::kMeta)), {}});

  rocksdb::DBOptions database = DatabaseOptions(options);
  database.create_if_missing = false;
  database.create_missing_column_families = false;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  CHENGXIN_RETURN_IF_ERROR(
      ToStatus(rocksdb::DB::OpenForReadOnly(database, options.folder, families, &handles, &opened),
               StrCat("look at folder ", options.folder)));
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::string format;
  rocksdb::Status read = rocksdb::Status::NotFound();
  if (has_meta) read = db->Get({}, handles[1], SliceOf(kFormatKey), &format);
  std::unique_ptr<rocksdb::Iterator> foreign(db->NewIterator({}, handles[0]));
  foreign->SeekToFirst();
  const bool has_foreign_rows = foreign->Valid();
  foreign.reset();
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);

  if (read.ok() && format.size() == 4 && ReadBigEndian32(format) != kFormatVersion) {
    return OtherFormat(options.folder, StrCat(ReadBigEndian32(format)));
  }
  const bool only_ours = std::includes(ours.begin(), ours.end(), found.begin(), found.end());
  const bool lacks_additions =
      read.ok() && std::includes(found.begin(), found.end(), needed.begin(), needed.end());
  if (!only_ours || has_foreign_rows || !(read.IsNotFound() || lacks_additions)) {
    return NotOurs(options.folder, "a database with other tables");
  }
  return absl::OkStatus();
}

absl::Status JudgeDatabase(const StoreOptions& options) {
  std::vector<std::string> found;
  CHENGXIN_RETURN_IF_ERROR(
      ToStatus(rocksdb::DB::ListColumnFamilies(DatabaseOptions(options), options.folder, &found),
               StrCat("read the tables of folder ", options.folder)));
  std::sort(found.begin(), found.end());
  return found == FamilyNames(/*with_additions=*/true) ? absl::OkStatus() : JudgeOtherTables(options, found);
}

// Checks the format version; writes it into a new folder, with the mark of a simulated clock where one is
// asked for.
absl::Status CheckFormat(const Tables& tables, const StoreOptions& options) {
  const std::string& folder = options.folder;
  std::string format;
  CHENGXIN_ASSIGN_OR_RETURN(const bool there, tables.Get(Table::kMeta, kFormatKey, format));
  if (there) {
    if (format.size() == 4 && ReadBigEndian32(format) == kFormatVersion) return AddWhatIsMissing(tables);
    return OtherFormat(folder, format.size() == 4 ? StrCat(ReadBigEndian32(format)) : KeyForPeople(format));
  }
  for (size_t i = 0; i < kTableCount; ++i) {
    const RowIterator rows = tables.IterateAll(static_cast<Table>(i), /*streaming=*/false);
    rows->SeekToFirst();
    if (rows->Valid()) return NotOurs(folder, "tables without a format version");
    CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "look for rows"));
  }
  AppendBigEndian32(kFormatVersion, format);
  rocksdb::WriteBatch batch;
  batch.Put(tables.handle(Table::kMeta), SliceOf(kFormatKey), format);
  PutAdditions(tables, batch);
  if (options.simulated_clock_start.has_value()) {
    batch.Put(tables.handle(Table::kMeta), SliceOf(kSimulatedClockKey),
              StampKey(absl::ToUnixNanos(*options.simulated_clock_start)));
  }
  return ToStatus(tables.db().Write(Synced(), &batch), "write the format version");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Tables>> Tables::Open(const StoreOptions& options) {
  CHENGXIN_ASSIGN_OR_RETURN(const bool exists, PrepareFolder(options));
  if (exists) CHENGXIN_RETURN_IF_ERROR(JudgeDatabase(options));

  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, {}}};
  for (size_t i = 0; i < kTableCount; ++i) {
    const Table table = static_cast<Table>(i);
    families.push_back({std::string(TableName(table)), TableOptions(table, options, cache)});
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  CHENGXIN_RETURN_IF_ERROR(
      ToStatus(rocksdb::DB::Open(DatabaseOptions(options), options.folder, families, &handles, &db),
               StrCat("open folder ", options.folder)));
  std::unique_ptr<Tables> tables(new Tables());
  tables->db_.reset(db);
  tables->sealing_keys_ = options.sealing_keys;
  tables->unused_default_ = handles[0];
  std::copy(handles.begin() + 1, handles.end(), tables->handles_.begin());
  CHENGXIN_RETURN_IF_ERROR(CheckFormat(*tables, options));
  return tables;
}

Tables::~Tables() {
  if (db_ == nullptr) return;
  for (rocksdb::ColumnFamilyHandle* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
  db_->DestroyColumnFamilyHandle(unused_default_);
  db_->Close();
}

RowIterator Tables::Iterate(Table table) const {
  rocksdb::ReadOptions read;
  read.prefix_same_as_start = HasCodePrefix(table);
  return RowIterator(db_->NewIterator(read, handle(table)));
}

RowIterator Tables::IterateAll(Table table, bool streaming) const {
  rocksdb::ReadOptions read;
  read.total_order_seek = true;
  if (streaming) {
    read.fill_cache = false;
    read.readahead_size = size_t{2} << 20;
  }
  return RowIterator(db_->NewIterator(read, handle(table)));
}

absl::StatusOr<bool> Tables::Get(Table table, std::string_view key, std::string& value) const {
  const rocksdb::Status status = db_->Get({}, handle(table), SliceOf(key), &value);
  if (status.ok()) return true;
  if (status.IsNotFound()) return false;
  return ToStatus(status, StrCat("read ", TableName(table)));
}

}  // namespace chengxin::storage
