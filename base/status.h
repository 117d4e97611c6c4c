// Passing failures on.
#ifndef CHENGXIN_BASE_STATUS_H_
#define CHENGXIN_BASE_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns from the function where `expression`, an absl::Status, is not ok.
#define CHENGXIN_RETURN_IF_ERROR(expression)                  \
  do {                                                        \
    if (absl::Status _status = (expression); !_status.ok()) { \
      return _status;                                         \
    }                                                         \
  } while (false)

#define CHENGXIN_STATUS_CONCAT_(a, b) a##b
#define CHENGXIN_STATUS_NAME_(a, b) CHENGXIN_STATUS_CONCAT_(a, b)

// Assigns the value of `expression`, an absl::StatusOr, to `lhs` (which may be a declaration), or returns its
// status.
#define CHENGXIN_ASSIGN_OR_RETURN(lhs, expression) \
  CHENGXIN_ASSIGN_OR_RETURN_(CHENGXIN_STATUS_NAME_(_status_or_, __LINE__), lhs, expression)
#define CHENGXIN_ASSIGN_OR_RETURN_(name, lhs, expression) \
  auto name = (expression);                               \
  if (!name.ok()) return std::move(name).status();        \
  lhs = *std::move(name)

#endif  // CHENGXIN_BASE_STATUS_H_
