// What nearly every file of ours reads first, compiled once (cmake/precompile.cmake). No file may rely on it:
// each includes what it uses, and the preset tsan builds without it.
#ifndef CHENGXIN_CMAKE_PRECOMPILED_MESSAGES_H_
#define CHENGXIN_CMAKE_PRECOMPILED_MESSAGES_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/standing.pb.h"
#include "chengxin/v1/admin_service.pb.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "chengxin/v1/error_reason.pb.h"
#include "chengxin/v1/listing_service.pb.h"
#include "chengxin/v1/organization_service.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "google/rpc/error_details.pb.h"

#endif  // CHENGXIN_CMAKE_PRECOMPILED_MESSAGES_H_
