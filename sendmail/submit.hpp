// Handing a message to smtpd: mail::smtp::Client, the same that relays and mua speak, over the
// socket in the data folder. Who may send as whom is smtpd's to decide, by the user id that the
// kernel tells it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "mail/smtp_client.hpp"

namespace sendmail {

/// One outcome for each recipient. Throws Failure when smtpd can't be reached or takes no mail at
/// all now. `message.content` outlives the call.
std::vector<mail::smtp::RecipientOutcome> submit(const std::filesystem::path& socket,
                                                 const std::string& hostname,
                                                 const mail::smtp::OutgoingMessage& message);

}  // namespace sendmail
