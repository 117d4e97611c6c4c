#include "tests/support/http_get.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/strings.h"

namespace chengxin {

namespace {

absl::Status Failed(std::string_view what) {
  return absl::UnavailableError(StrCat(what, ": ", std::strerror(errno)));
}

absl::StatusOr<std::string> Exchange(int fd, int port, const std::string& path) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    return Failed("connect");
  const std::string request = StrCat("GET ", path, " HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
  if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
    return Failed("send");
  }
  std::string answer;
  std::array<char, 4096> part;
  for (;;) {
    const ssize_t count = ::recv(fd, part.data(), part.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed("receive");
    if (count == 0) return answer;
    answer.append(part.data(), static_cast<size_t>(count));
  }
}

}  // namespace

absl::StatusOr<std::string> HttpGet(int port, const std::string& path) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return Failed("socket");
  absl::StatusOr<std::string> answer = Exchange(fd, port, path);
  ::close(fd);
  return answer;
}

}  // namespace chengxin
