// What smtpd announces in its reply to EHLO (RFC 5321 §4.1.1.1).
#pragma once

#include "smtpd/transaction.hpp"

namespace smtpd {

Reply announce(const Policy& policy, const Channel& channel, std::string_view client_name);

}  // namespace smtpd
