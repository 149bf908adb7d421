// How a command ended: the status response that carries its tag (RFC 9051 §7.1). Handlers return
// one; the session writes it once everything untagged is out.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "mail/imap_lexer.hpp"
#include "mailstore/errors.hpp"

namespace imapd {

struct Reply {
  enum class Status { kOk, kNo, kBad };
  Status status = Status::kOk;
  std::string code;  ///< response code without brackets, "" if none (RFC 9051 §7.1, RFC 5530)
  std::string text;
  /// Messages were expunged: who knows QRESYNC gets HIGHESTMODSEQ as the code, once everything up
  /// to it was told (RFC 7162 §3.2.7).
  bool expunged = false;
  /// The command named messages by number: no EXPUNGE while it is answered.
  bool by_number = false;
};

inline Reply ok(std::string text, std::string code = {}) {
  return {Reply::Status::kOk, std::move(code), std::move(text), false, false};
}
inline Reply no(std::string code, std::string text) {
  return {Reply::Status::kNo, std::move(code), std::move(text), false, false};
}
inline Reply bad(std::string text) {
  return {Reply::Status::kBad, {}, std::move(text), false, false};
}
/// A sequence number from a client that renounced them (RFC 9586 §3.2).
inline Reply uid_required() {
  return {Reply::Status::kBad, "UIDREQUIRED", "UIDONLY is enabled: UIDs only", false, false};
}
inline Reply bad(const mail::ImapSyntaxError& error) { return bad(error.reason); }

inline Reply ok_expunged(std::string text) {
  return {Reply::Status::kOk, {}, std::move(text), true, false};
}

/// NO with the response code that says what the store's failure means to a client.
Reply refusal(mailstore::Failure failure);

/// "a1 OK [CODE] text" without the line end.
std::string render(std::string_view tag, const Reply& reply);

}  // namespace imapd
