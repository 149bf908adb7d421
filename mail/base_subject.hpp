// What a subject is about, without "Re:", "Fwd:", "[list]" and their like (RFC 5256 §2.1): SORT
// orders by it and THREAD gathers by it. Pure; linear in the length of the text.
#pragma once

#include <string>
#include <string_view>

namespace mail {

struct BaseSubject {
  std::string text;       ///< as written, white space made single blanks
  bool is_reply = false;  ///< a mark of a reply or of something forwarded was taken off
  bool operator==(const BaseSubject&) const = default;
};

/// `decoded`: the subject with its encoded words decoded.
BaseSubject base_subject(std::string_view decoded);

}  // namespace mail
