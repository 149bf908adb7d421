// From the mailbox name a client wrote to the account it is in, the mailbox itself, and what the
// session's user may do with it (RFC 4314). Every command that names a mailbox comes through here,
// so this is where rights are asked for: whoever lacks one is told so (NOPERM) if he may know of
// the mailbox by LIST, else that there is none (RFC 4314 §6).
#pragma once

#include <string>

#include "imapd/reply.hpp"
#include "imapd/session.hpp"
#include "mail/rights.hpp"

namespace imapd {

/// Where a name leads; whether there is such a mailbox is another question.
struct Location {
  mailstore::AccountInfo owner;
  std::string name;    ///< in the owner's account
  std::string client;  ///< as the client knows it, in the spelling LIST shows

  bool is_own(const Session& session) const { return owner.id == session.account().id; }
};

/// The NO for a name that can't be one, or that names nobody who shares anything with the user.
asio::awaitable<mail::Result<Location, Reply>> find_location(Session& session, std::string wire);

/// A mailbox that is there and can be selected.
struct Reached {
  mailstore::AccountId account = 0;
  mailstore::MailboxInfo info;  ///< `name` is the client's name of it
  mail::Rights rights;
};

/// `needed`: all of them, or `any` when one of them will do.
enum class Need { kAll, kAny };
asio::awaitable<mail::Result<Reached, Reply>> reach(Session& session, std::string wire,
                                                    mail::Rights needed, Need need = Need::kAll);
/// The same from a location, on the pool, in its owner's account: for those who have one job to do
/// it all in.
mail::Result<Reached, Reply> reach_in(mailstore::Account& account, mailstore::AccountId user,
                                      const Location& location, mail::Rights needed,
                                      Need need = Need::kAll);

/// NO to somebody with these rights, of whom others are asked.
Reply refused_for(mail::Rights rights);
/// For APPEND, COPY and MOVE: a mailbox that isn't there may be created first (RFC 9051 §6.3.12).
Reply or_create_it(Reply reply);

}  // namespace imapd
