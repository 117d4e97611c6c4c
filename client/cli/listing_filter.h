// The flags that choose entries of the published list.
#ifndef CHENGXIN_CLIENT_CLI_LISTING_FILTER_H_
#define CHENGXIN_CLIENT_CLI_LISTING_FILTER_H_

#include <string>

#include "absl/status/statusor.h"
#include "chengxin/v1/listing_service.pb.h"

namespace CLI {
class App;
}  // namespace CLI

namespace chengxin::cli {

struct FilterFlags {
  std::string list;
  std::string authority;
  std::string code;

  // InvalidArgument naming the flag that is wrong.
  absl::StatusOr<v1::ListingFilter> Read() const;
};

// `flags` must outlive `verb`.
void AddFilterFlags(CLI::App& verb, FilterFlags& flags);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_LISTING_FILTER_H_
