// Rows that follow from the state of one resource alone, and go with it: who its parties are, and what falls
// due of it. Private to storage.
#ifndef CHENGXIN_STORAGE_DERIVED_ROWS_H_
#define CHENGXIN_STORAGE_DERIVED_ROWS_H_

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chengxin/log/v1/change.pb.h"
#include "domain/resource_names.h"
#include "storage/keys.h"
#include "storage/party.h"

namespace chengxin::storage {

// What is listed of a party; the byte it has in keys.
enum class Docket : char { kCases = 1, kApplications = 2, kAwards = 3, kReceipts = 4, kLateCaptures = 5 };

// One row; its value is empty.
struct DerivedRow {
  Table table = Table::kMeta;
  std::string key;
  auto operator<=>(const DerivedRow&) const = default;
};

// Whether events of this kind have such rows at all: listings, cases, applications, awards, receipts, and
// records captured late.
bool HasDerivedRows(const log::v1::Event& event);
// The rows of the state an event carries, in order, each once.
std::vector<DerivedRow> DerivedRowsOf(const log::v1::Event& event);

// What the keys of one party's docket begin with; `only_open` leaves out what has ended. After it comes the
// id, complemented: the newest comes first.
std::string DocketPrefix(const Party& party, Docket docket, bool only_open);
std::string DocketKey(std::string prefix, domain::RecordId id);
// The id at the end of such a key; nothing where it is too short.
std::optional<domain::RecordId> IdOfDocketKey(std::string_view key);

// What such a key says after the prefix where the docket is of records: an id is told apart within its
// organization only, so the code comes after it. Nothing where the key is of another length.
std::optional<domain::RecordName> RecordOfDocketKey(std::string_view key);

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_DERIVED_ROWS_H_
