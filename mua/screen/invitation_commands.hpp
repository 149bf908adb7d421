// Answering an invitation: a mail to its organizer (RFC 5546, RFC 6047) by way of the outbox.
#pragma once

#include <string>

#include "mua/calendar/invitation.hpp"
#include "mua/screen/answer.hpp"

namespace mua::screen {

class Client;

/// `answer`: "accept", "tentative" or "decline"; "" asks which.
void answer_invitation(Client& client, const std::string& answer);

/// The mail; `text` is the calendar as it came. nullopt when it holds no event.
std::optional<mail::Draft> invitation_reply(const calendar::Invitation& invitation,
                                            std::string_view text, calendar::Standing answer,
                                            const Writer& writer, mail::DateTime now);

}  // namespace mua::screen
