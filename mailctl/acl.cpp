// mailctl acl list|set|remove: who may do what with an account's mailboxes (RFC 4314)
#include "mailstore/acl.hpp"

#include <fmt/format.h>

#include "mail/imap_acl.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"
#include "mailstore/mailboxes.hpp"

namespace mailctl {
namespace {

using mailstore::AclSign;

constexpr auto kRightsHelp =
    "rights are letters of lrswipkxtea (RFC 4314), +lr to add, -w to take away";

Failure unusable(const std::string& what, const std::string& reason) {
  return {ExitCode::kFailed, fmt::format("{}: {}", what, reason), kRightsHelp};
}

mailstore::AclSubject subject_of(Installation& here, const std::string& who) {
  const auto identifier = mail::parse_acl_identifier(who);
  if (!identifier) throw unusable("\"" + who + "\"", identifier.error().reason);
  mailstore::AclSubject subject;
  if (identifier->negative) subject.sign = AclSign::kTaken;
  if (!identifier->anyone()) subject.grantee = here.account(identifier->name).id;
  return subject;
}

/// "" for an account that was removed.
std::string name_of(const mailstore::Directory& directory, const mailstore::AclSubject& subject) {
  const std::string dash = subject.sign == AclSign::kTaken ? "-" : "";
  if (subject.grantee == mailstore::kAnyone) return dash + "anyone";
  const auto grantee = directory.find_account(subject.grantee);
  return grantee ? dash + grantee->address : "";
}

Row row_of(const std::string& mailbox, const std::string& who, mail::Rights rights) {
  const std::string letters = mail::letters_of(rights);
  return {{{"mailbox", mailbox}, {"who", who}, {"rights", letters}}, {mailbox, who, letters}};
}

struct Target {
  mailstore::AccountInfo owner;
  std::shared_ptr<mailstore::Account> account;
  mailstore::MailboxInfo mailbox;
};

Target target_of(Installation& here, const Options& options) {
  Target target{here.account(options.name), nullptr, {}};
  target.account = here.store.account(target.owner.id);
  const auto found = mailstore::find_mailbox(*target.account, options.acl.mailbox);
  if (!found || !found->selectable)
    throw store_failure(mailstore::Failure::kNoSuchMailbox, options.acl.mailbox);
  target.mailbox = *found;
  return target;
}

mail::Rights change(Installation& here, const Target& target, const mailstore::AclSubject& subject,
                    const mail::RightsChange& rights) {
  if (subject.grantee == target.owner.id)
    throw unusable(target.owner.address, "the owner of a mailbox has all rights, always");
  check(
      mailstore::change_acl(*target.account, here.directory(), target.mailbox.id, subject, rights),
      target.mailbox.name);
  for (const auto& entry : mailstore::mailbox_acl(*target.account, target.mailbox.id))
    if (entry.subject == subject) return entry.rights;
  return {};
}

void print_rights(const Options& options, const Target& target, const std::string& who,
                  mail::Rights rights) {
  const Row row = row_of(target.mailbox.name, who, rights);
  const std::string& letters = row.cells.back();
  print_outcome(options.format, row.object,
                fmt::format("{} of {}: {} has {}", target.mailbox.name, target.owner.address, who,
                            letters.empty() ? "no rights of his own" : letters));
}

}  // namespace

void acl_list(const Options& options) {
  Installation here(options);
  const auto owner = here.account(options.name);
  const auto account = here.store.account(owner.id);
  std::vector<Row> rows;
  for (const auto& mailbox : mailstore::list_mailboxes(*account)) {
    if (!options.acl.mailbox.empty() && mailbox.name != options.acl.mailbox) continue;
    for (const auto& entry : mailstore::mailbox_acl(*account, mailbox.id)) {
      const std::string who = name_of(here.directory(), entry.subject);
      if (!who.empty()) rows.push_back(row_of(mailbox.name, who, entry.rights));
    }
  }
  print_list(options.format, {"MAILBOX", "WHO", "RIGHTS"}, rows,
             "Nothing is shared; `mailctl acl set ADDRESS MAILBOX WHO lrs` shares a mailbox.");
}

void acl_set(const Options& options) {
  Installation here(options);
  const Target target = target_of(here, options);
  const auto rights = mail::parse_rights_change(options.acl.rights);
  if (!rights) throw unusable("\"" + options.acl.rights + "\"", rights.error().reason);
  const auto subject = subject_of(here, options.acl.who);
  const auto now = change(here, target, subject, *rights);
  print_rights(options, target, name_of(here.directory(), subject), now);
}

void acl_remove(const Options& options) {
  Installation here(options);
  const Target target = target_of(here, options);
  const auto subject = subject_of(here, options.acl.who);
  change(here, target, subject, {});
  print_rights(options, target, name_of(here.directory(), subject), {});
}

}  // namespace mailctl
