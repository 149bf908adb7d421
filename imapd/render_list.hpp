// Which mailboxes LIST and LSUB name, and how (RFC 9051 §6.3.9, §7.3.1, RFC 3501 §6.3.9, RFC 5258).
// Pure: from the store's list of mailboxes to response lines.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "imapd/enabled.hpp"
#include "mail/imap_list.hpp"
#include "mail/rights.hpp"
#include "mailstore/mailboxes.hpp"

namespace imapd {

/// One line of the answer.
struct ListedMailbox {
  mailstore::MailboxInfo info;
  bool exists = true;             ///< false: only a subscription is left of it
  bool child_subscribed = false;  ///< CHILDINFO (RFC 5258 §3.5)
  bool chosen = true;             ///< false: listed for the sake of its children alone
  std::string old_name{};         ///< OLDNAME of one that was renamed (RFC 5465 §5.4)
};

/// `lost`: subscribed names without a mailbox. `arguments` has patterns in the store's form, the
/// reference put in front.
std::vector<ListedMailbox> choose_listed(const std::vector<mailstore::MailboxInfo>& all,
                                         const std::vector<std::string>& lost,
                                         const mail::ListArguments& arguments);
void append_list(std::string& out, const ListedMailbox& listed,
                 const mail::ListArguments& arguments, const Enabled& enabled);

/// "* MYRIGHTS Drafts lrswipkxtecda" as a whole line (RFC 4314 §3.8).
void append_my_rights(std::string& out, std::string_view name, mail::Rights rights,
                      const Enabled& enabled);

/// LSUB: subscribed names, and with "%" the parents that hide them as \Noselect.
std::string render_lsub(const std::vector<mailstore::MailboxInfo>& all,
                        const std::vector<std::string>& lost, std::string_view pattern,
                        const Enabled& enabled);

}  // namespace imapd
