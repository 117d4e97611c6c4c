#include "client/import/missing_organizations.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "client/client.h"
#include "domain/civil_day.h"
#include "google/protobuf/util/time_util.h"

namespace chengxin::client {
namespace {

constexpr int kHeldPageSize = 1'000;

// What was cancelled or revoked has ended already, and what is missing is known to be.
bool HasEnded(v1::RegistrationStatus status) {
  return status == v1::REGISTRATION_STATUS_CANCELLED ||
         status == v1::REGISTRATION_STATUS_REGISTRATION_REVOKED ||
         status == v1::REGISTRATION_STATUS_CERTIFICATE_REVOKED ||
         status == v1::REGISTRATION_STATUS_NOT_IN_REGISTER;
}

absl::Time TimeOf(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixNanos(google::protobuf::util::TimeUtil::TimestampToNanoseconds(stamp));
}

// What a row needs to be taken; the rest stays as the platform has it.
v1::Organization RowOf(const v1::Organization& organization, const std::string& since) {
  v1::Organization row;
  row.set_code(organization.code());
  row.set_display_name(organization.display_name());
  row.set_registration_authority(organization.registration_authority());
  row.set_status(v1::REGISTRATION_STATUS_NOT_IN_REGISTER);
  row.set_status_since(std::max(since, organization.established_on()));
  row.set_established_on(organization.established_on());
  if (organization.has_code_confirmation())
    *row.mutable_code_confirmation() = organization.code_confirmation();
  return row;
}

absl::Status TooMany(size_t missing, int64_t held) {
  return absl::FailedPreconditionError(
      StrCat("登记库中已无 ", missing, " 个组织，占所存 ", held, " 个的 ", kMissingPercent,
             "% 以上，可能是文件不全；没有记录任何一个，来源也未记为完整读取。文件不全的用 --partial "
             "导入；确认无误的加 --accept-missing 再次运行 (",
             missing, " of ", held, " organizations are no longer in the file, more than ", kMissingPercent,
             " %: the file may not be whole, and nothing was recorded of them; run again with --partial, or, "
             "where it is right, with --accept-missing)"));
}

}  // namespace

ListHeld HeldByServer(Client& client, const v1::Source& source) {
  // The server finds an authority's organizations by going through all: of several it is asked once.
  std::string authority;
  if (source.authorities_size() == 1) authority = StrCat("authorities/", source.authorities(0));
  return [&client, authority](const std::function<void(const v1::Organization&)>& visit) -> absl::Status {
    v1::ListOrganizationsRequest request;
    request.set_page_size(kHeldPageSize);
    request.set_registration_authority(authority);
    do {
      CHENGXIN_ASSIGN_OR_RETURN(const v1::ListOrganizationsResponse page, client.ListOrganizations(request));
      for (const v1::Organization& organization : page.organizations()) visit(organization);
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  };
}

void MissingOrganizations::Saw(std::string_view code) {
  if (const std::optional<domain::Uscc> parsed = domain::Uscc::Inspect(code).code; parsed.has_value()) {
    seen_.insert(*parsed);
  } else {
    ++unreadable_;
  }
}

bool MissingOrganizations::HasSeen(const v1::Organization& organization) const {
  const auto seen = [this](std::string_view code) {
    const std::optional<domain::Uscc> parsed = domain::Uscc::Inspect(code).code;
    return parsed.has_value() && seen_.contains(*parsed);
  };
  return seen(organization.code()) ||
         std::any_of(organization.former_codes().begin(), organization.former_codes().end(), seen);
}

absl::StatusOr<std::vector<v1::Organization>> MissingOrganizations::Find(const ListHeld& held,
                                                                         std::string_view source,
                                                                         absl::Time as_of,
                                                                         bool accept) const {
  const std::string since = domain::DayOf(as_of).ToString();
  std::vector<v1::Organization> missing;
  int64_t count = 0;
  CHENGXIN_RETURN_IF_ERROR(held([&](const v1::Organization& organization) {
    if (organization.source() != source || HasEnded(organization.status())) return;
    ++count;
    if (TimeOf(organization.update_time()) > as_of || HasSeen(organization)) return;
    missing.push_back(RowOf(organization, since));
  }));
  const auto number = static_cast<int64_t>(missing.size());
  if (!accept && number > kMissingAlways && number * 100 > count * kMissingPercent)
    return TooMany(missing.size(), count);
  return missing;
}

}  // namespace chengxin::client
