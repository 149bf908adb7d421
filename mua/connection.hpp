// A TCP connection to a server of the account, with TLS as its settings want it. What goes wrong is
// a Failure that says which server, what happened and what to do about it.
#pragma once

#include <string>
#include <string_view>

#include "mail/sasl.hpp"
#include "mua/account.hpp"
#include "tls/stream.hpp"

namespace mua {

/// How long a server that has greeted may take to answer: a search of a large mailbox takes its
/// time. Until then `connect` allows 20 s, because a wrong port is often silent.
inline constexpr tls::Seconds kAnswerTimeout{180};

/// Connects, and makes the handshake when the account's security is TLS from the first octet.
/// `session`: of tls::Stream::session, from an earlier connection under the same settings.
asio::awaitable<tls::Stream> connect(Account account, Host host, std::string session = "");

/// The handshake of STARTTLS, the certificate checked against the account's CA and the host's name.
asio::awaitable<void> encrypt(tls::Stream& stream, Account account, Host host,
                              std::string session = "");

mail::ChannelBindings bindings_of(const tls::Stream& stream);

/// Words for what the stream threw.
Failure explain(const tls::StreamError& error, const Account& account, const Host& host);

}  // namespace mua
