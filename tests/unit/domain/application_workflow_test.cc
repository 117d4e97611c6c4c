// The workflow of applications, cell by cell.
#include "domain/application_workflow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <tuple>

namespace chengxin::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr ApplicationVerb kVerbs[] = {ApplicationVerb::kFile, ApplicationVerb::kAccept,
                                      ApplicationVerb::kReject, ApplicationVerb::kAnswer,
                                      ApplicationVerb::kRevoke};

using Cell = std::tuple<v1::ApplicationState, ApplicationVerb, v1::ApplicationKind, v1::Role>;

// Everything that is open, written out; whatever is not here is closed.
std::set<Cell> OpenCells() {
  std::set<Cell> open;
  for (const v1::ApplicationKind kind :
       {v1::APPLICATION_KIND_REMOVAL, v1::APPLICATION_KIND_REPAIR, v1::APPLICATION_KIND_OBJECTION}) {
    open.insert({v1::APPLICATION_STATE_UNSPECIFIED, ApplicationVerb::kFile, kind, v1::ROLE_ORGANIZATION});
    open.insert({v1::APPLICATION_STATE_UNSPECIFIED, ApplicationVerb::kFile, kind, v1::ROLE_CIVIL_AFFAIRS});
    open.insert({v1::APPLICATION_STATE_FILED, ApplicationVerb::kAccept, kind, v1::ROLE_CIVIL_AFFAIRS});
    open.insert({v1::APPLICATION_STATE_FILED, ApplicationVerb::kReject, kind, v1::ROLE_CIVIL_AFFAIRS});
    open.insert({v1::APPLICATION_STATE_ACCEPTED, ApplicationVerb::kAnswer, kind, v1::ROLE_CIVIL_AFFAIRS});
  }
  open.insert({v1::APPLICATION_STATE_GRANTED, ApplicationVerb::kRevoke, v1::APPLICATION_KIND_REPAIR,
               v1::ROLE_CIVIL_AFFAIRS});
  return open;
}

TEST(ApplicationWorkflow, EveryCellOfStateVerbKindAndRoleIsAsWrittenHere) {
  const std::set<Cell> open = OpenCells();
  int cells = 0;
  for (int state = 0; state < v1::ApplicationState_ARRAYSIZE; ++state) {
    for (int kind = 0; kind < v1::ApplicationKind_ARRAYSIZE; ++kind) {
      for (int role = 0; role < v1::Role_ARRAYSIZE; ++role) {
        for (const ApplicationVerb verb : kVerbs) {
          const Cell cell{static_cast<v1::ApplicationState>(state), verb,
                          static_cast<v1::ApplicationKind>(kind), static_cast<v1::Role>(role)};
          const ApplicationRow* row = FindMove(std::get<0>(cell), std::get<2>(cell), verb, std::get<3>(cell));
          EXPECT_EQ(row != nullptr, open.contains(cell))
              << v1::ApplicationState_Name(state) << " " << NameOf(verb) << " "
              << v1::ApplicationKind_Name(kind) << " " << v1::Role_Name(role);
          ++cells;
        }
      }
    }
  }
  EXPECT_EQ(cells, 7 * 4 * 10 * 5);
}

TEST(ApplicationWorkflow, EachMoveLeadsWhereTheLawSays) {
  const auto next = [](v1::ApplicationState state, ApplicationVerb verb) {
    return FindMove(state, v1::APPLICATION_KIND_REPAIR, verb, v1::ROLE_CIVIL_AFFAIRS)->next;
  };
  EXPECT_EQ(next(v1::APPLICATION_STATE_UNSPECIFIED, ApplicationVerb::kFile), v1::APPLICATION_STATE_FILED);
  EXPECT_EQ(next(v1::APPLICATION_STATE_FILED, ApplicationVerb::kAccept), v1::APPLICATION_STATE_ACCEPTED);
  EXPECT_EQ(next(v1::APPLICATION_STATE_FILED, ApplicationVerb::kReject), v1::APPLICATION_STATE_REJECTED);
  EXPECT_EQ(next(v1::APPLICATION_STATE_ACCEPTED, ApplicationVerb::kAnswer), v1::APPLICATION_STATE_GRANTED);
  EXPECT_EQ(next(v1::APPLICATION_STATE_GRANTED, ApplicationVerb::kRevoke), v1::APPLICATION_STATE_REVOKED);
  for (const ApplicationRow& row : ApplicationWorkflow()) {
    EXPECT_EQ(row.refused, row.verb == ApplicationVerb::kAnswer ? v1::APPLICATION_STATE_REFUSED
                                                                : v1::APPLICATION_STATE_UNSPECIFIED)
        << NameOf(row.verb);
  }
}

TEST(ApplicationWorkflow, NoCellHasTwoRows) {
  std::set<std::tuple<v1::ApplicationState, ApplicationVerb>> seen;
  for (const ApplicationRow& row : ApplicationWorkflow()) {
    EXPECT_TRUE(seen.insert({row.state, row.verb}).second) << NameOf(row.verb);
  }
}

TEST(ApplicationWorkflow, AClosedMoveNamesTheOpenOnesAndAForbiddenRoleIsToldSo) {
  const Refusal closed = RefuseMove(v1::APPLICATION_STATE_FILED, v1::APPLICATION_KIND_REMOVAL,
                                    ApplicationVerb::kAnswer, v1::ROLE_CIVIL_AFFAIRS);
  EXPECT_EQ(closed.reason, v1::ERROR_REASON_MOVE_NOT_OPEN);
  EXPECT_EQ(closed.metadata.at("state"), "APPLICATION_STATE_FILED");
  EXPECT_EQ(closed.metadata.at("open_moves"), "ACCEPT,REJECT");
  EXPECT_FALSE(closed.metadata.at("article").empty());
  EXPECT_EQ(RefuseMove(v1::APPLICATION_STATE_FILED, v1::APPLICATION_KIND_REMOVAL, ApplicationVerb::kAnswer,
                       v1::ROLE_ORGANIZATION)
                .reason,
            v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  EXPECT_THAT(OpenMoves(v1::APPLICATION_STATE_REVOKED, v1::APPLICATION_KIND_REPAIR, v1::ROLE_CIVIL_AFFAIRS),
              IsEmpty());
  EXPECT_THAT(OpenMoves(v1::APPLICATION_STATE_ACCEPTED, v1::APPLICATION_KIND_REPAIR, v1::ROLE_CIVIL_AFFAIRS),
              ElementsAre(ApplicationVerb::kAnswer));
}

}  // namespace
}  // namespace chengxin::domain
