// What the commands move, delete, archive and flag did, so that `undo` can take it back: the last
// fifty, in a file beside the account's local store, readable by its owner alone. A deed is noted
// after the server confirmed it; one that the server did not say enough about (no COPYUID) isn't.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mua/account.hpp"
#include "mua/transfer.hpp"

namespace mua {

struct Deed {
  struct MovedBack {
    MessageRef now;
    std::string mailbox;  ///< where it was
    bool operator==(const MovedBack&) const = default;
  };
  struct FlaggedBack {
    MessageRef message;
    mail::FlagSet set, clear;  ///< what makes it as it was
    bool operator==(const FlaggedBack&) const = default;
  };
  std::int64_t made_at = 0;  ///< seconds since 1970
  std::string label;         ///< "delete 3 messages"
  std::vector<MovedBack> moved;
  std::vector<FlaggedBack> flagged;
};

class Deeds {
 public:
  explicit Deeds(const Account& account);

  void note(Deed deed);
  std::optional<Deed> last() const;
  void forget_last();
  /// Messages are elsewhere now: what was noted of them is about them there.
  void follow(const Moves& moves);

 private:
  std::vector<Deed> read() const;
  void write(const std::vector<Deed>& deeds) const;

  std::filesystem::path file_;
};

/// Of messages that were moved; what the server said no new id of is left out.
Deed deed_of(const Moves& moves, const std::string& verb);
/// Notes it with the time of now, and that messages are elsewhere by it. That it can't be noted is
/// no failure of what was done.
void note(const Account& account, Deed deed, const Moves& moves = {});

/// Moves messages to one mailbox and notes it. `verb`: "archive". Failure before anything is moved
/// when one isn't there.
asio::awaitable<Moves> move_and_note(ImapSession& session, MessageGroups groups, std::string target,
                                     std::string verb);

/// What makes flags as they were `before` once `add` was set and `remove` cleared.
Deed::FlaggedBack flags_back(const MessageRef& message, const mail::FlagSet& before,
                             const mail::FlagSet& add, const mail::FlagSet& remove);

}  // namespace mua
