// Who hands mail in over the Unix socket: a user of this machine, by the word of the kernel
// (SO_PEERCRED). What sendmail has always let its callers do: cron and root speak for any address
// of the local domains, everybody else for himself. unix(7), getpwuid(3).
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>

#include "mail/address.hpp"
#include "mailstore/directory.hpp"

namespace smtpd {

struct LocalUser {
  std::string name;       ///< "alice"; "uid1234" where nobody is called so
  mail::Address address;  ///< name@ the default domain
  enum class Rights { kHisOwn, kLocalDomains } rights = Rights::kHisOwn;
};

/// `owner` has all that smtpd has: root and he may use any sender of the local domains.
LocalUser local_user(uid_t user, uid_t owner, const std::string& domain);

/// What is asked of the directory about a sender.
struct SenderLookups {
  std::function<bool(const mail::Address&)> domain_is_local;
  std::function<std::optional<mailstore::AccountId>(const mail::Address&)> account;
  std::function<bool(mailstore::AccountId, const mail::Address&)> may_send_as;
};

/// His own address, or what the account of that very address may send as; nobody (the null sender)
/// for all, as programs that want no answer use it.
bool may_send_as(const LocalUser& user, const mail::Address& sender, const SenderLookups& lookups);

}  // namespace smtpd
