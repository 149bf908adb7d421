// The Sender Rewriting Scheme (Meng Weng Wong, Shevek 2004; libsrs2's format): the envelope sender
// of a message that is forwarded becomes an address of the forwarding domain, so that SPF (RFC
// 7208) holds at the other end, and a bounce to it finds its way back. What is signed here is only
// taken back when the signature holds, for 21 days: nobody can make this server send to anywhere.
// Pure: the time is handed in.
//
//   SRS0=HHHHHH=TT=elsewhere.test=carol@example.test      carol@elsewhere.test, forwarded here
//   SRS1=HHHHHH=second.test==GGGG=TT=elsewhere.test=carol@example.test
//                                           SRS0=GGGG=TT=elsewhere.test=carol@second.test, again
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mail/address.hpp"
#include "mail/result.hpp"

namespace smtpd {

class Srs {
 public:
  /// `secret`: random octets that only this installation knows.
  explicit Srs(std::string secret) : secret_(std::move(secret)) {}

  /// The sender as it goes on from `domain`. `now` in seconds since 1970.
  mail::Address rewrite(const mail::Address& sender, std::string_view domain,
                        std::int64_t now) const;

  enum class Fault { kForged, kExpired };  ///< kForged: not signed here, or not of the scheme
  /// Where mail for one of our rewritten addresses has to go.
  mail::Result<mail::Address, Fault> original(const mail::Address& rewritten,
                                              std::int64_t now) const;

 private:
  std::string sign(std::string_view text) const;
  bool signed_here(std::string_view hash, std::string_view text) const;

  std::string secret_;
};

}  // namespace smtpd
