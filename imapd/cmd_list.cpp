// LIST and LSUB (RFC 9051 §6.3.9, RFC 3501 §6.3.9, RFC 5258, RFC 5819, RFC 8440), over one's own
// mailboxes and those that others share.

#include <algorithm>
#include <iterator>
#include <map>

#include "imapd/handlers.hpp"
#include "imapd/listing.hpp"
#include "imapd/render_list.hpp"
#include "imapd/render_metadata.hpp"
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

// Subscriptions and their parents may be anywhere below.
Reach reach_of(const mail::ListArguments& arguments) {
  auto reach = Reach::kNone;
  for (const auto& pattern : arguments.patterns) {
    reach = std::max(reach, reach_of_pattern(pattern));
  }
  bool deeper = arguments.select_subscribed || arguments.recursive_match;
  return deeper && reach == Reach::kOwners ? Reach::kMailboxes : reach;
}

mailstore::MailboxInfo level_info(const std::string& name) {
  mailstore::MailboxInfo info;
  info.name = name;
  info.selectable = false;
  info.has_children = true;
  return info;
}

// Own ones, then others' with the levels above them in front.
std::vector<mailstore::MailboxInfo> infos_of(const Listing& listing) {
  const auto& all = listing.mailboxes;
  auto others = std::find_if(all.begin(), all.end(), [](const Visible& v) { return !v.personal; });
  std::vector<mailstore::MailboxInfo> infos;
  for (auto each = all.begin(); each != others; ++each) infos.push_back(each->info);
  for (const auto& level : listing.levels) infos.push_back(level_info(level));
  for (auto each = others; each != all.end(); ++each) infos.push_back(each->info);
  return infos;
}

/// The lines of one account's mailboxes, and what belongs to each.
struct Lines {
  mailstore::AccountId account = 0;
  std::vector<ListedMailbox> listed;
  std::vector<mail::Rights> rights;  ///< of each; none of what is no mailbox
};

// Without changing their order.
std::vector<Lines> by_account(std::vector<ListedMailbox> chosen, const Listing& listing) {
  std::map<std::string_view, const Visible*> mailboxes;
  for (const auto& each : listing.mailboxes) mailboxes.emplace(each.info.name, &each);
  std::vector<Lines> all;
  for (auto& each : chosen) {
    auto found = mailboxes.find(each.info.name);
    const Visible* mailbox = found == mailboxes.end() ? nullptr : found->second;
    bool follows = !all.empty() && (!mailbox || mailbox->account == all.back().account);
    if (!follows) all.push_back({mailbox ? mailbox->account : 0, {}, {}});
    bool counts = mailbox && each.chosen && each.info.selectable;
    all.back().listed.push_back(std::move(each));
    all.back().rights.push_back(counts ? mailbox->rights : mail::Rights());
  }
  return all;
}

struct Renderer {
  const mail::ListArguments& arguments;
  const Enabled& enabled;
  std::uint64_t append_limit;

  mailstore::AccountId user;

  bool reads_store() const {
    return !arguments.return_status.empty() || !arguments.return_metadata.empty();
  }

  /// `account` may be null when the store isn't read.
  void line(mailstore::Account* account, const ListedMailbox& listed, mail::Rights rights,
            std::string& out) const {
    append_list(out, listed, arguments, enabled);
    if (arguments.return_my_rights && rights.has_any(mail::kAnyOfMyRights)) {
      append_my_rights(out, listed.info.name, rights, enabled);
    }
    if (!account || !rights.has(mail::Right::kRead)) return;
    if (!arguments.return_status.empty()) add_status(*account, listed.info, out);
    if (rights.has(mail::Right::kLookup)) add_metadata(*account, listed.info, out);
  }

  void add_status(mailstore::Account& account, const mailstore::MailboxInfo& info,
                  std::string& out) const {
    auto status = read_status(account, info.id, arguments.return_status);
    if (!status) return;
    append_status(out, info.name, *status, arguments.return_status, enabled, append_limit);
  }

  void add_metadata(mailstore::Account& account, const mailstore::MailboxInfo& info,
                    std::string& out) const {
    std::vector<mailstore::Annotation> found;
    for (const auto& entry : arguments.return_metadata) {
      gather_metadata(found, account, {info.id, user}, entry);
    }
    append_metadata(out, info.name, found, enabled);
  }

  std::string lines(mailstore::Account* account, const Lines& lines) const {
    std::string out;
    for (std::size_t at = 0; at < lines.listed.size(); ++at) {
      line(account, lines.listed[at], lines.rights[at], out);
    }
    return out;
  }
};

asio::awaitable<void> answer(Session& session, const Renderer& renderer, const Lines& lines) {
  if (!renderer.reads_store() || lines.account == 0) {
    session.out() += renderer.lines(nullptr, lines);
    co_return;
  }
  auto render = [&renderer, &lines](mailstore::Account& account) {
    return renderer.lines(&account, lines);
  };
  session.out() += co_await session.in_account(lines.account, render);
}

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
  auto listing = co_await read_listing(session, reach_of(*arguments));
  auto chosen = choose_listed(infos_of(listing), listing.lost, *arguments);
  auto all = by_account(std::move(chosen), listing);
  Renderer renderer{*arguments, session.enabled(), session.settings().imap.max_append_size,
                    session.account().id};
  for (const auto& lines : all) {
    co_await answer(session, renderer, lines);
    co_await session.flush_some();
  }
  co_return ok("List completed");
}

// Subscriptions to others' mailboxes are in the user's own account, by name.
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

}  // namespace imapd
