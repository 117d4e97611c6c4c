#include "tests/support/fault_env.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/mutex.h"
#include "rocksdb/file_system.h"

namespace chengxin {

namespace {

using rocksdb::FileOptions;
using rocksdb::FSDirectory;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

std::string ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultFileSystem"; }

  void FailFrom(uint64_t nth, FaultyCalls calls) {
    MutexLock lock(mu_);
    fail_from_ = nth;
    faulty_ = calls;
    calls_ = 0;
    failed_ = false;
  }
  bool failed() const {
    MutexLock lock(mu_);
    return failed_;
  }
  uint64_t calls() const {
    MutexLock lock(mu_);
    return calls_;
  }

  void LosePower(UnsyncedTail tail) {
    FailFrom(0, FaultyCalls::kWrites);
    MutexLock lock(mu_);
    for (const auto& [path, before] : unsynced_entries_) {
      files_.erase(path);
      if (before.has_value()) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << *before;
      } else {
        std::filesystem::remove(path);
      }
    }
    unsynced_entries_.clear();
    for (auto& [path, file] : files_) {
      const uint64_t lost = file.written - file.synced;
      if (lost == 0 || !std::filesystem::exists(path)) continue;
      file.written = file.synced + (tail == UnsyncedTail::kTorn ? lost / 2 : 0);
      std::filesystem::resize_file(path, file.written);
    }
  }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<FSWritableFile>* result, IODebugContext* debug) override {
    if (IOStatus fault = Strike(FaultyCalls::kWrites); !fault.ok()) return fault;
    Entry(path);
    IOStatus status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
    return status.ok() ? Watch(path, 0, result) : status;
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<FSWritableFile>* result, IODebugContext* debug) override {
    if (IOStatus fault = Strike(FaultyCalls::kWrites); !fault.ok()) return fault;
    const bool there = std::filesystem::exists(path);
    if (!there) Entry(path);
    IOStatus status = FileSystemWrapper::ReopenWritableFile(path, options, result, debug);
    return status.ok() ? Watch(path, there ? std::filesystem::file_size(path) : 0, result) : status;
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* debug) override {
    if (IOStatus fault = Strike(FaultyCalls::kWrites); !fault.ok()) return fault;
    Entry(to);
    IOStatus status = FileSystemWrapper::RenameFile(from, to, options, debug);
    if (!status.ok()) return status;
    MutexLock lock(mu_);
    unsynced_entries_.erase(from);
    files_.erase(to);
    if (auto file = files_.extract(from); !file.empty()) {
      file.key() = to;
      files_.insert(std::move(file));
    }
    return status;
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus fault = Strike(FaultyCalls::kWrites); !fault.ok()) return fault;
    IOStatus status = FileSystemWrapper::DeleteFile(path, options, debug);
    if (!status.ok()) return status;
    MutexLock lock(mu_);
    files_.erase(path);
    unsynced_entries_.erase(path);
    return status;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<FSDirectory>* result, IODebugContext* debug) override;

  // Fails the call where the fault has come.
  void HoldSyncs(bool hold) {
    MutexLock lock(mu_);
    hold_syncs_ = hold;
    held_.NotifyAll();
  }
  void WaitForHeldSync() {
    MutexLock lock(mu_);
    while (waiting_syncs_ == 0) held_.Wait(mu_);
  }

  IOStatus Strike(FaultyCalls call) {
    MutexLock lock(mu_);
    if (call == FaultyCalls::kSyncs && hold_syncs_) {
      ++waiting_syncs_;
      held_.NotifyAll();
      while (hold_syncs_) held_.Wait(mu_);
      --waiting_syncs_;
    }
    if (failed_) return IOStatus::IOError("the disk is gone");
    if (faulty_ == FaultyCalls::kWrites || call == FaultyCalls::kSyncs) ++calls_;
    if (fail_from_ == 0 || calls_ < fail_from_) return IOStatus::OK();
    failed_ = true;
    return IOStatus::IOError("the disk is gone");
  }
  void Wrote(const std::string& path, uint64_t bytes) {
    MutexLock lock(mu_);
    files_[path].written += bytes;
  }
  void Synced(const std::string& path) {
    MutexLock lock(mu_);
    File& file = files_[path];
    file.synced = file.written;
  }
  void SyncedFolder(const std::string& folder) {
    MutexLock lock(mu_);
    std::erase_if(unsynced_entries_, [&](const auto& entry) {
      return std::filesystem::path(entry.first).parent_path() ==
             std::filesystem::path(folder + "/").parent_path();
    });
  }

 private:
  struct File {
    uint64_t written = 0;
    uint64_t synced = 0;
  };

  // Remembers what stands at `path` before it is made or replaced.
  void Entry(const std::string& path) {
    MutexLock lock(mu_);
    std::optional<std::string> before;
    if (std::filesystem::exists(path)) before = ReadWholeFile(path);
    unsynced_entries_.try_emplace(path, std::move(before));
  }
  IOStatus Watch(const std::string& path, uint64_t size, std::unique_ptr<FSWritableFile>* file);

  mutable Mutex mu_;
  uint64_t fail_from_ CHENGXIN_GUARDED_BY(mu_) = 0;
  FaultyCalls faulty_ CHENGXIN_GUARDED_BY(mu_) = FaultyCalls::kWrites;
  uint64_t calls_ CHENGXIN_GUARDED_BY(mu_) = 0;
  bool hold_syncs_ CHENGXIN_GUARDED_BY(mu_) = false;
  int waiting_syncs_ CHENGXIN_GUARDED_BY(mu_) = 0;
  CondVar held_;  // a sync waits, or goes on
  bool failed_ CHENGXIN_GUARDED_BY(mu_) = false;
  std::map<std::string, File> files_ CHENGXIN_GUARDED_BY(mu_);
  // What stood there before; nothing where nothing did.
  std::map<std::string, std::optional<std::string>> unsynced_entries_ CHENGXIN_GUARDED_BY(mu_);
};

namespace {

class WatchedFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WatchedFile(FaultFileSystem& files, std::string path, std::unique_ptr<FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), files_(files), path_(std::move(path)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus fault = files_.Strike(FaultyCalls::kWrites); !fault.ok()) return fault;
    IOStatus status = FSWritableFileOwnerWrapper::Append(data, options, debug);
    if (status.ok()) files_.Wrote(path_, data.size());
    return status;
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus fault = files_.Strike(FaultyCalls::kSyncs); !fault.ok()) return fault;
    IOStatus status = FSWritableFileOwnerWrapper::Flush(options, debug);
    if (status.ok()) files_.Synced(path_);
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }

 private:
  FaultFileSystem& files_;
  const std::string path_;
};

class WatchedFolder : public rocksdb::FSDirectoryWrapper {
 public:
  WatchedFolder(FaultFileSystem& files, std::string path, std::unique_ptr<FSDirectory> folder)
      : FSDirectoryWrapper(std::move(folder)), files_(files), path_(std::move(path)) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    if (IOStatus fault = files_.Strike(FaultyCalls::kWrites); !fault.ok()) return fault;
    files_.SyncedFolder(path_);
    return IOStatus::OK();
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  FaultFileSystem& files_;
  const std::string path_;
};

}  // namespace

IOStatus FaultFileSystem::NewDirectory(const std::string& path, const IOOptions& options,
                                       std::unique_ptr<FSDirectory>* result, IODebugContext* debug) {
  IOStatus status = FileSystemWrapper::NewDirectory(path, options, result, debug);
  if (status.ok()) *result = std::make_unique<WatchedFolder>(*this, path, std::move(*result));
  return status;
}

IOStatus FaultFileSystem::Watch(const std::string& path, uint64_t size,
                                std::unique_ptr<FSWritableFile>* file) {
  {
    MutexLock lock(mu_);
    files_[path] = File{.written = size, .synced = size};
  }
  *file = std::make_unique<WatchedFile>(*this, path, std::move(*file));
  return IOStatus::OK();
}

FaultEnv::FaultEnv() : files_(std::make_shared<FaultFileSystem>()), env_(rocksdb::NewCompositeEnv(files_)) {}
FaultEnv::~FaultEnv() = default;

void FaultEnv::FailFrom(uint64_t nth, FaultyCalls calls) { files_->FailFrom(nth, calls); }
void FaultEnv::HoldSyncs() { files_->HoldSyncs(true); }
void FaultEnv::WaitForHeldSync() { files_->WaitForHeldSync(); }
void FaultEnv::ReleaseSyncs() { files_->HoldSyncs(false); }
bool FaultEnv::failed() const { return files_->failed(); }
uint64_t FaultEnv::calls() const { return files_->calls(); }
void FaultEnv::LosePower(UnsyncedTail tail) { files_->LosePower(tail); }

}  // namespace chengxin
