// One unary call of a stub's method, with repetition. Private to the client.
#ifndef CHENGXIN_CLIENT_UNARY_H_
#define CHENGXIN_CLIENT_UNARY_H_

#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "base/status.h"
#include "client/connection.h"
#include "client/request_id.h"
#include "client/retry_policy.h"

namespace chengxin::client {

template <typename Response, typename Stub, typename Request>
absl::StatusOr<Response> Unary(Connection& connection, std::string_view method, std::string_view request_id,
                               Stub& stub,
                               grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, Response*),
                               const Request& request) {
  Response response;
  CHENGXIN_RETURN_IF_ERROR(connection.Call(RowOf(method), request_id, [&](grpc::ClientContext& context) {
    response.Clear();
    return (stub.*call)(&context, request, &response);
  }));
  return response;
}

// A read.
template <typename Response, typename Stub, typename Request>
absl::StatusOr<Response> Read(Connection& connection, std::string_view method, Stub& stub,
                              grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request) {
  return Unary(connection, method, {}, stub, call, request);
}

// A command: an empty request_id is filled in, and every attempt sends the same.
template <typename Response, typename Stub, typename Request>
absl::StatusOr<Response> Command(Connection& connection, std::string_view method, Stub& stub,
                                 grpc::Status (Stub::*call)(grpc::ClientContext*, const Request&, Response*),
                                 Request request) {
  if (request.request_id().empty()) request.set_request_id(NewRequestId());
  return Unary(connection, method, request.request_id(), stub, call, std::as_const(request));
}

}  // namespace chengxin::client

#endif  // CHENGXIN_CLIENT_UNARY_H_
