#include "tls/local_socket.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

#include "conf/value_error.hpp"

namespace tls {
namespace {

namespace fs = std::filesystem;
using Local = asio::local::stream_protocol;

// The name it is bound under until it is ready, beside its own.
constexpr const char* kUnready = ".new";

std::string failed(const fs::path& path, std::string_view reason) {
  return fmt::format("cannot listen on {}: {}", path.string(), reason);
}

[[noreturn]] void fail(const fs::path& path, std::string_view reason) {
  throw conf::ValueError(path.string(), failed(path, reason));
}

void check_length(const fs::path& path) {
  constexpr std::size_t kLongest = sizeof(sockaddr_un::sun_path) - 1;
  const std::size_t length = path.string().size() + std::strlen(kUnready);
  if (length > kLongest)
    fail(path,
         fmt::format("the name of a socket may have {} octets", kLongest - std::strlen(kUnready)));
}

std::string process_name(pid_t pid) {
  std::string name = "a process";
  std::ifstream stream(fmt::format("/proc/{}/comm", pid));
  std::getline(stream, name);
  return fmt::format("{} (process {})", name, pid);
}

/// Only connecting tells whether somebody listens.
void check_nobody_listens(const fs::path& path) {
  asio::io_context io;
  Local::socket socket(io);
  boost::system::error_code error;
  socket.connect(Local::endpoint(path.string()), error);
  if (error == asio::error::connection_refused) return;
  if (error) fail(path, "what is there can't be asked: " + error.message());
  ucred owner{};
  socklen_t size = sizeof owner;
  ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &owner, &size);
  throw std::runtime_error(failed(path, "the socket is in use by " + process_name(owner.pid)));
}

void check_replaceable(const fs::path& path) {
  struct stat file {};
  if (::lstat(path.c_str(), &file) != 0) return;
  if (!S_ISSOCK(file.st_mode)) fail(path, "there is a file of that name that is no socket");
  check_nobody_listens(path);
}

void open_to(const LocalSocket& socket, const fs::path& file) {
  const auto nobody = static_cast<uid_t>(-1);
  if (!socket.group.empty() && ::chown(file.c_str(), nobody, find_group(socket.group)) != 0) {
    const std::string reason =
        fmt::format("it can't be given to the group {}: {}; be a member of it", socket.group,
                    std::strerror(errno));
    throw conf::ValueError(socket.group, failed(socket.path, reason));
  }
  if (::chmod(file.c_str(), socket.mode) != 0) fail(socket.path, std::strerror(errno));
}

/// Bound where nobody looks yet, listening, and given to those it is for; then put in its place in
/// one step, so that a client never finds it half done.
void bind(Local::acceptor& acceptor, const LocalSocket& socket, const fs::path& unready) {
  boost::system::error_code error;
  acceptor.open(Local(), error);
  if (!error) acceptor.bind(Local::endpoint(unready.string()), error);
  if (error) fail(socket.path, error.message());
  open_to(socket, unready);
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) fail(socket.path, error.message());
  std::error_code failed;
  fs::rename(unready, socket.path, failed);
  if (failed) fail(socket.path, failed.message());
}

ino_t inode_of(const fs::path& path) {
  struct stat file {};
  return ::lstat(path.c_str(), &file) == 0 ? file.st_ino : 0;
}

}  // namespace

gid_t find_group(const std::string& name) {
  group entry{}, *found = nullptr;
  std::vector<char> names(16384);
  ::getgrnam_r(name.c_str(), &entry, names.data(), names.size(), &found);
  if (found == nullptr) throw conf::ValueError(name, fmt::format("there is no group {}", name));
  return found->gr_gid;
}

Local::acceptor open_acceptor(asio::io_context& io, const LocalSocket& socket) {
  check_length(socket.path);
  check_replaceable(socket.path);
  const fs::path unready = socket.path.string() + kUnready;
  std::error_code ignored;
  fs::create_directories(socket.path.parent_path(), ignored);  // bind says what is wrong
  fs::remove(unready, ignored);
  Local::acceptor acceptor(io);
  try {
    bind(acceptor, socket, unready);
  } catch (...) {
    fs::remove(unready, ignored);
    throw;
  }
  return acceptor;
}

SocketFile::SocketFile(fs::path path) : path_(std::move(path)), inode_(inode_of(path_)) {}

SocketFile::~SocketFile() {
  std::error_code ignored;
  if (inode_ != 0 && inode_of(path_) == inode_) fs::remove(path_, ignored);
}

asio::awaitable<Stream> connect_local(fs::path path, Seconds timeout) {
  Local::socket socket(co_await asio::this_coro::executor);
  boost::system::error_code error;
  // Connecting to a Unix socket is done at once or not at all: only a full backlog would wait.
  socket.open(Local(), error);
  if (!error && path.string().size() >= sizeof(sockaddr_un::sun_path))
    error = boost::system::errc::make_error_code(boost::system::errc::filename_too_long);
  if (!error) socket.non_blocking(true, error);
  if (!error) socket.connect(Local::endpoint(path.string()), error);
  if (error)
    throw StreamError(StreamError::Kind::kClosed,
                      fmt::format("cannot connect to {}: {}", path.string(), error.message()));
  Stream stream(std::move(socket));
  stream.set_timeout(timeout);
  co_return stream;
}

}  // namespace tls
