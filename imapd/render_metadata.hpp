// The METADATA response (RFC 5464 §4.4.1), for GETMETADATA and for LIST with RETURN (METADATA ...).
#pragma once

#include <string>
#include <vector>

#include "imapd/enabled.hpp"
#include "mailstore/metadata.hpp"

namespace imapd {

/// What of an entry that was asked for is there; the entry itself with NIL when nothing is and
/// nothing below it was asked for.
void gather_metadata(std::vector<mailstore::Annotation>& found, mailstore::Account& account,
                     const mailstore::MetadataPlace& place, const std::string& entry,
                     mail::MetadataDepth depth = mail::MetadataDepth::kNone);

/// "* METADATA INBOX (/private/comment "mine")" as a whole line; nothing when there are none.
void append_metadata(std::string& out, std::string_view name,
                     const std::vector<mailstore::Annotation>& annotations, const Enabled& enabled);

/// "* METADATA INBOX /private/comment": these changed (RFC 5464 §4.4.2); "" is the server.
void append_metadata_names(std::string& out, std::string_view name,
                           const std::vector<std::string>& entries, const Enabled& enabled);

}  // namespace imapd
