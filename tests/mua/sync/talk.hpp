// A folder synchronised against a server that plays a transcript.
#pragma once

#include <functional>
#include <vector>

#include "mua/sync/events.hpp"
#include "mua/sync/mailbox_sync.hpp"
#include "tests/mua/sync/store_trial.hpp"
#include "tests/mua/trial.hpp"

namespace mua::sync {

class Talk : public StoreTrial {
 protected:
  using Step = std::function<asio::awaitable<void>(MailboxSync&)>;

  /// Logs in, takes the steps, logs out; `dialogue` is what is said between, its first command A2,
  /// `last` the tag of LOGOUT, "" when the server is gone by then. What a step threw is thrown.
  void talk(const std::string& dialogue, const std::string& last, const std::string& capabilities,
            std::vector<Step> steps) {
    std::string transcript = imap_session(dialogue, last, capabilities);
    if (last.empty()) transcript.erase(transcript.rfind("C:  LOGOUT"));
    const ScriptedServer server({transcript});
    asio::io_context io(1);
    ImapSession session(loopback_account(server.port(), 1), "secret");
    MailboxSync mailbox(session, store, events, [this] { return clock; });
    std::exception_ptr error;
    asio::co_spawn(io, all(session, mailbox, std::move(steps)), [&](std::exception_ptr thrown) {
      error = std::move(thrown);
      io.stop();
    });
    io.run();
    if (error) std::rethrow_exception(error);
  }

  Step enter(FolderId id) {
    return [id](MailboxSync& mailbox) { return mailbox.enter(id); };
  }
  static asio::awaitable<void> catch_up(MailboxSync& mailbox) {
    for (bool more = true; more;) more = co_await mailbox.catch_up();
  }
  static asio::awaitable<void> backfill(MailboxSync& mailbox) {
    for (bool more = true; more;) more = co_await mailbox.backfill();
  }

  /// A FETCH response of headers.
  static std::string header(std::uint32_t sequence, std::uint32_t uid, const std::string& flags) {
    return "S: * " + std::to_string(sequence) + " FETCH (UID " + std::to_string(uid) + " FLAGS (" +
           flags +
           ") INTERNALDATE \"17-Jul-1996 02:44:25 +0000\" RFC822.SIZE 100 ENVELOPE (NIL \"about " +
           std::to_string(uid) +
           "\" ((\"Ann\" NIL \"ann\" \"x.test\")) NIL NIL NIL NIL NIL NIL \"<" +
           std::to_string(uid) + "@x.test>\") BODY[HEADER.FIELDS (REFERENCES CONTENT-TYPE)] {2}\n" +
           "S: \nS: )\n";
  }
  static constexpr const char* kItems = kHeaderItems;

  Events events;
  std::int64_t clock = kNow;  ///< seconds

 private:
  static asio::awaitable<void> all(ImapSession& session, MailboxSync& mailbox,
                                   std::vector<Step> steps) {
    co_await session.open();
    std::exception_ptr error;
    try {
      for (const Step& step : steps) co_await step(mailbox);
    } catch (...) {
      error = std::current_exception();
    }
    if (!session.lost()) co_await session.close();
    if (error) std::rethrow_exception(error);
  }
};

}  // namespace mua::sync
