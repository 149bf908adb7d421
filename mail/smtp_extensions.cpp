#include "mail/smtp_extensions.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace mail::smtp {

namespace {

std::string upper_keyword(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

/// Cuts the next word off the front of `text`.
std::string next_word(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
  std::string word = upper_keyword(text.substr(begin, end - begin));
  text.remove_prefix(end);
  return word;
}

void read_size(std::string_view rest, Extensions& found) {
  found.size = true;
  const std::string word = next_word(rest);
  std::uint64_t limit = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), limit);
  // 0 means that there is no fixed limit (RFC 1870 §4).
  if (error == std::errc() && end == word.data() + word.size() && limit != 0) found.limit = limit;
}

void read_auth(std::string_view rest, Extensions& found) {
  for (std::string word = next_word(rest); !word.empty(); word = next_word(rest)) {
    if (std::find(found.auth.begin(), found.auth.end(), word) == found.auth.end()) {
      found.auth.push_back(std::move(word));
    }
  }
}

// ehlo-line = ehlo-keyword *( SP ehlo-param )                              RFC 5321 §4.1.1.1
void read_line(std::string_view line, Extensions& found) {
  constexpr std::string_view kOldAuth = "AUTH=";
  if (upper_keyword(line.substr(0, kOldAuth.size())) == kOldAuth) {
    return read_auth(line.substr(kOldAuth.size()), found);
  }
  const std::string keyword = next_word(line);
  if (keyword == "PIPELINING") found.pipelining = true;
  if (keyword == "CHUNKING") found.chunking = true;
  if (keyword == "BINARYMIME") found.binarymime = true;
  if (keyword == "8BITMIME") found.eightbitmime = true;
  if (keyword == "SMTPUTF8") found.smtputf8 = true;
  if (keyword == "STARTTLS") found.starttls = true;
  if (keyword == "DSN") found.dsn = true;
  if (keyword == "REQUIRETLS") found.requiretls = true;
  if (keyword == "SIZE") read_size(line, found);
  if (keyword == "AUTH") read_auth(line, found);
}

}  // namespace

Extensions parse_extensions(const Reply& ehlo) {
  Extensions found;
  for (std::size_t i = 1; i < ehlo.lines.size(); ++i) read_line(ehlo.lines[i], found);
  return found;
}

}  // namespace mail::smtp
