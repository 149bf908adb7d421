#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>

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
    const std::string octets =
        co_await contents.decoded(*contents.reading().attachments[number - 1].part);
    print(std::string_view(octets));
  }
}

void write_all(int file, std::string_view octets, const fs::path& path) {
  while (!octets.empty()) {
    const ssize_t written = ::write(file, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const std::string reason = std::strerror(errno);
      ::close(file);
      fs::remove(path);
      throw Failure(ExitCode::kFailed, "cannot write " + path.string() + ": " + reason);
    }
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Writes a new file; where there is one of that name, under the next free numbered name.
fs::path write_new(const fs::path& folder, const std::string& name, std::string_view octets) {
  for (unsigned number = 1; number < kMostNumbers; ++number) {
    const fs::path path = folder / (number == 1 ? name : numbered_name(name, number));
    const int file =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file < 0 && errno == EEXIST) continue;
    if (file < 0) {
      throw Failure(ExitCode::kFailed,
                    "cannot write " + path.string() + ": " + std::strerror(errno));
    }
    write_all(file, octets, path);
    if (::close(file) != 0) {
      throw Failure(ExitCode::kFailed,
                    "cannot write " + path.string() + ": " + std::strerror(errno));
    }
    return path;
  }
  throw Failure(ExitCode::kFailed, "there are too many files called " + name);
}

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
  std::size_t size = 0;
};

asio::awaitable<std::vector<Saved>> write_out(Contents& contents, std::set<unsigned> numbers,
                                              fs::path folder) {
  std::vector<Saved> saved;
  for (const unsigned number : numbers) {
    const AttachedPart& attached = contents.reading().attachments[number - 1];
    const std::string octets = co_await contents.decoded(*attached.part);
    saved.push_back({write_new(folder, attached.name, octets), octets.size()});
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
