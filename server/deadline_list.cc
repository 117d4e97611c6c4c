#include "server/deadline_list.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/application_deadlines.h"
#include "domain/case_deadlines.h"
#include "domain/civil_day.h"
#include "domain/listing_deadlines.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "server/request_fields.h"
#include "storage/store.h"

namespace chengxin::server {

namespace {

using storage::Party;
using storage::Sealed;

// Sorts behind every day.
constexpr std::string_view kNoDay = "9999-99-99";

// The first deadlines behind a cursor, of those asked for. Holds one page and no more, however many are
// offered.
class Page {
 public:
  Page(std::string due_by, bool overdue_only, std::string after, int size)
      : due_by_(std::move(due_by)),
        overdue_only_(overdue_only),
        after_(std::move(after)),
        size_(static_cast<size_t>(size)) {}

  void Offer(v1::Deadline deadline) {
    const bool waits = deadline.due_on().empty();
    if (overdue_only_ ? !deadline.overdue() : !waits && deadline.due_on() > due_by_) return;
    std::string key =
        StrCat(waits ? kNoDay : std::string_view(deadline.due_on()), "\n",
               absl::StrFormat("%02d", static_cast<int>(deadline.kind())), "\n", deadline.resource());
    if (key <= after_) return;
    rows_.emplace(std::move(key), std::move(deadline));
    // One more than the page shows that there is another.
    if (rows_.size() > size_ + 1) rows_.erase(std::prev(rows_.end()));
  }
  template <typename Deadlines>
  void Offer(Deadlines deadlines) {
    for (v1::Deadline& deadline : deadlines) Offer(std::move(deadline));
  }

  // Moves the page out; the key to go on from, empty at the end.
  std::string Take(google::protobuf::RepeatedPtrField<v1::Deadline>& deadlines) {
    std::string last;
    for (auto& [key, deadline] : rows_) {
      if (static_cast<size_t>(deadlines.size()) == size_) return last;
      last = key;
      *deadlines.Add() = std::move(deadline);
    }
    return "";
  }

 private:
  const std::string due_by_;
  const bool overdue_only_;
  const std::string after_;
  const size_t size_;
  std::map<std::string, v1::Deadline> rows_;
};

// Deadlines of what the authority decides.
absl::Status OfDockets(const ServiceContext& service, const std::string& authority,
                       const domain::CompiledCatalogue& catalogue, domain::CivilDay today, Page& page) {
  const storage::Store& store = service.engine.store();
  const uint64_t revision = service.engine.revision();
  CHENGXIN_RETURN_IF_ERROR(store.ScanCases(Party::Authority(authority), std::nullopt, /*only_open=*/true,
                                           revision, Sealed::kLeaveOut, [&](const v1::Case& found) {
                                             page.Offer(domain::DeadlinesOf(found, catalogue, today));
                                             return true;
                                           }));
  return store.ScanApplications(Party::Authority(authority), std::nullopt, /*only_open=*/true, revision,
                                Sealed::kLeaveOut, [&](const v1::Application& application) {
                                  page.Offer(domain::DeadlinesOf(application, catalogue, today));
                                  return true;
                                });
}

// Deadlines of the entries whose dues come up until `until`; what they are follows from the entry itself. A
// due comes up on its nominal day, and days off only put its last day off.
absl::Status OfListings(const ServiceContext& service, const std::string& authority,
                        const domain::CompiledCatalogue& catalogue, domain::CivilDay today,
                        domain::CivilDay until, Page& page) {
  const storage::Store& store = service.engine.store();
  const uint64_t revision = service.engine.revision();
  const std::string name = domain::AuthorityName(authority);
  std::set<std::string> seen;
  absl::Status failure;
  CHENGXIN_RETURN_IF_ERROR(
      store.ScanDues(std::nullopt, domain::EndOfDay(until), [&](const log::v1::Due& due) {
        const std::optional<domain::ListingId> id = domain::ParseListingName(due.resource());
        if (!id.has_value() || !seen.insert(due.resource()).second) return true;
        const absl::StatusOr<std::optional<v1::Listing>> listing = store.FindListing(*id, revision);
        failure = listing.status();
        if (!failure.ok()) return false;
        if (listing->has_value() && (*listing)->authority() == name)
          page.Offer(domain::DeadlinesOf(**listing, catalogue, today));
        return true;
      }));
  return failure;
}

// The last day asked for.
absl::StatusOr<domain::CivilDay> TakeDueBy(const std::string& due_by, domain::CivilDay today) {
  if (due_by.empty()) return today + kDefaultDeadlineDays;
  const absl::StatusOr<domain::CivilDay> day = domain::CivilDay::Parse(due_by);
  if (!day.ok()) return WrongField("due_by", ToStd(day.status().message()));
  return *day;
}

}  // namespace

absl::Status ListDeadlines(ServiceContext& service, const v1::Principal& principal,
                           const v1::ListDeadlinesRequest& request, v1::ListDeadlinesResponse& response) {
  const domain::CivilDay today = domain::DayOf(service.clock.Now());
  CHENGXIN_ASSIGN_OR_RETURN(const int page_size,
                            TakeCount("page_size", request.page_size(), kDefaultPageSize, kMaximumPageSize));
  CHENGXIN_ASSIGN_OR_RETURN(const domain::CivilDay due_by, TakeDueBy(request.due_by(), today));
  const std::string question = StrCat(MethodName(Method::kListDeadlines), "\n", principal.authority(), "\n",
                                      due_by.ToString(), "\n", request.overdue_only() ? 1 : 0);
  PageCursor cursor;
  if (!request.page_token().empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(cursor, service.page_tokens.Read(question, request.page_token()));
  }
  const std::shared_ptr<const domain::Knowledge> knowledge = service.engine.knowledge();
  const std::optional<std::string_view> authority = domain::ParseAuthorityName(principal.authority());
  if (knowledge->catalogue == nullptr || !authority.has_value()) return absl::OkStatus();
  const std::string id(*authority);
  Page page(due_by.ToString(), request.overdue_only(), std::move(cursor.after), page_size);
  CHENGXIN_RETURN_IF_ERROR(OfDockets(service, id, *knowledge->catalogue, today, page));
  const domain::CivilDay until = request.overdue_only() ? today : due_by;
  CHENGXIN_RETURN_IF_ERROR(OfListings(service, id, *knowledge->catalogue, today, until, page));
  cursor.after = page.Take(*response.mutable_deadlines());
  if (!cursor.after.empty()) response.set_next_page_token(service.page_tokens.Make(question, cursor));
  return absl::OkStatus();
}

}  // namespace chengxin::server
