#include "client/cli/session.h"

#include <algorithm>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "client/cli/exit_codes.h"
#include "client/cli/instants.h"
#include "client/cli/table.h"
#include "client/error.h"
#include "client/identity.h"
#include "google/protobuf/util/json_util.h"

namespace chengxin::cli {

namespace {

// The message for people where gRPC's own says little.
std::string MessageOf(const absl::Status& status, std::string_view server) {
  // The wrong fields follow, each on a line of its own.
  if (!client::ViolationsOf(status).empty() && client::ReasonOf(status) == v1::ERROR_REASON_UNSPECIFIED)
    return "参数有误 (invalid argument)";
  const bool by_server = client::ReasonOf(status) != v1::ERROR_REASON_UNSPECIFIED;
  if (status.code() == absl::StatusCode::kUnavailable && !by_server)
    return StrCat("服务", server, "不可用 (unavailable): ", status.message());
  if (status.code() == absl::StatusCode::kDeadlineExceeded)
    return StrCat("服务", server, "没有及时答复 (no answer in time): ", status.message());
  if (status.code() == absl::StatusCode::kUnimplemented)
    return StrCat("服务", server, "不提供此功能 (not offered by this server): ", status.message());
  return std::string(status.message());
}

}  // namespace

absl::StatusOr<client::Proof> Session::Proof() const {
  if (flags_.credentials.empty()) {
    if (!flags_.proof.authorities_file.empty() && flags_.as != "public") {
      return client::FieldError(
          "as",
          "TLS连接凭证书或令牌说明身份，不用--as；用--credentials时--as选取其中的凭证 (over TLS "
          "the certificate or token says who asks; with --credentials, --as chooses one)");
    }
    return flags_.proof;
  }
  // A caller's own files are named by its subject, or else by what it is.
  std::string name = flags_.subject.empty() ? flags_.as : flags_.subject;
  std::replace(name.begin(), name.end(), ':', '-');
  std::replace(name.begin(), name.end(), '/', '-');
  return client::FindProof(flags_.credentials, name);
}

absl::StatusOr<client::Client*> Session::client() {
  if (client_ == nullptr) {
    client::ClientOptions options;
    options.address = flags_.server;
    CHENGXIN_ASSIGN_OR_RETURN(options.identity, client::Identity::Parse(flags_.as));
    const bool plain =
        std::all_of(flags_.subject.begin(), flags_.subject.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (!plain || flags_.subject.size() > 100) {
      return client::FieldError(
          "subject",
          "应为至多100个ASCII字符的标识，不含空格 (expected at most 100 visible ASCII characters)");
    }
    options.identity.subject = flags_.subject;
    CHENGXIN_ASSIGN_OR_RETURN(options.proof, Proof());
    for (const std::string& one : flags_.entrusted_by)
      CHENGXIN_RETURN_IF_ERROR(options.identity.Entrust(one));
    // Written so that a NaN is refused too.
    if (!(flags_.timeout_seconds > 0 && flags_.timeout_seconds <= 86'400))
      return client::FieldError("timeout",
                                "应为0到86400之间的秒数 (expected seconds above 0 and up to 86,400)");
    options.timeout = absl::Seconds(flags_.timeout_seconds);
    CHENGXIN_ASSIGN_OR_RETURN(client_, client::Client::Create(std::move(options)));
  }
  return client_.get();
}

absl::StatusOr<google::protobuf::Timestamp> Session::Instant(std::string_view flag, std::string_view text) {
  if (text != "now") return ParseInstant(flag, text, clock_.Now());
  CHENGXIN_ASSIGN_OR_RETURN(client::Client* const server, client());
  CHENGXIN_ASSIGN_OR_RETURN(const v1::GetStatusResponse status, server->GetStatus({}));
  return status.now();
}

void Session::PrintJson(const google::protobuf::Message& message) const {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) {
    // Only text that is no UTF-8 or an instant outside years 1 to 9999, neither of which a server sends.
    err() << "错误：答复无法写成JSON (the answer cannot be written as JSON): " << status.ToString() << '\n';
    return;
  }
  out() << json << '\n';
}

int Session::Fail(const absl::Status& status) const {
  err() << "错误：" << Printable(MessageOf(status, flags_.server)) << '\n';
  if (const v1::ErrorReason reason = client::ReasonOf(status); reason != v1::ERROR_REASON_UNSPECIFIED) {
    constexpr std::string_view kPrefix = "ERROR_REASON_";
    err() << "  原因代码 (reason): " << v1::ErrorReason_Name(reason).substr(kPrefix.size());
    for (const auto& [key, value] : client::ReasonMetadataOf(status))
      err() << "  " << Printable(StrCat(key, "=", value));
    err() << '\n';
  }
  for (const auto& violation : client::ViolationsOf(status))
    err() << "  " << Printable(StrCat(violation.field(), ": ", violation.description())) << '\n';
  if (const auto request_id = client::UnknownOutcomeRequestId(status); request_id.has_value()) {
    err() << "  结果未知：可能已经生效。请用同样的参数加 --request-id " << *request_id
          << " 重试，不会重复执行 (outcome unknown; repeat with this --request-id, nothing is done twice)\n";
  }
  return ExitCodeOf(status);
}

}  // namespace chengxin::cli
