#include "server/health.h"

#include <utility>

#include "base/strings.h"

namespace chengxin::server {

namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// Ends a watch before it began.
class RefusedWatch final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  explicit RefusedWatch(grpc::Status status) { Finish(std::move(status)); }
  void OnDone() override { delete this; }
};

grpc::Status Stopping() { return {grpc::StatusCode::UNAVAILABLE, "服务正在停止 (the server stops)"}; }

}  // namespace

// One watch. Its state belongs to the service's lock; gRPC never calls back from within StartWrite or Finish.
class HealthService::WatchReactor final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  WatchReactor(HealthService& service, std::string watched) : name(std::move(watched)), service_(service) {}

  void OnWriteDone(bool ok) override {
    MutexLock lock(service_.mu_);
    writing = false;
    cancelled = cancelled || !ok;
    service_.Advance(*this);
  }
  void OnCancel() override {
    MutexLock lock(service_.mu_);
    cancelled = true;
    service_.Advance(*this);
  }
  void OnDone() override {
    {
      MutexLock lock(service_.mu_);
      service_.watches_.erase(this);
    }
    delete this;
  }

  const std::string name;
  // UNKNOWN is never sent, so the first status always is.
  ServingStatus sent = HealthCheckResponse::UNKNOWN;
  HealthCheckResponse message;
  bool writing = false;
  bool cancelled = false;
  bool finished = false;

 private:
  HealthService& service_;
};

void HealthService::Advance(WatchReactor& watch) {
  if (watch.writing || watch.finished) return;
  const ServingStatus now = StatusOf(watch.name);
  if (!watch.cancelled && watch.sent != now) {
    watch.sent = now;
    watch.message.set_status(now);
    watch.writing = true;
    watch.StartWrite(&watch.message);
  } else if (watch.cancelled || stopping_) {
    watch.finished = true;
    watch.Finish(watch.cancelled ? grpc::Status::CANCELLED : Stopping());
  }
}

HealthService::HealthService(const std::vector<std::string>& names) {
  MutexLock lock(mu_);
  for (const std::string& name : names) serving_[name] = true;
}

HealthService::~HealthService() = default;

HealthService::ServingStatus HealthService::StatusOf(const std::string& name) const {
  const auto found = serving_.find(name);
  if (found == serving_.end()) return HealthCheckResponse::SERVICE_UNKNOWN;
  return found->second && !stopping_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

void HealthService::Set(std::string_view name, bool serving) {
  MutexLock lock(mu_);
  const auto found = serving_.find(name);
  if (found == serving_.end() || found->second == serving) return;
  found->second = serving;
  for (WatchReactor* watch : watches_) Advance(*watch);
}

void HealthService::Stop() {
  MutexLock lock(mu_);
  stopping_ = true;
  for (WatchReactor* watch : watches_) Advance(*watch);
}

grpc::ServerUnaryReactor* HealthService::Check(grpc::CallbackServerContext* context,
                                               const HealthCheckRequest* request,
                                               HealthCheckResponse* response) {
  ServingStatus status;
  {
    MutexLock lock(mu_);
    status = StatusOf(request->service());
  }
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  if (status == HealthCheckResponse::SERVICE_UNKNOWN) {
    reactor->Finish({grpc::StatusCode::NOT_FOUND, "没有这个服务 (no such service)"});
  } else {
    response->set_status(status);
    reactor->Finish(grpc::Status::OK);
  }
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* HealthService::Watch(grpc::CallbackServerContext* context,
                                                                    const HealthCheckRequest* request) {
  MutexLock lock(mu_);
  if (stopping_) return new RefusedWatch(Stopping());
  if (watches_.size() >= kMaximumHealthWatches) {
    return new RefusedWatch(
        {grpc::StatusCode::RESOURCE_EXHAUSTED,
         StrCat("健康订阅已满 (health watches are at their limit of ", kMaximumHealthWatches, ")")});
  }
  auto* const watch = new WatchReactor(*this, request->service());
  watches_.insert(watch);
  Advance(*watch);
  return watch;
}

}  // namespace chengxin::server
