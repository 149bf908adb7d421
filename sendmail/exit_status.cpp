#include "sendmail/exit_status.hpp"

namespace sendmail {

// The enhanced codes are RFC 3463's.
int exit_status_of(const mail::smtp::Reply& reply) {
  if (reply.positive()) return EX_OK;
  if (!reply.permanent()) return EX_TEMPFAIL;
  const std::string& code = reply.enhanced;
  if (code == "5.1.2" || code == "5.1.10" || code == "5.4.4") return EX_NOHOST;
  if (code == "5.1.1" || code == "5.1.6") return EX_NOUSER;
  if (code == "5.1.3" || code.starts_with("5.6.") || code == "5.3.4") return EX_DATAERR;
  if (code.starts_with("5.7.")) return EX_NOPERM;
  return EX_UNAVAILABLE;
}

int worse_of(int one, int other) {
  if (one == EX_OK || (one == EX_TEMPFAIL && other != EX_OK)) return other;
  return one;
}

}  // namespace sendmail
