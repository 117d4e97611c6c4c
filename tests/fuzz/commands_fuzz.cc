// Bytes as commands of every kind, validated and decided on a small state, by an officer: what is decided
// must be sound enough to be folded.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <variant>

#include "domain/catalogue.h"
#include "domain/decide.h"
#include "tests/support/catalogue_files.h"
#include "tests/support/memory_view.h"

namespace {

using chengxin::domain::Command;

// The command of alternative `Index`, or of one after it, that the bytes are.
template <size_t Index = 0>
bool Parse(size_t kind, const uint8_t* bytes, size_t size, Command& command) {
  if constexpr (Index == std::variant_size_v<Command>) {
    return false;
  } else {
    if (kind != Index) return Parse<Index + 1>(kind, bytes, size, command);
    std::variant_alternative_t<Index, Command> request;
    if (!request.ParseFromArray(bytes, static_cast<int>(size))) return false;
    command = std::move(request);
    return true;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto& catalogue =
      *new std::shared_ptr(*chengxin::domain::CompiledCatalogue::Compile(chengxin::LoadDeployedCatalogue()));
  if (size == 0) return 0;
  Command command;
  if (!Parse(bytes[0] % std::variant_size_v<Command>, bytes + 1, size - 1, command)) return 0;
  const absl::Time now = absl::FromUnixSeconds(1'796'000'000);
  if (!chengxin::domain::Validate(command, now).ok()) return 0;
  chengxin::v1::Principal officer;
  officer.set_subject("officer");
  officer.set_role(chengxin::v1::ROLE_CIVIL_AFFAIRS);
  officer.set_authority("authorities/km-wuhua");
  chengxin::MemoryView view(catalogue);
  auto decision =
      chengxin::domain::Decide(command, {.principal = officer, .revision = 7, .stamp = now}, view);
  if (!decision.ok()) return 0;
  for (const auto& event : decision->events) view.Fold(event);
  return 0;
}
