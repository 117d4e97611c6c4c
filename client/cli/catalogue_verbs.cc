#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "client/cli/argument_checks.h"
#include "client/cli/arguments.h"
#include "client/cli/ask.h"
#include "client/cli/exit_codes.h"
#include "client/cli/table.h"
#include "client/cli/verbs.h"
#include "client/cli/words.h"
#include "client/error.h"
#include "domain/catalogue_text.h"

namespace chengxin::cli {

namespace {

struct CatalogueFlags {
  std::string folder;
  std::string request_id;
  std::string as_of;
  bool tables = false;
};

// The files of a catalogue folder, in the order of their names.
absl::StatusOr<std::vector<domain::CatalogueFile>> ReadFolder(const std::string& folder,
                                                              std::istream& standard_input) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string extension = entry->path().extension().string();
    if (entry->is_regular_file() && (extension == ".txtpb" || extension == ".csv"))
      paths.push_back(entry->path());
  }
  if (error)
    return client::FieldError("FOLDER",
                              StrCat("无法读取文件夹 (cannot read) ", folder, ": ", error.message()));
  if (paths.empty())
    return client::FieldError("FOLDER",
                              StrCat(folder, "中没有目录文件 (expected *.txtpb and *.csv, found none)"));
  std::sort(paths.begin(), paths.end());
  std::vector<domain::CatalogueFile> files;
  for (const std::filesystem::path& path : paths) {
    CHENGXIN_ASSIGN_OR_RETURN(std::string content, ReadFile("FOLDER", path.string(), standard_input));
    files.push_back({.name = path.filename().string(), .content = std::move(content)});
  }
  return files;
}

int Activate(Session& session, const CatalogueFlags& flags) {
  const auto files = ReadFolder(flags.folder, session.in());
  if (!files.ok()) return session.Fail(files.status());
  absl::StatusOr<v1::Catalogue> catalogue = domain::AssembleCatalogue(*files);
  if (!catalogue.ok()) return session.Fail(catalogue.status());
  v1::ActivateCatalogueRequest request;
  *request.mutable_catalogue() = *std::move(catalogue);
  request.set_request_id(flags.request_id);
  return Ask(session, std::move(request), &client::Client::ActivateCatalogue,
             [&](const v1::ActivateCatalogueResponse& answer) {
               return JsonOr(session, answer, [&] {
                 session.out() << "现行目录 (catalogue in force) " << answer.version() << "，版本 (revision) "
                               << answer.revision() << '\n';
               });
             });
}

int Get(Session& session, const CatalogueFlags& flags) {
  v1::GetCatalogueRequest request;
  request.set_without_tables(!flags.tables);
  const InstantFlags instants{.as_of = flags.as_of, .known_at = "", .effective_at = ""};
  if (const absl::Status status = instants.FillRequest(session, request); !status.ok())
    return session.Fail(status);
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const auto answer = (*client)->GetCatalogue(request);
  if (!answer.ok()) return session.Fail(answer.status());
  if (session.json()) {
    session.PrintJson(*answer);
    return kDone;
  }
  const v1::Catalogue& catalogue = answer->catalogue();
  session.out() << "目录 " << catalogue.version() << "，自版本 " << answer->revision() << " 起\n\n";
  Table grounds({"情形", "名单", "结果", "内容", "法律依据"});
  for (const v1::Ground& ground : catalogue.grounds())
    grounds.Add({ground.id(), WordOf(ground.list()), WordOf(ground.outcome()), ground.zh(),
                 ground.legal_basis().zh()});
  grounds.Print(session.out());
  session.out() << '\n';
  Table sources({"数据来源", "名称", "登记管理机关"});
  for (const v1::Source& source : catalogue.sources()) {
    std::string authorities;
    for (const std::string& authority : source.authorities())
      StrAppend(&authorities, authorities.empty() ? "" : "、", authority);
    sources.Add({source.id(), source.display_name(), authorities});
  }
  sources.Print(session.out());
  session.out() << '\n';
  Table authorities({"机关", "名称", "上级"});
  for (const v1::Authority& authority : catalogue.authorities())
    authorities.Add({authority.id(), authority.display_name(), authority.parent()});
  authorities.Print(session.out());
  return kDone;
}

}  // namespace

void AddCatalogueVerbs(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<CatalogueFlags>();
  CLI::App* const catalogue = app.add_subcommand("catalogue", "规则目录 (the law as data)");
  catalogue->require_subcommand(1);

  CLI::App* const activate =
      catalogue->add_subcommand("activate", "启用一个文件夹中的目录 (put a folder's catalogue into force)");
  activate->add_option("FOLDER", flags->folder, "*.txtpb、divisions.csv、holidays.csv所在文件夹 (folder)")
      ->type_name(kPathType)
      ->required();
  activate->add_option("--request-id", flags->request_id, "重试时使用同一标识 (the same for a repetition)");
  activate->footer("示例 (example):\n  chengxin --as admin catalogue activate deploy/catalogue");
  activate->callback(
      [&session, flags] { session.action = [&session, flags] { return Activate(session, *flags); }; });

  CLI::App* const get = catalogue->add_subcommand("get", "查看现行目录 (the catalogue in force)");
  get->add_option("--as-of", flags->as_of, "当时的目录 (the one known at this instant)");
  get->add_flag("--tables", flags->tables,
                "连同行政区划和工作日历，用于-o json (divisions and calendar too, for -o json)");
  get->footer("示例 (example):\n  chengxin catalogue get\n  chengxin catalogue get --tables -o json");
  get->callback([&session, flags] { session.action = [&session, flags] { return Get(session, *flags); }; });
}

}  // namespace chengxin::cli
