// The read index: the cost of one check inside a batch from 1,000 to 10,000,000 organizations beside a bare
// hash find, and the memory of the index for each organization.
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/strings.h"
#include "bench/population.h"
#include "bench/report.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "domain/civil_day.h"
#include "engine/aliases.h"
#include "engine/eligibility_reader.h"
#include "engine/read_index.h"
#include "google/protobuf/arena.h"

namespace chengxin::bench {
namespace {

constexpr int kSmallest = 1'000;
constexpr int kBatch = 1'000;
constexpr int kBatches = 256;
constexpr double kCostBar = 400;    // nanoseconds more than at the smallest
constexpr double kMemoryBar = 200;  // bytes
constexpr int kMemoryOrganizations = 1'000'000;

double HeapBytes() {
  const struct mallinfo2 info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

log::v1::Standing StandingOf(int number) {
  log::v1::Standing standing;
  standing.set_code(CodeOf(number).ToString());
  standing.set_authority("km-wuhua");
  standing.set_source("registry-kunming");
  standing.set_certificate_form(v1::CERTIFICATE_FORM_LEGAL_PERSON);
  standing.set_type(v1::ORGANIZATION_TYPE_SERVICE_INSTITUTION);
  standing.set_established_day(domain::CivilDay(2019, 3, 1).number());
  auto& status = *standing.add_statuses();
  status.set_status(v1::REGISTRATION_STATUS_ACTIVE);
  status.set_from_day(standing.established_day());
  if (IsAdverse(number)) {
    const bool severe = number / 20 % 2 == 0;
    auto& fact = *standing.add_facts();
    fact.set_ground(severe ? "SER-04" : "ABN-05");
    fact.set_reference(StrCat("listings/", standing.code(), severe ? "-S1" : "-A1"));
    fact.set_from_ns(absl::ToUnixNanos(absl::Now() - absl::Hours(24)));
    fact.set_conduct_day(domain::CivilDay(2026, 1, 1).number());
  }
  return standing;
}

// Fills up to `count`, and the heap's highest mark on the way.
double Fill(engine::ReadIndex& index, int from, int count) {
  double peak = 0;
  for (int i = from; i < count; ++i) {
    index.Put(StandingOf(i), /*revision=*/1);  // known at the revision asked for: none is read from history
    if (i % 256 == 0) peak = std::max(peak, HeapBytes());
  }
  return std::max(peak, HeapBytes());
}

std::vector<std::vector<std::string>> RandomBatches(int organizations) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> pick(0, organizations - 1);
  std::vector<std::vector<std::string>> batches(kBatches);
  for (auto& batch : batches) {
    for (int i = 0; i < kBatch; ++i) batch.push_back(CodeOf(pick(random)).ToString());
  }
  return batches;
}

// Nanoseconds for each code: parsed, found, evaluated and put into the answer, as the service does.
double CostOfChecks(const engine::EligibilityReader& reader, const domain::Knowledge& knowledge,
                    const std::vector<std::vector<std::string>>& batches) {
  const domain::AnswerRequest request{.instants = {.effective_at = absl::Now(), .compare_at = std::nullopt}};
  google::protobuf::Arena arena;
  const absl::Time start = absl::Now();
  std::vector<domain::Uscc> codes;
  std::vector<v1::Eligibility*> answers;
  for (const auto& batch : batches) {
    auto* response = google::protobuf::Arena::CreateMessage<v1::BatchCheckEligibilityResponse>(&arena);
    response->mutable_results()->Reserve(kBatch);
    codes.clear();
    answers.clear();
    for (const std::string& text : batch) {
      auto code = domain::Uscc::Parse(text);
      Require(code.status(), "code");
      codes.push_back(*code);
      answers.push_back(response->add_results());
    }
    Require(reader.Check(codes, knowledge, false, request, answers), "check");
    arena.Reset();
  }
  return absl::ToDoubleNanoseconds(absl::Now() - start) / (kBatches * kBatch);
}

double CostOfFinds(const absl::flat_hash_map<std::string, uint64_t>& map,
                   const std::vector<std::vector<std::string>>& batches) {
  uint64_t sum = 0;
  const absl::Time start = absl::Now();
  for (const auto& batch : batches) {
    for (const std::string& text : batch) sum += map.find(text)->second;
  }
  const double cost = absl::ToDoubleNanoseconds(absl::Now() - start) / (kBatches * kBatch);
  if (sum == 0) std::printf(" ");  // what was found is used
  return cost;
}

void MeasureCost(const Settings& settings) {
  const Folder folder;
  const auto engine = NewEngine(folder.Sub("data"));
  const auto knowledge = engine->knowledge();
  const int largest = settings.is_short ? 10'000 : 10'000'000;
  engine::ReadIndex index;
  absl::flat_hash_map<std::string, uint64_t> bare;
  const engine::Aliases no_aliases;
  const engine::EligibilityReader reader(index, no_aliases, engine->store());
  int filled = 0;
  double smallest = 0;
  for (int size = kSmallest; size <= largest; size *= 10) {
    Fill(index, filled, size);
    for (int i = filled; i < size; ++i) bare[CodeOf(i).ToString()] = static_cast<uint64_t>(i) + 1;
    filled = size;
    const auto batches = RandomBatches(size);
    Pair pair = RunInTurn(
        settings, [&] { return CostOfChecks(reader, *knowledge, batches); },
        [&] { return CostOfFinds(bare, batches); });
    if (size == kSmallest) smallest = pair.ours.median();
    const double more = pair.ours.median() - smallest;
    PrintFigure(StrCat("one check inside a batch at ", size), "ns", pair.ours,
                StrCat("bare hash find ", static_cast<int>(pair.limit.median()), " ns; ",
                       static_cast<int>(more), " ns more than at 1,000, bar ", static_cast<int>(kCostBar),
                       ": ", more <= kCostBar ? "met" : "MISSED"));
  }
}

void MeasureMemory(const Settings& settings) {
  const int count = settings.is_short ? 10'000 : kMemoryOrganizations;
  const double before = HeapBytes();
  const auto index = std::make_unique<engine::ReadIndex>();
  const double peak = (Fill(*index, 0, count) - before) / count;
  const double each = (HeapBytes() - before) / count;
  PrintFigure(StrCat("memory of the index, each of ", count), "bytes", Sample{{each}},
              StrCat("by its own account ", index->bytes() / static_cast<size_t>(count),
                     "; peak while growing ", static_cast<int>(peak), "; bar ", static_cast<int>(kMemoryBar),
                     ": ", each <= kMemoryBar ? "met" : "MISSED"));
}

}  // namespace
}  // namespace chengxin::bench

int main(int argc, char** argv) {
  const chengxin::bench::Settings settings = chengxin::bench::ParseSettings(argc, argv);
  chengxin::bench::MeasureMemory(settings);
  chengxin::bench::MeasureCost(settings);
}
