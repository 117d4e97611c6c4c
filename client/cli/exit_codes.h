// How a run of the command line ends, for scripts. These numbers never change their meaning.
#ifndef CHENGXIN_CLIENT_CLI_EXIT_CODES_H_
#define CHENGXIN_CLIENT_CLI_EXIT_CODES_H_

#include "absl/status/status.h"
#include "chengxin/v1/eligibility.pb.h"

namespace chengxin::cli {

enum ExitCode {
  kDone = 0,          // done; a check: ELIGIBLE
  kFailed = 1,        // an error at run time
  kUsage = 2,         // wrong usage, or an invalid argument by the server's judgement
  kRefused = 3,       // refused: the law's or the access rules' no, or a conflict
  kNotFound = 4,      // no such resource
  kUnavailable = 5,   // the server was not reached, did not answer in time, or is overloaded
  kNothingTaken = 6,  // an import took none of its rows
  kIneligible = 10,   // 不得选择
  kUnknown = 11,      // 无法确认
  kReview = 12,       // 需审查
};

// What the help says about them.
inline constexpr char kExitCodesHelp[] =
    "退出码 (exit codes): 0 完成或可以选择 done, ELIGIBLE; 1 运行出错 error; 2 用法或参数有误 usage, invalid "
    "argument; "
    "3 被拒绝 refused; 4 未找到 not found; 5 服务不可用 unavailable; 6 导入没有采用任何一行 no row was "
    "taken; 10 不得选择 INELIGIBLE; 11 无法确认 "
    "UNKNOWN; 12 需审查 REVIEW";

// kDone where the status is ok.
int ExitCodeOf(const absl::Status& status);
// kFailed for a verdict this program does not know: never kDone.
int ExitCodeOf(v1::Verdict verdict);
// Whether `a` weighs more than `b`: INELIGIBLE, UNKNOWN, REVIEW, ELIGIBLE; one this program does not know
// weighs most.
bool WorseThan(v1::Verdict a, v1::Verdict b);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_EXIT_CODES_H_
