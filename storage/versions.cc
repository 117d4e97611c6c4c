#include "storage/versions.h"

#include <string>

#include "storage/keys.h"
#include "storage/status.h"
#include "storage/tables.h"

namespace chengxin::storage {

namespace {

// Rows of one resource passed one by one before a seek is cheaper.
constexpr int kStepsBeforeSeek = 8;

bool IsVersionOf(std::string_view key, std::string_view resource) {
  return key.size() == resource.size() + kRevisionSize && key.starts_with(resource);
}

// Moves on to the first row at or after `target` among or behind the rows of `resource`.
void SkipTo(rocksdb::Iterator& rows, std::string_view target, std::string_view resource) {
  for (int step = 0; step < kStepsBeforeSeek; ++step) {
    if (!rows.Valid() || !IsVersionOf(ViewOf(rows.key()), resource) || ViewOf(rows.key()) >= target) return;
    rows.Next();
  }
  if (rows.Valid() && ViewOf(rows.key()) < target) rows.Seek(SliceOf(target));
}

}  // namespace

std::string AfterResource(std::string_view resource) { return VersionKey(resource, 0); }

absl::StatusOr<bool> SeekVersion(rocksdb::Iterator& rows, std::string_view resource, uint64_t at) {
  rows.Seek(VersionKey(resource, at));
  if (rows.Valid()) return IsVersionOf(ViewOf(rows.key()), resource);
  if (rows.status().ok()) return false;
  return ToStatus(rows.status(), "seek a version");
}

absl::StatusOr<std::vector<uint64_t>> ListRevisions(rocksdb::Iterator& rows, std::string_view resource) {
  std::vector<uint64_t> revisions;
  for (rows.Seek(VersionKey(resource, kNewest)); rows.Valid(); rows.Next()) {
    const std::string_view key = ViewOf(rows.key());
    if (!IsVersionOf(key, resource)) break;
    revisions.push_back(RevisionOf(key));
  }
  if (!rows.status().ok()) return ToStatus(rows.status(), "list versions");
  return revisions;
}

absl::Status ScanVersions(
    rocksdb::Iterator& rows, std::string_view from, std::string_view prefix, uint64_t at,
    absl::FunctionRef<bool(std::string_view resource, uint64_t revision, std::string_view value)> visit) {
  std::string resource;
  rows.Seek(SliceOf(from));
  while (rows.Valid()) {
    const std::string_view key = ViewOf(rows.key());
    if (!key.starts_with(prefix)) break;
    if (key.size() < kRevisionSize) return absl::DataLossError("a version's key without a revision");
    resource.assign(ResourceOf(key));
    const uint64_t revision = RevisionOf(key);
    if (revision > at) {
      SkipTo(rows, VersionKey(resource, at), resource);
      continue;
    }
    if (!visit(resource, revision, ViewOf(rows.value()))) return absl::OkStatus();
    rows.Next();
    // Most resources have one version: nothing to skip then.
    if (rows.Valid() && IsVersionOf(ViewOf(rows.key()), resource)) {
      SkipTo(rows, AfterResource(resource), resource);
    }
  }
  return ToStatus(rows.status(), "scan versions");
}

}  // namespace chengxin::storage
