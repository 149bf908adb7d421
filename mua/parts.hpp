// Which parts of a message a person reads and which are attachments, from its structure alone, so
// that an attachment isn't fetched to read three lines.
#pragma once

#include <string>
#include <vector>

#include "mail/imap_fetched.hpp"

namespace mua {

/// A part that is listed and can be saved, with the name it is saved as.
struct AttachedPart {
  const mail::imap::BodyPart* part = nullptr;
  std::string name;
};

/// What is read and what is attached, in the order of the message. Of alternatives the plain text
/// is read, or else the HTML. A signature that stands beside what it signs is neither.
struct Reading {
  std::vector<const mail::imap::BodyPart*> texts;
  std::vector<AttachedPart> attachments;
  /// The invitation (text/calendar), which is among the attachments too; nullptr: none.
  const mail::imap::BodyPart* calendar = nullptr;

  /// What has to be here before the message can be read.
  std::vector<const mail::imap::BodyPart*> needed() const;
};

/// The pointers are into `structure`.
Reading plan_reading(const mail::imap::BodyPart& structure);

/// A text part's octets, as they came, as UTF-8 text with LF line ends; HTML turned into text.
std::string part_text(const mail::imap::BodyPart& part, const std::string& octets);

/// Any part's octets without their transfer encoding.
std::string part_octets(const mail::imap::BodyPart& part, const std::string& octets);

}  // namespace mua
