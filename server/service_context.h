// What every service works with.
#ifndef CHENGXIN_SERVER_SERVICE_CONTEXT_H_
#define CHENGXIN_SERVER_SERVICE_CONTEXT_H_

#include <atomic>

#include "base/clock.h"
#include "engine/engine.h"
#include "server/admission.h"
#include "server/audit_trail.h"
#include "server/authenticator.h"
#include "server/call_metrics.h"
#include "server/limits.h"
#include "server/open_calls.h"
#include "server/page_token.h"
#include "server/stop_list.h"

namespace chengxin::server {

// Outlives every call. All parts are thread-safe.
struct ServiceContext {
  engine::Engine& engine;
  Clock& clock;
  const Authenticator& authenticator;
  CallMetrics& metrics;
  AuditTrail& audit;
  const ServiceLimits limits;
  const PageTokens page_tokens;
  Admission& admission;
  // Set once, when the services are told to stop: no stream starts from then on.
  std::atomic<bool> stopping{false};
  // Who waits, and is told then.
  StopList stops = {};
  // Calls that last, with their callers.
  OpenCalls open_calls = {};
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_SERVICE_CONTEXT_H_
