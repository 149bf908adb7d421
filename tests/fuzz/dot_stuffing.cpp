#include "mail/dot_stuffing.hpp"

#include "tests/fuzz/targets.hpp"

namespace {

struct Outcome {
  std::string message;
  std::size_t taken = 0;
  bool done = false, bare = false;
  bool operator==(const Outcome&) const = default;
};

Outcome receive(std::string_view octets, std::size_t chunk) {
  mail::DotReceiver receiver;
  Outcome outcome;
  while (outcome.taken < octets.size() && !receiver.done()) {
    outcome.taken += receiver.feed(octets.substr(outcome.taken, chunk), outcome.message);
  }
  outcome.done = receiver.done();
  outcome.bare = receiver.bare_line_end();
  if (outcome.bare) outcome.message.clear();
  return outcome;
}

}  // namespace

void fuzz::dot_stuffing(std::string_view octets) {
  const Outcome whole = receive(octets, octets.size());
  for (const std::size_t chunk : {1, 2, 3, 7}) check(receive(octets, chunk) == whole);
  const Outcome sent = receive(mail::dot_stuff(octets), 64);
  check(sent.done || sent.bare);
  if (!sent.bare) check(sent.message == octets || sent.message == std::string(octets) + "\r\n");
}
