#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>

#include "mua/commands.hpp"
#include "mua/message_text.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/safe_name.hpp"

namespace mua {

namespace fs = std::filesystem;
namespace imap = mail::imap;

namespace {

// A folder with this many files of one name has another trouble.
constexpr unsigned kMostNumbers = 10000;

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

void report(const std::vector<std::pair<fs::path, std::size_t>>& saved, Format format) {
  boost::json::array files;
  for (const auto& [path, size] : saved) {
    if (format == Format::kText) print(path.string() + "\n");
    files.push_back({{"file", path.string()}, {"size", size}});
  }
  if (format == Format::kJson) print(files);
}

}  // namespace

asio::awaitable<ExitCode> save(CommonOptions common, SaveOptions options) {
  MessageRef ref = require_ref(options.id);
  const fs::path folder = options.folder;
  if (!fs::is_directory(folder)) {
    throw Failure(ExitCode::kFailed, folder.string() + " is no folder", "Make it with mkdir.");
  }
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const Selection selection = co_await select(session, ref.mailbox, imap::Access::kReadOnly);
  check_validity(selection, ref);
  const imap::Fetched message = co_await fetch_one(session, ref, "(UID BODYSTRUCTURE)");
  Reading reading;
  if (message.structure) reading = plan_reading(*message.structure);
  const std::set<unsigned> numbers = require_numbers(options.numbers, reading.attachments.size());
  std::vector<std::pair<fs::path, std::size_t>> saved;
  for (const unsigned number : numbers) {
    const AttachedPart& attached = reading.attachments[number - 1];
    const std::string encoded = co_await fetch_section(session, ref, attached.part->number);
    const std::string octets = part_octets(*attached.part, encoded);
    saved.emplace_back(write_new(folder, attached.name, octets), octets.size());
  }
  report(saved, common.format);
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua
