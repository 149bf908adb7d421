#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <optional>

#include "mua/commands.hpp"
#include "mua/files/mail_sources.hpp"
#include "mua/files/maildir.hpp"
#include "mua/files/mbox.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/mailbox_stream.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"
#include "mua/progress.hpp"

namespace mua {

namespace imap = mail::imap;
using files::MailSource;
using files::StoredMessage;

namespace {

/// What became of one source.
struct Imported {
  std::string mailbox;
  std::uint64_t taken = 0, there = 0;
  std::vector<std::pair<std::string, std::string>> refused;
  std::vector<std::string> warnings;
};

/// One mailbox being filled.
struct Filling {
  Appender appender;
  Identities there;  ///< copies that are in the mailbox and not yet met in the source
  Imported done;
  Progress& progress;
};

asio::awaitable<void> take(Filling& filling, StoredMessage message) {
  const std::size_t size = message.octets.size();
  const auto known = filling.there.find(files::identity_of(message.octets, size));
  if (known != filling.there.end() && known->second > 0) {
    --known->second;
    ++filling.done.there;
    co_return;
  }
  co_await filling.appender.add(std::move(message));
}

/// An mbox, its first message read: what is none fails before anything is made on the server.
struct OpenMbox {
  std::ifstream file;
  files::MboxReader reader;
  std::string name;
  std::optional<StoredMessage> message;

  OpenMbox(const MailSource& source, files::MboxKind kind)
      : file(open(source)),
        reader(source.path == "-" ? std::cin : file, name_of(source), kind),
        name(name_of(source)),
        message(reader.next()) {}

  static std::string name_of(const MailSource& source) {
    return source.path == "-" ? "stdin" : source.path.string();
  }
  static std::ifstream open(const MailSource& source) {
    if (source.path == "-") return {};
    errno = 0;
    std::ifstream in(source.path, std::ios::binary);
    if (in) return in;
    throw Failure(ExitCode::kFailed, fmt::format("cannot read {}: {}", source.path.string(),
                                                 std::strerror(errno == 0 ? EIO : errno)));
  }
};

asio::awaitable<void> take_mbox(Filling& filling, OpenMbox& mbox) {
  for (; mbox.message; mbox.message = mbox.reader.next()) {
    co_await take(filling, std::move(*mbox.message));
    for (std::string& warning : mbox.reader.take_warnings()) {
      filling.done.warnings.push_back(std::move(warning));
    }
    filling.progress.show(fmt::format("{}: {} of {}, {} imported", filling.done.mailbox,
                                      octets_text(mbox.reader.position()), mbox.name,
                                      filling.appender.appended()));
  }
}

asio::awaitable<void> take_maildir(Filling& filling, std::filesystem::path folder) {
  const files::MaildirKeywords keywords(folder);
  const std::vector<std::filesystem::path> all = files::maildir_files(folder);
  std::size_t seen = 0;
  for (const std::filesystem::path& file : all) {
    StoredMessage message = files::read_maildir_file(file, keywords);
    co_await take(filling, std::move(message));
    filling.progress.show(fmt::format("{}: {} of {} files, {} imported", filling.done.mailbox,
                                      ++seen, all.size(), filling.appender.appended()));
  }
}

asio::awaitable<Imported> take_source(ImapSession& session, MailSource source,
                                      ImportOptions options, Progress& progress) {
  const auto kind = files::parse_mbox_kind(options.format).value_or(files::MboxKind::kAuto);
  std::optional<OpenMbox> mbox;
  if (source.kind == MailSource::Kind::kMbox) mbox.emplace(source, kind);
  co_await require_mailbox(session, source.mailbox);
  const Selection selection = co_await select(session, source.mailbox, imap::Access::kReadOnly);
  Filling filling{Appender(session, source.mailbox), {}, {}, progress};
  filling.done.mailbox = source.mailbox;
  if (!options.again) filling.there = co_await identities_in(session, selection);
  if (mbox) {
    co_await take_mbox(filling, *mbox);
  } else {
    co_await take_maildir(filling, source.path);
  }
  co_await filling.appender.flush();
  filling.done.taken = filling.appender.appended();
  filling.done.refused = filling.appender.refused();
  co_return std::move(filling.done);
}

/// "Archive/2026" in the server's own words, below what the options name.
std::string name_on_server(const std::string& mailbox, const ImportOptions& options,
                           const std::string& separator) {
  std::string out = options.mailbox;
  std::string levels = mailbox;
  for (std::size_t at = levels.find('/'); at != std::string::npos && separator != "/";) {
    levels.replace(at, 1, separator);
    at = levels.find('/', at + separator.size());
  }
  if (!levels.empty()) out += (out.empty() ? "" : separator) + levels;
  return mail::canonical_mailbox_name(out.empty() ? "INBOX" : out);
}

asio::awaitable<std::string> separator_of(ImapSession& session) {
  const std::vector<imap::Mailbox> all = co_await list_mailboxes(session);
  for (const imap::Mailbox& mailbox : all) {
    if (!mailbox.separator.empty()) co_return mailbox.separator;
  }
  co_return "/";
}

files::MailSources sources_of(const ImportOptions& options) {
  if (options.source != "-") return files::find_mail(options.source);
  files::MailSources out;
  out.found.push_back({MailSource::Kind::kMbox, "-", ""});
  return out;
}

boost::json::object to_json(const Imported& done) {
  boost::json::array refused, warnings;
  for (const auto& [place, why] : done.refused) refused.push_back({{"place", place}, {"why", why}});
  for (const std::string& warning : done.warnings) warnings.push_back(boost::json::string(warning));
  return {{"mailbox", done.mailbox},
          {"imported", done.taken},
          {"there", done.there},
          {"refused", refused},
          {"warnings", warnings}};
}

/// False when something was refused.
bool report(const Imported& done, Format format) {
  for (const std::string& warning : done.warnings) {
    fmt::print(stderr, "mua: {}\n", printable(warning));
  }
  for (const auto& [place, why] : done.refused) {
    fmt::print(stderr, "mua: not taken: {}: {}\n", printable(place), printable(why));
  }
  if (format == Format::kText) {
    print(fmt::format(
        "{}: {} imported, {} there already{}\n", printable(done.mailbox), done.taken, done.there,
        done.refused.empty() ? "" : fmt::format(", {} refused", done.refused.size())));
  }
  return done.refused.empty();
}

}  // namespace

asio::awaitable<ExitCode> import_mail(CommonOptions common, ImportOptions options) {
  files::MailSources sources = sources_of(options);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const std::string separator = co_await separator_of(session);
  Progress progress;
  boost::json::array out;
  bool whole = sources.strange.empty();
  for (MailSource& source : sources.found) {
    source.mailbox = name_on_server(source.mailbox, options, separator);
    Imported done;
    try {
      done = co_await take_source(session, source, options, progress);
    } catch (const Failure& failure) {
      // One file of a tree that can't be read keeps nobody from the others.
      if (failure.code != ExitCode::kFailed || sources.found.size() == 1) throw;
      done.mailbox = source.mailbox;
      done.refused.emplace_back(source.path.string(), failure.what());
    }
    progress.clear();
    out.push_back(to_json(done));
    if (!report(done, common.format)) whole = false;
  }
  if (common.format == Format::kJson) print(out);
  for (const auto& path : sources.strange) {
    fmt::print(stderr, "mua: left out: {} is no mbox\n", printable(path.string()));
  }
  co_await session.close();
  co_return whole ? ExitCode::kOk : ExitCode::kPartly;
}

}  // namespace mua
