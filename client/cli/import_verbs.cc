#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "base/strings.h"
#include "chengxin/v1/catalogue.pb.h"
#include "client/cli/argument_checks.h"
#include "client/cli/arguments.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/verbs.h"
#include "client/error.h"
#include "client/import/client_sink.h"
#include "client/import/importer.h"
#include "client/import/progress_bar.h"

namespace chengxin::cli {

namespace {

struct ImportFlags {
  std::string path;
  std::string source;
  std::string as_of;
  std::string format = "detect";
  std::string encoding;
  std::string rejects;
  bool partial = false;
  bool complete_despite_rejects = false;
  bool accept_missing = false;
};

enum class What { kOrganizations, kRecords };

// The catalogue without its long tables: what the names of authorities and the kinds of sources are read
// from.
absl::StatusOr<v1::Catalogue> GetCatalogue(client::Client& client) {
  v1::GetCatalogueRequest request;
  request.set_without_tables(true);
  CHENGXIN_ASSIGN_OR_RETURN(v1::GetCatalogueResponse answer, client.GetCatalogue(request));
  return std::move(*answer.mutable_catalogue());
}

absl::StatusOr<client::ImportOptions> ReadOptions(Session& session, const ImportFlags& flags) {
  client::ImportOptions options;
  options.path = flags.path;
  options.source = flags.source;
  options.complete = !flags.partial;
  options.complete_despite_rejects = flags.complete_despite_rejects;
  options.accept_missing = flags.accept_missing;
  options.rejects_path = flags.rejects;
  if (!flags.as_of.empty()) {
    CHENGXIN_ASSIGN_OR_RETURN(const google::protobuf::Timestamp as_of, session.Instant("as-of", flags.as_of));
    options.source_as_of = TimeOf(as_of);
  }
  if (flags.format == "csv") options.format = client::ImportFormat::kCsv;
  if (flags.format == "jsonl") options.format = client::ImportFormat::kJsonLines;
  if (!flags.encoding.empty()) {
    const absl::StatusOr<client::TextEncoding> encoding = client::ParseEncoding(flags.encoding);
    if (!encoding.ok()) return client::FieldError("encoding", ToStd(encoding.status().message()));
    options.encoding = *encoding;
  }
  return options;
}

// Told before the server is asked anything.
absl::Status CheckReadable(const std::string& path) {
  if (path == "-") return absl::OkStatus();
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return client::FieldError("FILE", StrCat("是文件夹，应为文件 (a folder; expected a file) ", path));
  if (::access(path.c_str(), R_OK) == 0) return absl::OkStatus();
  return client::FieldError("FILE", StrCat("无法读取文件 (cannot read) ", path, ": ", std::strerror(errno)));
}

int Import(Session& session, const ImportFlags& flags, What what) {
  if (const absl::Status readable = CheckReadable(flags.path); !readable.ok()) return session.Fail(readable);
  absl::StatusOr<client::ImportOptions> options = ReadOptions(session, flags);
  if (!options.ok()) return session.Fail(options.status());
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const absl::StatusOr<v1::Catalogue> catalogue = GetCatalogue(**client);
  if (!catalogue.ok()) return session.Fail(catalogue.status());
  for (const v1::Authority& authority : catalogue->authorities())
    options->authorities.emplace(authority.display_name(), authority.id());
  for (const v1::Source& source : catalogue->sources()) {
    const bool delivers = ResourceName("sources/", source.id()) == ResourceName("sources/", flags.source);
    if (delivers && what == What::kOrganizations) options->list_held = client::HeldByServer(**client, source);
  }

  client::ImportSummary summary;
  {
    std::optional<client::ProgressBar> bar;
    if (!session.json() && ::isatty(STDERR_FILENO) == 1)
      options->observer = &bar.emplace(session.err(), session.clock());
    summary = what == What::kOrganizations
                  ? client::ImportOrganizations(*options, client::OrganizationsOver(**client))
                  : client::ImportRecords(*options, client::RecordsOver(**client));
  }
  if (session.json()) {
    session.out() << "{\"rows_read\":" << summary.rows_read
                  << ",\"rows_acknowledged\":" << summary.rows_acknowledged
                  << ",\"rows_taken\":" << summary.rows_taken() << ",\"created\":" << summary.created
                  << ",\"updated\":" << summary.updated << ",\"unchanged\":" << summary.unchanged
                  << ",\"outdated\":" << summary.outdated << ",\"rejected\":" << summary.rejected()
                  << ",\"missing\":" << summary.missing
                  << ",\"identity_numbers_dropped\":" << summary.identity_numbers
                  << ",\"complete\":" << (summary.complete ? "true" : "false") << ",\"revision\":\""
                  << summary.revision << "\"}\n";
  } else {
    session.out() << client::Describe(summary);
  }
  if (!summary.status.ok()) return session.Fail(summary.status);
  if (summary.rows_read > 0 && summary.rows_taken() == 0) {
    session.err() << "没有一行被采用 (no row was taken)\n";
    return kNothingTaken;
  }
  return kDone;
}

struct SourceReadFlags {
  std::string source;
  std::string as_of = "now";
  std::string request_id;
  bool partial = false;
};

// Sends the end of a run without rows over the stream `open` makes.
template <typename Request, typename Open>
absl::Status EndRun(const SourceReadFlags& flags, const google::protobuf::Timestamp& as_of,
                    uint64_t& revision, const Open& open) {
  Request end;
  end.set_source(ResourceName("sources/", flags.source));
  *end.mutable_source_as_of() = as_of;
  end.set_request_id(flags.request_id);
  end.set_end_of_run(true);
  end.set_complete(!flags.partial);
  const auto stream =
      open([&revision](const Request&, const auto& acknowledged) { revision = acknowledged.revision(); });
  CHENGXIN_RETURN_IF_ERROR(stream->Send(std::move(end)));
  return stream->Finish();
}

int MarkRead(Session& session, const SourceReadFlags& flags) {
  const auto as_of = session.Instant("as-of", flags.as_of);
  if (!as_of.ok()) return session.Fail(as_of.status());
  const auto client = session.client();
  if (!client.ok()) return session.Fail(client.status());
  const absl::StatusOr<v1::Catalogue> catalogue = GetCatalogue(**client);
  if (!catalogue.ok()) return session.Fail(catalogue.status());
  bool registry = false;
  for (const v1::Source& source : catalogue->sources()) {
    if (ResourceName("sources/", source.id()) == ResourceName("sources/", flags.source))
      registry = source.kind() == v1::SOURCE_KIND_REGISTRY;
  }
  uint64_t revision = 0;
  const absl::Status status =
      registry ? EndRun<v1::ImportOrganizationsRequest>(
                     flags, *as_of, revision,
                     [&](auto done) { return (*client)->ImportOrganizations({}, std::move(done)); })
               : EndRun<v1::ImportRecordsRequest>(flags, *as_of, revision, [&](auto done) {
                   return (*client)->ImportRecords({}, std::move(done));
                 });
  if (!status.ok()) return session.Fail(status);
  if (session.json()) {
    session.out() << "{\"revision\":\"" << revision << "\"}\n";
  } else {
    session.out() << "已记录读取 (reading recorded)：" << ResourceName("sources/", flags.source) << "，截至 "
                  << FormatInstant(*as_of) << (flags.partial ? "，不完整 (partial)" : "，完整 (complete)")
                  << "，版本 " << revision << '\n';
  }
  return kDone;
}

void AddImport(CLI::App& import, Session& session, const char* name, const char* help, const char* example,
               What what) {
  const auto flags = std::make_shared<ImportFlags>();
  CLI::App* const verb = import.add_subcommand(name, help);
  verb->add_option("FILE", flags->path, "CSV或JSON Lines文件，-为标准输入 (file, - for standard input)")
      ->type_name(kPathType)
      ->required();
  verb->add_option("--source", flags->source, "数据来源，例如registry-kunming (the source of the catalogue)")
      ->required();
  verb->add_option("--as-of", flags->as_of,
                   "来源数据截至的时刻，缺省为文件修改时间 (as of; default: the file's time)");
  verb->add_option("--format", flags->format, "csv、jsonl或detect (format)")
      ->check(CLI::IsMember({"csv", "jsonl", "detect"}))
      ->capture_default_str();
  verb->add_option("--encoding", flags->encoding,
                   "utf-8、gb18030、gbk，缺省为自动识别 (encoding; default: detected)");
  verb->add_option("--rejects", flags->rejects,
                   "未采用的行写入此文件 (file for rows not taken; default: beside FILE)")
      ->type_name(kPathType);
  verb->add_flag("--partial", flags->partial, "文件不是来源的全部 (the file is not all that the source has)");
  verb->add_flag("--complete-despite-rejects", flags->complete_despite_rejects,
                 "有未采用的行时仍记为完整读取 (a complete reading even with rejected rows)");
  if (what == What::kOrganizations) {
    verb->add_flag("--accept-missing", flags->accept_missing,
                   "登记库中已无的组织再多也记录 (record organizations that are missing, however many)");
  }
  verb->footer(example);
  verb->callback([&session, flags, what] {
    session.action = [&session, flags, what] { return Import(session, *flags, what); };
  });
}

}  // namespace

void AddImportVerbs(CLI::App& app, Session& session) {
  CLI::App* const import = app.add_subcommand("import", "导入来源交付的数据 (what sources deliver)");
  import->require_subcommand(1);
  AddImport(
      *import, session, "organizations", "导入登记信息 (organizations of a register)",
      "示例 (example):\n  chengxin --as sync:registry-kunming import organizations kunming.csv --source "
      "registry-kunming --encoding gb18030\n"
      "未采用的行写入 kunming.rejects.csv，改正后可再导入 (rows not taken can be corrected and "
      "imported again).",
      What::kOrganizations);
  AddImport(*import, session, "records", "导入信用信息 (credit records, external lists)",
            "示例 (example):\n  chengxin --as sync:court-defaulters import records defaulters.jsonl --source "
            "court-defaulters",
            What::kRecords);

  const auto flags = std::make_shared<SourceReadFlags>();
  CLI::App* const source = app.add_subcommand("source", "数据来源 (sources)");
  source->require_subcommand(1);
  CLI::App* const read =
      source->add_subcommand("read", "记录来源已读取，没有新数据 (a source was read, nothing was new)");
  read->add_option("SOURCE", flags->source, "数据来源 (source)")->required();
  read->add_option("--as-of", flags->as_of, "来源数据截至的时刻 (as of)")->capture_default_str();
  read->add_option("--request-id", flags->request_id, "重试时使用同一标识 (the same for a repetition)");
  read->add_flag("--partial", flags->partial, "没有读完 (not everything was read)");
  read->footer(
      "示例 (example):\n  chengxin --as sync:tax-violations source read tax-violations --as-of \"2026-11-23 "
      "08:00\"");
  read->callback(
      [&session, flags] { session.action = [&session, flags] { return MarkRead(session, *flags); }; });
}

}  // namespace chengxin::cli
