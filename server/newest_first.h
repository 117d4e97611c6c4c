// Pages of what is read newest first: cases, applications, awards, late captures.
#ifndef CHENGXIN_SERVER_NEWEST_FIRST_H_
#define CHENGXIN_SERVER_NEWEST_FIRST_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/page_token.h"
#include "server/service_context.h"

namespace chengxin::server {

// One page in the making. A value of one call.
class NewestFirst {
 public:
  // `question`: the method and its filter. InvalidArgument naming page_size or page_token.
  static absl::StatusOr<NewestFirst> Take(const ServiceContext& service, std::string question, int page_size,
                                          const std::string& page_token);

  // All pages are of this revision.
  uint64_t revision() const { return cursor_.revision; }
  // The name of the last row of the page before: the page goes on with what is older. Empty: the first page.
  const std::string& after() const { return after_; }

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
  std::string after_;
  int looked_ = 0;
  int added_ = 0;
  bool more_ = false;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_NEWEST_FIRST_H_
