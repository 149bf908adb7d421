#include "mail/base64.hpp"

#include <mimetic/codec/base64.h>

#include <array>
#include <cstdint>
#include <iterator>

namespace mail {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}

constexpr auto kValues = make_values();

std::size_t padding_of(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string base64_encode(std::string_view octets) {
  std::string text;
  text.reserve((octets.size() + 2) / 3 * 4);
  mimetic::Base64::Encoder one_line(0);
  one_line.process(octets.begin(), octets.end(), std::back_inserter(text));
  return text;
}

// mimetic's decoder skips what is no base64; this one refuses it.
// base64 = *(4base64-char) [base64-terminal]; base64-terminal = (2base64-char "==") / (3base64-char
// "=")
// "" and "YQ==" are good; "YQ", "YQ=", "YR==", "Y Q==" and "YQ==YQ==" are not.
std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const auto padding = padding_of(text);
  text.remove_suffix(padding);
  std::string octets;
  octets.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const unsigned char c : text) {
    if (kValues[c] == kNoDigit) return std::nullopt;
    bits = (bits << 6 | kValues[c]) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    octets += static_cast<char>(bits >> held & 0xff);
  }
  if ((bits & ((1u << held) - 1)) != 0) return std::nullopt;
  return octets;
}

}  // namespace mail
