#include "server/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "base/log.h"
#include "base/strings.h"

namespace chengxin::server {

namespace {

// How soon it is looked whether there is room again.
constexpr int kPauseMilliseconds = 100;
// What was sent and is not acknowledged for so long, in milliseconds, was sent to nobody.
constexpr int kUnacknowledgedMilliseconds = 20'000;

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
};

Address AddressFor(const Endpoint& endpoint) {
  Address address;
  const auto port = htons(static_cast<uint16_t>(endpoint.port));
  auto& v4 = reinterpret_cast<sockaddr_in&>(address.bytes);
  if (::inet_pton(AF_INET, endpoint.host.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = port;
    address.size = sizeof(v4);
    return address;
  }
  auto& v6 = reinterpret_cast<sockaddr_in6&>(address.bytes);
  ::inet_pton(AF_INET6, endpoint.host.c_str(), &v6.sin6_addr);
  v6.sin6_family = AF_INET6;
  v6.sin6_port = port;
  address.size = sizeof(v6);
  return address;
}

int PortOf(int socket) {
  Address address;
  address.size = sizeof(address.bytes);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address.bytes), &address.size);
  // The port lies at the same place in both families.
  return ntohs(reinterpret_cast<const sockaddr_in&>(address.bytes).sin_port);
}

void Set(int socket, int level, int option, int value) {
  ::setsockopt(socket, level, option, &value, sizeof(value));
}

}  // namespace

Listener::Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

absl::StatusOr<std::unique_ptr<Listener>> Listener::Open(const Endpoint& endpoint, int maximum_connections) {
  const Address address = AddressFor(endpoint);
  std::unique_ptr<Listener> listener(
      new Listener(::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                   ::epoll_create1(EPOLL_CLOEXEC), ::eventfd(0, EFD_CLOEXEC), maximum_connections));
  const int socket = listener->socket_.get();
  if (socket >= 0) Set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  if (socket < 0 || listener->watch_.get() < 0 || listener->stop_.get() < 0 ||
      ::bind(socket, reinterpret_cast<const sockaddr*>(&address.bytes), address.size) != 0 ||
      ::listen(socket, SOMAXCONN) != 0) {
    const int error = errno;
    return absl::UnavailableError(StrCat("无法在", AddressOf(endpoint), "监听 (cannot listen on ",
                                         AddressOf(endpoint),
                                         "; is another program there?): ", std::strerror(error)));
  }
  listener->port_ = PortOf(socket);
  return listener;
}

Listener::~Listener() {
  if (!thread_.joinable()) return;
  ::eventfd_write(stop_.get(), 1);
  thread_.join();
}

void Listener::Serve(std::unique_ptr<Acceptor> acceptor) {
  acceptor_ = std::move(acceptor);
  thread_ = std::thread([this] { Run(); });
}

void Listener::Run() {
  bool was_full = false;
  for (;;) {
    // Those that have gone are counted only where it matters.
    if (open_ >= maximum_connections_) open_ = CountOpen();
    const bool full = open_ >= maximum_connections_;
    if (full && !was_full) {
      LogWarning("all connections are taken; others wait",
                 {{"maximum_connections", StrCat(maximum_connections_)}});
    }
    was_full = full;
    if (!Wait(full)) return;
    if (!full) Take();
  }
}

bool Listener::Wait(bool full) {
  std::array<pollfd, 2> events = {{{.fd = stop_.get(), .events = POLLIN, .revents = 0},
                                   {.fd = socket_.get(), .events = POLLIN, .revents = 0}}};
  ::poll(events.data(), full ? 1 : 2, full ? kPauseMilliseconds : -1);
  return events[0].revents == 0;
}

void Listener::Take() {
  const int connection = ::accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (connection < 0) {
    // What the system is short of comes back; anything else went wrong with that connection alone.
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) Wait(/*full=*/true);
    return;
  }
  Set(connection, IPPROTO_TCP, TCP_NODELAY, 1);
  Set(connection, IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledgedMilliseconds);
  epoll_event none{};
  ::epoll_ctl(watch_.get(), EPOLL_CTL_ADD, connection, &none);
  ++open_;
  Acceptor::NewConnectionParameters handed;
  handed.listener_fd = socket_.get();
  handed.fd = connection;
  acceptor_->HandleNewConnection(&handed);
}

int Listener::CountOpen() const {
  std::ifstream watched(StrCat("/proc/self/fdinfo/", watch_.get()));
  int count = 0;
  for (std::string line; std::getline(watched, line);) {
    if (line.rfind("tfd:", 0) == 0) ++count;
  }
  return count;
}

}  // namespace chengxin::server
