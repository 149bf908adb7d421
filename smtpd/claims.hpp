// Which recipients somebody is seeing to, so that no recipient is with two attempts at a time, and
// how many of them one destination holds: what is beyond its share waits on disk, where it costs
// nothing and keeps nobody else out. Plain bookkeeping; its owner has the lock.
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

  /// A recipient elsewhere, counted for `domain`; at most `kMostOfADomain` and `kMostElsewhere`.
  Answer claim_elsewhere(mailstore::QueueId message, std::int32_t number,
                         const std::string& domain);
  /// A local one, while fewer than `most` of them are claimed.
  Answer claim_local(mailstore::QueueId message, std::int32_t number, std::size_t most);
  void release(mailstore::QueueId message, std::int32_t number);

  /// True once after somebody was refused and half of what was in the way is gone: time to look at
  /// the disk again.
  bool has_room_again();

  static constexpr std::size_t kMostOfADomain = 20'000;
  static constexpr std::size_t kMostElsewhere = 200'000;

 private:
  struct Key {
    mailstore::QueueId message;
    std::int32_t number;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  struct Share {
    std::string domain;  ///< "": local
    std::size_t held = 0;
    std::size_t refused_at = 0;  ///< held then; 0: nobody was refused since
  };

  Answer claim(const Key& key, Share& share, bool room);
  void regain(Share& share);

  std::unordered_map<Key, Share*, Hash> claims_;
  std::unordered_map<std::string, Share> domains_;  ///< nodes stay where they are
  Share local_, elsewhere_;                         ///< elsewhere_: the sum of domains_
  bool room_again_ = false;
};

}  // namespace smtpd
