// How long another server may take: each step has the minutes of RFC 5321 §4.5.3.2, a piece of a
// message (64 KiB) must be taken in its own, and all steps together have a bound that grows with
// the work, so that a peer who dribbles an octet now and then holds nobody up for long. Pure.
#pragma once

#include <cstddef>

#include "mail/smtp_client.hpp"
#include "tls/stream.hpp"

namespace smtpd {

struct Patience {
  tls::Seconds greeting{300};  ///< §4.5.3.2.1
  tls::Seconds command{300};   ///< §4.5.3.2.2, §4.5.3.2.3; EHLO, STARTTLS and AUTH too
  tls::Seconds handshake{60};
  tls::Seconds data{120};      ///< §4.5.3.2.4
  tls::Seconds piece{180};     ///< §4.5.3.2.5
  tls::Seconds content{600};   ///< §4.5.3.2.6
  tls::Seconds quit{10};       ///< nothing depends on it any more
  tls::Seconds session{1800};  ///< a message of no size for nobody, with all that opens the session

  /// For the whole of the reply awaited at that stage.
  tls::Seconds of(mail::smtp::Stage stage) const;
  /// For all that a message takes: ten seconds a recipient and one for each 256 octets on top.
  tls::Seconds whole(std::size_t recipients, std::size_t octets) const;
};

}  // namespace smtpd
