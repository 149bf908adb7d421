// What a message carries of its way: the Received field (RFC 5321 §4.4, with the protocol names of
// RFC 3848 and RFC 6531 §4.3) that each server adds at the top, and what final delivery puts above
// it. Pure text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mailstore/queue.hpp"

namespace smtpd {

struct Hop {
  std::string client_name;     ///< as EHLO or HELO gave it
  std::string client_address;  ///< "192.0.2.1", "2001:db8::1"; "" over a Unix socket
  std::string hostname;        ///< ours
  std::string protocol;        ///< protocol_name()
  std::string cipher;          ///< "" without TLS
  std::string id;              ///< of this reception, in the log too
  std::string recipient;       ///< "" when there are several: one must not learn of the other
  std::int64_t seconds = 0;    ///< since 1970
};

struct Protocol {
  enum class Kind { kSmtp, kEsmtp, kLmtp } kind = Kind::kEsmtp;  ///< HELO, EHLO, LHLO
  bool smtputf8 = false;
  bool encrypted = false;
  bool authenticated = false;
};

/// SMTP, ESMTP, ESMTPS, ESMTPA, ESMTPSA, LMTP, LMTPS; with SMTPUTF8 UTF8SMTP and so on.
std::string protocol_name(const Protocol& protocol);

/// The whole field, folded, with its CRLF.
std::string received_field(const Hop& hop);

/// A name for a reception that no other one of this server has.
std::string make_trace_id();

/// Return-Path and Delivered-To, put before the message at final delivery.
std::string delivery_head(const mailstore::QueuedMessage& message,
                          const mailstore::QueuedRecipient& recipient);

}  // namespace smtpd
