#include "engine/aliases.h"

#include <string>
#include <string_view>

#include "domain/resource_names.h"

namespace chengxin::engine {

absl::Status Aliases::Load(const storage::Store& store) {
  return store.ScanAliases([this](std::string_view code, std::string_view first, uint64_t revision) {
    const std::optional<domain::Uscc> alias = domain::Uscc::FromStored(code);
    const std::optional<domain::Uscc> name = domain::Uscc::FromStored(first);
    if (alias.has_value() && name.has_value()) PutOne(*alias, *name, revision);
  });
}

void Aliases::Put(const v1::Organization& organization, uint64_t revision) {
  const std::optional<std::string_view> name = domain::ParseOrganizationName(organization.name());
  if (!name.has_value()) return;
  if (organization.code() == *name && organization.former_codes().empty()) return;
  const std::optional<domain::Uscc> first = domain::Uscc::FromStored(*name);
  if (!first.has_value()) return;
  const auto put = [&](const std::string& text) {
    const std::optional<domain::Uscc> code = domain::Uscc::FromStored(text);
    if (code.has_value() && *code != *first) PutOne(*code, *first, revision);
  };
  put(organization.code());
  for (const std::string& former : organization.former_codes()) put(former);
}

void Aliases::PutOne(const domain::Uscc& code, const domain::Uscc& first, uint64_t revision) {
  WriterLock lock(mu_);
  const auto [it, inserted] = first_.try_emplace(code, First{first, revision});
  // As the store's table has it: what says so already keeps its revision.
  if (!inserted && it->second.code != first) it->second = First{first, revision};
  size_.store(first_.size(), std::memory_order_release);
}

std::optional<domain::Uscc> Aliases::Find(const domain::Uscc& code, uint64_t revision) const {
  if (size_.load(std::memory_order_acquire) == 0) return std::nullopt;
  ReaderLock lock(mu_);
  const auto it = first_.find(code);
  if (it == first_.end() || it->second.revision > revision) return std::nullopt;
  return it->second.code;
}

}  // namespace chengxin::engine
