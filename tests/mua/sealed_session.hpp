// The IMAP session in which a command fetches all of message 4 of INBOX, and such a message.
#pragma once

#include <string>
#include <string_view>

#include "mua/seals.hpp"
#include "tests/mua/trial.hpp"

namespace mua {

/// `octets` as lines that a server sends.
inline std::string server_lines(std::string_view octets) {
  std::string out = "S: ";
  for (const char c : octets) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += "S: ";
  }
  return out;
}

/// `octets` end in CRLF.
inline std::string whole_message(const std::string& tag, const std::string& octets) {
  return "C: " + tag + " UID FETCH 4 (UID BODY.PEEK[])\nS: * 1 FETCH (UID 4 BODY[] {" +
         std::to_string(octets.size()) + "}\n" + server_lines(octets) + ")\nS: " + tag + " OK\n";
}

inline std::string examine_inbox(const std::string& verb = "EXAMINE") {
  return "C: A2 " + verb + " INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 7]\nS: A2 OK\n";
}

/// To the question for it.
inline std::string encrypted_structure(const std::string& tag,
                                       const std::string& items = "BODYSTRUCTURE") {
  return "C: " + tag + " UID FETCH 4 (UID " + items +
         ")\nS: * 1 FETCH (UID 4 BODYSTRUCTURE ((\"APPLICATION\" \"PGP-ENCRYPTED\" NIL NIL NIL "
         "\"7BIT\" 10)(\"APPLICATION\" \"OCTET-STREAM\" NIL NIL NIL \"7BIT\" 900) "
         "\"ENCRYPTED\"))\nS: " +
         tag + " OK\n";
}

/// From Zoe to Ann (crypt/keys.hpp), with an attachment; `draft` may have more.
inline std::string encrypted_message(mail::Draft draft = {}) {
  draft.from = {"Zoe", {"zoe", "z.test"}};
  draft.to = {{"", {"ann", "x.test"}}};
  draft.subject = "Plan";
  draft.text = "At ten.\n";
  draft.message_id = "<1@z.test>";
  draft.attachments = {{"plan.bin", "application/octet-stream", "\x01\x02"}};
  return seal_message(mail::compose(draft, mail::BccField::kKeep),
                      {false, true, "zoe@z.test", {"ann@x.test"}, ""});
}

}  // namespace mua
