// Pages of what is read newest first: cases, applications, awards.
#ifndef CHENGXIN_SERVER_NEWEST_FIRST_H_
#define CHENGXIN_SERVER_NEWEST_FIRST_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "domain/resource_names.h"
#include "server/page_token.h"
#include "server/service_context.h"

namespace chengxin::server {

// One page in the making. A value of one call.
class NewestFirst {
 public:
  using ParseName = std::optional<domain::RecordId> (*)(std::string_view name);

  // `question`: the method and its filter. InvalidArgument naming page_size or page_token.
  static absl::StatusOr<NewestFirst> Take(const ServiceContext& service, std::string question, int page_size,
                                          const std::string& page_token, ParseName parse);

  // All pages are of this revision.
  uint64_t revision() const { return cursor_.revision; }
  // The page goes on with what is older than this.
  std::optional<domain::RecordId> before() const { return before_; }

  // Whether the page still takes the row of this name; false ends the scan.
  bool Look(const std::string& name);
  // The row last looked at is on the page.
  void Add() { ++added_; }
  // Empty where no page follows.
  std::string NextPageToken(const ServiceContext& service) const;

 private:
  std::string question_;
  int page_size_ = 0;
  PageCursor cursor_;
  std::optional<domain::RecordId> before_;
  int looked_ = 0;
  int added_ = 0;
  bool more_ = false;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_NEWEST_FIRST_H_
