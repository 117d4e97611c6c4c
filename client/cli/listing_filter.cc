#include "client/cli/listing_filter.h"

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"

namespace chengxin::cli {

absl::StatusOr<v1::ListingFilter> FilterFlags::Read() const {
  v1::ListingFilter filter;
  CHENGXIN_ASSIGN_OR_RETURN(const v1::ListKind kind, ParseList(list));
  filter.set_list(kind);
  filter.set_authority(ResourceName("authorities/", authority));
  filter.set_organization_code(code);
  return filter;
}

void AddFilterFlags(CLI::App& verb, FilterFlags& flags) {
  verb.add_option("--list", flags.list, "severe 严重违法失信名单，abnormal 活动异常名录 (only this list)");
  verb.add_option("--authority", flags.authority,
                  "只看某登记管理机关的 (only this authority's, for example km-wuhua)");
  verb.add_option("--code", flags.code, "只看某组织的 (only this organization's)");
}

}  // namespace chengxin::cli
