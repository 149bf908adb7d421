// How many connections a destination gets, and whether it gets any. One to begin with; more with
// every round of messages that went well, fewer after trouble, and then no more for a minute. A
// destination that can't be reached is dead for a while: what waits for it is not tried, however
// much that is. Pure arithmetic with moments in seconds since 1970.
#pragma once

#include <cstdint>
#include <string>

#include "conf/settings.hpp"

namespace smtpd {

class Window {
 public:
  /// Connections that may be open now.
  unsigned width(std::int64_t now) const;
  /// Something was carried there, or at least answered.
  void succeeded(const conf::RelaySettings& settings, std::int64_t now);
  /// A connection was refused, or broke off, while the destination is not given up.
  void shrink(std::int64_t now);

  struct Death {
    std::string reply;  ///< what is said of those who wait
    std::string host;   ///< who said it, "" if we did
    std::int64_t now = 0;
    double chance = 0.5;  ///< from 0 to 1, at random
  };
  /// It can't be reached, or connections to it break one after the other: dead for retry_first,
  /// twice as long each time, at most retry_longest and half an hour. One that is dead can't die.
  void die(const conf::RelaySettings& settings, const Death& death);
  /// A connection broke in the middle of a message. True: that was once too often in a row.
  bool broke(std::int64_t now);
  /// Somebody knows better: it is tried at once.
  void revive();

  bool dead(std::int64_t now) const { return now < dead_until_; }
  std::int64_t dead_until() const { return dead_until_; }
  const std::string& reply() const { return reply_; }
  const std::string& host() const { return host_; }
  /// Something went well since it was unknown, or dead.
  bool proven() const { return proven_; }
  /// Nothing bad is remembered of it.
  bool forgettable(std::int64_t now) const { return now > dead_until_ + kMemory; }

 private:
  static constexpr std::int64_t kMemory = 3600;

  double width_ = 1;
  bool proven_ = false;
  int deaths_ = 0;  ///< without a success between
  int breaks_ = 0;
  std::int64_t grows_from_ = 0;
  std::int64_t dead_until_ = 0;
  std::string reply_, host_;
};

}  // namespace smtpd
