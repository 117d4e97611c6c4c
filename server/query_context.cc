#include "server/query_context.h"

#include "domain/query_context.h"
#include "domain/timestamps.h"
#include "server/request_fields.h"

namespace chengxin::server {

absl::Status CheckContext(const v1::Principal& principal, const v1::QueryContext* context) {
  return domain::CheckQueryContext(principal,
                                   context == nullptr ? v1::QueryContext::default_instance() : *context);
}

absl::Status CheckInstants(const v1::Principal& principal, const v1::QueryContext* context,
                           const v1::AsOf* as_of) {
  if (!domain::Buys(principal) || as_of == nullptr || !as_of->has_effective_at()) return absl::OkStatus();
  const absl::Time effective_at = domain::TimeOf(as_of->effective_at());
  const bool is_cut_off =
      context != nullptr && context->has_cut_off() && domain::TimeOf(context->cut_off()) == effective_at;
  const bool as_it_stood = as_of->has_known_at() && domain::TimeOf(as_of->known_at()) <= effective_at;
  if (is_cut_off || as_it_stood) return absl::OkStatus();
  return WrongField(
      "as_of.effective_at",
      "购买主体按项目的查询截止时点查询，应不填、与截止时点相同，或同时给出不晚于它的known_at "
      "(a purchaser is answered by its cut-off; expected nothing, the cut-off itself, or with it a "
      "known_at not after it)");
}

}  // namespace chengxin::server
