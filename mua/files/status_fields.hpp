// Flags of a message in an mbox: the fields Status, X-Status and X-Keywords, which mail programs
// agree about since the nineties.
//
//   Status: RO               R read; O: it was there before
//   X-Status: AFDT           answered, flagged, deleted, draft
//   X-Keywords: $Forwarded work
//
// What mua writes stands at the top of the header. A message that has such fields of its own keeps
// them: when they would be taken for ours, an empty one of ours stands before them, and reading
// takes the first of each name and no other.
#pragma once

#include <string>
#include <string_view>

#include "mail/flags.hpp"

namespace mua::files {

/// The fields for these flags, lines ending in LF. `message` is the one they are put before.
std::string status_fields(const mail::FlagSet& flags, std::string_view message);

/// Takes the fields out of `message` (line ends LF or CRLF) and returns what they said.
mail::FlagSet take_status_fields(std::string& message);

}  // namespace mua::files
