// Which recipients somebody is seeing to, so that no recipient is with two attempts at a time, and
// how many of them one destination, and one sender there, holds: what is beyond its share waits on
// disk, where it costs nothing and keeps nobody else out. Plain bookkeeping; its owner has the
// lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "mailstore/queue.hpp"

namespace smtpd {

class Claims {
 public:
  enum class Answer { kTaken, kTakenBefore, kNoRoom };

  struct Recipient {
    mailstore::QueueId message = 0;
    std::int32_t number = 0;
    bool operator==(const Recipient&) const = default;
  };

  Answer claim_elsewhere(const Recipient& recipient, const std::string& domain,
                         const mail::Address& sender);
  /// While fewer than `most` local ones are claimed.
  Answer claim_local(const Recipient& recipient, std::size_t most);
  void release(const Recipient& recipient);

  /// True once after somebody was refused and half of what was in the way is gone: time to look at
  /// the disk again.
  bool has_room_again();

  static constexpr std::size_t kMostOfASender = 10'000;  ///< for one domain
  static constexpr std::size_t kMostOfADomain = 40'000;
  static constexpr std::size_t kMostElsewhere = 200'000;

 private:
  struct Hash {
    std::size_t operator()(const Recipient& recipient) const;
  };
  /// Of a sender in a domain, of a domain, of all.
  struct Share {
    std::string name;
    std::size_t most = 0;
    Share* whole = nullptr;  ///< what it is a part of
    std::size_t held = 0;
    std::size_t refused_at = 0;  ///< held when it had no room last; 0: it has had some since
  };

  Answer claim(const Recipient& recipient, Share& share);
  Share& share_of(const std::string& name, std::size_t most, Share& whole);
  void tidy(Share* share);
  void give_back(Share& share);

  std::unordered_map<Recipient, Share*, Hash> claims_;
  std::unordered_map<std::string, Share> shares_;  ///< by name, those that hold something
  Share local_{"", 0}, elsewhere_{"", kMostElsewhere};
  bool room_again_ = false;
};

}  // namespace smtpd
