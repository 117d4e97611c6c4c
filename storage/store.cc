#include "storage/store.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "domain/catalogue.h"
#include "rocksdb/statistics.h"
#include "rocksdb/transaction_log.h"
#include "storage/group.h"
#include "storage/head.h"
#include "storage/purge.h"
#include "storage/resources.h"
#include "storage/sealed_parts.h"
#include "storage/simulated_time.h"
#include "storage/status.h"
#include "storage/store_impl.h"

namespace chengxin::storage {

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const StoreOptions& options) {
  CHENGXIN_ASSIGN_OR_RETURN(std::unique_ptr<Tables> tables, Tables::Open(options));
  CHENGXIN_ASSIGN_OR_RETURN(Head head, ReadHead(*tables));
  CHENGXIN_ASSIGN_OR_RETURN(const std::optional<absl::Time> simulated_clock,
                            ReadSimulatedClock(*tables, options, head));
  // A folder that goes on without its keys would answer less and less of what it holds: better now than
  // later.
  if (head.revision > 0) CHENGXIN_RETURN_IF_ERROR(ReadSealedPart(*tables, head.revision, 0).status());
  CHENGXIN_RETURN_IF_ERROR(storage::PurgeDestroyed(*tables));
  CHENGXIN_ASSIGN_OR_RETURN(FoldState fold_state, ReadFoldState(*tables));
  CHENGXIN_ASSIGN_OR_RETURN(
      std::optional<v1::Catalogue> stored,
      ReadResource<v1::Catalogue>(*tables, Table::kCatalogues, "", kNewest, Sealed::kLeaveOut));
  std::shared_ptr<const domain::CompiledCatalogue> catalogue;
  if (stored.has_value()) {
    auto compiled = domain::CompiledCatalogue::Compile(*std::move(stored));
    if (!compiled.ok()) {
      return absl::DataLossError(
          StrCat("the catalogue in force does not compile: ", compiled.status().message()));
    }
    catalogue = *std::move(compiled);
  }
  return std::make_unique<StoreImpl>(std::move(tables), std::move(head), fold_state, std::move(catalogue),
                                     simulated_clock);
}

StoreImpl::StoreImpl(std::unique_ptr<Tables> tables, Head head, FoldState fold_state,
                     std::shared_ptr<const domain::CompiledCatalogue> catalogue,
                     std::optional<absl::Time> simulated_clock)
    : tables_(std::move(tables)),
      simulated_clock_(simulated_clock),
      fold_state_(fold_state),
      catalogue_(std::move(catalogue)),
      head_(std::move(head)) {}

Head StoreImpl::head() const {
  MutexLock lock(mu_);
  return head_;
}

std::unique_ptr<Group> StoreImpl::BeginGroup(const Group* before) {
  // Groups come from here alone.
  const auto* last = static_cast<const GroupImpl*>(before);
  MutexLock lock(mu_);
  TableIterators idle;
  if (last != nullptr) idle = last->overlay()->TakeIterators();
  if (last == nullptr || last->head().revision <= head_.revision) {
    return std::make_unique<GroupImpl>(*tables_, head_, fold_state_, catalogue_, nullptr, std::move(idle));
  }
  return std::make_unique<GroupImpl>(*tables_, last->head(), last->fold_state(), last->catalogue(),
                                     last->overlay(), std::move(idle));
}

absl::Status StoreImpl::KeepSimulatedClock(absl::Time now) {
  if (!simulated_clock_.has_value()) {
    return absl::FailedPreconditionError(
        "数据目录的时间是真实时间 (the time of this data folder is the real one)");
  }
  return PutSimulatedClock(*tables_, now);
}

absl::Status StoreImpl::Commit(Group& group) {
  // Groups come from BeginGroup alone.
  GroupImpl& ours = static_cast<GroupImpl&>(group);
  {
    MutexLock lock(mu_);
    if (!write_error_.ok()) {
      return absl::FailedPreconditionError(StrCat(
          "nothing more can be written until the folder is opened again, after: ", write_error_.message()));
    }
    if (ours.base().revision != head_.revision) {
      return absl::FailedPreconditionError(StrCat("the group follows revision ", ours.base().revision,
                                                  ", the log is at revision ", head_.revision));
    }
  }
  if (ours.empty()) return absl::OkStatus();
  ours.Close();
  CHENGXIN_ASSIGN_OR_RETURN(rocksdb::WriteBatch* const batch, ours.batch());
  absl::Status written = ToStatus(tables_->db().Write(Synced(), batch), "write a group to the log");
  MutexLock lock(mu_);
  if (!written.ok()) {
    write_error_ = written;
    return written;
  }
  head_ = ours.head();
  fold_state_ = ours.fold_state();
  catalogue_ = ours.catalogue();
  return absl::OkStatus();
}

absl::Status StoreImpl::PurgeDestroyed() { return storage::PurgeDestroyed(*tables_); }

StoreStats StoreImpl::Stats() const {
  rocksdb::DB& db = tables_->db();
  const auto total = [&](const std::string& property) {
    uint64_t value = 0;
    db.GetAggregatedIntProperty(property, &value);
    return value;
  };
  StoreStats stats{
      .disk_bytes = total(rocksdb::DB::Properties::kTotalSstFilesSize),
      .memtable_bytes = total(rocksdb::DB::Properties::kCurSizeAllMemTables),
      .stall_micros = db.GetDBOptions().statistics->getTickerCount(rocksdb::STALL_MICROS),
      .write_stopped = false,
      .pending_compaction_bytes = total(rocksdb::DB::Properties::kEstimatePendingCompactionBytes)};
  uint64_t stopped = 0;
  db.GetIntProperty(rocksdb::DB::Properties::kIsWriteStopped, &stopped);
  stats.write_stopped = stopped != 0;
  rocksdb::VectorLogPtr logs;
  if (db.GetSortedWalFiles(logs).ok()) {
    for (const auto& log_file : logs) stats.disk_bytes += log_file->SizeFileBytes();
  }
  return stats;
}

}  // namespace chengxin::storage
