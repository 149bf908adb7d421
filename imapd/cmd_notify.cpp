// NOTIFY (RFC 5465): from now on the session tells, between commands too, what its client asks to
// hear of, in the selected mailbox and in others.

#include <fmt/format.h>

#include <memory>

#include "imapd/handlers.hpp"
#include "imapd/news.hpp"
#include "imapd/reach.hpp"
#include "mail/imap_notify.hpp"

namespace imapd {

namespace {

constexpr std::size_t kMostNames = 1000;

bool too_many_names(const mail::NotifyArguments& arguments) {
  std::size_t count = 0;
  for (const auto& group : arguments.groups) count += group.names.size();
  return count > kMostNames;
}

// A name that can't be a mailbox's is one of those that aren't there: they are passed over.
asio::awaitable<std::vector<std::string>> stored_names(Session& session,
                                                       const std::vector<std::string>& wire) {
  std::vector<std::string> names;
  for (const auto& each : wire) {
    auto location = co_await find_location(session, each);
    if (location) names.push_back(std::move(location->client));
  }
  co_return names;
}

asio::awaitable<NotifyRules> rules_of(Session& session, mail::NotifyArguments arguments) {
  for (auto& group : arguments.groups) {
    auto names = co_await stored_names(session, group.names);
    group.names = std::move(names);
  }
  co_return NotifyRules(std::move(arguments.groups));
}

// Watched first and read then, so that nothing is missed in between.
asio::awaitable<void> begin(Session& session, Notifier& notifier, bool tell_status) {
  auto listing = co_await look_around(session, notifier.rules());
  notifier.take_listing(std::move(listing), session.enabled(), session.out());
  notifier.tell_no_access(session.enabled(), session.out());
  session.rewatch();
  co_await tell_metadata(session, notifier);
  auto statuses = co_await read_statuses(session, notifier.to_read());
  for (const auto& [key, status] : statuses) {
    notifier.take_status(key, status, session.enabled(), session.out());
    if (tell_status) notifier.tell_status(key, status, session.enabled(), session.out());
  }
}

}  // namespace

asio::awaitable<Reply> cmd_notify(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_notify(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (arguments->unsupported) {
    co_return no(fmt::format("BADEVENT ({})", mail::notify_event_names()),
                 "there are events here that this server can't tell");
  }
  if (too_many_names(*arguments)) {
    co_return no("NOTIFICATIONOVERFLOW", "that is more names than one session may watch");
  }
  // What has gathered is told by the rules that held until now (RFC 5465 §3.1).
  if (session.selected() && !arguments->none) co_await session.catch_up();
  bool tell_status = arguments->status;
  auto rules = co_await rules_of(session, std::move(*arguments));
  bool others = rules.concerns_others();
  session.notify(std::make_unique<Notifier>(std::move(rules)));
  if (others) co_await begin(session, *session.notifier(), tell_status);
  co_return ok("Notify completed");
}

}  // namespace imapd
