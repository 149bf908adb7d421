// Keywords of a mailbox as slots, so that a message's flags are one integer: bit 8 + slot. A slot
// once given keeps its keyword as long as the mailbox is there. Private to the room.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "mail/flags.hpp"
#include "mailstore/account.hpp"
#include "mailstore/messages.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

inline constexpr unsigned kFirstKeywordBit = 8;
inline constexpr std::size_t kMostKeywords = 55;

/// Index = slot.
std::vector<std::string> load_keywords(Database& database, MailboxId mailbox);

/// The bits of the flags; gives slots to new keywords, or says kTooManyKeywords.
Result<FlagBits, Failure> bits_for(Database& database, MailboxId mailbox,
                                   const mail::FlagSet& flags);
/// The bits of those of the flags that the mailbox has a slot for.
FlagBits known_bits(Database& database, MailboxId mailbox, const mail::FlagSet& flags);

/// Flag bits of one mailbox as those of another.
class FlagTranslation {
 public:
  /// Gives slots in `to` to the keywords among `used`.
  static Result<FlagTranslation, Failure> between(Database& database, MailboxId from, MailboxId to,
                                                  FlagBits used);
  FlagBits operator()(FlagBits flags) const;

 private:
  std::array<FlagBits, kMostKeywords> slots_{};
};

}  // namespace mailstore
