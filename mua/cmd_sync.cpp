#include <fmt/format.h>

#include "mua/commands.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/progress.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/journal.hpp"
#include "mua/sync_once.hpp"

namespace mua {

namespace {

struct Inventory {
  std::size_t folders = 0, messages = 0, unread = 0, waiting = 0, failed = 0;
};

Inventory take_inventory(const Account& account) {
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  Inventory out;
  for (const sync::Folder& folder : sync::Folders(store).all()) {
    ++out.folders;
    out.messages += folder.cached;
    out.unread += folder.unread;
  }
  for (const sync::Entry& entry : sync::Journal(store).unfinished()) {
    ++(entry.state == sync::EntryState::kFailed ? out.failed : out.waiting);
  }
  return out;
}

void report(const Inventory& now, std::size_t fresh, Format format) {
  if (format == Format::kJson) {
    return print(boost::json::object{{"new", fresh},
                                     {"mailboxes", now.folders},
                                     {"messages", now.messages},
                                     {"unread", now.unread},
                                     {"waiting", now.waiting},
                                     {"failed", now.failed}});
  }
  print(fmt::format("{} new, {} messages here in {} mailboxes, {} unread\n", fresh, now.messages,
                    now.folders, now.unread));
  if (now.waiting + now.failed > 0) {
    print(fmt::format("{} still to be told the server, {} refused: see mua outbox\n", now.waiting,
                      now.failed));
  }
}

}  // namespace

asio::awaitable<ExitCode> synchronise(CommonOptions common, SyncOptions options) {
  const Account account = find_account(common);
  Progress progress;
  SyncWatch watch;
  watch.longest = std::chrono::seconds(options.timeout);
  watch.heard = [&progress](const sync::Event& event) {
    const auto* at = std::get_if<sync::Progress>(&event);
    if (at && at->what == sync::Progress::What::kSync) {
      progress.show(fmt::format("{} of {} headers", at->done, at->total));
    }
  };
  const SyncResult result = sync_once(account, password_of(account), std::move(watch));
  progress.clear();
  report(take_inventory(account), result.new_messages, common.format);
  require_synchronised(result);
  co_return ExitCode::kOk;
}

}  // namespace mua
