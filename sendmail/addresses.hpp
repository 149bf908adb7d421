// Addresses as callers of sendmail write them: "root", "ann@far.test", "Ann <ann@far.test>, bob". A
// name without a domain belongs to the default domain. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/address.hpp"
#include "mail/result.hpp"

namespace sendmail {

/// The mailboxes of a list, comments and display names dropped; the error is the first that SMTP
/// can't be told of.
mail::Result<std::vector<mail::Address>, std::string> read_addresses(std::string_view list,
                                                                     const std::string& domain);

/// -f: one address; "" and "<>" are the null sender.
mail::Result<mail::Address, std::string> read_sender(std::string_view text,
                                                     const std::string& domain);

/// Of Resent-To, Resent-Cc and Resent-Bcc if there is any of them, else of To, Cc and Bcc; each
/// once (RFC 5322 §3.6.6).
mail::Result<std::vector<mail::Address>, std::string> header_recipients(std::string_view message,
                                                                        const std::string& domain);

/// Adds those that aren't there.
void add_once(std::vector<mail::Address>& to, const std::vector<mail::Address>& more);

}  // namespace sendmail
