// What was read of messages: their structure and the octets of single parts, as the server sent
// them. Parts come in pieces, so that a large attachment is never in memory and goes on where it
// stopped.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "mail/imap_fetched.hpp"
#include "mail/piece_source.hpp"
#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

class Bodies {
 public:
  explicit Bodies(LocalStore& store) : database_(store.database()) {}

  /// nullopt: not fetched yet; ask the engine (Engine::want_text).
  std::optional<mail::imap::BodyPart> structure(MessageId message);
  /// Whether all of the part is here. `number` is BodyPart::number, or "HEADER".
  bool has(MessageId message, std::string_view number);
  /// The octets as the server sent them (mua::part_text and mua::part_octets decode them); nullopt
  /// until all are here.
  std::optional<std::string> octets(MessageId message, std::string_view number);
  /// The same piece by piece; false when not all are here.
  bool each_piece(MessageId message, std::string_view number,
                  const std::function<void(std::string_view)>& take);
  /// The same, to be read while the store is open and the message there.
  mail::PieceSource source(MessageId message, std::string number);
  /// Whether all that is read of the message (mua::plan_reading) is here.
  bool readable(MessageId message);
  /// What is read, as text: mua::part_text of each text part; nullopt until `readable`.
  std::optional<std::string> text(MessageId message);

  // --- For the engine ---

  void keep_structure(MessageId message, const mail::imap::BodyPart& structure);
  /// Octets of it that are here already.
  std::uint64_t kept(MessageId message, std::string_view number);
  enum class Piece { kMore, kLast };
  void append(MessageId message, std::string_view number, std::string_view octets, Piece piece);
  /// Puts the text into the index once it is readable.
  void index_text(MessageId message);

 private:
  mailstore::Database& database_;
};

}  // namespace mua::sync
