// The part of the session that hears of what others do: which mailboxes it watches, and when it
// tells what changed in them (RFC 9051 §5.2, §5.3, RFC 5465).

#include <algorithm>
#include <utility>

#include "imapd/fetch_run.hpp"
#include "imapd/find_messages.hpp"
#include "imapd/handlers.hpp"
#include "imapd/news.hpp"
#include "imapd/session.hpp"
#include "mailstore/acl.hpp"

namespace imapd {

namespace {

KnownStatus status_of(const Selected& selected) {
  const auto& view = selected.view();
  return {view.uid_validity, view.uid_next, selected.size(), view.highest_mod_seq, std::nullopt};
}

}  // namespace

void Session::watch(mailstore::AccountId account, mailstore::MailboxId mailbox) {
  rung_ = false;
  open_ = {account, mailbox};
  rewatch();
}

void Session::rewatch() {
  std::vector<Place> places;
  if (notifier_) places = notifier_->places();
  if (open_.account != 0) places.push_back(open_);
  service_.hub().watch(bell_, std::move(places));
}

void Session::select(std::unique_ptr<Selected> selected) {
  selected_ = std::move(selected);
  if (!notifier_) return;
  notifier_->select(MailboxKey{selected_->account(), selected_->mailbox()}, std::nullopt);
}

void Session::unselect() {
  if (notifier_ && selected_) {
    notifier_->select(std::nullopt, status_of(*selected_));
    rung_others_ = true;
  }
  selected_.reset();
  open_ = {};
  rewatch();
}

void Session::notify(std::unique_ptr<Notifier> notifier) {
  notifier_ = std::move(notifier);
  const auto& rules = notifier_->rules();
  enabled_.notify = true;
  enabled_.flag_news = rules.selected().flags;
  if (selected_) {
    notifier_->select(MailboxKey{selected_->account(), selected_->mailbox()}, std::nullopt);
  }
  rewatch();
}

void Session::arrived_by_client(const MailboxKey& mailbox, mail::NumberRange uids) {
  bool here = selected_ && mailbox == MailboxKey{selected_->account(), selected_->mailbox()};
  if (notifier_ && here) selected_->made_by_client(uids);
  if (notifier_) notifier_->arrived_by_client(mailbox, uids);
}

void Session::changed_by_client(const std::string& name) {
  if (notifier_ && notifier_->rules().concerns_others()) notifier_->changed_by_client(name);
}

void Session::annotated_by_client(const MailboxKey& mailbox, std::string_view entry) {
  if (notifier_) notifier_->annotated_by_client(mailbox, entry);
}

// While NOTIFY leaves messages out, the mailbox stays as the client knows it.
asio::awaitable<void> Session::tell_changes(Expunges expunges) {
  rung_ = false;
  if (notifier_ && !notifier_->rules().selected().messages) co_return;
  auto added = co_await take_changes(expunges, enabled_);
  co_await tell_live_searches();
  if (notifier_ && !ended_) co_await fetch_new(std::move(added), notifier_->rules().fetch());
}

asio::awaitable<void> Session::catch_up() {
  auto all = enabled_;
  all.flag_news = true;
  co_await take_changes(Expunges::kTell, all);
  co_await tell_live_searches();
}

asio::awaitable<std::vector<mail::NumberRange>> Session::take_changes(Expunges expunges,
                                                                      Enabled told) {
  rung_ = false;
  std::vector<mail::NumberRange> added;
  bool readable = co_await renew_rights();
  if (!readable) co_return added;
  auto read = [mailbox = selected_->mailbox(), since = selected_->view().highest_mod_seq,
               access = selected_->access()](mailstore::Account& account) {
    auto claim = access == Access::kReadOnly ? mailstore::RecentClaim::kLeave
                                             : mailstore::RecentClaim::kTake;
    return mailstore::changes_since(account, mailbox, since, claim);
  };
  auto changes = co_await in_selected(std::move(read));
  if (changes)
    added = selected_->tell(std::move(*changes), expunges, told, out_);
  else
    end_with("NONEXISTENT", "The selected mailbox was deleted");
  co_return added;
}

// Who may not read another's mailbox any more leaves it (RFC 4314 §5.1.1).
asio::awaitable<bool> Session::renew_rights() {
  if (selected_->account() == account_->id) co_return true;
  auto read = [mailbox = selected_->mailbox(), user = account_->id](mailstore::Account& account) {
    return mailstore::rights_of(account, mailbox, user);
  };
  auto rights = co_await in_selected(read);
  if (rights.has(mail::Right::kRead)) {
    selected_->update_rights(rights, out_);
    co_return true;
  }
  end_with("NOPERM", "You may not read the selected mailbox any more");
  co_return false;
}

// Only what was touched is looked at, so that news of one message costs no search of all.
asio::awaitable<void> Session::tell_live_searches() {
  if (!selected_ || !selected_->live_searches.touched()) co_return;
  auto touched = selected_->live_searches.take_touched();
  for (auto& search : selected_->live_searches.searches()) {
    mail::SearchKey key, among;
    among.kind = mail::SearchKey::Kind::kUid;
    among.set = mail::SequenceSet::of(touched);
    key.kind = mail::SearchKey::Kind::kAnd;
    key.children = {std::move(among), search.key};
    auto matching = co_await find_messages(*this, std::move(key));
    if (!matching) co_return;
    auto change = changed_result(search, touched, *matching);
    if (search.order) {
      auto put_in_order = [&](mailstore::Account& account) {
        return search.order(account, *selected_, change.now);
      };
      change.now = co_await in_selected(put_in_order);
      note_moves(search, touched, change);
    }
    // EXISTS, FETCH, ESEARCH: RFC 5465 §7.
    mail::MessageSet arrived{mail::SequenceSet::of(newly_arrived(search, change)), false};
    auto sequence = selected_->find(arrived, Numbering::kUid);
    co_await fetch_new(std::move(*sequence), search.fetch);
    search.next = selected_->view().uid_next;
    tell_change(search, std::move(change), *selected_, out_);
  }
}

// What NOTIFY or a search wants to know of each message that came into the selected mailbox.
asio::awaitable<void> Session::fetch_new(std::vector<mail::NumberRange> sequence,
                                         std::vector<mail::FetchItem> wanted) {
  if (sequence.empty() || wanted.empty()) co_return;
  mail::FetchArguments arguments;
  arguments.items = std::move(wanted);
  // Who keeps his place by mod-sequences gets them with every FETCH (RFC 7162 §3.2.4).
  auto add = [&items = arguments.items](mail::FetchAttribute attribute) {
    if (!asks_for(items, attribute)) items.insert(items.begin(), attribute);
  };
  if (enabled_.condstore) add(mail::FetchAttribute::kModSeq);
  if (enabled_.condstore && !enabled_.uid_only) add(mail::FetchAttribute::kUid);
  FetchRun run(*selected_, enabled_, std::move(arguments), std::move(sequence),
               Numbering::kSequence);
  co_await stream_fetch(*this, run);
}

asio::awaitable<void> Session::tell_news(Expunges expunges) {
  rung_others_ = false;
  auto changes = service_.hub().take(bell_);
  if (selected_) co_await tell_changes(expunges);
  bool others = notifier_ && notifier_->rules().concerns_others() && !ended_;
  if (others) co_await tell_others(*this, *notifier_, std::move(changes));
}

// Between commands there is something to tell those who used NOTIFY, and nobody else.
bool Session::has_news() const {
  if (!notifier_ || !reader_.idle()) return false;
  bool held = selected_ && selected_->holds_expunges() && notifier_->rules().tells_expunges();
  return rung_others_ || held;
}

asio::awaitable<void> Session::push_news() {
  bool at_once = notifier_->rules().tells_expunges();
  try {
    co_await tell_news(at_once ? Expunges::kTell : Expunges::kHold);
  } catch (const mailstore::StoreError& error) {
    failed(error);
    notifier_->distrust();
  }
  co_await flush();
}

asio::awaitable<Session::Woken> Session::wait_for_news(tls::Seconds longest) {
  // Somebody whose mailbox is never quiet must be heard too.
  if (stream_.fill_if_ready()) co_return Woken::kInput;
  if (rung_ || stopping_) co_return Woken::kRung;
  stream_.set_timeout(longest);
  waiting_ = Waiting::kForNews;
  bool timed_out = false;
  try {
    co_await stream_.wait_readable();
  } catch (const tls::StreamError& error) {
    if (error.kind != tls::StreamError::Kind::kTimeout) throw;
    timed_out = true;
  }
  waiting_ = Waiting::kNo;
  if (timed_out) co_return Woken::kNeither;
  co_return rung_ || stopping_ ? Woken::kRung : Woken::kInput;
}

}  // namespace imapd
