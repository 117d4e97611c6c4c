// Flags of documents that are served: how and when (送达), and the prior notice (事先告知书).
#ifndef CHENGXIN_CLIENT_CLI_NOTICE_FLAGS_H_
#define CHENGXIN_CLIENT_CLI_NOTICE_FLAGS_H_

#include <string>

#include "absl/status/status.h"
#include "chengxin/v1/case.pb.h"
#include "client/cli/session.h"

namespace CLI {
class App;
}  // namespace CLI

namespace chengxin::cli {

struct ServiceFlags {
  std::string method;
  std::string served_on;
  std::string proof;

  // InvalidArgument naming the flag that is wrong.
  absl::Status Fill(v1::Service& service) const;
};

// --served, --served-on, --proof, all required. `flags` must outlive `verb`.
void AddServiceFlags(CLI::App& verb, ServiceFlags& flags);

struct NoticeFlags {
  std::string number;
  std::string ground;
  std::string facts;
  std::string reasons;
  std::string basis;
  std::string rights;
  ServiceFlags service;

  // As ServiceFlags.
  absl::Status Fill(v1::CaseNotice& notice) const;
};

// The notice with its service. `prefix` stands before the names of the flags that a verb has for itself too:
// "notice-" gives --notice-number. `flags` must outlive `verb`.
void AddNoticeFlags(CLI::App& verb, Session& session, const std::string& prefix, NoticeFlags& flags);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_NOTICE_FLAGS_H_
