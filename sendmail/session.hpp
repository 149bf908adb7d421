// -bs: SMTP on stdin and stdout is the session smtpd has with this process, octets passed on as
// they come. Some mail clients and news servers submit so. Who ends his first line in LF alone, a
// person at a terminal or a shell script, has CRLF made of each LF.
#pragma once

#include "sendmail/local_connection.hpp"

namespace sendmail {

/// Until smtpd closes; the end of `in` is passed on. Returns the exit status.
int pass_on(LocalConnection& connection, int in, int out);

}  // namespace sendmail
