#include "storage/head.h"

#include <string>

#include "base/status.h"
#include "base/strings.h"
#include "storage/digest.h"
#include "storage/resources.h"
#include "storage/status.h"

namespace chengxin::storage {

void PutHead(const Head& head, Overlay& overlay) {
  std::string value;
  AppendBigEndian64(head.revision, value);
  AppendBigEndian64(static_cast<uint64_t>(absl::ToUnixNanos(head.stamp)), value);
  value.append(head.leaf_hash);
  overlay.Put(Table::kMeta, kHeadKey, value);
}

absl::StatusOr<Head> ReadHead(const Tables& tables) {
  Head head{.revision = 0, .stamp = absl::InfinitePast(), .leaf_hash = ""};
  std::string value;
  CHENGXIN_ASSIGN_OR_RETURN(const bool has_head, tables.Get(Table::kMeta, kHeadKey, value));
  if (has_head) {
    if (value.size() != 16 + kDigestSize) return Unreadable(Table::kMeta, kHeadKey);
    head = Head{.revision = ReadBigEndian64(value),
                .stamp = absl::FromUnixNanos(
                    static_cast<int64_t>(ReadBigEndian64(std::string_view(value).substr(8)))),
                .leaf_hash = value.substr(16)};
  }
  CHENGXIN_ASSIGN_OR_RETURN(const bool has_views, tables.Get(Table::kMeta, kViewsKey, value));
  if (has_views && value.size() != kRevisionSize) return Unreadable(Table::kMeta, kViewsKey);
  const uint64_t views = has_views ? ReadBigEndian64(value) : 0;

  const RowIterator rows = tables.IterateAll(Table::kLog, /*streaming=*/false);
  rows->SeekToLast();
  CHENGXIN_RETURN_IF_ERROR(ToStatus(rows->status(), "read the log's last row"));
  uint64_t last = 0;
  std::string leaf_hash;
  if (rows->Valid()) {
    if (rows->key().size() != kRevisionSize) return Unreadable(Table::kLog, ViewOf(rows->key()));
    last = ReadBigEndian64(ViewOf(rows->key()));
    leaf_hash = LeafHash(ViewOf(rows->value()));
  }
  if (last != head.revision || leaf_hash != head.leaf_hash) {
    return absl::DataLossError(StrCat("the log's last row is revision ", last, ", meta says revision ",
                                      head.revision, last == head.revision ? " with another leaf hash" : ""));
  }
  if (views != head.revision) {
    return absl::DataLossError(
        StrCat("the views are at revision ", views, ", the log at revision ", head.revision));
  }
  return head;
}

}  // namespace chengxin::storage
