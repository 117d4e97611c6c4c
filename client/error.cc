#include "client/error.h"

#include <charconv>

#include "absl/strings/cord.h"
#include "base/strings.h"
#include "google/rpc/status.pb.h"

namespace chengxin::client {

namespace {

constexpr std::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr std::string_view kBadRequestUrl = "type.googleapis.com/google.rpc.BadRequest";
constexpr std::string_view kRetryInfoUrl = "type.googleapis.com/google.rpc.RetryInfo";
// Set by the client itself: the request_id to repeat.
constexpr std::string_view kUnknownOutcomeUrl = "chengxin.client/unknown-outcome";

// The payload under a type URL, where there is one that parses.
template <typename Message>
std::optional<Message> Payload(const absl::Status& status, std::string_view url) {
  const absl::optional<absl::Cord> bytes = status.GetPayload(ToAbsl(url));
  Message message;
  if (!bytes.has_value() || !message.ParseFromString(std::string(*bytes))) return std::nullopt;
  return message;
}

std::optional<google::rpc::ErrorInfo> InfoOf(const absl::Status& status) {
  std::optional<google::rpc::ErrorInfo> info = Payload<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
  if (info.has_value() && info->domain() != "chengxin") return std::nullopt;
  return info;
}

// What gRPC itself says of a message above the receiver's limit, before "(SIZE vs. LIMIT)".
constexpr std::string_view kTooLarge = "Received message larger than max";

// The same message has the same size the next time: an argument that is wrong, no overload.
absl::Status TooLarge(std::string_view sizes) {
  constexpr std::string_view kVersus = " vs. ";
  const size_t versus = sizes.find(kVersus);
  const size_t from = versus == std::string_view::npos ? sizes.size() : versus + kVersus.size();
  const std::string_view limit = sizes.substr(from, sizes.find_first_not_of("0123456789", from) - from);
  const std::string_view most = limit.empty() ? "?" : limit;
  return absl::InvalidArgumentError(StrCat("消息过大，上限为", most,
                                           "字节，请缩短或分次发送 (the message is larger than ", most,
                                           " bytes; shorten it or send it in parts)"));
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
      status.error_message().rfind(kTooLarge, 0) == 0)
    return TooLarge(status.error_message().substr(kTooLarge.size()));
  // The codes of gRPC and Abseil are the same numbers.
  absl::Status translated(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status rich;
  if (!status.error_details().empty() && rich.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : rich.details())
      translated.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return translated;
}

v1::ErrorReason ReasonOf(const absl::Status& status) {
  const std::optional<google::rpc::ErrorInfo> info = InfoOf(status);
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  if (info.has_value() && v1::ErrorReason_Parse(StrCat("ERROR_REASON_", info->reason()), &reason))
    return reason;
  return v1::ERROR_REASON_UNSPECIFIED;
}

std::map<std::string, std::string> ReasonMetadataOf(const absl::Status& status) {
  const std::optional<google::rpc::ErrorInfo> info = InfoOf(status);
  if (!info.has_value()) return {};
  return {info->metadata().begin(), info->metadata().end()};
}

std::vector<google::rpc::BadRequest::FieldViolation> ViolationsOf(const absl::Status& status) {
  const auto bad = Payload<google::rpc::BadRequest>(status, kBadRequestUrl);
  if (!bad.has_value()) return {};
  return {bad->field_violations().begin(), bad->field_violations().end()};
}

std::optional<absl::Duration> RetryDelayOf(const absl::Status& status) {
  const auto info = Payload<google::rpc::RetryInfo>(status, kRetryInfoUrl);
  if (!info.has_value()) return std::nullopt;
  return absl::Seconds(info->retry_delay().seconds()) + absl::Nanoseconds(info->retry_delay().nanos());
}

absl::Status FieldError(std::string_view field, std::string_view description) {
  google::rpc::BadRequest bad;
  auto& violation = *bad.add_field_violations();
  violation.set_field(std::string(field));
  violation.set_description(std::string(description));
  absl::Status status = absl::InvalidArgumentError(StrCat(field, ": ", description));
  status.SetPayload(ToAbsl(kBadRequestUrl), absl::Cord(bad.SerializeAsString()));
  return status;
}

absl::Status ShiftViolations(const absl::Status& status, std::string_view repeated_field, size_t offset) {
  auto bad = Payload<google::rpc::BadRequest>(status, kBadRequestUrl);
  if (!bad.has_value() || offset == 0) return status;
  const std::string prefix = StrCat(repeated_field, "[");
  for (auto& violation : *bad->mutable_field_violations()) {
    const std::string& path = violation.field();
    if (path.compare(0, prefix.size(), prefix) != 0) continue;
    size_t index = 0;
    const char* const end = path.data() + path.size();
    const auto [rest, error] = std::from_chars(path.data() + prefix.size(), end, index);
    if (error != std::errc() || rest == end || *rest != ']') continue;
    violation.set_field(
        StrCat(prefix, index + offset, std::string_view(rest, static_cast<size_t>(end - rest))));
  }
  // The message begins with the first violation, whose path has changed.
  absl::Status shifted = status;
  if (bad->field_violations_size() > 0) {
    const auto& first = bad->field_violations(0);
    shifted = absl::Status(status.code(), StrCat(first.field(), ": ", first.description()));
    status.ForEachPayload(
        [&shifted](absl::string_view url, const absl::Cord& bytes) { shifted.SetPayload(url, bytes); });
  }
  shifted.SetPayload(ToAbsl(kBadRequestUrl), absl::Cord(bad->SerializeAsString()));
  return shifted;
}

absl::Status WithUnknownOutcome(absl::Status status, std::string_view request_id) {
  if (!status.ok()) status.SetPayload(ToAbsl(kUnknownOutcomeUrl), absl::Cord(ToAbsl(request_id)));
  return status;
}

std::optional<std::string> UnknownOutcomeRequestId(const absl::Status& status) {
  const absl::optional<absl::Cord> id = status.GetPayload(ToAbsl(kUnknownOutcomeUrl));
  if (!id.has_value()) return std::nullopt;
  return std::string(*id);
}

}  // namespace chengxin::client
