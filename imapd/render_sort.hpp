// The answers to SORT and THREAD (RFC 5256 §4). What is long is made of numbers: 200,000 of them in
// a few milliseconds. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "imapd/render_search.hpp"
#include "mail/thread.hpp"
#include "mailstore/messages.hpp"

namespace imapd {

/// The sequence numbers of UIDs, both ascending; 0 for one that isn't in the view.
std::vector<std::uint32_t> sequences_of(const mailstore::MailboxView& view,
                                        const std::vector<mailstore::Uid>& uids);

/// Of `numbers` those at these positions, in their order.
std::vector<std::uint32_t> in_order(const std::vector<std::uint32_t>& numbers,
                                    const std::vector<std::uint32_t>& positions);

/// "* SORT 5 3 4 1 2 (MODSEQ 917162500)"
std::string render_sort(const Found& found);

/// "* THREAD (2)(3 6 (4 23)(44 7 96))"; `numbers` of the messages threaded.
std::string render_thread(const mail::Threads& threads, const std::vector<std::uint32_t>& numbers);

}  // namespace imapd
