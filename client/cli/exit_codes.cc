#include "client/cli/exit_codes.h"

namespace chengxin::cli {

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return kUsage;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return kRefused;
    case absl::StatusCode::kNotFound:
      return kNotFound;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return kUnavailable;
    default:
      return kFailed;
  }
}

int ExitCodeOf(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_ELIGIBLE:
      return kDone;
    case v1::VERDICT_REVIEW:
      return kReview;
    case v1::VERDICT_UNKNOWN:
      return kUnknown;
    case v1::VERDICT_INELIGIBLE:
      return kIneligible;
    default:
      return kFailed;
  }
}

namespace {

int WeightOf(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_ELIGIBLE:
      return 0;
    case v1::VERDICT_REVIEW:
      return 1;
    case v1::VERDICT_UNKNOWN:
      return 2;
    case v1::VERDICT_INELIGIBLE:
      return 3;
    default:
      return 4;
  }
}

}  // namespace

bool WorseThan(v1::Verdict a, v1::Verdict b) { return WeightOf(a) > WeightOf(b); }

}  // namespace chengxin::cli
