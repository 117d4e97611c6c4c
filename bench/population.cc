#include "bench/population.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/mutex.h"
#include "base/strings.h"
#include "domain/civil_day.h"
#include "domain/timestamps.h"
#include "tests/support/catalogue_files.h"

namespace chengxin::bench {

namespace {

constexpr int64_t kFiftyThousandYuan = 5'000'000;
constexpr size_t kInFlight = 512;

std::string Today() { return domain::DayOf(absl::Now()).ToString(); }

// Submits commands with a bounded number in flight, and waits for all of them.
class Pipeline {
 public:
  Pipeline(engine::Engine& engine, v1::Principal principal)
      : engine_(engine), principal_(std::move(principal)) {}

  void Submit(domain::Command command) {
    {
      MutexLock lock(mu_);
      while (in_flight_ >= kInFlight) done_.Wait(mu_);
      ++in_flight_;
    }
    engine_.Submit(principal_, std::move(command), [this](absl::StatusOr<engine::Committed> committed) {
      Require(committed.status(), "command");
      MutexLock lock(mu_);
      --in_flight_;
      done_.NotifyAll();
    });
  }

  void Finish() {
    MutexLock lock(mu_);
    while (in_flight_ > 0) done_.Wait(mu_);
  }

 private:
  engine::Engine& engine_;
  const v1::Principal principal_;
  Mutex mu_;
  CondVar done_;
  size_t in_flight_ CHENGXIN_GUARDED_BY(mu_) = 0;
};

template <typename Request>
void EndRun(engine::Engine& engine, const std::string& source, std::string_view when) {
  Request request;
  request.set_source("sources/" + source);
  domain::SetTimestamp(absl::Now(), *request.mutable_source_as_of());
  request.set_request_id(StrCat("end-of-", source, "-", when));
  request.set_end_of_run(true);
  request.set_complete(true);
  Require(engine.SubmitAndWait(SyncPrincipal("sources/" + source), std::move(request)).status(),
          source.c_str());
}

}  // namespace

void Require(const absl::Status& status, const char* what) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s: %s\n", what, status.ToString().c_str());
  std::exit(1);
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "chengxin-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

domain::Uscc CodeOf(int number) {
  return domain::Uscc::WithChecks("52530102", absl::StrFormat("%08d", number)).value();
}

v1::Organization OrganizationOf(int number) {
  v1::Organization organization;
  organization.set_code(CodeOf(number).ToString());
  organization.set_display_name(absl::StrFormat("五华区第%d号社会工作服务中心", number));
  organization.set_registration_authority("authorities/km-wuhua");
  organization.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  organization.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  organization.set_established_on("2019-03-01");
  organization.set_domicile("昆明市五华区");
  organization.set_source_version(1);
  return organization;
}

v1::CreateRecordRequest PenaltyOf(int number) {
  const bool severe = number / 20 % 2 == 0;
  v1::CreateRecordRequest request;
  request.set_organization_code(CodeOf(number).ToString());
  request.set_request_id(StrCat("penalty-", number));
  v1::CreditRecord& record = *request.mutable_record();
  record.set_formed_on(Today());
  record.set_deciding_officer("officer");
  v1::Penalty& penalty = *record.mutable_penalty();
  penalty.add_kinds(v1::PENALTY_KIND_FINE);
  penalty.set_fine_fen(severe ? kFiftyThousandYuan : kFiftyThousandYuan - 1);
  penalty.set_decision_number(absl::StrFormat("五民罚〔2026〕%d号", number));
  penalty.set_decided_on(Today());
  penalty.set_facts("超出章程规定的业务范围进行活动");
  penalty.set_basis("《民办非企业单位登记管理暂行条例》第二十五条");
  penalty.set_organ("昆明市五华区民政局");
  penalty.set_result("罚款");
  v1::ListingDecision& decision = *request.mutable_listing_decision();
  decision.set_number(absl::StrFormat("五民列〔2026〕%d号", number));
  decision.set_ground(severe ? "SER-04" : "ABN-05");
  decision.set_decided_on(Today());
  decision.set_facts("受到罚款处罚");
  decision.set_repair_notice_served(true);
  return request;
}

v1::Principal SyncPrincipal(std::string_view source) {
  v1::Principal principal;
  principal.set_subject("sync-job");
  principal.set_role(v1::ROLE_SYNC);
  principal.set_unit(std::string(source));
  return principal;
}

v1::Principal OfficerPrincipal() {
  v1::Principal principal;
  principal.set_subject("officer-of-wuhua");
  principal.set_role(v1::ROLE_CIVIL_AFFAIRS);
  principal.set_authority("authorities/km-wuhua");
  return principal;
}

std::unique_ptr<engine::Engine> NewEngine(const std::string& folder) {
  auto store = storage::Store::Open({.folder = folder});
  Require(store.status(), "open");
  auto engine = engine::Engine::Create(*std::move(store), SystemClock(), {});
  Require(engine.status(), "create");
  v1::Principal admin;
  admin.set_subject("administrator");
  admin.set_role(v1::ROLE_ADMIN);
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id("catalogue");
  Require((*engine)->SubmitAndWait(admin, std::move(request)).status(), "catalogue");
  for (const v1::Source& source : (*engine)->knowledge()->catalogue->message().sources()) {
    if (source.kind() == v1::SOURCE_KIND_LISTS) continue;
    if (source.kind() == v1::SOURCE_KIND_REGISTRY) {
      EndRun<v1::ImportOrganizationsRequest>(**engine, source.id(), "at-first");
    } else {
      EndRun<v1::ImportRecordsRequest>(**engine, source.id(), "at-first");
    }
  }
  return *std::move(engine);
}

void Import(engine::Engine& engine, int count) {
  Pipeline imports(engine, SyncPrincipal());
  const absl::Time as_of = absl::Now();
  for (int first = 0; first < count; first += domain::kMaximumImportRows) {
    v1::ImportOrganizationsRequest request;
    request.set_source("sources/registry-kunming");
    domain::SetTimestamp(as_of, *request.mutable_source_as_of());
    request.set_request_id(StrCat("rows-", first));
    for (int i = first; i < std::min(count, first + domain::kMaximumImportRows); ++i) {
      *request.add_organizations() = OrganizationOf(i);
    }
    imports.Submit(std::move(request));
  }
  imports.Finish();
  // A list read before an organization was known may lack it.
  for (const v1::Source& source : engine.knowledge()->catalogue->message().sources()) {
    if (source.kind() == v1::SOURCE_KIND_EXTERNAL_LIST)
      EndRun<v1::ImportRecordsRequest>(engine, source.id(), StrCat("after-", count));
  }
}

void Populate(engine::Engine& engine, int count) {
  Import(engine, count);
  Pipeline penalties(engine, OfficerPrincipal());
  for (int i = 0; i < count; ++i) {
    if (IsAdverse(i)) penalties.Submit(PenaltyOf(i));
  }
  penalties.Finish();
}

}  // namespace chengxin::bench
