#include "server/services.h"

#include <string>
#include <utility>

#include "base/status.h"
#include "server/admin_service.h"
#include "server/audit_service.h"
#include "server/award_service.h"
#include "server/case_service.h"
#include "server/eligibility_service.h"
#include "server/listing_service.h"
#include "server/organization_service.h"
#include "server/record_service.h"
#include "server/service_context.h"
#include "server/watch_hub.h"
#include "storage/digest.h"

namespace chengxin::server {

namespace {

constexpr size_t kTokenKeyBytes = 32;

}  // namespace

struct Services::Parts {
  Parts(engine::Engine& engine, Clock& clock, const Authenticator& authenticator, CallMetrics& metrics,
        AuditTrail& audit, const ServiceLimits& limits, const StatusFacts& facts, std::string token_key)
      : admission(limits.admission, overload, SystemClock()),
        context{.engine = engine,
                .clock = clock,
                .authenticator = authenticator,
                .metrics = metrics,
                .audit = audit,
                .limits = limits,
                .page_tokens = PageTokens(std::move(token_key), clock, limits.page_token_lifetime),
                .admission = admission},
        watches(engine.feed(), metrics, limits.maximum_watchers),
        admin(context, watches, facts),
        audits(context),
        awards(context, watches),
        cases(context),
        eligibility(context),
        listings(context, watches),
        organizations(context),
        records(context) {}

  Overload overload;
  Admission admission;
  ServiceContext context;
  WatchHub watches;
  AdminService admin;
  AuditService audits;
  AwardService awards;
  CaseService cases;
  EligibilityService eligibility;
  ListingService listings;
  OrganizationService organizations;
  RecordService records;
};

Services::Services(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Services::~Services() = default;

absl::StatusOr<std::unique_ptr<Services>> Services::Create(engine::Engine& engine, Clock& clock,
                                                           const Authenticator& authenticator,
                                                           CallMetrics& metrics, AuditTrail& audit,
                                                           const ServiceLimits& limits,
                                                           const StatusFacts& facts) {
  CHENGXIN_ASSIGN_OR_RETURN(std::string token_key, storage::RandomBytes(kTokenKeyBytes));
  return std::unique_ptr<Services>(new Services(std::make_unique<Parts>(
      engine, clock, authenticator, metrics, audit, limits, facts, std::move(token_key))));
}

void Services::Register(grpc::ServerBuilder& builder) {
  builder.RegisterService(&parts_->admin);
  builder.RegisterService(&parts_->audits);
  builder.RegisterService(&parts_->awards);
  builder.RegisterService(&parts_->cases);
  builder.RegisterService(&parts_->eligibility);
  builder.RegisterService(&parts_->listings);
  builder.RegisterService(&parts_->organizations);
  builder.RegisterService(&parts_->records);
}

void Services::RecheckCallers() { parts_->context.open_calls.Recheck(parts_->context.authenticator); }

void Services::Stop() {
  parts_->context.stopping = true;
  parts_->context.stops.Stop();
  parts_->watches.WakeAll();
}

int64_t Services::watchers() const { return parts_->watches.watchers(); }
Overload& Services::overload() { return parts_->overload; }

}  // namespace chengxin::server
