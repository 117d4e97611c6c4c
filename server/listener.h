// The port of the API: takes connections, as many as may be, and hands them to gRPC.
#ifndef CHENGXIN_SERVER_LISTENER_H_
#define CHENGXIN_SERVER_LISTENER_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "grpcpp/server_builder.h"
#include "server/configuration.h"

namespace chengxin::server {

// gRPC's own listener takes every connection, and once the process has no file descriptor left never another.
// This one leaves those above the limit in the kernel's queue until others have gone. Not thread-safe.
class Listener {
 public:
  using Acceptor = grpc::experimental::ExternalConnectionAcceptor;

  // Binds and listens; who connects waits for Serve. Unavailable where the address is taken or is none of
  // this machine's.
  static absl::StatusOr<std::unique_ptr<Listener>> Open(const Endpoint& endpoint, int maximum_connections);
  // Takes no more connections; those that were handed over are gRPC's.
  ~Listener();

  int port() const { return port_; }
  // Hands connections over from now on, on a thread of its own. Once, after the grpc::Server has started that
  // the acceptor is of; this must be gone before that is shut down.
  void Serve(std::unique_ptr<Acceptor> acceptor);

 private:
  // A file descriptor that is closed with its owner.
  class Descriptor {
   public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor();
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

   private:
    const int fd_;
  };

  Listener(int socket, int watch, int stop, int maximum_connections)
      : socket_(socket), watch_(watch), stop_(stop), maximum_connections_(maximum_connections) {}
  void Run();
  // Waits until somebody connects, or until there may be room again; false once this is to stop.
  bool Wait(bool full);
  void Take();
  int CountOpen() const;

  const Descriptor socket_;
  // Every connection is entered here and leaves when gRPC closes it, without a word: the kernel keeps count.
  const Descriptor watch_;
  const Descriptor stop_;
  const int maximum_connections_;
  int port_ = 0;

  // The thread's.
  std::unique_ptr<Acceptor> acceptor_;
  int open_ = 0;  // at most so many

  std::thread thread_;
};

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_LISTENER_H_
