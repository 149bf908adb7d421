// Mailbox names between the wire and the store, in the form the session speaks.
#pragma once

#include <string>
#include <string_view>

#include "imapd/enabled.hpp"
#include "imapd/reply.hpp"
#include "mail/result.hpp"

namespace imapd {

/// The store's name of what the client wrote, or the NO that says why it is none.
mail::Result<std::string, Reply> stored_name(std::string_view wire, const Enabled& enabled);
void append_name(std::string& out, std::string_view name, const Enabled& enabled);

/// NO for a mailbox that isn't there.
inline Reply no_such_mailbox() { return no("NONEXISTENT", "no such mailbox"); }

}  // namespace imapd
