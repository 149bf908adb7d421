// The settings a domain publishes as a file for mail clients (Mozilla's autoconfig, format 1.1).
// Pure.
//
//   <clientConfig version="1.1"><emailProvider id="example.test">
//     <incomingServer type="imap"><hostname>mail.example.test</hostname><port>993</port>
//       <socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
//     <outgoingServer type="smtp">...</outgoingServer>
//   </emailProvider></clientConfig>
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/result.hpp"
#include "mua/welcome/proposal.hpp"

namespace mua::welcome {

/// Of servers of a kind the first with TLS, else the first with STARTTLS; those without either are
/// passed over. The error says what is missing.
mail::Result<Proposal, std::string> parse_autoconfig(std::string_view xml,
                                                     std::string_view address);

}  // namespace mua::welcome
