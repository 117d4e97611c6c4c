#include "server/open_cases.h"

#include "server/access.h"

namespace chengxin::server {

void HideOpenCase(const v1::Principal& principal, const domain::CompiledCatalogue* catalogue,
                  v1::Listing& listing) {
  if (!SeesOpenCases(principal, listing.authority(), catalogue)) listing.clear_escalation_case();
}

void HideOpenCase(const v1::Principal& principal, std::string_view registration_authority,
                  const domain::CompiledCatalogue* catalogue, v1::CreditRecord& record) {
  if (SeesOpenCases(principal, registration_authority, catalogue)) return;
  record.clear_proposal();
  record.clear_case_();
}

}  // namespace chengxin::server
