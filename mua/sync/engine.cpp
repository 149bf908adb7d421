#include "mua/sync/engine.hpp"

#include <fmt/format.h>

#include <atomic>
#include <thread>
#include <utility>

#include "mailstore/errors.hpp"
#include "mailstore/process_lock.hpp"
#include "mua/sync/backoff.hpp"
#include "mua/sync/conversation.hpp"
#include "mua/sync/local_search.hpp"
#include "mua/sync/outbox.hpp"

namespace mua::sync {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kLastWords{1000};
// A server whose certificate is wrong may be mended; a login that is refused is not tried again.
constexpr milliseconds kAfterCertificate{60'000};
constexpr std::size_t kMostShown = 2000;

bool is_certificate(const Failure& failure) {
  return std::string_view(failure.what()).find("certificate") != std::string_view::npos;
}

}  // namespace

struct Engine::Impl {
  Impl(Account for_account, std::function<std::string()> password_of,
       std::filesystem::path store_file, Events& to)
      : account(std::move(for_account)),
        password(std::move(password_of)),
        file(std::move(store_file)),
        events(to) {}

  void run();
  void settle();
  asio::awaitable<void> live();
  asio::awaitable<void> connected();
  asio::awaitable<void> deliver();
  asio::awaitable<void> pause(milliseconds time);
  void offline(LinkChanged told, milliseconds retry);
  void poke();
  void find(std::uint64_t number, std::optional<FolderId> folder, const mail::SearchKey& key);
  std::deque<FolderId> folders_to_search(LocalStore& here, std::optional<FolderId> folder);
  void say_unsearched();
  void stop();

  const Account account;
  const std::function<std::string()> password;
  const std::filesystem::path file;
  Events& events;

  std::optional<mailstore::ProcessLock> lock;
  std::unique_ptr<LocalStore> store;
  Wishes wishes;
  Backoff backoff;
  Backoff::Waiting waiting = Backoff::Waiting::kSomebody;
  std::unique_ptr<Conversation> conversation;
  std::unique_ptr<Outbox> outbox;
  bool stopping = false;
  std::atomic<std::uint64_t> latest_search{0};  ///< by which those before it are nobody's

  asio::io_context io{1};  // after all that its coroutines refer to
  asio::steady_timer retry{io}, due{io};
  std::thread thread;
};

// --- The thread ---

void Engine::Impl::run() {
  asio::co_spawn(io, live(), asio::detached);
  io.run();
  settle();
}

/// What was under way is left as who starts next would make it, so that it can be taken back by
/// then.
void Engine::Impl::settle() {
  if (!store) return;
  try {
    Journal(*store).recover(now_seconds());
  } catch (const std::exception&) {
    // Who starts next does it.
  }
}

asio::awaitable<void> Engine::Impl::pause(milliseconds time) {
  retry.expires_after(time);
  co_await retry.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Engine::Impl::offline(LinkChanged told, milliseconds time) {
  told.retry_at = time == milliseconds::max() ? 0 : now_milliseconds() + time.count();
  events.put(std::move(told));
}

/// Opens the store, which one process at a time may work for, and keeps connecting.
asio::awaitable<void> Engine::Impl::live() {
  while (!stopping) {
    LinkChanged told;
    milliseconds time{0};
    try {
      if (!lock) lock.emplace(file.string() + ".lock");
      if (!store) {
        store = std::make_unique<LocalStore>(file, LocalStore::Checkpoints::kHere);
        Journal(*store).recover(now_seconds());
        outbox = std::make_unique<Outbox>(account, password, *store, events, now_milliseconds);
        asio::co_spawn(io, deliver(), asio::detached);
      }
      co_await connected();
    } catch (const Failure& failure) {
      told.text = failure.what();
      told.advice = failure.advice;
      if (failure.code == ExitCode::kLogin) {
        told.link = Link::kRefused;
        time = milliseconds::max();
      } else if (is_certificate(failure)) {
        told.link = Link::kRefused;
        time = kAfterCertificate;
      }
    } catch (const mailstore::StoreError& error) {
      told.text = error.what();
      told.cause = LinkChanged::Cause::kStore;
    } catch (const std::exception& error) {
      told.text = error.what();
    }
    conversation.reset();
    if (stopping) break;
    if (time == milliseconds(0)) time = backoff.next(waiting);
    offline(std::move(told), time);
    say_unsearched();
    co_await pause(time == milliseconds::max() ? std::chrono::hours(24 * 365) : time);
  }
  stop();
}

asio::awaitable<void> Engine::Impl::connected() {
  conversation = std::make_unique<Conversation>(account, password(), *store, events, wishes);
  co_await conversation->open();
  backoff.reset();
  co_await conversation->work();
}

/// The outbox, beside everything else.
asio::awaitable<void> Engine::Impl::deliver() {
  while (!stopping) {
    bool sent = false;
    milliseconds wait{60'000};
    try {
      sent = co_await outbox->send_next();
      const auto next = Journal(*store).next_due_to_send();
      if (next)
        wait = std::min(wait, milliseconds(std::max<std::int64_t>(*next - now_milliseconds(), 0)));
    } catch (const std::exception& error) {
      events.put(Notice{error.what()});
    }
    if (sent) {
      if (conversation) conversation->poke();  // for the copy in Sent
      continue;
    }
    due.expires_after(wait + milliseconds(1));
    co_await due.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

void Engine::Impl::poke() {
  due.cancel();
  if (conversation) conversation->poke();
}

void Engine::Impl::find(std::uint64_t number, std::optional<FolderId> folder,
                        const mail::SearchKey& key) {
  wishes.search.reset();
  const auto wanted = [this, number] { return number == latest_search; };
  Found found{number, Found::From::kLocal, {}, false, ""};
  std::deque<FolderId> folders;
  try {
    // Where another process works for the account its store can be read all the same.
    std::optional<LocalStore> own;
    LocalStore& here = store ? *store : own.emplace(file);
    LocalFound local = LocalSearch(here).find(folder, key, kMostShown, wanted);
    found.messages = std::move(local.messages);
    found.more = local.more;
    folders = folders_to_search(here, folder);
  } catch (const std::exception& error) {
    found.why = error.what();
  }
  if (!wanted()) return;
  events.put(std::move(found));
  if (folders.empty()) return events.put(Found{number, Found::From::kServer, {}, false, ""});
  wishes.search = SearchWish{number, std::move(folders), key, {}, false};
  if (!conversation) say_unsearched();
  poke();
}

/// Without one all but what was thrown away.
std::deque<FolderId> Engine::Impl::folders_to_search(LocalStore& here,
                                                     std::optional<FolderId> folder) {
  if (folder) return {*folder};
  std::deque<FolderId> all;
  for (const Folder& each : Folders(here).all()) {
    const bool thrown_away = each.use == SpecialUse::kTrash || each.use == SpecialUse::kJunk;
    if (each.selectable && !thrown_away) all.push_back(each.id);
  }
  return all;
}

/// The server is asked when it is there again.
void Engine::Impl::say_unsearched() {
  if (!wishes.search) return;
  events.put(Found{wishes.search->number, Found::From::kServer, {}, false, "offline"});
}

void Engine::Impl::stop() {
  stopping = true;
  retry.cancel();
  due.cancel();
  if (!conversation) return io.stop();
  conversation->end();
  auto patience = std::make_shared<asio::steady_timer>(io, kLastWords);
  patience->async_wait([this, patience](boost::system::error_code) {
    if (conversation) conversation->abandon();
    patience->expires_after(kLastWords / 10);
    patience->async_wait([this, patience](boost::system::error_code) { io.stop(); });
  });
}

// --- The screen's side ---

Engine::Engine(Account account, std::function<std::string()> password, std::filesystem::path store,
               Events& events)
    : impl_(std::make_unique<Impl>(std::move(account), std::move(password), std::move(store),
                                   events)) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

Engine::~Engine() {
  asio::post(impl_->io, [impl = impl_.get()] { impl->stop(); });
  impl_->thread.join();
  impl_->conversation.reset();  // its socket before the io_context
}

void Engine::show(FolderId folder) {
  asio::post(impl_->io, [impl = impl_.get(), folder] {
    impl->wishes.shown = folder;
    impl->poke();
  });
}

void Engine::want_text(MessageId message) {
  asio::post(impl_->io, [impl = impl_.get(), message] {
    impl->wishes.want_text(message);
    impl->poke();
  });
}

void Engine::want_part(MessageId message, std::string number) {
  asio::post(impl_->io, [impl = impl_.get(), wish = PartWish{message, std::move(number)}] {
    impl->wishes.want_part(wish);
    impl->poke();
  });
}

void Engine::prefetch(std::vector<MessageId> messages) {
  asio::post(impl_->io, [impl = impl_.get(), all = std::move(messages)] {
    impl->wishes.prefetch.assign(all.begin(), all.end());
    impl->poke();
  });
}

void Engine::journal_changed() {
  asio::post(impl_->io, [impl = impl_.get()] { impl->poke(); });
}

void Engine::search(std::uint64_t number, std::optional<FolderId> folder, mail::SearchKey key) {
  impl_->latest_search = number;
  asio::post(impl_->io, [impl = impl_.get(), number, folder, sought = std::move(key)] {
    impl->find(number, folder, sought);
  });
}

void Engine::reconnect() {
  asio::post(impl_->io, [impl = impl_.get()] {
    impl->backoff.reset();
    impl->retry.cancel();
  });
}

void Engine::set_presence(Presence presence) {
  asio::post(impl_->io, [impl = impl_.get(), presence] {
    const bool there = presence == Presence::kThere;
    impl->waiting = there ? Backoff::Waiting::kSomebody : Backoff::Waiting::kNobody;
    if (there) impl->retry.cancel();
  });
}

void Engine::refresh() {
  asio::post(impl_->io, [impl = impl_.get()] {
    impl->wishes.look = true;
    impl->poke();
  });
}

}  // namespace mua::sync
