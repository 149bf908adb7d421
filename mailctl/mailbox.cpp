// mailctl mailbox list
#include "mailstore/mailboxes.hpp"

#include "mailctl/commands.hpp"
#include "mailctl/installation.hpp"
#include "mailctl/output.hpp"

namespace mailctl {
namespace {

Row row_of(const mailstore::MailboxInfo& mailbox, const mailstore::MailboxStatus& status) {
  return {{{"name", mailbox.name},
           {"special_use", mailbox.special_use},
           {"subscribed", mailbox.subscribed},
           {"selectable", mailbox.selectable},
           {"messages", status.messages},
           {"unseen", status.unseen},
           {"octets", status.size},
           {"uidvalidity", status.uid_validity},
           {"uidnext", status.uid_next}},
          {mailbox.name, mailbox.special_use, std::to_string(status.messages),
           std::to_string(status.unseen), std::to_string(status.size)}};
}

}  // namespace

void mailbox_list(const Options& options) {
  Installation here(options);
  const auto account = here.store.account(here.account(options.name).id);
  std::vector<Row> rows;
  for (const auto& mailbox : mailstore::list_mailboxes(*account)) {
    const auto status = mailbox.selectable ? mailstore::mailbox_status(*account, mailbox.id)
                                           : mailstore::MailboxStatus{};
    if (status) rows.push_back(row_of(mailbox, *status));
  }
  print_list(options.format, {"MAILBOX", "USE", "MESSAGES", "UNSEEN", "OCTETS"}, rows,
             "The account has no mailboxes.");
}

}  // namespace mailctl
