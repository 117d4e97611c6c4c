#include "tests/support/catalogue_files.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "domain/catalogue_text.h"

namespace chengxin {

namespace {

[[noreturn]] void Die(const std::string& what) {
  std::fprintf(stderr, "cannot load the deployed catalogue: %s\n", what.c_str());
  std::abort();
}

v1::Catalogue Load() {
  const std::filesystem::path folder = std::filesystem::path(CHENGXIN_SOURCE_DIR) / "deploy" / "catalogue";
  std::vector<domain::CatalogueFile> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in) Die("unreadable: " + entry.path().string());
    files.push_back({entry.path().filename().string(), content.str()});
  }
  if (error) Die(folder.string() + ": " + error.message());
  absl::StatusOr<v1::Catalogue> catalogue = domain::AssembleCatalogue(files);
  if (!catalogue.ok()) Die(std::string(catalogue.status().message()));
  return *std::move(catalogue);
}

}  // namespace

v1::Catalogue LoadDeployedCatalogue() {
  static const v1::Catalogue& catalogue = *new v1::Catalogue(Load());
  return catalogue;
}

}  // namespace chengxin
