// A message begun from the words of the command line: recipients, attachments, the text of an
// answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/compose.hpp"
#include "mua/account.hpp"
#include "mua/options.hpp"

namespace mua {

/// "Ann <ann@example.test>, bob@example.test" and the like, one or more an option. Failure (usage)
/// names what is no address, so that nobody is left out in silence.
std::vector<mail::NamedAddress> parse_recipients(const std::vector<std::string>& options);

/// The file, to be read when the message is composed: what is written into it until then goes with
/// it. Failure when it can't be read, here and then.
mail::Attachment read_attachment(const std::string& path);

/// From, recipients, subject, attachments, date and Message-ID; the text is still missing. `begun`
/// is empty, or an answer begun by mail::begin_reply, to which recipients are added.
mail::Draft make_draft(const SendOptions& options, const Account& account, mail::Draft begun);

/// "On 21 Nov 2026, Ann wrote:" and the text with "> " before its lines.
std::string quote(std::string_view text, std::string_view author, std::string_view date);

/// The moment now in the local zone.
mail::DateTime local_now();

}  // namespace mua
