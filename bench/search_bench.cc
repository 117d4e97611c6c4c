// Name search over gRPC among 1,000,000 organizations: rare and common parts of names.
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "base/strings.h"
#include "bench/population.h"
#include "bench/report.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "tests/support/daemon.h"

namespace chengxin::bench {
namespace {

constexpr int kOrganizations = 1'000'000;
constexpr int kQueries = 5'000;

void Measure(v1::OrganizationService::Stub& stub, const std::string& name,
             const std::vector<std::string>& queries) {
  std::vector<double> micros;
  int64_t candidates = 0;
  for (const std::string& query : queries) {
    grpc::ClientContext context;
    v1::SearchOrganizationsRequest request;
    v1::SearchOrganizationsResponse response;
    request.set_query(query);
    const absl::Time start = absl::Now();
    const grpc::Status status = stub.SearchOrganizations(&context, request, &response);
    micros.push_back(absl::ToDoubleMicroseconds(absl::Now() - start));
    if (!status.ok()) Require(absl::InternalError(status.error_message()), name.c_str());
    candidates += response.candidates_size();
  }
  if (candidates == 0) Require(absl::InternalError("nothing was found"), name.c_str());
  PrintFigure(name + ", p50", "us", Sample{{Quantile(micros, 0.5)}});
  PrintFigure(name + ", p99", "us", Sample{{Quantile(micros, 0.99)}});
}

int Main(int argc, char** argv) {
  const Settings settings = ParseSettings(argc, argv);
  const int organizations = settings.is_short ? 2'000 : kOrganizations;
  const int queries = settings.is_short ? 50 : kQueries;
  const Folder folder;
  Populate(*NewEngine(folder.Sub("data")), organizations);
  auto daemon = Daemon::Start(folder.Sub("data"));
  Require(daemon.status(), "chengxind");
  const auto stub = v1::OrganizationService::NewStub((*daemon)->Connect());

  std::mt19937 random(7);
  std::vector<std::string> rare, common;
  const std::vector<std::string> parts = {"社会", "服务中心", "社会工作", "五华区", "工作服务"};
  for (int i = 0; i < queries; ++i) {
    rare.push_back(StrCat("第", random() % static_cast<unsigned>(organizations), "号"));
    common.push_back(parts[random() % parts.size()]);
  }
  Measure(*stub, StrCat("search by a rare part of a name among ", organizations), rare);
  Measure(*stub, StrCat("search by a common part of a name among ", organizations), common);
  return 0;
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) { return chengxin::bench::Main(argc, argv); }
