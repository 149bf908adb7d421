// How a program that calls sendmail learns what became of its message: sysexits.h. The message is
// the caller's until the status is EX_OK.
#pragma once

#include <sysexits.h>

#include <stdexcept>
#include <string>

#include "mail/smtp_client.hpp"

namespace sendmail {

/// For --help and docs.
inline constexpr const char* kExitStatus = R"(Exit status (sysexits.h):
   0  sent: smtpd has it on disk
  64  wrong usage                        EX_USAGE
  65  the message or an address is bad   EX_DATAERR
  67  no such recipient                  EX_NOUSER
  68  no such domain                     EX_NOHOST
  69  refused for another reason         EX_UNAVAILABLE
  75  try again later, smtpd is down     EX_TEMPFAIL
  77  not allowed, the sender isn't you  EX_NOPERM
  78  the settings are wrong             EX_CONFIG
)";

/// Ends the program: "sendmail: {what}" on stderr, then the status.
class Failure : public std::runtime_error {
 public:
  Failure(int exit_status, const std::string& what)
      : std::runtime_error(what), status(exit_status) {}
  int status;
};

/// What the server's word on a recipient is as a status; EX_OK when it took it.
int exit_status_of(const mail::smtp::Reply& reply);

/// Of several, the one to end with: trying again is worth it only where nothing else is wrong.
int worse_of(int one, int other);

}  // namespace sendmail
