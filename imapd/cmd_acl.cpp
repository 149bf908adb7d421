// SETACL, DELETEACL, GETACL, LISTRIGHTS, MYRIGHTS (RFC 4314 §3). Identifiers are the users' logins,
// "anyone", and either with a "-" for what is taken away; the owner stands in front of every list
// with all rights, which nobody can take.

#include "imapd/auth.hpp"
#include "imapd/handlers.hpp"
#include "imapd/reach.hpp"
#include "imapd/render_list.hpp"
#include "imapd/wire_name.hpp"
#include "mail/imap_acl.hpp"
#include "mail/imap_response.hpp"
#include "mailstore/acl.hpp"

namespace imapd {

namespace {

using mailstore::AclSign;

void begin_response(Session& session, std::string_view name, const Reached& reached) {
  session.out().append("* ").append(name).append(" ");
  append_name(session.out(), reached.info.name, session.enabled());
}

void append_word(Session& session, std::string_view word) {
  session.out() += ' ';
  mail::append_astring(session.out(), word, session.enabled().quotes());
}

void append_rights(Session& session, mail::Rights rights) {
  append_word(session, mail::render_rights(rights));
}

// Whom the identifier is about, or why nobody.
asio::awaitable<mail::Result<mailstore::AclSubject, Reply>> find_subject(Session& session,
                                                                         std::string text) {
  auto identifier = mail::parse_acl_identifier(text);
  if (!identifier) co_return mail::unexpected(bad(identifier.error()));
  mailstore::AclSubject subject;
  if (identifier->negative) subject.sign = AclSign::kTaken;
  if (identifier->anyone()) co_return subject;
  auto look_up = [&directory = session.service().store().directory(),
                  login = complete_login(session, identifier->name)](mailstore::Account&) {
    return directory.find_account(login);
  };
  auto account = co_await session.in_store(look_up);
  if (!account) co_return mail::unexpected(no("CANNOT", "there is no such user"));
  subject.grantee = account->id;
  co_return subject;
}

asio::awaitable<Reply> change(Session& session, mail::SetAclArguments arguments,
                              std::string_view verb) {
  auto reached = co_await reach(session, arguments.mailbox, mail::Right::kAdminister);
  if (!reached) co_return reached.error();
  auto subject = co_await find_subject(session, arguments.identifier);
  if (!subject) co_return subject.error();
  if (subject->grantee == reached->account) {
    co_return no("CANNOT", "the owner of a mailbox has all rights, always");
  }
  auto job = [&session, &reached = *reached, &subject = *subject,
              &rights = arguments.change](mailstore::Account& account) {
    auto& directory = session.service().store().directory();
    return mailstore::change_acl(account, directory, reached.info.id, subject, rights);
  };
  auto changed = co_await session.in_account(reached->account, job);
  if (!changed) co_return refusal(changed.error());
  co_return ok(std::string(verb) + " completed");
}

/// An entry by the name that its grantee has now.
struct NamedEntry {
  std::string identifier;
  mail::Rights rights;
};

// Accounts that were removed have no name any more, and no rights.
std::vector<NamedEntry> named_entries(mailstore::Account& account, mailstore::MailboxId mailbox,
                                      const mailstore::Directory& directory) {
  std::vector<NamedEntry> entries;
  if (auto owner = directory.find_account(account.id())) {
    entries.push_back({owner->address, mail::Rights::all()});
  }
  for (const auto& [subject, rights] : mailstore::mailbox_acl(account, mailbox)) {
    std::string dash = subject.sign == AclSign::kTaken ? "-" : "";
    if (subject.grantee == mailstore::kAnyone) entries.push_back({dash + "anyone", rights});
    if (auto grantee = directory.find_account(subject.grantee)) {
      entries.push_back({dash + grantee->address, rights});
    }
  }
  return entries;
}

}  // namespace

asio::awaitable<Reply> cmd_set_acl(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_set_acl(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  co_return co_await change(session, std::move(*arguments), "Setacl");
}

asio::awaitable<Reply> cmd_delete_acl(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_acl(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  mail::SetAclArguments nothing{
      std::move(arguments->mailbox), std::move(arguments->identifier), {}};
  co_return co_await change(session, std::move(nothing), "Deleteacl");
}

asio::awaitable<Reply> cmd_get_acl(Session& session, mail::ImapCommand command) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto reached = co_await reach(session, std::move(*wire), mail::Right::kAdminister);
  if (!reached) co_return reached.error();
  auto read = [&session, &reached = *reached](mailstore::Account& account) {
    return named_entries(account, reached.info.id, session.service().store().directory());
  };
  auto entries = co_await session.in_account(reached->account, read);
  begin_response(session, "ACL", *reached);
  for (const auto& [identifier, rights] : entries) {
    append_word(session, identifier);
    append_rights(session, rights);
  }
  session.out() += "\r\n";
  co_return ok("Getacl completed");
}

// "* LISTRIGHTS INBOX smith \"\" l r s w i p k x t e c d a": none are tied together.
asio::awaitable<Reply> cmd_list_rights(Session& session, mail::ImapCommand command) {
  auto arguments = mail::parse_acl(command.arguments);
  if (!arguments) co_return bad(arguments.error());
  auto reached = co_await reach(session, arguments->mailbox, mail::Right::kAdminister);
  if (!reached) co_return reached.error();
  auto subject = co_await find_subject(session, arguments->identifier);
  if (!subject) co_return subject.error();
  bool owner = subject->grantee == reached->account;
  begin_response(session, "LISTRIGHTS", *reached);
  append_word(session, arguments->identifier);
  append_rights(session, owner ? mail::Rights::all() : mail::Rights());
  if (!owner) {
    for (char letter : mail::render_rights(mail::Rights::all())) {
      session.out().append(1, ' ').append(1, letter);
    }
  }
  session.out() += "\r\n";
  co_return ok("Listrights completed");
}

asio::awaitable<Reply> cmd_my_rights(Session& session, mail::ImapCommand command) {
  auto wire = mail::parse_mailbox(command.arguments);
  if (!wire) co_return bad(wire.error());
  auto reached = co_await reach(session, std::move(*wire), mail::kAnyOfMyRights, Need::kAny);
  if (!reached) co_return reached.error();
  append_my_rights(session.out(), reached->info.name, reached->rights, session.enabled());
  co_return ok("Myrights completed");
}

}  // namespace imapd
