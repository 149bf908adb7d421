#include "mua/sync_once.hpp"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "mailstore/errors.hpp"
#include "mua/sync/conversation.hpp"
#include "mua/sync/engine.hpp"
#include "mua/sync/journal.hpp"

namespace mua {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

constexpr std::int64_t kSoon = 30'000;  // milliseconds
constexpr milliseconds kBetweenLooks{200};

Failure store_failure(const std::string& why) {
  return Failure(ExitCode::kFailed, "the local store can't be written: " + why,
                 "Nothing is lost: run it again after that.");
}

sync::LocalStore open_store(const std::filesystem::path& file) {
  try {
    return sync::LocalStore(file);
  } catch (const mailstore::StoreError& error) {
    throw store_failure(error.what());
  }
}

Failure failure_told_by(const sync::LinkChanged& link) {
  if (link.cause == sync::LinkChanged::Cause::kStore) return store_failure(link.text);
  const bool refused = link.link == sync::Link::kRefused;
  return Failure(refused ? ExitCode::kLogin : ExitCode::kConnection, link.text, link.advice);
}

/// What the engine has told so far.
struct Heard {
  bool live = false;
  std::optional<Failure> failure;
  std::size_t new_messages = 0;

  void operator()(const sync::LinkChanged& link) {
    live = link.link == sync::Link::kLive;
    const bool ended = link.link == sync::Link::kRefused || link.link == sync::Link::kOffline;
    if (ended) failure.emplace(failure_told_by(link));
  }
  void operator()(const sync::NewMail& mail) { new_messages += mail.messages.size(); }
  template <class Other>
  void operator()(const Other&) {}
};

bool is_over(sync::EntryState state) {
  using State = sync::EntryState;
  return state == State::kDone || state == State::kFailed || state == State::kUndone;
}

/// Whether the journal has something that will be told soon.
bool has_more(sync::LocalStore& store, sync::EntryId awaited) {
  sync::Journal journal(store);
  const std::int64_t soon = sync::now_milliseconds() + kSoon;
  for (const sync::Entry& entry : journal.unfinished()) {
    if (is_over(entry.state)) continue;
    if (entry.id == awaited || entry.not_before <= soon) return true;
  }
  return false;
}

void hear(sync::Events& events, const SyncWatch& watch, Heard& heard, milliseconds patience) {
  pollfd file{events.fd(), POLLIN, 0};
  poll(&file, 1, static_cast<int>(patience.count()));
  for (const sync::Event& event : events.take()) {
    std::visit(heard, event);
    if (watch.heard) watch.heard(event);
  }
}

}  // namespace

SyncResult sync_once(const Account& account, const std::string& password, SyncWatch watch) {
  const auto file = sync::store_file(account.settings, account.address);
  sync::LocalStore store = open_store(file);
  sync::Events events;
  const auto begin = Clock::now();
  Heard heard;
  SyncResult result;
  sync::Engine engine(
      account, [password] { return password; }, file, events);
  while (!heard.failure && (!heard.live || has_more(store, watch.entry))) {
    if (watch.longest.count() > 0 && Clock::now() - begin >= watch.longest) {
      heard.failure.emplace(ExitCode::kConnection, "not done in time",
                            "What was done stays done; run it again, with a longer --timeout.");
      break;
    }
    hear(events, watch, heard, kBetweenLooks);
  }
  result.new_messages = heard.new_messages;
  result.failure = std::move(heard.failure);
  return result;
}

void require_synchronised(const SyncResult& result) {
  if (result.failure) throw *result.failure;
}

}  // namespace mua
