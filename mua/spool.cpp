#include "mua/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "mua/exit_code.hpp"

namespace mua {

namespace {

constexpr std::size_t kInMemory = 1 << 20;
constexpr std::size_t kSpoolPiece = 256 << 10;

int open_nameless() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  errno = error.value();
  if (error) return -1;
  std::string path = (folder / "mua-XXXXXX").string();
  const int file = mkostemp(path.data(), O_CLOEXEC);
  if (file >= 0) ::unlink(path.c_str());
  return file;
}

}  // namespace

struct Spool::File {
  std::string first;  ///< in memory
  int rest = -1;      ///< what comes after it
  std::uint64_t size = 0;

  File() = default;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (rest >= 0) ::close(rest);
  }

  void write(std::string_view octets);
  std::string read(std::uint64_t at, std::uint64_t end) const;
};

void Spool::File::write(std::string_view octets) {
  if (rest < 0) rest = open_nameless();
  while (rest >= 0 && !octets.empty()) {
    const ssize_t written = ::write(rest, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  if (octets.empty()) return;
  throw Failure(ExitCode::kFailed,
                std::string("cannot write into the temporary folder: ") + std::strerror(errno),
                "Make room there, or name another by TMPDIR.");
}

/// Some octets from `at` on, which is before `end`.
std::string Spool::File::read(std::uint64_t at, std::uint64_t end) const {
  if (at < first.size()) return first.substr(at, kSpoolPiece);
  std::string piece(std::min<std::uint64_t>(end - at, kSpoolPiece), '\0');
  ssize_t got = -1;
  do {
    got = ::pread(rest, piece.data(), piece.size(), static_cast<off_t>(at - first.size()));
  } while (got < 0 && errno == EINTR);
  if (got < 0) throw std::system_error(errno, std::generic_category(), "the temporary folder");
  if (got == 0) throw std::runtime_error("the temporary folder has lost a file");
  piece.resize(static_cast<std::size_t>(got));
  return piece;
}

Spool::Spool() : file_(std::make_shared<File>()) {}

void Spool::add(std::string_view octets) {
  const bool fits = file_->rest < 0 && file_->first.size() + octets.size() <= kInMemory;
  if (fits)
    file_->first += octets;
  else
    file_->write(octets);
  file_->size += octets.size();
}

mail::PieceWriter Spool::writer() {
  return [this](std::string_view octets) { add(octets); };
}

mail::PieceSource Spool::source() const {
  const std::uint64_t size = file_->size;
  const auto open = [file = file_, size]() -> mail::PieceReader {
    return [file, size, at = std::uint64_t{0}]() mutable {
      if (at == size) return std::string();
      std::string piece = file->read(at, size);
      at += piece.size();
      return piece;
    };
  };
  return {open, size};
}

}  // namespace mua
