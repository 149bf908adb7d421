#include <fmt/format.h>

#include <algorithm>

#include "mua/commands.hpp"
#include "mua/mailbox_list.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/printable.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

asio::awaitable<imap::MailboxStatus> status_of(ImapSession& session, std::string name) {
  imap::Request request = imap::status(name, "MESSAGES UNSEEN UIDVALIDITY");
  const Answer answer = co_await session.run(std::move(request));
  imap::MailboxStatus found;
  for (const imap::Data& data : answer.data) {
    auto status = imap::read_status(data, session.client().name_form());
    if (status && status->name == name) found = std::move(*status);
  }
  co_return found;
}

boost::json::object to_json(const imap::Mailbox& mailbox, const imap::MailboxStatus& status) {
  boost::json::object out{{"name", mailbox.name}, {"separator", mailbox.separator}};
  boost::json::array attributes;
  for (const auto& a : mailbox.attributes) attributes.push_back(boost::json::string(a));
  out["attributes"] = attributes;
  for (const auto& [item, key] : {std::pair{"MESSAGES", "messages"}, std::pair{"UNSEEN", "unread"},
                                  std::pair{"UIDVALIDITY", "uidvalidity"}}) {
    if (const auto value = status.item(item)) out[key] = *value;
  }
  return out;
}

std::string to_line(const imap::Mailbox& mailbox, const imap::MailboxStatus& status) {
  std::string line = fit_to_width(printable(mailbox.name), 32);
  line += fmt::format(" {:>8} {:>8}", status.item("MESSAGES").value_or(0),
                      status.item("UNSEEN").value_or(0));
  for (const char* role :
       {"\\Drafts", "\\Sent", "\\Trash", "\\Junk", "\\Archive", "\\All", "\\Flagged"}) {
    if (mailbox.has(role)) line += fmt::format("  {}", role + 1);
  }
  return line + "\n";
}

asio::awaitable<void> show(ImapSession& session, Format format) {
  std::vector<imap::Mailbox> all = co_await list_mailboxes(session);
  std::sort(all.begin(), all.end(), [](const imap::Mailbox& a, const imap::Mailbox& b) {
    return std::pair(a.name != "INBOX", a.name) < std::pair(b.name != "INBOX", b.name);
  });
  boost::json::array out;
  std::string text = fmt::format("{:<32} {:>8} {:>8}\n", "mailbox", "messages", "unread");
  for (const imap::Mailbox& mailbox : all) {
    imap::MailboxStatus status;
    if (can_be_selected(mailbox)) status = co_await status_of(session, mailbox.name);
    out.push_back(to_json(mailbox, status));
    text += to_line(mailbox, status);
  }
  if (format == Format::kJson) {
    print(out);
  } else {
    print(text);
  }
}

// --- Changing them ---

imap::Request change_request(const MailboxesOptions& options) {
  const std::string& name = options.names.front();
  if (options.action == "create") return imap::create(name);
  if (options.action == "delete") return imap::Request{}.text("DELETE ").mailbox(name);
  return imap::Request{}.text("RENAME ").mailbox(name).text(" ").mailbox(options.names.back());
}

void require_names(const MailboxesOptions& options) {
  const std::size_t wanted = options.action == "rename" ? 2 : 1;
  const bool named =
      std::find(options.names.begin(), options.names.end(), "") == options.names.end();
  if (options.names.size() == wanted && named) return;
  throw Failure(ExitCode::kUsage,
                wanted == 2 ? "rename needs the name and the new name"
                            : options.action + " needs the name of a mailbox",
                "See mua mailboxes --help.");
}

/// Subscriptions follow, so that other programs show the mailbox; where they can't, nothing is
/// lost.
asio::awaitable<void> change(ImapSession& session, MailboxesOptions options) {
  imap::Request request = change_request(options);
  co_await session.must(std::move(request), "cannot " + options.action + " " + options.names[0]);
  if (options.action != "create") {
    imap::Request old = imap::Request{}.text("UNSUBSCRIBE ").mailbox(options.names.front());
    co_await session.run(std::move(old));
  }
  if (options.action != "delete") {
    imap::Request subscribe = imap::subscribe(options.names.back());
    co_await session.run(std::move(subscribe));
  }
}

}  // namespace

asio::awaitable<ExitCode> mailboxes(CommonOptions common, MailboxesOptions options) {
  if (!options.action.empty()) require_names(options);
  const Account account = find_account(common);
  ImapSession session(account, password_of(account));
  co_await session.open();
  if (options.action.empty()) {
    co_await show(session, common.format);
  } else {
    co_await change(session, options);
    if (common.format == Format::kJson) {
      print(boost::json::object{{"action", options.action}, {"mailbox", options.names.back()}});
    }
  }
  co_await session.close();
  co_return ExitCode::kOk;
}

}  // namespace mua
