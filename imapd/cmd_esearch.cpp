// ESEARCH: SEARCH in several mailboxes (RFC 7377).

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "imapd/find_messages.hpp"
#include "imapd/handlers.hpp"
#include "imapd/listing.hpp"
#include "imapd/reach.hpp"
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

// Mailboxes that are named need not be listed, only read (RFC 7377 §2.2). One's own are all listed.
asio::awaitable<std::vector<Visible>> named_unlisted(Session& session,
                                                     std::vector<mail::SearchSource> sources,
                                                     const std::vector<Visible>& listed) {
  std::vector<Visible> unlisted;
  for (const auto& source : sources) {
    for (const auto& name : source.names) {
      auto others = stored_name(name, session.enabled());
      if (!others || !parse_others_name(*others)) continue;
      auto reached = co_await reach(session, name, mail::Right::kRead);
      if (!reached) continue;
      Visible mailbox{reached->account, std::move(reached->info), false, true, reached->rights};
      auto same = [&](const Visible& other) { return other.key() == mailbox.key(); };
      if (std::any_of(listed.begin(), listed.end(), same)) continue;
      if (std::none_of(unlisted.begin(), unlisted.end(), same)) unlisted.push_back(mailbox);
    }
  }
  co_return unlisted;
}

asio::awaitable<std::vector<Visible>> scope_of(Session& session,
                                               std::vector<mail::SearchSource> sources) {
  auto listing = co_await read_listing(session);
  auto unlisted = co_await named_unlisted(session, sources, listing.mailboxes);
  std::move(unlisted.begin(), unlisted.end(), std::back_inserter(listing.mailboxes));
  sources = in_list_form(std::move(sources), session.enabled());
  co_return searched_mailboxes(listing.mailboxes, sources, selected_key(session));
}

asio::awaitable<Reply> search_here(Session& session, std::string tag,
                                   mail::SearchArguments search) {
  const auto& selected = *session.selected();
  auto mailbox = correlators(session, selected.info().name, selected.view().uid_validity);
  SelectedSearch here{std::move(tag), Numbering::kUid, std::move(search), std::move(mailbox)};
  auto reply = co_await search_selected(session, std::move(here));
  co_return reply;
}

// Updates are of the selected mailbox alone, whatever else is searched (RFC 7377 §2.2).
asio::awaitable<Reply> search_all(Session& session, std::string tag, std::vector<Visible> mailboxes,
                                  mail::SearchArguments search) {
  bool kept = !search.wants.update;
  auto answer = ok("Search completed");
  for (auto& mailbox : mailboxes) {
    if (!kept && mailbox.key() == selected_key(session)) {
      kept = true;
      answer = co_await search_here(session, tag, search);
      if (answer.status != Reply::Status::kOk) co_return answer;
      continue;
    }
    co_await search_in(session, tag, std::move(mailbox), search);
  }
  if (!kept) refuse_update(session, tag, "The selected mailbox is not searched");
  co_return answer;
}

// What has to be known of the selected mailbox (RFC 7377 §2.2); else why not.
std::optional<Reply> objection(Session& session, const mail::MultiSearchArguments& multi,
                               const std::string& tag) {
  if (auto reply = objection(session, multi.search)) return reply;
  auto* selected = session.selected();
  bool update = multi.search.wants.update;
  if (!selected && (update || multi.names_selected())) return bad("no mailbox is selected");
  if (update && selected->live_searches.knows(tag)) return bad("tag reuse");
  return std::nullopt;
}

}  // namespace

asio::awaitable<Reply> cmd_esearch(Session& session, mail::ImapCommand command) {
  auto* selected = session.selected();
  auto multi = mail::parse_multi_search(command.arguments,
                                        selected ? selected->saved_search : mail::SequenceSet());
  if (!multi) co_return bad(multi.error());
  if (auto reply = objection(session, *multi, command.tag)) co_return *reply;
  auto& search = multi->search;
  if (multi->only_selected()) {
    auto reply = co_await search_here(session, command.tag, std::move(search));
    co_return reply;
  }
  auto key = search.key;
  if (!mail::decode_charset(key, search.charset)) {
    co_return no("BADCHARSET (UTF-8 US-ASCII)", "this charset is not known");
  }
  session.enabled().condstore |= search.uses_mod_seq;
  auto mailboxes = co_await scope_of(session, std::move(multi->sources));
  auto reply = co_await search_all(session, command.tag, std::move(mailboxes), std::move(search));
  co_return reply;
}

}  // namespace imapd
