#include "mua/screen/part_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "mua/part_decoder.hpp"
#include "mua/screen/client.hpp"
#include "mua/sync/bodies.hpp"

namespace mua::screen {

namespace fs = std::filesystem;

namespace {

class NewFile {
 public:
  explicit NewFile(const fs::path& path)
      : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
    if (file_ < 0) fail();
  }
  ~NewFile() {
    if (file_ >= 0) ::close(file_);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view octets) {
    while (!octets.empty()) {
      const ssize_t written = ::write(file_, octets.data(), octets.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) fail();
      octets.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void close() {
    if (::close(std::exchange(file_, -1)) != 0) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw Failure(ExitCode::kFailed,
                  fmt::format("cannot write {}: {}", path_.string(), std::strerror(errno)));
  }

  fs::path path_;
  int file_;
};

void write_aside(Client& client, sync::MessageId message, const AttachmentOf& attached,
                 const fs::path& file, std::function<void(Client&)> then) {
  const fs::path store = client.store_of(message).file();
  client.world.aside.run([store, message, attached, file, then = std::move(then)] {
    sync::LocalStore own(store);
    write_part(own, message, attached, file);
    return Aside::After(then);
  });
}

}  // namespace

void write_part(sync::LocalStore& store, sync::MessageId message, const AttachmentOf& attached,
                const fs::path& file) {
  NewFile out(file);
  PartDecoder decoder(attached.part.encoding);
  if (attached.mail) {
    out.write(decoder.feed(attached.mail->octets(attached.part.number).value_or("")));
  } else {
    sync::Bodies(store).each_piece(message, attached.part.number,
                                   [&](std::string_view piece) { out.write(decoder.feed(piece)); });
  }
  out.write(decoder.end());
  out.close();
}

void with_part_file(Client& client, sync::MessageId message, const AttachmentOf& attached,
                    const fs::path& file, std::function<void(Client&)> then) {
  if (attached.mail) return write_aside(client, message, attached, file, std::move(then));
  client.want_part(
      {message, attached.part.number, [&client, message, attached, file, then = std::move(then)] {
         write_aside(client, message, attached, file, then);
       }});
}

}  // namespace mua::screen
