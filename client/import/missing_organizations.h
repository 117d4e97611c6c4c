// Organizations that the platform holds of a register and that the register's complete file no longer has.
#ifndef CHENGXIN_CLIENT_IMPORT_MISSING_ORGANIZATIONS_H_
#define CHENGXIN_CLIENT_IMPORT_MISSING_ORGANIZATIONS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "domain/uscc.h"

namespace chengxin::client {

class Client;

// Calls `visit` for each organization the platform holds of the authorities a register delivers, and perhaps
// for others; what it returns ends the import. Not called where it is null.
using ListHeld = std::function<absl::Status(const std::function<void(const v1::Organization&)>& visit)>;

// Pages through what the server holds for the authorities of a register. `client` must outlive it.
ListHeld HeldByServer(Client& client, const v1::Source& source);

// More than this many, and more than this share of what is held, are a broken file rather than a change of
// the register.
inline constexpr int64_t kMissingAlways = 10;
inline constexpr int64_t kMissingPercent = 5;

// Collects the codes of a file, 16 bytes each, and finds who is not among them. Not thread-safe.
class MissingOrganizations {
 public:
  // A row of the file with this code, taken or not. One that cannot be read may be anybody's.
  void Saw(std::string_view code);

  // Rows whose code could not be read.
  int64_t unreadable() const { return unreadable_; }

  // The rows that tell the platform so, each with `as_of` as the day since when: organizations that this
  // source
  // ("sources/{id}") delivered, that had not ended, and of which neither the current nor a former code was
  // seen. Left out is what the platform learned of after `as_of`: the file cannot have it. FailedPrecondition
  // where they are too many (see above), unless `accept`; else as `held`.
  absl::StatusOr<std::vector<v1::Organization>> Find(const ListHeld& held, std::string_view source,
                                                     absl::Time as_of, bool accept) const;

 private:
  bool HasSeen(const v1::Organization& organization) const;

  absl::flat_hash_set<domain::Uscc> seen_;
  int64_t unreadable_ = 0;
};

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_IMPORT_MISSING_ORGANIZATIONS_H_
