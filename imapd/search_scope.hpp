// The mailboxes that ESEARCH looks into (RFC 7377 §2.2), out of those the session can see. Names
// that lead nowhere, and mailboxes that can't be selected or read, are passed over as the RFC says.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "imapd/visible.hpp"
#include "mail/multi_search.hpp"

namespace imapd {

/// Each once, in the listing's order; the names of `sources` are in the client's form as LIST has
/// it. The selected mailbox is not the listing's to know: `selected` is its name there.
std::vector<Visible> searched_mailboxes(const std::vector<Visible>& all,
                                        const std::vector<mail::SearchSource>& sources,
                                        MailboxKey selected);

}  // namespace imapd
