// The commands an IMAP client gives (RFC 9051 §6), as values: a verb and its arguments. Strings and
// mailbox names are written only when a command is sent, because their form (atom, quoted, literal,
// modified UTF-7) depends on the text and on what the server can. Contents of literals belong to
// the caller until the command is done.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/flags.hpp"
#include "mail/mailbox_name.hpp"
#include "mail/piece_source.hpp"
#include "mail/search_key.hpp"
#include "mail/sequence_set.hpp"

namespace mail::imap {

/// One command. Pieces are written one after the other; spaces are part of text pieces.
struct Request {
  enum class Kind { kText, kAString, kMailbox, kLiteral };
  struct Piece {
    Kind kind = Kind::kText;
    std::string text;         ///< kText as it is, kAString and kMailbox as UTF-8
    std::string_view octets;  ///< kLiteral
    PieceSource source{};     ///< kLiteral: where set, in place of `octets`
  };
  std::vector<Piece> pieces;

  Request& text(std::string words);
  Request& astring(std::string value);
  Request& mailbox(std::string name);
  Request& literal(std::string_view octets);
  Request& literal(PieceSource source);
};

Request capability();
Request noop();
Request logout();
/// Runs until Client::end_idle; RFC 2177.
Request idle();
Request get_namespace();
/// `ID ("name" "mua")`; RFC 2971.
Request id(const std::vector<std::pair<std::string, std::string>>& fields);
Request enable(const std::string& capabilities);

/// `LIST "" pattern`; with `return_options` as RFC 5258: "SPECIAL-USE", "" for none.
Request list(std::string pattern, const std::string& return_options = "");
Request status(std::string mailbox, const std::string& items);
Request create(std::string mailbox);
Request subscribe(std::string mailbox);

enum class Access { kReadWrite, kReadOnly };
Request select(std::string mailbox, Access access);

/// `items` as FETCH has them: "(UID FLAGS)".
Request fetch(const SequenceSet& sequence, const std::string& items);
Request uid_fetch(const SequenceSet& uids, const std::string& items);

/// UID SEARCH, with CHARSET UTF-8 when a text needs it.
Request uid_search(const SearchKey& key);

enum class FlagChange { kAdd, kRemove, kReplace };
Request uid_store(const SequenceSet& uids, FlagChange change, const FlagSet& flags);
Request uid_copy(const SequenceSet& uids, std::string mailbox);
Request uid_move(const SequenceSet& uids, std::string mailbox);
/// UID EXPUNGE of RFC 4315.
Request uid_expunge(const SequenceSet& uids);

Request append(std::string mailbox, const FlagSet& flags, std::string_view content);
/// Content that is not whole in memory.
Request append(std::string mailbox, const FlagSet& flags, PieceSource content);

/// What a command looks like on the wire, cut where the client has to wait for the server's "+".
struct WirePiece {
  std::string text;         ///< used when `octets` is empty
  std::string_view octets;  ///< of a large literal, not copied
  bool wait = false;        ///< only after "+"
  PieceReader rest{};       ///< where set, what follows `text`, to be read once that is written
  std::string_view view() const { return octets.empty() ? std::string_view(text) : octets; }
};

struct WireForm {
  NameForm names = NameForm::kModifiedUtf7;
  /// Largest literal that needs no "+": LITERAL+ any, LITERAL- 4096 octets (RFC 7888).
  std::uint64_t nonsynchronizing = 0;
};

std::vector<WirePiece> render(const std::string& tag, const Request& request, const WireForm& form);

}  // namespace mail::imap
