// What would betray a case before it is decided (rules 15, 46).
#ifndef CHENGXIN_SERVER_OPEN_CASES_H_
#define CHENGXIN_SERVER_OPEN_CASES_H_

#include <string_view>

#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/principal.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"

namespace chengxin::server {

// A report and a proposal are no finding: until the registering authority has decided, nobody but that
// authority and those above it may learn of them. A case that came to nothing is never told.

// Takes the case on two years of the abnormal list out of an entry, unless the principal is of its authority
// or of one above it. `catalogue` may be null.
void HideOpenCase(const v1::Principal& principal, const domain::CompiledCatalogue* catalogue,
                  v1::Listing& listing);

// Takes the proposal and the case on it out of a record of an organization that is registered with
// `registration_authority` ("authorities/{id}"; empty: unknown), unless the principal is of it or of one
// above it. `catalogue` may be null.
void HideOpenCase(const v1::Principal& principal, std::string_view registration_authority,
                  const domain::CompiledCatalogue* catalogue, v1::CreditRecord& record);

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_OPEN_CASES_H_
