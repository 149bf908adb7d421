// LIST, LSUB and STATUS (RFC 9051 §6.3.9, §6.3.11, RFC 3501 §6.3.9, RFC 5819).

#include <algorithm>

#include "imapd/handlers.hpp"
#include "imapd/render_list.hpp"
#include "imapd/render_status.hpp"
#include "imapd/wire_name.hpp"
#include "mail/imap_list.hpp"

namespace imapd {

namespace {

// Matching costs the product of the lengths; no name is nearly as long.
constexpr std::size_t kLongestPattern = 4096;

// Patterns become the store's names with the reference in front; one that is no name matches
// nothing.
void decode_patterns(mail::ListArguments& arguments, const Enabled& enabled) {
  std::vector<std::string> decoded;
  for (const auto& pattern : arguments.patterns) {
    if (arguments.reference.size() + pattern.size() > kLongestPattern) continue;
    auto name = mail::decode_mailbox_name(arguments.reference + pattern, enabled.names());
    if (name) decoded.push_back(std::move(*name));
  }
  arguments.patterns = std::move(decoded);
}

// Asks for the hierarchy's separator only (RFC 9051 §6.3.9).
bool asks_separator(const mail::ListArguments& arguments) {
  return !arguments.extended && arguments.patterns.size() == 1 && arguments.patterns[0].empty();
}

struct ListJob {
  mail::ListArguments arguments;
  Enabled enabled;
  std::uint64_t append_limit;

  std::string operator()(mailstore::Account& account) const {
    auto all = mailstore::list_mailboxes(account);
    auto lost = mailstore::lost_subscriptions(account);
    std::string out;
    for (const auto& listed : choose_listed(all, lost, arguments)) {
      append_list(out, listed, arguments, enabled);
      if (arguments.return_status.empty() || !listed.info.selectable) continue;
      auto status = mailstore::mailbox_status(account, listed.info.id);
      if (!status) continue;
      append_status(out, listed.info.name, *status, arguments.return_status, enabled, append_limit);
    }
    return out;
  }
};

bool asks_mod_seq(const std::vector<mail::StatusItem>& items) {
  return std::find(items.begin(), items.end(), mail::StatusItem::kHighestModSeq) != items.end();
}

}  // namespace

asio::awaitable<Reply> cmd_list(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_list(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (asks_separator(*arguments)) {
    session.out() += "* LIST (\\Noselect) \"/\" \"\"\r\n";
    co_return ok("List completed");
  }
  decode_patterns(*arguments, session.enabled());
  session.enabled().condstore |= asks_mod_seq(arguments->return_status);
  ListJob job{std::move(*arguments), session.enabled(), session.settings().imap.max_append_size};
  session.out() += co_await session.in_store(std::move(job));
  co_return ok("List completed");
}

asio::awaitable<Reply> cmd_lsub(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_lsub(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (asks_separator(*arguments)) {
    session.out() += "* LSUB (\\Noselect) \"/\" \"\"\r\n";
    co_return ok("Lsub completed");
  }
  decode_patterns(*arguments, session.enabled());
  if (arguments->patterns.empty()) co_return ok("Lsub completed");
  auto render = [pattern = arguments->patterns.front(),
                 enabled = session.enabled()](mailstore::Account& account) {
    auto all = mailstore::list_mailboxes(account);
    return render_lsub(all, mailstore::lost_subscriptions(account), pattern, enabled);
  };
  session.out() += co_await session.in_store(std::move(render));
  co_return ok("Lsub completed");
}

asio::awaitable<Reply> cmd_status(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_status(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto name = stored_name(arguments->mailbox, session.enabled());
  if (!name) co_return name.error();
  session.enabled().condstore |= asks_mod_seq(arguments->items);
  using Found = mail::Result<mailstore::MailboxStatus, mailstore::Failure>;
  auto read = [name = *name](mailstore::Account& account) -> Found {
    auto info = mailstore::find_mailbox(account, name);
    if (!info || !info->selectable) return mail::unexpected(mailstore::Failure::kNoSuchMailbox);
    return mailstore::mailbox_status(account, info->id);
  };
  auto status = co_await session.in_store(std::move(read));
  if (!status) co_return refusal(status.error());
  append_status(session.out(), *name, *status, arguments->items, session.enabled(),
                session.settings().imap.max_append_size);
  co_return ok("Status completed");
}

}  // namespace imapd
