// The IMAP session in which a command fetches all of message 4 of INBOX.
#pragma once

#include <string>
#include <string_view>

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

}  // namespace mua
