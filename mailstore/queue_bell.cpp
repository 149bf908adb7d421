#include "mailstore/queue_bell.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>

#include "mailstore/files.hpp"
#include "mailstore/without_sigpipe.hpp"

namespace mailstore {
namespace {

std::filesystem::path bell_of(const std::filesystem::path& data) {
  return data / "run" / "queue.fifo";
}

}  // namespace

// One that a killed smtpd left is replaced: whoever holds its other end talks to nobody.
QueueBell::QueueBell(const std::filesystem::path& data) : path_(bell_of(data)) {
  make_folder(path_.parent_path());
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  if (::mkfifo(path_.c_str(), 0600) != 0) throw_file_error(path_, "made");
  // O_RDWR keeps a writer on it, so that it doesn't read as ended when the last one goes.
  fifo_ = FileDescriptor(::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!fifo_) throw_file_error(path_, "opened");
}

QueueBell::~QueueBell() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void QueueBell::answer() {
  std::array<char, 512> rings;
  while (::read(fifo_.get(), rings.data(), rings.size()) > 0) {
  }
}

bool ring_queue(const std::filesystem::path& data) {
  const FileDescriptor fifo(::open(bell_of(data).c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (!fifo) return false;
  WithoutSigpipe quiet;
  if (::write(fifo.get(), "!", 1) == 1) return true;
  quiet.raised = errno == EPIPE;
  return errno == EAGAIN;  // it is full of rings: heard
}

}  // namespace mailstore
