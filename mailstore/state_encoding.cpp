#include "mailstore/state_encoding.hpp"

#include <algorithm>

namespace mailstore {

namespace {

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

std::optional<std::uint64_t> take_number(std::string_view& octets) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64 && !octets.empty(); shift += 7) {
    const auto octet = static_cast<unsigned char>(octets.front());
    octets.remove_prefix(1);
    number |= std::uint64_t{octet & 0x7fU} << shift;
    if (octet < 0x80) return number;
  }
  return std::nullopt;
}

std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}

std::int64_t unzigzag(std::uint64_t number) {
  return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

struct Run {
  std::uint64_t gap = 0, count = 0, rising = 0, flags = 0;
  std::int64_t change = 0;
};

std::optional<Run> take_run(std::string_view& octets) {
  const auto gap = take_number(octets);
  const auto count = take_number(octets);
  const auto flags = take_number(octets);
  const auto change = take_number(octets);
  if (!change) return std::nullopt;
  return Run{*gap, (*count >> 1) + 1, *count & 1, *flags, unzigzag(*change)};
}

bool continues(const MessageState& last, const MessageState& next, ModSeq step) {
  return next.uid == last.uid + 1 && next.flags == last.flags &&
         next.mod_seq == last.mod_seq + step;
}

}  // namespace

std::string encode_states(const std::vector<MessageState>& states) {
  std::string out;
  if (states.empty()) return out;
  Uid expected = states.front().uid & ~MessageStates::kInBlock;
  ModSeq before = 0;
  for (std::size_t begin = 0, end = 0; begin < states.size(); begin = end) {
    end = begin + 1;
    const ModSeq step = end < states.size() && continues(states[begin], states[end], 1) ? 1 : 0;
    while (end < states.size() && continues(states[end - 1], states[end], step)) ++end;
    put_number(out, states[begin].uid - expected);
    put_number(out, (end - begin - 1) << 1 | step);
    put_number(out, states[begin].flags);
    put_number(out, zigzag(static_cast<std::int64_t>(states[begin].mod_seq - before)));
    expected = states[end - 1].uid + 1;
    before = states[end - 1].mod_seq;
  }
  return out;
}

std::optional<std::vector<MessageState>> decode_states(std::string_view octets, Uid prefix) {
  std::vector<MessageState> states;
  const std::uint64_t first = std::uint64_t{prefix} << MessageStates::kBlockBits;
  const std::uint64_t end = first + MessageStates::kInBlock + 1;
  std::uint64_t uid = first;
  ModSeq mod_seq = 0;
  while (!octets.empty()) {
    const auto run = take_run(octets);
    if (!run || run->gap >= end - uid || run->count > end - uid - run->gap) return std::nullopt;
    uid += run->gap;
    mod_seq += static_cast<ModSeq>(run->change);
    for (std::uint64_t i = 0; i < run->count; ++i, ++uid)
      states.push_back({static_cast<Uid>(uid), mod_seq + i * run->rising, run->flags});
    mod_seq = states.back().mod_seq;
  }
  return states;
}

}  // namespace mailstore
