// CAPABILITY, NOOP, LOGOUT, STARTTLS, ID, ENABLE, NAMESPACE: what is about the session itself.

#include <fmt/format.h>

#include "imapd/commands.hpp"
#include "imapd/handlers.hpp"
#include "imapd/namespaces.hpp"

namespace imapd {

asio::awaitable<Reply> cmd_capability(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  session.out() += "* " + capabilities(session) + "\r\n";
  co_return ok("Capability completed");
}

// NOOP and CHECK: the table has the session look for news after either.
asio::awaitable<Reply> cmd_noop(Session&, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  co_return ok(command.verb == "CHECK" ? "Check completed" : "Noop completed");
}

asio::awaitable<Reply> cmd_logout(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  session.out() += "* BYE Logging out\r\n";
  session.log_out();
  co_return ok("Logout completed");
}

asio::awaitable<Reply> cmd_starttls(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  if (session.stream().encrypted()) co_return bad("the connection is encrypted already");
  if (session.stream().compressed()) co_return bad("TLS comes before COMPRESS");
  session.after_reply(Session::AfterReply::kStartTls);
  co_return ok("Begin TLS negotiation now");
}

asio::awaitable<Reply> cmd_id(Session& session, mail::ImapCommand command) {
  auto fields = mail::parse_id(command.arguments);
  if (!fields) co_return bad(fields.error());
  session.out() += "* ID (\"name\" \"Pabal\" \"version\" \"" PABAL_VERSION "\")\r\n";
  co_return ok("ID completed");
}

namespace {

// Switches one capability on; false for those that ENABLE knows nothing of.
bool enable(Enabled& enabled, std::string_view capability) {
  if (capability == "CONDSTORE") return enabled.condstore = true;
  if (capability == "QRESYNC") return enabled.condstore = enabled.qresync = true;
  if (capability == "UTF8=ACCEPT") return enabled.utf8 = true;
  if (capability == "UIDONLY") return enabled.uid_only = true;
  if (capability == "IMAP4REV2") return enabled.rev2 = true;
  return false;
}

}  // namespace

asio::awaitable<Reply> cmd_enable(Session& session, mail::ImapCommand command) {
  auto capabilities = mail::parse_enable(command.arguments);
  if (!capabilities) co_return bad(capabilities.error());
  if (session.selected()) co_return bad("ENABLE comes before a mailbox is selected");
  session.out() += "* ENABLED";
  for (const auto& capability : *capabilities) {
    if (!enable(session.enabled(), capability)) continue;
    session.out() += ' ';
    session.out() += capability == "IMAP4REV2" ? "IMAP4rev2" : capability;
  }
  session.out() += "\r\n";
  co_return ok("Enable completed");
}

asio::awaitable<Reply> cmd_namespace(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_no_arguments(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  session.out() += "* NAMESPACE " + std::string(kNamespaces) + "\r\n";
  co_return ok("Namespace completed");
}

}  // namespace imapd
