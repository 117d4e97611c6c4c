// The workflow of a case, cell by cell: state × verb × role, of every origin.
#include "domain/case_workflow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace chengxin::domain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr v1::CaseState kNone = v1::CASE_STATE_UNSPECIFIED;

struct Cell {
  v1::CaseState state;
  v1::CaseVerb verb;
  v1::Role role;
  v1::CaseOrigin origin;
  bool operator<(const Cell& other) const {
    return std::tie(state, verb, role, origin) < std::tie(other.state, other.verb, other.role, other.origin);
  }
};

// What the law says, written down once more and otherwise: by state, who may do what, of which cases.
std::map<Cell, v1::CaseState> Expected(bool proposed) {
  const std::set<v1::CaseOrigin> persons = {v1::CASE_ORIGIN_PURCHASER_REPORT, v1::CASE_ORIGIN_COMPLAINT,
                                            v1::CASE_ORIGIN_AUTHORITY};
  const std::set<v1::CaseOrigin> reported = {v1::CASE_ORIGIN_PURCHASER_REPORT, v1::CASE_ORIGIN_COMPLAINT};
  std::set<v1::CaseOrigin> heard = persons;
  heard.insert({v1::CASE_ORIGIN_PENALTY, v1::CASE_ORIGIN_ESCALATION});
  std::set<v1::CaseOrigin> all = heard;
  all.insert({v1::CASE_ORIGIN_REDECISION, v1::CASE_ORIGIN_DISPLAY_ENDED});

  std::map<Cell, v1::CaseState> cells;
  const auto open = [&](v1::CaseState state, v1::CaseVerb verb, std::set<v1::Role> roles,
                        const std::set<v1::CaseOrigin>& origins, v1::CaseState next) {
    for (const v1::Role role : roles) {
      for (const v1::CaseOrigin origin : origins) cells[{state, verb, role, origin}] = next;
    }
  };
  const std::set<v1::Role> reporter = {v1::ROLE_PURCHASER, v1::ROLE_AGENCY};
  const std::set<v1::Role> authority = {v1::ROLE_CIVIL_AFFAIRS};
  open(kNone, v1::CASE_VERB_OPEN, reporter, {v1::CASE_ORIGIN_PURCHASER_REPORT}, v1::CASE_STATE_RECEIVED);
  open(kNone, v1::CASE_VERB_OPEN, authority, {v1::CASE_ORIGIN_COMPLAINT}, v1::CASE_STATE_RECEIVED);
  open(kNone, v1::CASE_VERB_OPEN, authority, {v1::CASE_ORIGIN_AUTHORITY}, v1::CASE_STATE_ACCEPTED);
  // Rule 16: accepted, returned or dismissed; rule 17: forwarded.
  open(v1::CASE_STATE_RECEIVED, v1::CASE_VERB_ACCEPT, authority, all, v1::CASE_STATE_ACCEPTED);
  open(v1::CASE_STATE_RECEIVED, v1::CASE_VERB_RETURN, authority, reported, v1::CASE_STATE_RETURNED);
  open(v1::CASE_STATE_RECEIVED, v1::CASE_VERB_DISMISS, authority, persons, v1::CASE_STATE_DISMISSED);
  open(v1::CASE_STATE_RETURNED, v1::CASE_VERB_RESUBMIT, reporter, {v1::CASE_ORIGIN_PURCHASER_REPORT},
       v1::CASE_STATE_RECEIVED);
  open(v1::CASE_STATE_RETURNED, v1::CASE_VERB_RESUBMIT, authority, {v1::CASE_ORIGIN_COMPLAINT},
       v1::CASE_STATE_RECEIVED);
  open(v1::CASE_STATE_RETURNED, v1::CASE_VERB_DISMISS, authority, reported, v1::CASE_STATE_DISMISSED);
  open(v1::CASE_STATE_RECEIVED, v1::CASE_VERB_FORWARD, authority, all, v1::CASE_STATE_RECEIVED);
  open(v1::CASE_STATE_ACCEPTED, v1::CASE_VERB_FORWARD, authority, all, v1::CASE_STATE_RECEIVED);
  open(v1::CASE_STATE_ACCEPTED, v1::CASE_VERB_DECIDE, authority, all, v1::CASE_STATE_DECIDED);
  // Rules 20, 21: told and heard, again where another ground is intended.
  for (const v1::CaseState state :
       {v1::CASE_STATE_ACCEPTED, v1::CASE_STATE_NOTICE_SERVED, v1::CASE_STATE_STATED}) {
    open(state, v1::CASE_VERB_SERVE_NOTICE, authority, heard, v1::CASE_STATE_NOTICE_SERVED);
    open(state, v1::CASE_VERB_TRANSFER, authority, persons, v1::CASE_STATE_TRANSFERRED);
    // Two officers: what may be decided may be confirmed, where a proposal waits.
    if (proposed) {
      open(state, v1::CASE_VERB_CONFIRM, authority, state == v1::CASE_STATE_ACCEPTED ? all : heard,
           v1::CASE_STATE_DECIDED);
    }
    if (state == v1::CASE_STATE_ACCEPTED) continue;
    open(state, v1::CASE_VERB_DECIDE, authority, heard, v1::CASE_STATE_DECIDED);
    open(state, v1::CASE_VERB_FORWARD, authority, heard, v1::CASE_STATE_RECEIVED);
  }
  // Rule 21: once, and again.
  for (const v1::CaseState state : {v1::CASE_STATE_NOTICE_SERVED, v1::CASE_STATE_STATED}) {
    open(state, v1::CASE_VERB_RECORD_STATEMENT, authority, heard, v1::CASE_STATE_STATED);
  }
  return cells;
}

std::string Name(const Cell& cell) {
  return v1::CaseState_Name(cell.state) + " " + v1::CaseVerb_Name(cell.verb) + " " +
         v1::Role_Name(cell.role) + " " + v1::CaseOrigin_Name(cell.origin);
}

// Rules 14 to 22: the table says what the law says, in every cell and nowhere more.
class CaseWorkflowCells : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(WithAndWithoutAProposal, CaseWorkflowCells, testing::Bool());

TEST_P(CaseWorkflowCells, EveryCellOfStateVerbAndRole) {
  const std::map<Cell, v1::CaseState> expected = Expected(GetParam());
  int cells = 0;
  for (int state = 0; state < v1::CaseState_ARRAYSIZE; ++state) {
    for (int verb = 0; verb < v1::CaseVerb_ARRAYSIZE; ++verb) {
      for (int role = 0; role < v1::Role_ARRAYSIZE; ++role) {
        for (int origin = 0; origin < v1::CaseOrigin_ARRAYSIZE; ++origin) {
          const Cell cell{static_cast<v1::CaseState>(state), static_cast<v1::CaseVerb>(verb),
                          static_cast<v1::Role>(role), static_cast<v1::CaseOrigin>(origin)};
          v1::Case the_case;
          the_case.set_state(cell.state);
          the_case.set_origin(cell.origin);
          if (GetParam()) the_case.mutable_proposed_decision();
          const WorkflowRow* row = FindMove(the_case, cell.verb, cell.role);
          const auto found = expected.find(cell);
          ASSERT_EQ(row != nullptr, found != expected.end()) << Name(cell);
          if (row != nullptr) {
            EXPECT_EQ(row->next, found->second) << Name(cell);
          }
          const std::vector<v1::CaseVerb> open = OpenMoves(the_case, cell.role);
          EXPECT_EQ(std::count(open.begin(), open.end(), cell.verb), row != nullptr ? 1 : 0) << Name(cell);
          ++cells;
        }
      }
    }
  }
  EXPECT_EQ(cells, 9 * 12 * 10 * 8);
}

TEST(CaseWorkflow, NoCellHasTwoRows) {
  std::set<std::tuple<int, int, int>> seen;
  for (const WorkflowRow& row : CaseWorkflow()) {
    for (int origin = 0; origin < v1::CaseOrigin_ARRAYSIZE; ++origin) {
      if (!row.IsFor(static_cast<v1::CaseOrigin>(origin))) continue;
      EXPECT_TRUE(seen.emplace(row.state, row.verb, origin).second)
          << v1::CaseState_Name(row.state) << " " << v1::CaseVerb_Name(row.verb) << " " << origin;
    }
  }
}

TEST(CaseWorkflow, NothingIsOpenOnceACaseHasEnded) {
  for (const v1::CaseState ended :
       {v1::CASE_STATE_DECIDED, v1::CASE_STATE_DISMISSED, v1::CASE_STATE_TRANSFERRED}) {
    for (int origin = 0; origin < v1::CaseOrigin_ARRAYSIZE; ++origin) {
      v1::Case the_case;
      the_case.set_state(ended);
      the_case.set_origin(static_cast<v1::CaseOrigin>(origin));
      for (int role = 0; role < v1::Role_ARRAYSIZE; ++role) {
        EXPECT_THAT(OpenMoves(the_case, static_cast<v1::Role>(role)), IsEmpty());
      }
    }
  }
}

TEST(CaseWorkflow, OnlyReportersAndAuthoritiesMoveCases) {
  for (int verb = 1; verb < v1::CaseVerb_ARRAYSIZE; ++verb) {
    for (int role = 0; role < v1::Role_ARRAYSIZE; ++role) {
      const bool reporters = verb == v1::CASE_VERB_OPEN || verb == v1::CASE_VERB_RESUBMIT;
      const bool may = role == v1::ROLE_CIVIL_AFFAIRS ||
                       (reporters && (role == v1::ROLE_PURCHASER || role == v1::ROLE_AGENCY));
      EXPECT_EQ(MayEver(static_cast<v1::CaseVerb>(verb), static_cast<v1::Role>(role)), may)
          << v1::CaseVerb_Name(verb) << " " << v1::Role_Name(role);
    }
  }
}

TEST(CaseWorkflow, OpenMovesOfAnAcceptedReport) {
  v1::Case report;
  report.set_state(v1::CASE_STATE_ACCEPTED);
  report.set_origin(v1::CASE_ORIGIN_PURCHASER_REPORT);
  EXPECT_THAT(OpenMoves(report, v1::ROLE_CIVIL_AFFAIRS),
              ElementsAre(v1::CASE_VERB_FORWARD, v1::CASE_VERB_SERVE_NOTICE, v1::CASE_VERB_DECIDE,
                          v1::CASE_VERB_TRANSFER));
  EXPECT_THAT(OpenMoves(report, v1::ROLE_PURCHASER), IsEmpty());
}

TEST(CaseWorkflow, TwentyFurtherStatementsAreTakenAndNoMore) {
  v1::Case stated;
  stated.set_state(v1::CASE_STATE_STATED);
  stated.set_origin(v1::CASE_ORIGIN_AUTHORITY);
  while (stated.further_statements_size() < 19) stated.add_further_statements();
  EXPECT_NE(FindMove(stated, v1::CASE_VERB_RECORD_STATEMENT, v1::ROLE_CIVIL_AFFAIRS), nullptr);
  stated.add_further_statements();
  EXPECT_EQ(FindMove(stated, v1::CASE_VERB_RECORD_STATEMENT, v1::ROLE_CIVIL_AFFAIRS), nullptr);
  EXPECT_THAT(OpenMoves(stated, v1::ROLE_CIVIL_AFFAIRS),
              ElementsAre(v1::CASE_VERB_FORWARD, v1::CASE_VERB_SERVE_NOTICE, v1::CASE_VERB_DECIDE,
                          v1::CASE_VERB_TRANSFER));
}

TEST(CaseWorkflow, EveryStateAndVerbHasItsWord) {
  std::set<std::string_view> words;
  for (int state = 1; state < v1::CaseState_ARRAYSIZE; ++state) {
    EXPECT_TRUE(words.insert(WordOf(static_cast<v1::CaseState>(state))).second) << state;
  }
  words.clear();
  for (int verb = 1; verb < v1::CaseVerb_ARRAYSIZE; ++verb) {
    EXPECT_TRUE(words.insert(WordOf(static_cast<v1::CaseVerb>(verb))).second) << verb;
    EXPECT_FALSE(ArticleOf(static_cast<v1::CaseVerb>(verb)).empty());
  }
}

// Rule 39: what the platform asks to be decided again cannot end in a listing; rule 36: the end of display
// asks for no finding against the organization.
TEST(CaseWorkflow, FindingsFollowFromTheOrigin) {
  EXPECT_EQ(FindingsOf(v1::CASE_ORIGIN_PURCHASER_REPORT).size(), 5u);
  EXPECT_THAT(FindingsOf(v1::CASE_ORIGIN_REDECISION),
              ElementsAre(v1::CASE_FINDING_NOT_SUBSTANTIATED, v1::CASE_FINDING_NO_MEASURE));
  EXPECT_THAT(FindingsOf(v1::CASE_ORIGIN_DISPLAY_ENDED), ElementsAre(v1::CASE_FINDING_NO_MEASURE));
  EXPECT_THAT(FindingsOf(v1::CASE_ORIGIN_UNSPECIFIED), IsEmpty());
}

}  // namespace
}  // namespace chengxin::domain
