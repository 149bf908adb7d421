// The words of an IMAP response (RFC 9051 §9), appended to a text: strings in the form that carries
// them, flag lists, UID sets. What a client may be sent in UTF-8 depends on what it enabled, so the
// caller says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail {

/// Whether quoted strings may hold UTF-8: after ENABLE UTF8=ACCEPT or IMAP4rev2 (RFC 6855 §3).
enum class QuotedForm { kAscii, kUtf8 };

/// A quoted string, or a literal when it can't be one.
void append_string(std::string& out, std::string_view text, QuotedForm form = QuotedForm::kAscii);
/// An atom when it can be one, else as `append_string`.
void append_astring(std::string& out, std::string_view text, QuotedForm form = QuotedForm::kAscii);
/// "{5}\r\n"
void append_literal_head(std::string& out, std::uint64_t size);
/// "{5}\r\nhello", or "~{5}\r\n..." for octets with a NUL (RFC 3516 literal8).
void append_literal(std::string& out, std::string_view octets);
/// Decimal digits, without a detour through a temporary string: FETCH is made of numbers.
void append_number(std::string& out, std::uint64_t number);

/// UIDs in the order given, runs joined: "3,5:7". (UIDPLUS keeps order, so this is no sorting set.)
std::string render_uid_set(const std::vector<std::uint32_t>& uids);

/// "{text} {code}" of a status response: "OK [CODE] text"; no brackets when `code` is "".
std::string render_status(std::string_view status, std::string_view code, std::string_view text);

}  // namespace mail
