// A draft that lies on the server, sent by a command, and not twice: before it is handed in it is
// marked with $SubmitPending (RFC 5550), and what bears that mark is sent again only when one
// wishes so, or when Sent is found to have it. Once it is sent, and a copy is in Sent, it goes.
#pragma once

#include "mua/account.hpp"
#include "mua/common_options.hpp"
#include "mua/message_ref.hpp"
#include "mua/screen/answer.hpp"
#include "tls/asio.hpp"

namespace mua {

/// kAgain: also what was cut off and may have been sent.
enum class Resending { kNever, kAgain };

/// As it is, under the Message-ID it has, with the moment it is sent. Failure when it is there no
/// more, goes to nobody, is not from her, or may have been sent.
asio::awaitable<ExitCode> send_server_draft(screen::Writer writer, MessageRef named,
                                            Resending resending, Format format);

/// Its header with that date, with From and Message-ID where they were missing.
std::string dated_header(std::string_view header, const mail::Draft& draft);

}  // namespace mua
