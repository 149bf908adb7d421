// A mail being written, as values: what its fields say as they were typed, the text, what it
// answers. Kept as text in the local store every few seconds, so that a kill costs little. Pure,
// but for reading the files that are attached.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/compose.hpp"
#include "mua/account.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

/// A file, or a part of a message that is forwarded, or all of it.
struct Enclosure {
  std::string path;             ///< of a file
  sync::MessageId message = 0;  ///< of a part
  std::string number, name;     ///< of a part; number "": the whole message
  bool operator==(const Enclosure&) const = default;
};

struct Letter {
  std::string from;                  ///< as typed; "" for the account's own
  std::string to, cc, bcc, subject;  ///< as typed
  std::string text;
  std::vector<Enclosure> enclosures;
  std::string in_reply_to;              ///< with angle brackets, "" if none
  std::vector<std::string> references;  ///< with angle brackets
  sync::MessageId answered = 0, forwarded = 0, supersedes = 0;
  std::string message_id;  ///< what it has in the server's Drafts; "" when it never was there
  bool sign = false, encrypt = false;
  bool operator==(const Letter&) const = default;
};

/// The form in which the local store keeps it:
///   To: bob@example.test
///   Subject: Hello
///   Attach: /home/alice/report.pdf
///
///   the text
std::string to_text(const Letter& letter);
Letter letter_from_text(std::string_view text);

/// "Ann <ann@example.test>" as one types it, the name quoted where a list would be misread without.
std::string typed_address(std::string_view name, std::string_view address);
std::string typed_addresses(const std::vector<mail::NamedAddress>& list);

/// What a person may have forgotten, as a question; "" when nothing.
std::string doubts(const Letter& letter);

/// Fields as addresses; throws Failure that names what is none. Attachments are the caller's.
mail::Draft make_draft(const Letter& letter, const Account& account, mail::DateTime now);

/// A mail begun from "mailto:bob@example.test?subject=Hello%20you&cc=..." (RFC 6068), or from a
/// bare address. Only to, cc, bcc, subject, body and in-reply-to are taken over: a link must not
/// attach files.
Letter letter_from_mailto(std::string_view link);

}  // namespace mua::screen
