#include "server/query_context.h"

#include "domain/query_context.h"

namespace chengxin::server {

absl::Status CheckContext(const v1::Principal& principal, const v1::QueryContext* context) {
  return domain::CheckQueryContext(principal,
                                   context == nullptr ? v1::QueryContext::default_instance() : *context);
}

}  // namespace chengxin::server
