#include "tests/support/world.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_format.h"
#include "base/strings.h"
#include "domain/timestamps.h"
#include "tests/support/catalogue_files.h"
#include "tests/support/documents.h"

namespace chengxin {

namespace {

std::string MakeFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "chengxin-world-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  return pattern;
}

absl::Time Morning() {
  return absl::FromCivil(absl::CivilSecond(2026, 11, 24, 2, 0, 0), absl::UTCTimeZone());
}

}  // namespace

World::World(engine::EngineOptions options, bool simulated)
    : clock_(Morning()), options_(options), simulated_(simulated), folder_(MakeFolder()) {
  Open();
}

World::World(Empty, engine::EngineOptions options) : World(options, /*simulated=*/false) {}

World::World(Simulated, engine::EngineOptions options) : World(options, /*simulated=*/true) {
  EXPECT_TRUE(ActivateCatalogue().ok());
  RefreshSources();
}

World::World(engine::EngineOptions options) : World(Empty{}, options) {
  EXPECT_TRUE(ActivateCatalogue().ok());
  RefreshSources();
}

World::~World() {
  engine_.reset();
  std::filesystem::remove_all(folder_);
}

void World::Open() {
  storage::StoreOptions options{
      .folder = folder_ + "/data", .block_cache_bytes = 8u << 20, .env = disk_.env()};
  if (simulated_) options.simulated_clock_start = Morning();
  auto store = storage::Store::Open(options);
  if (!store.ok()) FAIL() << store.status();
  if (simulated_) {
    simulated_clock_ = std::make_unique<SimulatedClock>(*(*store)->simulated_clock());
    options_.simulated_clock = simulated_clock_.get();
  }
  auto engine = engine::Engine::Create(*std::move(store), engine_clock(), options_);
  if (!engine.ok()) FAIL() << engine.status();
  engine_ = *std::move(engine);
}

void World::Restart() {
  engine_.reset();
  Open();
}

absl::StatusOr<engine::Committed> World::ActivateCatalogue() {
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = LoadDeployedCatalogue();
  request.set_request_id(NextRequestId());
  return engine_->SubmitAndWait(Admin(), std::move(request));
}

void World::RefreshSources() {
  for (const v1::Source& source : engine_->knowledge()->catalogue->message().sources()) {
    if (source.kind() == v1::SOURCE_KIND_LISTS) continue;
    const auto end_run = [&](auto request) {
      request.set_source("sources/" + source.id());
      domain::SetTimestamp(now(), *request.mutable_source_as_of());
      request.set_request_id(NextRequestId());
      request.set_end_of_run(true);
      request.set_complete(true);
      const auto done = engine_->SubmitAndWait(Sync("sources/" + source.id()), std::move(request));
      EXPECT_TRUE(done.ok()) << source.id() << ": " << done.status();
    };
    if (source.kind() == v1::SOURCE_KIND_REGISTRY) {
      end_run(v1::ImportOrganizationsRequest());
    } else {
      end_run(v1::ImportRecordsRequest());
    }
  }
}

domain::Uscc World::CodeOf(int number) {
  return domain::Uscc::WithChecks("52530102", absl::StrFormat("MJT%05d", number)).value();
}

v1::Organization World::OrganizationOf(int number) {
  v1::Organization organization;
  organization.set_code(CodeOf(number).ToString());
  organization.set_display_name(absl::StrFormat("五华区第%d号社会工作服务中心（样例）", number));
  organization.set_registration_authority("authorities/km-wuhua");
  organization.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  organization.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  organization.set_established_on("2019-03-01");
  return organization;
}

absl::StatusOr<engine::Committed> World::Import(std::vector<v1::Organization> organizations,
                                                std::string request_id) {
  v1::ImportOrganizationsRequest request;
  request.set_source("sources/registry-kunming");
  domain::SetTimestamp(now(), *request.mutable_source_as_of());
  request.set_request_id(request_id.empty() ? NextRequestId() : std::move(request_id));
  for (v1::Organization& organization : organizations) *request.add_organizations() = std::move(organization);
  return engine_->SubmitAndWait(Sync(), std::move(request));
}

domain::Uscc World::Register(int number) {
  const auto imported = Import({OrganizationOf(number)});
  EXPECT_TRUE(imported.ok()) << imported.status();
  if (imported.ok()) {
    EXPECT_NE(imported->tally->outcomes(0), v1::IMPORT_OUTCOME_REJECTED)
        << imported->tally->rejections(0).ShortDebugString();
  }
  return CodeOf(number);
}

v1::CreateRecordRequest World::PenaltyRequest(const domain::Uscc& code, int64_t fine_fen,
                                              std::string_view ground, std::string_view decided_on) {
  v1::CreateRecordRequest request =
      Documents::PenaltyOn(code.ToString(), fine_fen, ground, decided_on, ++decisions_);
  request.set_request_id(NextRequestId());
  return request;
}

absl::StatusOr<engine::Committed> World::Penalize(const domain::Uscc& code, int64_t fine_fen,
                                                  std::string_view ground, std::string_view decided_on) {
  return engine_->SubmitAndWait(Wuhua(), PenaltyRequest(code, fine_fen, ground, decided_on));
}

absl::StatusOr<v1::Eligibility> World::Check(const domain::Uscc& code, const v1::AsOf* as_of, bool full) {
  v1::Eligibility answer;
  v1::AnswerBasis basis;
  v1::Eligibility* const answers[] = {&answer};
  const engine::EligibilityQuery query{.codes = {&code, 1}, .context = nullptr, .as_of = as_of, .full = full};
  const absl::Status status = engine_->CheckEligibility(query, answers, basis);
  if (!status.ok()) return status;
  return answer;
}

v1::Verdict World::VerdictOf(const domain::Uscc& code) {
  const auto answer = Check(code);
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.ok() ? answer->verdict() : v1::VERDICT_UNSPECIFIED;
}

v1::Verdict World::VerdictOf(const domain::Uscc& code, absl::Time instant) {
  v1::AsOf as_of;
  domain::SetTimestamp(instant, *as_of.mutable_instant());
  const auto answer = Check(code, &as_of);
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.ok() ? answer->verdict() : v1::VERDICT_UNSPECIFIED;
}

v1::Principal World::Wuhua() {
  v1::Principal principal;
  principal.set_subject("officer-of-wuhua");
  principal.set_role(v1::ROLE_CIVIL_AFFAIRS);
  principal.set_authority("authorities/km-wuhua");
  return principal;
}

v1::Principal World::Sync(std::string_view source) {
  v1::Principal principal;
  principal.set_subject("sync-job");
  principal.set_role(v1::ROLE_SYNC);
  principal.set_unit(std::string(source));
  return principal;
}

v1::Principal World::Admin() {
  v1::Principal principal;
  principal.set_subject("administrator");
  principal.set_role(v1::ROLE_ADMIN);
  return principal;
}

}  // namespace chengxin
