// The ESMTP parameters behind the path of MAIL and RCPT, read into the command. Private to the
// command parser. RFC 5321 §4.1.2; the keywords' own RFCs stand in smtp_command.hpp.
#pragma once

#include <optional>
#include <string_view>

#include "mail/smtp_command.hpp"

namespace mail::smtp {

/// `text` is what follows ">": empty, or parameters each behind a space. The refusal, if there is
/// one.
std::optional<Reply> read_mail_parameters(std::string_view text, MailFrom& mail);
std::optional<Reply> read_rcpt_parameters(std::string_view text, RcptTo& rcpt);

}  // namespace mail::smtp
