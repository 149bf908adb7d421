#include "mua/sync/conversation.hpp"

#include <algorithm>
#include <utility>

#include "mua/sync/body_fetch.hpp"
#include "mua/sync/message_list.hpp"
#include "mua/sync/removed.hpp"

namespace mua::sync {

namespace imap = mail::imap;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

// Routers forget a silent connection after some minutes (RFC 2177 allows 29).
constexpr milliseconds kLongestIdle{9 * 60'000};
// What other folders have is looked at this often.
constexpr milliseconds kBetweenLooks{60'000};
// A server that tells what happens elsewhere may still leave out other people's folders.
constexpr milliseconds kBetweenLooksWhenTold{30 * 60'000};
// Away from the folder in view for other folders' sake at a time.
constexpr milliseconds kAwayFromShown{5'000};
// Of removed messages at a time: some milliseconds.
constexpr std::size_t kReclaimed = 32;
constexpr std::size_t kMostFound = 2000, kMostFetched = 200;

const mail::imap::BodyPart* find_part(const mail::imap::BodyPart& part, std::string_view number) {
  if (part.number == number) return &part;
  for (const mail::imap::BodyPart& child : part.children) {
    if (const auto* found = find_part(child, number)) return found;
  }
  return nullptr;
}

/// How much is to come; of what the structure doesn't name, as much as the message at most.
std::uint64_t octets_of(LocalStore& store, const PartWish& wish) {
  const auto structure = Bodies(store).structure(wish.message);
  const bool is_part = structure && !wish.number.empty();
  const auto* part = is_part ? find_part(*structure, wish.number) : nullptr;
  if (part && part->size > 0) return part->size;
  const auto row = MessageList(store).row(wish.message);
  return row ? row->size : 0;
}

}  // namespace

std::int64_t now_milliseconds() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t now_seconds() { return now_milliseconds() / 1000; }

Conversation::Conversation(Account account, std::string password, LocalStore& store, Events& events,
                           Wishes& wishes)
    : store_(store),
      events_(events),
      wishes_(wishes),
      session_(std::move(account), std::move(password)),
      mailbox_(session_, store, events, now_seconds),
      looks_(mailbox_, store, events),
      replay_(mailbox_, store, events, now_milliseconds) {
  wishes_.look = true;
}

asio::awaitable<void> Conversation::open() {
  say(Link::kConnecting);
  session_.recall(servers_.take(session_.account()));
  co_await session_.open();
  co_await session_.compress();
  say(Link::kSyncing);
}

void Conversation::end() {
  ending_ = true;
  session_.interrupt();
}

void Conversation::say(Link link) {
  if (said_ == link) return;
  said_ = link;
  events_.put(LinkChanged{link, session_.account().imap.to_string(), "", 0});
}

asio::awaitable<void> Conversation::work() {
  while (!ending_) {
    bool did = co_await do_wished();
    if (!did) did = co_await do_journal();
    if (!did) did = co_await do_shown();
    if (!did) did = co_await do_others();
    if (!did && may_rest()) co_await rest();
  }
  co_await session_.close();
}

FolderId Conversation::shown() {
  if (wishes_.shown != 0) return wishes_.shown;
  return Folders(store_).require("INBOX");
}

/// False: the folder can't be opened, and why is told.
asio::awaitable<bool> Conversation::enter(FolderId folder) {
  std::optional<Failure> failure;
  try {
    co_await mailbox_.enter(folder);
  } catch (const Failure& thrown) {
    failure = thrown;
  }
  if (!failure) co_return true;
  if (session_.lost()) throw *failure;
  events_.put(Notice{failure->what()});
  co_return false;
}

// --- What a person waits for ---

asio::awaitable<bool> Conversation::do_wished() {
  if (const auto message = wishes_.next_text()) {
    co_await text(*message);
  } else if (auto wish = wishes_.next_part()) {
    co_await part(std::move(*wish));
  } else if (wishes_.search) {
    SearchWish wish = std::move(*wishes_.search);
    wishes_.search.reset();
    co_await search(std::move(wish));
  } else {
    co_return false;
  }
  co_return true;
}

asio::awaitable<void> Conversation::text(MessageId message) {
  std::optional<Failure> failure;
  try {
    co_await fetch_text(mailbox_, store_, message);
  } catch (const Failure& thrown) {
    failure = thrown;
  }
  if (!failure) {
    events_.put(TextReady{message});
  } else if (session_.lost()) {
    wishes_.want_text(message);
    throw *failure;
  } else {
    events_.put(BodyFailed{message, "", failure->what()});
  }
}

asio::awaitable<void> Conversation::part(PartWish wish) {
  std::optional<Failure> failure;
  const std::uint64_t total = octets_of(store_, wish);
  std::function<void(std::uint64_t)> progress = [&](std::uint64_t octets) {
    events_.put(Progress{Progress::What::kBody, wish.message, octets, std::max(total, octets)});
  };
  try {
    co_await fetch_part(mailbox_, store_, wish.message, wish.number, std::move(progress));
  } catch (const Failure& thrown) {
    failure = thrown;
  }
  if (!failure) {
    events_.put(PartReady{wish.message, wish.number});
  } else if (session_.lost()) {
    wishes_.parts.push_front(wish);
    throw *failure;
  } else {
    events_.put(BodyFailed{wish.message, wish.number, failure->what()});
  }
}

/// One folder at a time: what else is waited for has its turn between them.
asio::awaitable<void> Conversation::search(SearchWish wish) {
  std::optional<Failure> failure;
  const FolderId folder = wish.folders.front();
  try {
    co_await ask_folder(folder, wish);
  } catch (const Failure& thrown) {
    failure = thrown;
  }
  const bool superseded = wishes_.search.has_value();
  if (failure && session_.lost()) {
    if (!superseded) wishes_.search = std::move(wish);
    throw *failure;
  }
  if (superseded) co_return;  // nobody's any more
  wish.folders.pop_front();
  if (!wish.folders.empty()) {
    wishes_.search = std::move(wish);
    co_return;
  }
  Found found{wish.number, Found::From::kServer, std::move(wish.found), wish.more, ""};
  if (failure) found.why = failure->what();
  events_.put(std::move(found));
}

asio::awaitable<void> Conversation::ask_folder(FolderId folder, SearchWish& wish) {
  co_await mailbox_.enter(folder);
  imap::Request request = imap::uid_search(wish.key);
  const Answer answer = co_await mailbox_.ask(std::move(request));
  if (!answer.status.ok()) throw refusal("cannot search", answer.status);
  std::vector<std::uint32_t> uids;
  for (const imap::Data& data : answer.data) {
    if (auto read = imap::read_search(data, 2'000'000)) uids = std::move(*read);
  }
  std::reverse(uids.begin(), uids.end());
  if (uids.size() > kMostFound) {
    wish.more = true;
    uids.resize(kMostFound);
  }
  MessageList list(store_);
  std::vector<std::uint32_t> missing;
  for (const std::uint32_t uid : uids) {
    if (missing.size() < kMostFetched && !list.find(folder, uid)) missing.push_back(uid);
  }
  if (!missing.empty()) co_await mailbox_.fetch_headers(std::move(missing));
  for (const std::uint32_t uid : uids) {
    if (const auto id = list.find(folder, uid)) wish.found.push_back(*id);
  }
}

// --- What goes on by itself ---

asio::awaitable<bool> Conversation::do_journal() {
  auto entry = journal_.next_for_session(now_milliseconds());
  if (!entry) co_return false;
  const bool elsewhere = entry->action != Action::kFlag;
  co_await replay_.carry_out(std::move(*entry));
  if (elsewhere) wishes_.look = true;  // another folder has more or less now
  co_return true;
}

/// The folder in view: what changed in it, a look at the others, then what is older in it.
asio::awaitable<bool> Conversation::do_shown() {
  const FolderId folder = shown();
  const bool away = mailbox_.folder() != folder;
  if (away && !stale_.empty() && Clock::now() - left_shown_ < kAwayFromShown) co_return false;
  if (away) {
    if (mailbox_.folder() != 0 && !mailbox_.all_here()) go_on_later(mailbox_.folder());
    const bool entered = co_await enter(folder);
    if (!entered && wishes_.shown == 0) {
      throw Failure(ExitCode::kRefused, "the server does not open INBOX");
    }
    if (!entered) wishes_.shown = 0;
    co_return true;
  }
  const bool caught_up = co_await mailbox_.catch_up();
  if (caught_up) co_return true;
  if (wishes_.look || looks_.told_of_names() || Clock::now() - looked_ > between_looks()) {
    wishes_.look = false;
    const std::vector<FolderId> stale = co_await looks_.all();
    stale_.assign(stale.begin(), stale.end());
    std::erase(stale_, folder);
    looked_ = Clock::now();
    co_return true;
  }
  if (looks_.told()) {
    const std::vector<FolderId> told = co_await looks_.those_told();
    for (const FolderId each : told) {
      if (each != folder) go_on_later(each);
    }
    co_return true;
  }
  co_return co_await mailbox_.backfill();
}

void Conversation::go_on_later(FolderId folder) {
  const bool known = std::find(stale_.begin(), stale_.end(), folder) != stale_.end();
  if (!known) stale_.push_back(folder);
}

milliseconds Conversation::between_looks() const {
  return session_.told_by_itself() ? kBetweenLooksWhenTold : kBetweenLooks;
}

asio::awaitable<bool> Conversation::do_others() {
  if (!stale_.empty()) {
    const FolderId folder = stale_.front();
    if (mailbox_.folder() != folder) {
      if (mailbox_.folder() == shown()) left_shown_ = Clock::now();
      const bool entered = co_await enter(folder);
      if (!entered) stale_.pop_front();
      co_return true;
    }
    bool more = co_await mailbox_.catch_up();
    if (!more) more = co_await mailbox_.backfill();
    if (!more) stale_.pop_front();
    co_return true;
  }
  if (const auto message = wishes_.next_prefetch()) {
    if (!Bodies(store_).readable(*message)) co_await text(*message);
    co_return true;
  }
  co_return reclaim_removed(store_, kReclaimed) > 0;
}

// --- Resting ---

/// Nothing may have come meanwhile: from here to the idle nobody else has a turn.
bool Conversation::may_rest() {
  return !ending_ && !wishes_.urgent() && !wishes_.look && !looks_.told() &&
         mailbox_.folder() == shown() && !journal_.next_for_session(now_milliseconds());
}

milliseconds Conversation::longest_rest() {
  milliseconds longest = kLongestIdle;
  const auto look =
      std::chrono::duration_cast<milliseconds>(looked_ + between_looks() - Clock::now());
  longest = std::min(longest, look);
  if (!session_.client().has("IDLE")) longest = std::min(longest, milliseconds(15'000));
  // What is the outbox's is not ours to wait for, but its copy may be.
  if (const auto due = journal_.next_due(); due && *due > now_milliseconds()) {
    longest = std::min(longest, milliseconds(*due - now_milliseconds()));
  }
  return std::max(longest, milliseconds(50));
}

asio::awaitable<void> Conversation::rest() {
  // What it could was right: all was asked for by now.
  if (said_ != Link::kLive) servers_.keep(session_.account(), session_.memory());
  say(Link::kLive);
  const Answer answer = co_await session_.idle(longest_rest());
  mailbox_.take(answer);
}

}  // namespace mua::sync
