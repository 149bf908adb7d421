#include "mua/files/mbox_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "mua/exit_code.hpp"

namespace mua::files {

namespace fs = std::filesystem;

MboxWriter::MboxWriter(fs::path path, MboxKind kind, How how)
    : path_(std::move(path)), written_(path_), kind_(kind), how_(how) {
  if (path_ == "-") {
    out_ = stdout;
    return;
  }
  if (how_ == How::kFresh && fs::exists(path_)) {
    throw Failure(ExitCode::kFailed, path_.string() + " is there already",
                  "Name another file, or add what it doesn't have with --append.");
  }
  if (how_ == How::kAdd) read_what_is_there();
  if (how_ == How::kFresh) written_ += ".part";
  const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (how_ == How::kFresh ? O_TRUNC : O_APPEND);
  const int file = open(written_.c_str(), flags, 0600);
  if (file < 0) fail("write");
  file_.reset(fdopen(file, how_ == How::kFresh ? "w" : "a"));
  out_ = file_.get();
}

MboxWriter::~MboxWriter() {
  if (finished_ || !file_) return;
  file_.reset();
  std::error_code ignored;
  if (how_ == How::kFresh) {
    fs::remove(written_, ignored);
  } else {
    fs::resize_file(written_, size_before_, ignored);
  }
}

void MboxWriter::fail(const char* what) const {
  throw Failure(ExitCode::kFailed,
                fmt::format("cannot {} {}: {}", what, written_.string(), std::strerror(errno)));
}

void MboxWriter::read_what_is_there() {
  if (!fs::exists(path_)) return;
  size_before_ = fs::file_size(path_);
  std::ifstream in(path_, std::ios::binary);
  if (!in) fail("read");
  MboxReader reader(in, path_.string(), kind_);
  while (const auto message = reader.next()) {
    ++there_[identity_of(message->octets, message->octets.size())];
  }
}

bool MboxWriter::write(const StoredMessage& message) {
  const auto known = there_.find(identity_of(message.octets, message.octets.size()));
  if (known != there_.end() && known->second > 0) {
    --known->second;
    return false;
  }
  const std::string text = render_mbox(message, kind_);
  if (std::fwrite(text.data(), 1, text.size(), out_) != text.size()) fail("write");
  return true;
}

void MboxWriter::finish() {
  if (std::fflush(out_) != 0) fail("write");
  if (file_ && fsync(fileno(out_)) != 0) fail("write");
  file_.reset();
  if (written_ != path_) fs::rename(written_, path_);
  finished_ = true;
}

}  // namespace mua::files
