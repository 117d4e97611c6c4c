#include "server/admission.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <iterator>

#include "base/strings.h"
#include "domain/refusal.h"

namespace chengxin::server {

namespace {

// Reads leave one place in so many to what changes something.
constexpr int kShareOfCommands = 8;

struct Row {
  Method method;
  Shedding shedding;
};
// Every method that is no read.
constexpr Row kRows[] = {
    {Method::kActivateCatalogue, Shedding::kLast},
    {Method::kGetStatus, Shedding::kLast},
    {Method::kAdvanceClock, Shedding::kLast},
    {Method::kCreateAward, Shedding::kLast},
    {Method::kRenewAward, Shedding::kLast},
    {Method::kCloseAward, Shedding::kLast},
    {Method::kWatchAwards, Shedding::kApart},
    {Method::kOpenCase, Shedding::kLast},
    {Method::kAcceptCase, Shedding::kLast},
    {Method::kReturnCase, Shedding::kLast},
    {Method::kResubmitCase, Shedding::kLast},
    {Method::kDismissCase, Shedding::kLast},
    {Method::kForwardCase, Shedding::kLast},
    {Method::kServeNotice, Shedding::kLast},
    {Method::kRecordStatement, Shedding::kLast},
    {Method::kDecideCase, Shedding::kLast},
    {Method::kConfirmDecision, Shedding::kLast},
    {Method::kTransferCase, Shedding::kLast},
    {Method::kFileApplication, Shedding::kLast},
    {Method::kAcceptApplication, Shedding::kLast},
    {Method::kRejectApplication, Shedding::kLast},
    {Method::kAnswerApplication, Shedding::kLast},
    {Method::kRevokeRepair, Shedding::kLast},
    {Method::kCertify, Shedding::kLast},
    {Method::kWatchListings, Shedding::kApart},
    {Method::kImportOrganizations, Shedding::kLast},
    {Method::kChangeOrganizationCode, Shedding::kLast},
    {Method::kMergeOrganization, Shedding::kLast},
    {Method::kCreateRecord, Shedding::kLast},
    {Method::kImportRecords, Shedding::kLast},
    {Method::kCorrectRecord, Shedding::kLast},
    {Method::kWithdrawRecord, Shedding::kLast},
    {Method::kNoteReview, Shedding::kLast},
    {Method::kDestroySealedParts, Shedding::kLast},
};

constexpr std::array<Shedding, kMethodCount> ByMethod() {
  std::array<Shedding, kMethodCount> table{};
  for (Shedding& shedding : table) shedding = Shedding::kFirst;
  for (const Row& row : kRows) table[static_cast<size_t>(row.method)] = row.shedding;
  return table;
}
constexpr std::array<Shedding, kMethodCount> kByMethod = ByMethod();

// The address without its port; gRPC escapes the brackets of IPv6.
std::string_view AddressOfPeer(std::string_view peer) {
  const size_t colon = peer.rfind(':');
  std::string_view host = peer.substr(0, colon);
  const size_t scheme = host.find(':');
  if (scheme != std::string_view::npos) host.remove_prefix(scheme + 1);
  for (const std::string_view bracket : {std::string_view("["), std::string_view("%5B")}) {
    if (host.substr(0, bracket.size()) != bracket || host.size() < 2 * bracket.size()) continue;
    return host.substr(bracket.size(), host.size() - 2 * bracket.size());
  }
  return host;
}

}  // namespace

Shedding SheddingOf(Method method) { return kByMethod[static_cast<size_t>(method)]; }

std::string PublicAccount(std::string_view peer) {
  const std::string address(AddressOfPeer(peer));
  in6_addr v6{};
  if (::inet_pton(AF_INET6, address.c_str(), &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6)) {
    return StrCat("@", address);
  }
  std::memset(v6.s6_addr + 8, 0, 8);
  char network[INET6_ADDRSTRLEN];
  return StrCat("@", std::string_view(::inet_ntop(AF_INET6, &v6, network, sizeof(network))));
}

void Admission::Permit::Return() {
  if (account_ != nullptr) {
    MutexLock lock(shard_->mu);
    --account_->under_way;
    account_ = nullptr;
  }
  if (node_ != nullptr) {
    node_->under_way_.fetch_sub(1, std::memory_order_relaxed);
    node_ = nullptr;
  }
}

Admission::Admission(const AdmissionLimits& limits, Overload& overload, Clock& clock)
    : limits_(limits),
      calls_for_reads_(limits.calls - limits.calls / kShareOfCommands),
      overload_(overload),
      clock_(clock) {}

absl::Status Admission::EnterNode(Method method, Permit& permit) {
  const Shedding shedding = SheddingOf(method);
  if (shedding == Shedding::kApart) return absl::OkStatus();
  if (shedding == Shedding::kFirst && overload_.Sheds()) {
    return Overloaded("服务繁忙，请稍后重试", "calls wait too long here; try again later");
  }
  const int most = shedding == Shedding::kFirst ? calls_for_reads_ : limits_.calls;
  if (under_way_.fetch_add(1, std::memory_order_relaxed) >= most) {
    under_way_.fetch_sub(1, std::memory_order_relaxed);
    return Overloaded("同时处理的调用数已达上限，请稍后重试",
                      "all the calls that are taken are under way; try again later");
  }
  permit.node_ = this;
  return absl::OkStatus();
}

absl::Status Admission::EnterAccount(Method method, const std::string& account, Permit& permit) {
  Shard& shard = shards_[std::hash<std::string>()(account) % kShards];
  const bool counts = SheddingOf(method) != Shedding::kApart;
  absl::Duration wait = absl::ZeroDuration();
  {
    const absl::Time now = clock_.Now();
    MutexLock lock(shard.mu);
    Account& found = FindAccount(shard, account, now);
    if (!counts || found.under_way < limits_.principal_calls) {
      if (found.tokens >= 1) {
        found.tokens -= 1;
        if (counts) {
          ++found.under_way;
          permit.shard_ = &shard;
          permit.account_ = &found;
        }
        return absl::OkStatus();
      }
      wait = absl::Seconds((1 - found.tokens) / limits_.principal_calls_per_second);
    }
  }
  if (wait > absl::ZeroDuration()) {
    return PrincipalLimit("每秒调用次数", "calls a second", limits_.principal_calls_per_second, wait);
  }
  return PrincipalLimit("同时进行的调用数", "calls under way at once", limits_.principal_calls, wait);
}

Admission::Account& Admission::FindAccount(Shard& shard, const std::string& name, absl::Time now) {
  const auto known = shard.accounts.find(name);
  if (known != shard.accounts.end()) {
    Fill(known->second, now);
    return known->second;
  }
  if (shard.accounts.size() >= shard.crowded) {
    for (auto each = shard.accounts.begin(); each != shard.accounts.end();) {
      Fill(each->second, now);
      const bool idle =
          each->second.under_way == 0 && each->second.tokens >= limits_.principal_calls_per_second;
      each = idle ? shard.accounts.erase(each) : std::next(each);
    }
    // Twice what is left, so that looking costs each newcomer little.
    shard.crowded = std::max(kLeastCrowd, 2 * shard.accounts.size());
  }
  Account& account = shard.accounts[name];
  account.tokens = limits_.principal_calls_per_second;
  account.filled = now;
  return account;
}

void Admission::Fill(Account& account, absl::Time now) const {
  const double rate = limits_.principal_calls_per_second;
  // A clock that went back fills nothing, and counts from there.
  const double seconds = std::max(absl::ToDoubleSeconds(now - account.filled), 0.0);
  account.tokens = std::min(rate, account.tokens + seconds * rate);
  account.filled = now;
}

absl::Status Admission::Overloaded(std::string_view zh, std::string_view en) {
  shed_.fetch_add(1, std::memory_order_relaxed);
  return domain::WithRetryAfter(
      domain::ToStatus(
          {.reason = v1::ERROR_REASON_OVERLOADED, .message = StrCat(zh, " (", en, ")"), .metadata = {}}),
      overload_.RetryAfter());
}

absl::Status Admission::PrincipalLimit(std::string_view zh, std::string_view en, int limit,
                                       absl::Duration wait) {
  shed_.fetch_add(1, std::memory_order_relaxed);
  return domain::WithRetryAfter(
      domain::ToStatus({.reason = v1::ERROR_REASON_PRINCIPAL_LIMIT,
                        .message = StrCat("该主体", zh, "已达上限", limit,
                                          "，请稍后重试 (this principal is at its limit of ", limit, " ", en,
                                          "; try again later)"),
                        .metadata = {{"limit", StrCat(limit)}}}),
      std::max(wait, overload_.RetryAfter()));
}

size_t Admission::accounts() const {
  size_t count = 0;
  for (const Shard& shard : shards_) {
    MutexLock lock(shard.mu);
    count += shard.accounts.size();
  }
  return count;
}

}  // namespace chengxin::server
