// The table of access, walked through over real TLS: every call × role × relation to what the call is on
// (rule 61). Each caller proves who it is; first those who must be refused try, then those who may, on the
// same target, which shows that the refused asked for nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "server/access_table.h"
#include "tests/access/table_targets.h"

namespace chengxin {
namespace {

using grpc::StatusCode;
using server::Method;
using server::Scope;

// How a caller stands to the target.
enum class Relation {
  kOwn,    // it is its own
  kOther,  // it is another's
  kAbove,  // it is of an authority below the caller's
  kNone,   // the role is bound to nothing
};

struct Caller {
  v1::Role role;
  Relation relation;
  // As in law_office.h; of an organization and a sync job it follows from the target.
  std::string_view who;
};
constexpr Caller kCallers[] = {
    {v1::ROLE_PUBLIC, Relation::kNone, kPublic},
    {v1::ROLE_ORGANIZATION, Relation::kOwn, ""},
    {v1::ROLE_ORGANIZATION, Relation::kOther, ""},
    {v1::ROLE_PURCHASER, Relation::kOwn, kCulture},
    {v1::ROLE_PURCHASER, Relation::kOther, kHealth},
    {v1::ROLE_AGENCY, Relation::kOwn, kAgency},
    {v1::ROLE_AGENCY, Relation::kOther, kOtherAgency},
    {v1::ROLE_CIVIL_AFFAIRS, Relation::kOwn, kWuhua},
    {v1::ROLE_CIVIL_AFFAIRS, Relation::kOther, kPanlong},
    {v1::ROLE_CIVIL_AFFAIRS, Relation::kAbove, kKunming},
    {v1::ROLE_FINANCE, Relation::kOwn, "finance:authorities/km-wuhua"},
    {v1::ROLE_FINANCE, Relation::kOther, "finance:authorities/km-panlong"},
    {v1::ROLE_FINANCE, Relation::kAbove, "finance:authorities/km"},
    {v1::ROLE_AUDIT, Relation::kNone, kAuditor},
    {v1::ROLE_SYNC, Relation::kOwn, ""},
    {v1::ROLE_SYNC, Relation::kOther, ""},
    {v1::ROLE_ADMIN, Relation::kNone, kAdministrator},
};

std::string NameOf(const Caller& caller, const Target& target) {
  if (!caller.who.empty()) return std::string(caller.who);
  const bool own = caller.relation == Relation::kOwn;
  if (caller.role == v1::ROLE_ORGANIZATION)
    return LawOffice::OwnerOf(own && !target.code.empty() ? target.code : World::CodeOf(0).ToString());
  return std::string(own ? target.source : "sync:sources/registry-national");
}

bool IsWithin(Scope scope, Relation relation) {
  switch (scope) {
    case Scope::kNothing:
    case Scope::kPublished:
      return false;
    case Scope::kOwn:
      return relation == Relation::kOwn;
    case Scope::kBelow:
      return relation == Relation::kOwn || relation == Relation::kAbove;
    case Scope::kAll:
      return true;
  }
  return false;
}

// Refusals for the scope alone that say at the same time what would be within it.
bool NamesTheScope(const grpc::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "NOT_OWN_CONTRACT" || reason == "RECEIPT_MISMATCH" || reason == "UNKNOWN_SOURCE";
}

class Table : public testing::TestWithParam<std::string_view> {
 protected:
  void Walk(Method method);
  void ExpectKept(Method method, const Caller& caller, const Outcome& outcome);

  LawOffice office_;
};

// Of what does not lie in the caller's scope.
void Table::ExpectKept(Method method, const Caller& caller, const Outcome& outcome) {
  const Scope scope = server::ScopeOf(caller.role, method);
  const StatusCode code = outcome.status.error_code();
  EXPECT_FALSE(outcome.done);
  if (scope == Scope::kNothing) {
    EXPECT_EQ(code, StatusCode::PERMISSION_DENIED) << outcome.status.error_message();
    EXPECT_EQ(ReasonOf(outcome.status), "ROLE_NOT_ALLOWED");
    EXPECT_FALSE(outcome.told_public);
  } else if (scope == Scope::kPublished) {
    EXPECT_TRUE(outcome.status.ok()) << outcome.status.error_message();
    EXPECT_TRUE(outcome.told_public);
  } else if (!outcome.status.ok()) {
    EXPECT_TRUE(code == StatusCode::PERMISSION_DENIED || code == StatusCode::NOT_FOUND ||
                NamesTheScope(outcome.status))
        << code << ": " << outcome.status.error_message();
  }
}

void Table::Walk(Method method) {
  const auto within = [&](const Caller& caller) {
    return IsWithin(server::ScopeOf(caller.role, method), caller.relation);
  };
  const auto attempt = [&](const Target& target, const Caller& caller) {
    return target.call(NameOf(caller, target), caller.role);
  };
  const auto* const first = std::find_if(std::begin(kCallers), std::end(kCallers), within);
  // Where nobody sees more than what is published, whoever looks for it.
  const v1::Role role = first == std::end(kCallers) ? v1::ROLE_PUBLIC : first->role;
  Target target = TargetOf(method, office_, role);
  for (const Caller& caller : kCallers) {
    if (within(caller)) continue;
    SCOPED_TRACE(StrCat("outside its scope: ", NameOf(caller, target)));
    ExpectKept(method, caller, attempt(target, caller));
  }
  for (const Caller* caller = first; caller != std::end(kCallers); ++caller) {
    if (!within(*caller)) continue;
    if (caller != first) target = TargetOf(method, office_, caller->role);
    SCOPED_TRACE(StrCat("in its scope: ", NameOf(*caller, target)));
    const Outcome outcome = attempt(target, *caller);
    EXPECT_TRUE(outcome.status.ok()) << outcome.status.error_code() << ": " << outcome.status.error_message();
    EXPECT_TRUE(outcome.done);
  }
}

TEST_P(Table, Rule61EveryCallOfTheServiceDoesForEachRoleAndRelationWhatTheTableSays) {
  int methods = 0;
  for (size_t i = 0; i < server::kMethodCount; ++i) {
    const auto method = static_cast<Method>(i);
    const std::string_view name = server::MethodName(method);
    if (name.substr(0, name.find('/')) != StrCat("chengxin.v1.", GetParam())) continue;
    SCOPED_TRACE(name);
    ++methods;
    Walk(method);
  }
  EXPECT_GT(methods, 0);
  // Rule 62, of every message of every call: what is sealed reached nobody whose it is not.
  EXPECT_THAT(office_.Leaks(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Service, Table,
                         testing::Values("AdminService", "AuditService", "AwardService", "CaseService",
                                         "EligibilityService", "ListingService", "OrganizationService",
                                         "RecordService"),
                         [](const auto& service) { return std::string(service.param); });

// Whoever adds a service adds it above.
TEST(TableOfServices, Rule61EveryServiceOfTheContractIsWalkedThrough) {
  std::set<std::string> services;
  for (const std::string_view name : server::kMethodNames)
    services.insert(std::string(name.substr(0, name.find('/'))));
  EXPECT_EQ(services.size(), 8u);
}

}  // namespace
}  // namespace chengxin
