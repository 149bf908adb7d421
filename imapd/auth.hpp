// Who may log in: names completed, passwords and SCRAM keys asked of the directory on the pool,
// because argon2id takes tens of milliseconds.
#pragma once

#include <optional>
#include <string>

#include "imapd/session.hpp"
#include "mail/sasl.hpp"

namespace imapd {

/// A bare local part belongs to the default domain.
std::string complete_login(const Session& session, const std::string& user);

asio::awaitable<std::optional<mailstore::AccountInfo>> verify(Session& session, std::string user,
                                                              std::string password);

/// One SASL exchange from the mechanism's first step to its end: challenges are written, responses
/// read. The account, or how it failed.
asio::awaitable<mail::Result<mailstore::AccountInfo, Reply>> exchange(
    Session& session, mail::SaslServer& server, std::optional<std::string> initial_response);

}  // namespace imapd
