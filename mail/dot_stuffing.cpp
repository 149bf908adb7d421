#include "mail/dot_stuffing.hpp"

#include <cstring>

namespace mail {
namespace {

const char* find(const char* begin, const char* end, char c) {
  const void* const found = std::memchr(begin, c, static_cast<std::size_t>(end - begin));
  return found == nullptr ? end : static_cast<const char*>(found);
}

}  // namespace

std::size_t DotReceiver::feed(std::string_view octets, std::string& message) {
  std::size_t taken = 0;
  while (taken < octets.size() && state_ != State::kDone) {
    if (state_ == State::kLineStart || state_ == State::kText) {
      taken += take_text(octets.substr(taken), message);
    }
    if (taken < octets.size()) take_octet(octets[taken++], message);
  }
  return taken;
}

// The fast way: text and whole lines up to the first octet that needs a decision are appended
// together. Each octet is looked at twice at most, whatever it is.
std::size_t DotReceiver::take_text(std::string_view octets, std::string& message) {
  const char* const begin = octets.data();
  const char* const end = begin + octets.size();
  const char* at = begin;
  while (at != end && !(state_ == State::kLineStart && *at == '.')) {
    const char* const cr = find(at, end, '\r');
    if (find(at, cr, '\n') != cr) bare_ = true;
    if (cr != at) state_ = State::kText;
    const bool line_end = end - cr >= 2 && cr[1] == '\n';
    at = line_end ? cr + 2 : cr;
    if (!line_end) break;
    state_ = State::kLineStart;
  }
  append({begin, static_cast<std::size_t>(at - begin)}, message);
  return static_cast<std::size_t>(at - begin);
}

// One octet where something has to be decided: dots, line ends, and what follows them.
void DotReceiver::take_octet(char octet, std::string& message) {
  const bool after_cr = state_ == State::kCr || state_ == State::kDotCr;
  if (after_cr && octet == '\n') {
    const bool end = state_ == State::kDotCr;
    if (!end) append("\r\n", message);
    state_ = end ? State::kDone : State::kLineStart;
    return;
  }
  if (after_cr || octet == '\n') bare_ = true;
  if (octet == '\r') {
    state_ = state_ == State::kDot ? State::kDotCr : State::kCr;
  } else if (octet == '.' && state_ == State::kLineStart) {
    state_ = State::kDot;
  } else {
    append({&octet, 1}, message);
    state_ = State::kText;
  }
}

void DotReceiver::append(std::string_view octets, std::string& message) {
  if (!bare_) message.append(octets);
}

void DotSender::feed(std::string_view octets, std::string& out) {
  std::size_t begin = 0;
  while (begin < octets.size()) {
    if (last_ == '\n' && octets[begin] == '.') out += '.';
    const std::size_t lf = octets.find('\n', begin);
    const std::size_t end = lf == std::string_view::npos ? octets.size() : lf + 1;
    out.append(octets.substr(begin, end - begin));
    before_ = end - begin > 1 ? octets[end - 2] : last_;
    last_ = octets[end - 1];
    begin = end;
  }
}

void DotSender::finish(std::string& out) const {
  if (before_ != '\r' || last_ != '\n') out += "\r\n";
  out += ".\r\n";
}

std::string dot_stuff(std::string_view message) {
  std::string out;
  out.reserve(message.size() + message.size() / 64 + 8);
  DotSender sender;
  sender.feed(message, out);
  sender.finish(out);
  return out;
}

}  // namespace mail
