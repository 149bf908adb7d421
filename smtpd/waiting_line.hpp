// Parcels that wait for one destination. Senders take turns, so that ten thousand messages of one
// don't keep another's single one waiting; one sender's go in the order they came. Recipients of a
// message that is waiting already join it: one transaction carries them all.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>

#include "smtpd/parcel.hpp"

namespace smtpd {

class WaitingLine {
 public:
  WaitingLine() = default;
  WaitingLine(const WaitingLine&) = delete;
  WaitingLine& operator=(const WaitingLine&) = delete;

  void push(const mail::Address& sender, Parcel parcel);
  /// Before all others: one that had its turn and could not be carried.
  void put_back(Parcel parcel);
  std::optional<Parcel> pop();

  bool empty() const { return size() == 0; }
  /// Of parcels.
  std::size_t size() const { return parcels_.size() + returned_.size(); }
  /// From now on messages are read anew when their turn comes.
  void forget_messages();

 private:
  using BySender = std::map<mail::Address, std::deque<mailstore::QueueId>>;

  std::unordered_map<mailstore::QueueId, Parcel> parcels_;
  BySender by_sender_;
  std::deque<BySender::iterator> turns_;  ///< every sender, once
  std::deque<Parcel> returned_;
};

}  // namespace smtpd
