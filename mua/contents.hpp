// What is in a message, part by part: of the server, so that an attachment isn't fetched to read
// three lines; of a message that is encrypted from memory, once it was opened (seals.hpp). What was
// opened is written nowhere.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "mail/piece_source.hpp"
#include "mua/memory_mail.hpp"
#include "mua/parts.hpp"
#include "mua/seals.hpp"
#include "mua/selection.hpp"

namespace mua {

/// The octets of BODY.PEEK[section], "": all of the message.
asio::awaitable<std::string> fetch_section(ImapSession& session, MessageRef ref,
                                           std::string section);

/// The same, handed on in pieces of 1 MiB, so that it is never whole in memory.
asio::awaitable<void> fetch_pieces(ImapSession& session, MessageRef ref, std::string section,
                                   mail::PieceWriter write);

class Contents {
 public:
  /// `structure` as the server told it. The message's mailbox is selected.
  Contents(ImapSession& session, MessageRef ref, std::optional<mail::imap::BodyPart> structure);

  /// Whether something can't be read before `open`, by the structure.
  bool is_wrapped() const { return crypt::is_wrapped(*structure_); }
  /// Fetches all of it and takes off what it is encrypted with. Failure when that can't be done.
  asio::awaitable<crypt::Opened> open();

  const Reading& reading() const { return reading_; }
  /// All texts that are read, one after the other.
  asio::awaitable<std::string> text();
  /// A part without its transfer encoding.
  asio::awaitable<std::string> decoded(mail::imap::BodyPart part);
  /// The same, handed on piece by piece.
  asio::awaitable<void> decode_into(mail::imap::BodyPart part, mail::PieceWriter write);
  /// The header as it came.
  asio::awaitable<std::string> header() { return section("HEADER"); }

 private:
  asio::awaitable<std::string> section(std::string name);

  ImapSession& session_;
  MessageRef ref_;
  // What reading_ points into stays where it is when this is moved.
  std::shared_ptr<const mail::imap::BodyPart> structure_;
  std::shared_ptr<const MemoryMail> opened_;
  Reading reading_;
};

asio::awaitable<Contents> fetch_contents(ImapSession& session, MessageRef ref);

}  // namespace mua
