#include "smtpd/waiting_line.hpp"

#include <utility>

namespace smtpd {

void WaitingLine::push(const mail::Address& sender, Parcel parcel) {
  const auto [place, added] = parcels_.try_emplace(parcel.id);
  Parcel& waiting = place->second;
  if (added) {
    const auto [line, is_new] = by_sender_.try_emplace(sender);
    if (is_new) turns_.push_back(line);
    line->second.push_back(parcel.id);
    waiting = std::move(parcel);
    return;
  }
  waiting.recipients.insert(waiting.recipients.end(), parcel.recipients.begin(),
                            parcel.recipients.end());
  // One copy knows what has become of all of them only when it is read anew.
  if (waiting.message != parcel.message) waiting.message.reset();
}

void WaitingLine::put_back(Parcel parcel) { returned_.push_front(std::move(parcel)); }

std::optional<Parcel> WaitingLine::pop() {
  if (!returned_.empty()) {
    Parcel parcel = std::move(returned_.front());
    returned_.pop_front();
    return parcel;
  }
  if (turns_.empty()) return std::nullopt;
  const BySender::iterator turn = turns_.front();
  turns_.pop_front();
  auto& line = turn->second;
  auto node = parcels_.extract(line.front());
  line.pop_front();
  if (line.empty()) {
    by_sender_.erase(turn);
  } else {
    turns_.push_back(turn);
  }
  return std::move(node.mapped());
}

void WaitingLine::forget_messages() {
  for (auto& [id, parcel] : parcels_) parcel.message.reset();
  for (Parcel& parcel : returned_) parcel.message.reset();
}

}  // namespace smtpd
