// From what a program writes to a message that SMTP carries: lines end in CRLF, a header there is,
// From is in it, names without a domain have one, and what the program wrote beyond ASCII is
// encoded so that servers without SMTPUTF8 take it. Date and Message-ID are smtpd's to add, Bcc its
// to remove (mail/submission.hpp). Pure but for the stream.
#pragma once

#include <istream>
#include <string>

#include "mail/address.hpp"
#include "sendmail/options.hpp"

namespace sendmail {

/// All of `in`, or up to a line that is a dot. LF, CRLF and CR end lines; the last line is ended.
std::string read_lines(std::istream& in, Options::Dot dot);

/// `lines` are read_lines'. What comes before the first line that is no field is the header; an
/// mbox's "From " line is dropped. `author` becomes From where there is none.
std::string complete(std::string_view lines, const mail::NamedAddress& author,
                     const std::string& domain);

}  // namespace sendmail
