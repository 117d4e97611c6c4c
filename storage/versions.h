// Finds versions among rows: the newest at or before a revision. Private to storage.
#ifndef CHENGXIN_STORAGE_VERSIONS_H_
#define CHENGXIN_STORAGE_VERSIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/iterator.h"

namespace chengxin::storage {

// Stands on the newest version at or before `at` of the resource and answers true; false where there is none.
absl::StatusOr<bool> SeekVersion(rocksdb::Iterator& rows, std::string_view resource, uint64_t at);

// From the first row at or after `from` on, while keys begin with `prefix`: visits the newest version at or
// before `at` of each resource, in order, until the visitor answers false. All resources of the table are of
// one size. What the visitor is given lives until it returns.
absl::Status ScanVersions(
    rocksdb::Iterator& rows, std::string_view from, std::string_view prefix, uint64_t at,
    absl::FunctionRef<bool(std::string_view resource, uint64_t revision, std::string_view value)> visit);

// The revisions that made a version of the resource, newest first.
absl::StatusOr<std::vector<uint64_t>> ListRevisions(rocksdb::Iterator& rows, std::string_view resource);

// The first key after all versions of a resource: revision 0 has none.
std::string AfterResource(std::string_view resource);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_VERSIONS_H_
