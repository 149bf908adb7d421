#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

#include "mua/commands.hpp"
#include "mua/contents.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/safe_name.hpp"

namespace mua {

namespace fs = std::filesystem;

namespace {

// A folder with this many files of one name has another trouble.
constexpr unsigned kMostNumbers = 10000;

/// The octets of one attachment after the other.
asio::awaitable<void> give_out(Contents& contents, std::set<unsigned> numbers) {
  for (const unsigned number : numbers) {
    mail::PieceWriter write = [](std::string_view piece) { print(piece); };
    co_await contents.decode_into(*contents.reading().attachments[number - 1].part,
                                  std::move(write));
  }
}

/// A new file; where there is one of that name, it has the next free numbered name. It is removed
/// again unless it was written whole.
class NewFile {
 public:
  NewFile(const fs::path& folder, const std::string& name) {
    for (unsigned number = 1; number < kMostNumbers; ++number) {
      path_ = folder / (number == 1 ? name : numbered_name(name, number));
      file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
      if (file_ >= 0) return;
      if (errno != EEXIST) fail();
    }
    throw Failure(ExitCode::kFailed, "there are too many files called " + name);
  }
  ~NewFile() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view octets) {
    size_ += octets.size();
    while (!octets.empty()) {
      const ssize_t written = ::write(file_, octets.data(), octets.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail();
      octets.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  /// It stays.
  void close() {
    if (::close(std::exchange(file_, -1)) == 0) return;
    const int error = errno;
    ::unlink(path_.c_str());
    errno = error;
    fail();
  }
  const fs::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }

 private:
  [[noreturn]] void fail() const {
    throw Failure(ExitCode::kFailed,
                  "cannot write " + path_.string() + ": " + std::strerror(errno));
  }

  fs::path path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

std::set<unsigned> require_numbers(const std::vector<unsigned>& wanted, std::size_t count) {
  std::set<unsigned> numbers(wanted.begin(), wanted.end());
  if (count == 0) throw Failure(ExitCode::kNotFound, "the message has no attachments");
  for (const unsigned number : numbers) {
    if (number == 0 || number > count) {
      throw Failure(ExitCode::kNotFound, "there is no attachment " + std::to_string(number),
                    "mua read lists them; this message has " + std::to_string(count) + ".");
    }
  }
  for (unsigned n = 1; wanted.empty() && n <= count; ++n) numbers.insert(n);
  return numbers;
}

struct Saved {
  fs::path path;
  std::uint64_t size = 0;
};

asio::awaitable<std::vector<Saved>> write_out(Contents& contents, std::set<unsigned> numbers,
                                              fs::path folder) {
  std::vector<Saved> saved;
  for (const unsigned number : numbers) {
    const AttachedPart& attached = contents.reading().attachments[number - 1];
    NewFile file(folder, attached.name);
    mail::PieceWriter write = [&file](std::string_view piece) { file.write(piece); };
    co_await contents.decode_into(*attached.part, std::move(write));
    file.close();
    saved.push_back({file.path(), file.size()});
  }
  co_return saved;
}

std::string line_of_file(const Saved& saved) { return saved.path.string() + "\n"; }

boost::json::object json_of_file(const Saved& saved) {
  return {{"file", saved.path.string()}, {"size", saved.size}};
}

}  // namespace

asio::awaitable<ExitCode> save(CommonOptions common, SaveOptions options) {
  const MessageRef named = require_ref(options.id);
  const fs::path folder = options.folder;
  const bool to_stdout = options.folder == "-";
  if (to_stdout && common.format == Format::kJson) {
    throw Failure(ExitCode::kUsage, "--to - and --json are both for stdout", "Leave one away.");
  }
  if (!to_stdout && !fs::is_directory(folder)) {
    throw Failure(ExitCode::kFailed, folder.string() + " is no folder", "Make it with mkdir.");
  }
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const MessageRef ref = co_await select_mailbox_of(session, named, mail::imap::Access::kReadOnly);
  Contents contents = co_await fetch_contents(session, ref);
  if (options.decrypt) co_await contents.open();
  const std::set<unsigned> numbers =
      require_numbers(options.numbers, contents.reading().attachments.size());
  if (to_stdout) {
    co_await give_out(contents, numbers);
  } else {
    const std::vector<Saved> saved = co_await write_out(contents, numbers, folder);
    print_list(saved, common.format, line_of_file, json_of_file);
  }
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua
