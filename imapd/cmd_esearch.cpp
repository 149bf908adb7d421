// ESEARCH: SEARCH in several mailboxes (RFC 7377).

#include <fmt/format.h>

#include <utility>

#include "imapd/find_messages.hpp"
#include "imapd/handlers.hpp"
#include "imapd/listing.hpp"
#include "imapd/render_search.hpp"
#include "imapd/search_scope.hpp"
#include "imapd/wire_name.hpp"
#include "mail/multi_search.hpp"

namespace imapd {

namespace {

MailboxKey selected_key(Session& session) {
  const auto* selected = session.selected();
  return selected ? MailboxKey{selected->account(), selected->mailbox()} : MailboxKey{};
}

// Names in the form of LIST; one that can't be a name leads nowhere.
std::vector<mail::SearchSource> in_list_form(std::vector<mail::SearchSource> sources,
                                             const Enabled& enabled) {
  for (auto& source : sources) {
    std::vector<std::string> names;
    for (const auto& wire : source.names) {
      auto name = stored_name(wire, enabled);
      if (name) names.push_back(std::move(*name));
    }
    source.names = std::move(names);
  }
  return sources;
}

// The highest of those found (RFC 7162 §3.1.10); both ascend.
mailstore::ModSeq highest_mod_seq(const mailstore::MailboxView& view,
                                  const std::vector<mailstore::Uid>& uids) {
  mailstore::ModSeq highest = 0;
  auto uid = uids.begin();
  for (auto state = view.messages.begin(); state != view.messages.end(); ++state) {
    if (uid == uids.end()) break;
    if ((*state).uid != *uid) continue;
    highest = std::max(highest, (*state).mod_seq);
    ++uid;
  }
  return highest;
}

// " MAILBOX "folder1" UIDVALIDITY 1"
std::string correlators(Session& session, const std::string& name, std::uint32_t uid_validity) {
  std::string text = " MAILBOX ";
  append_name(text, name, session.enabled());
  return text + fmt::format(" UIDVALIDITY {}", uid_validity);
}

using View = mail::Result<mailstore::MailboxView, mailstore::Failure>;

asio::awaitable<View> view_of(Session& session, MailboxKey key) {
  if (key == selected_key(session)) co_return session.selected()->view();
  auto open = [mailbox = key.mailbox](mailstore::Account& account) {
    return mailstore::open_mailbox(account, mailbox, mailstore::RecentClaim::kLeave);
  };
  auto view = co_await session.in_account(key.account, open);
  co_return view;
}

// A mailbox without a match says nothing, whatever is to be returned (RFC 7377 §2.1).
asio::awaitable<void> search_in(Session& session, std::string tag, Visible mailbox,
                                mail::SearchArguments search) {
  auto view = co_await view_of(session, mailbox.key());
  if (!view) co_return;  // deleted since it was listed
  auto key = search.key;
  mail::decode_charset(key, search.charset);
  SearchPlace place{mailbox.account, mailbox.info.id, *view};
  auto uids = co_await find_messages(session, place, std::move(key));
  if (!uids || uids->empty()) co_return;
  Found found;
  found.numbers = *uids;
  found.numbering = Numbering::kUid;
  if (search.uses_mod_seq) found.mod_seq = highest_mod_seq(*view, *uids);
  if (search.wants.relevancy) found.scores = co_await scores_of(session, place, search, *uids);
  found.mailbox = correlators(session, mailbox.info.name, view->uid_validity);
  auto wants = search.wants;
  wants.all |= !wants.given;
  session.out() += render_esearch(tag, wants, found);
  co_await session.flush_some();
}

}  // namespace

asio::awaitable<Reply> cmd_esearch(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto multi = mail::parse_multi_search(command.arguments,
                                        selected ? selected->saved_search : mail::SequenceSet());
  if (!multi) co_return bad(multi.error());
  if (session.enabled().uid_only && mail::uses_sequence_numbers(multi->search.key)) {
    co_return uid_required();
  }
  auto& search = multi->search;
  if (multi->only_selected()) {
    if (!selected) co_return bad("no mailbox is selected");
    auto mailbox = correlators(session, selected->info().name, selected->view().uid_validity);
    SelectedSearch alone{command.tag, Numbering::kUid, std::move(search), std::move(mailbox)};
    auto reply = co_await search_selected(session, std::move(alone));
    co_return reply;
  }
  auto key = search.key;
  if (!mail::decode_charset(key, search.charset)) {
    co_return no("BADCHARSET (UTF-8 US-ASCII)", "this charset is not known");
  }
  session.enabled().condstore |= search.uses_mod_seq;
  auto listing = co_await read_listing(session);
  auto sources = in_list_form(std::move(multi->sources), session.enabled());
  for (auto& mailbox : searched_mailboxes(listing.mailboxes, sources, selected_key(session))) {
    co_await search_in(session, command.tag, std::move(mailbox), search);
  }
  co_return ok("Search completed");
}

}  // namespace imapd
