#include "smtpd/claims.hpp"

#include <functional>
#include <utility>

namespace smtpd {

std::size_t Claims::Hash::operator()(const Recipient& recipient) const {
  return std::hash<std::int64_t>()(recipient.message * 1009 + recipient.number);
}

Claims::Share& Claims::share_of(const std::string& name, std::size_t most, Share& whole) {
  const auto [found, added] = shares_.try_emplace(name);
  if (added) found->second = {name, most, &whole};
  return found->second;
}

Claims::Answer Claims::claim(const Recipient& recipient, Share& share) {
  if (claims_.contains(recipient)) return Answer::kTakenBefore;
  for (Share* part = &share; part != nullptr; part = part->whole) {
    if (part->held < part->most) continue;
    part->refused_at = part->held;
    return Answer::kNoRoom;
  }
  claims_.emplace(recipient, &share);
  for (Share* part = &share; part != nullptr; part = part->whole) ++part->held;
  return Answer::kTaken;
}

Claims::Answer Claims::claim_elsewhere(const Recipient& recipient, const std::string& domain,
                                       const mail::Address& sender) {
  Share& of_domain = share_of(domain, kMostOfADomain, elsewhere_);
  Share& share = share_of(domain + " " + sender.to_string(), kMostOfASender, of_domain);
  const Answer answer = claim(recipient, share);
  if (answer != Answer::kTaken) tidy(&share);
  return answer;
}

Claims::Answer Claims::claim_local(const Recipient& recipient, std::size_t most) {
  local_.most = most;
  return claim(recipient, local_);
}

void Claims::give_back(Share& share) {
  --share.held;
  if (share.refused_at == 0 || share.held > share.refused_at / 2) return;
  share.refused_at = 0;
  room_again_ = true;
}

/// Empty shares are forgotten.
void Claims::tidy(Share* share) {
  while (share != nullptr && share->whole != nullptr && share->held == 0) {
    Share* const whole = share->whole;
    shares_.erase(std::string(share->name));
    share = whole;
  }
}

void Claims::release(const Recipient& recipient) {
  const auto found = claims_.find(recipient);
  if (found == claims_.end()) return;
  Share* const share = found->second;
  claims_.erase(found);
  for (Share* part = share; part != nullptr; part = part->whole) give_back(*part);
  tidy(share);
}

bool Claims::has_room_again() { return std::exchange(room_again_, false); }

}  // namespace smtpd
