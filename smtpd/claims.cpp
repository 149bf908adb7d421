#include "smtpd/claims.hpp"

#include <functional>
#include <utility>

namespace smtpd {

std::size_t Claims::Hash::operator()(const Key& key) const {
  return std::hash<std::int64_t>()(key.message * 1009 + key.number);
}

Claims::Answer Claims::claim(const Key& key, Share& share, bool room) {
  if (claims_.contains(key)) return Answer::kTakenBefore;
  if (!room) {
    share.refused_at = share.held;
    return Answer::kNoRoom;
  }
  claims_.emplace(key, &share);
  ++share.held;
  return Answer::kTaken;
}

Claims::Answer Claims::claim_elsewhere(mailstore::QueueId message, std::int32_t number,
                                       const std::string& domain) {
  if (elsewhere_.held >= kMostElsewhere) {
    return claim({message, number}, elsewhere_, false);
  }
  Share& share = domains_[domain];
  share.domain = domain;
  const Answer answer = claim({message, number}, share, share.held < kMostOfADomain);
  if (answer == Answer::kTaken) ++elsewhere_.held;
  if (share.held == 0) domains_.erase(domain);
  return answer;
}

Claims::Answer Claims::claim_local(mailstore::QueueId message, std::int32_t number,
                                   std::size_t most) {
  return claim({message, number}, local_, local_.held < most);
}

void Claims::regain(Share& share) {
  --share.held;
  if (share.refused_at == 0 || share.held > share.refused_at / 2) return;
  share.refused_at = 0;
  room_again_ = true;
}

void Claims::release(mailstore::QueueId message, std::int32_t number) {
  const auto found = claims_.find({message, number});
  if (found == claims_.end()) return;
  Share& share = *found->second;
  claims_.erase(found);
  regain(share);
  if (&share == &local_) return;
  regain(elsewhere_);
  if (share.held == 0) domains_.erase(std::string(share.domain));
}

bool Claims::has_room_again() { return std::exchange(room_again_, false); }

}  // namespace smtpd
