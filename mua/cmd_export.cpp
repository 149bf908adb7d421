#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "mua/commands.hpp"
#include "mua/files/maildir.hpp"
#include "mua/files/mbox_writer.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/mailbox_stream.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"
#include "mua/progress.hpp"

namespace mua {

namespace fs = std::filesystem;
namespace imap = mail::imap;
using files::StoredMessage;

namespace {

struct Exported {
  std::string mailbox, path;
  std::uint64_t written = 0, there = 0;
  std::vector<std::string> lost_keywords;
};

/// A name within a Maildir that a message has whenever it is exported.
std::string lasting_name(const Account& account, const MessageRef& ref,
                         const StoredMessage& message) {
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : account.address + "/" + ref.mailbox) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  }
  return fmt::format("{}.V{}U{}.{:08x}", message.received.value_or(mail::DateTime{}).seconds,
                     ref.uid_validity, ref.uid, hash);
}

/// One of the two; where the messages of a mailbox go.
struct Target {
  std::shared_ptr<files::MboxWriter> mbox;
  std::shared_ptr<files::MaildirWriter> maildir;

  bool write(const StoredMessage& message, const std::string& name) const {
    if (mbox) return mbox->write(message);
    if (maildir->has(name)) return false;
    maildir->write(message, name);
    return true;
  }
};

asio::awaitable<Exported> copy(ImapSession& session, std::string mailbox, Target target,
                               Progress& progress) {
  Exported done;
  done.mailbox = mailbox;
  const Selection selection = co_await select(session, mailbox, imap::Access::kReadOnly);
  const std::vector<Listed> listed = co_await list_messages(session, selection);
  std::vector<std::uint32_t> uids;
  for (std::size_t at = 0; at < listed.size();) {
    const auto some = co_await fetch_some(session, selection, listed, at, uids);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const MessageRef ref = selection.ref(uids[i]);
      const bool fresh = target.write(some[i], lasting_name(session.account(), ref, some[i]));
      ++(fresh ? done.written : done.there);
    }
    progress.show(fmt::format("{}: {} of {} messages", mailbox, at, listed.size()));
  }
  if (target.maildir) done.lost_keywords = target.maildir->finish();
  co_return done;
}

bool is_maildir_wanted(const ExportOptions& options) {
  if (!options.format.empty()) return options.format == "maildir";
  return options.all || files::is_maildir(options.target);
}

/// The kind of mbox that is written: mboxrd, unless another is named.
files::MboxKind kind_of(const ExportOptions& options) {
  return files::parse_mbox_kind(options.format).value_or(files::MboxKind::kRd);
}

Target mbox_target(const ExportOptions& options, const fs::path& path) {
  using How = files::MboxWriter::How;
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  return {std::make_shared<files::MboxWriter>(path, kind_of(options),
                                              options.append ? How::kAdd : How::kFresh),
          nullptr};
}

/// "Archive.2026" of a server whose levels are separated by "." → "Archive/2026".
std::string levels_of(const imap::Mailbox& mailbox) {
  std::string out = mailbox.name;
  for (char& c : out) {
    if (mailbox.separator == std::string(1, c)) c = '/';
  }
  return out;
}

fs::path place_of(const ExportOptions& options, const imap::Mailbox& mailbox) {
  const std::string levels = levels_of(mailbox);
  const fs::path top = options.target;
  if (!is_maildir_wanted(options)) return top / (levels + ".mbox");
  return levels == "INBOX" ? top : top / files::maildir_name(levels);
}

asio::awaitable<std::vector<imap::Mailbox>> wanted_mailboxes(ImapSession& session,
                                                             ExportOptions options) {
  std::vector<imap::Mailbox> out;
  if (options.all) {
    out = co_await list_mailboxes(session);
    std::erase_if(
        out, [](const imap::Mailbox& m) { return m.has("\\Noselect") || m.has("\\NonExistent"); });
  }
  for (const std::string& name : options.mailboxes) {
    imap::Mailbox one;
    one.name = mail::canonical_mailbox_name(name);
    out.push_back(std::move(one));
  }
  co_return out;
}

void report(const std::vector<Exported>& all, const ExportOptions& options, Format format) {
  boost::json::array out;
  for (const Exported& done : all) {
    out.push_back({{"mailbox", done.mailbox},
                   {"path", done.path},
                   {"exported", done.written},
                   {"there", done.there}});
    if (!done.lost_keywords.empty()) {
      fmt::print(stderr, "mua: {}: a Maildir has room for 26 keywords; left out: {}\n",
                 printable(done.mailbox), fmt::join(done.lost_keywords, " "));
    }
    if (options.target == "-" || format == Format::kJson) continue;
    print(fmt::format("{}: {} exported to {}, {} there already\n", printable(done.mailbox),
                      done.written, printable(done.path), done.there));
  }
  if (format == Format::kJson && options.target != "-") print(out);
}

/// Two mailboxes exported to one mbox are one after the other in it.
asio::awaitable<std::vector<Exported>> copy_all(ImapSession& session, ExportOptions options) {
  std::vector<Exported> out;
  Progress progress;
  Target common;
  const bool maildir = is_maildir_wanted(options);
  if (!options.all && !maildir) common = mbox_target(options, options.target);
  const std::vector<imap::Mailbox> wanted = co_await wanted_mailboxes(session, options);
  for (const imap::Mailbox& mailbox : wanted) {
    const fs::path place = options.all ? place_of(options, mailbox) : fs::path(options.target);
    Target target = common;
    if (maildir) target.maildir = std::make_shared<files::MaildirWriter>(place);
    if (!maildir && options.all) target = mbox_target(options, place);
    Exported done = co_await copy(session, mailbox.name, target, progress);
    done.path = place.string();
    if (options.all && target.mbox) target.mbox->finish();
    out.push_back(std::move(done));
  }
  if (common.mbox) common.mbox->finish();
  co_return out;
}

void check(const ExportOptions& options) {
  const bool maildir = is_maildir_wanted(options);
  if (options.target == "-" && (maildir || options.append)) {
    throw Failure(ExitCode::kUsage, "only a new mbox can go to standard output",
                  "Name a file or folder, or leave --all, --append and --format maildir away.");
  }
  const bool is_folder = fs::is_directory(options.target) || options.target.ends_with('/');
  if (!maildir && !options.all && is_folder) {
    throw Failure(ExitCode::kUsage, options.target + " is a folder and no Maildir",
                  "Name a file, or make it a Maildir with --format maildir.");
  }
}

}  // namespace

asio::awaitable<ExitCode> export_mail(CommonOptions common, ExportOptions options) {
  check(options);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  const std::vector<Exported> all = co_await copy_all(session, options);
  report(all, options, common.format);
  co_await session.close();
  const bool whole = std::all_of(all.begin(), all.end(),
                                 [](const Exported& e) { return e.lost_keywords.empty(); });
  co_return whole ? ExitCode::kOk : ExitCode::kPartly;
}

}  // namespace mua
