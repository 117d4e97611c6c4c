// Cases and deadlines for people.
#ifndef CHENGXIN_CLIENT_CLI_PRINT_CASES_H_
#define CHENGXIN_CLIENT_CLI_PRINT_CASES_H_

#include <ostream>
#include <string>

#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/deadline.pb.h"
#include "client/cli/print_resources.h"
#include "client/cli/table.h"

namespace chengxin::cli {

// All of one case: what it is about, its documents, its history, what is due and which moves are open.
void Print(std::ostream& out, const v1::Case& one);

// What a decision led to: the listing, the entry that ended as moved, the record.
void PrintOutcome(std::ostream& out, const v1::DecideCaseResponse& answer);
void PrintOutcome(std::ostream& out, const v1::ConfirmDecisionResponse& answer);

Table CaseTable();
void AddRow(const v1::Case& one, Table& table);

Table DeadlineTable();
void AddRow(const v1::Deadline& deadline, Table& table);

// "项目验收报告（档案室3号柜） sha256:9f86d0…", in full.
std::string SummaryOf(const v1::Evidence& evidence);
// "作出决定  2026-11-05".
std::string SummaryOf(const v1::Deadline& deadline);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PRINT_CASES_H_
