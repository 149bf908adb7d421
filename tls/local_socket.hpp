// Unix sockets (unix(7)): listening and connecting. A socket is a file: one that a process left
// behind when it was killed is replaced in one step, one that somebody listens on is not touched.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "tls/stream.hpp"

namespace tls {

/// Where to listen, and who may connect: those who may write to the file.
struct LocalSocket {
  std::filesystem::path path;
  mode_t mode = 0600;
  std::string group;  ///< "" leaves it to the process's
};

/// Throws conf::ValueError when this machine has none of that name.
gid_t find_group(const std::string& name);

/// A socket that listens, not yet accepting. Throws conf::ValueError that says why it can't, and
/// std::runtime_error that says who listens there already.
asio::local::stream_protocol::acceptor open_acceptor(asio::io_context& io,
                                                     const LocalSocket& socket);

/// The file of a socket that listens; it goes with this, unless another has taken its place.
class SocketFile {
 public:
  explicit SocketFile(std::filesystem::path path);
  ~SocketFile();
  SocketFile(const SocketFile&) = delete;
  SocketFile& operator=(const SocketFile&) = delete;

 private:
  std::filesystem::path path_;
  ino_t inode_ = 0;
};

/// Connects to the socket; throws StreamError.
asio::awaitable<Stream> connect_local(std::filesystem::path path, Seconds timeout);

}  // namespace tls
