// Octets on their way through mua: in memory while they are few, else in a file of the temporary
// folder that has no name any more, so that nobody else reads it and nothing stays of it. A mail is
// composed into one and read from it twice: to be sent, and to be put into Sent.
//
//   Spool spool;
//   mail::compose(draft, bcc, spool.writer());
//   message.pieces = spool.source();
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mail/piece_source.hpp"

namespace mua {

class Spool {
 public:
  Spool();

  /// Failure when the temporary folder can't take it.
  void add(std::string_view octets);
  /// `add`; the spool outlives it.
  mail::PieceWriter writer();
  /// Of what is in it by now; it may outlive the spool.
  mail::PieceSource source() const;

 private:
  struct File;
  std::shared_ptr<File> file_;
};

}  // namespace mua
