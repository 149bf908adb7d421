#include "mail/mailbox_name.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"

namespace mail {

namespace {

constexpr std::string_view kMailboxAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

void append_codepoint(std::string& out, std::uint32_t codepoint) {
  std::array<utf8proc_uint8_t, 4> octets{};
  auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(codepoint), octets.data());
  out.append(reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(size));
}

bool is_printable(char octet) { return octet >= 0x20 && octet < 0x7f; }

// The UTF-16 of one shift, big endian, as its units; nullopt when bits are left over.
std::optional<std::u16string> decode_shift(std::string_view base64) {
  std::u16string units;
  std::uint32_t bits = 0;
  int count = 0;
  for (char digit : base64) {
    auto value = kMailboxAlphabet.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0x3fffff;
    count += 6;
    if (count < 16) continue;
    count -= 16;
    units += static_cast<char16_t>(bits >> count & 0xffff);
  }
  bool leftover = count >= 6 || (bits & ((1u << count) - 1)) != 0;
  if (leftover) return std::nullopt;
  return units;
}

// Appends UTF-16 as UTF-8; false for lone surrogates and for what should have stood as ASCII.
bool append_utf16(std::string& out, std::u16string_view units) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    std::uint32_t unit = units[i];
    if (unit >= 0x20 && unit < 0x7f) return false;
    if (unit >= 0xdc00 && unit <= 0xdfff) return false;
    if (unit >= 0xd800 && unit <= 0xdbff) {
      if (i + 1 == units.size() || units[i + 1] < 0xdc00 || units[i + 1] > 0xdfff) return false;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (units[++i] - 0xdc00u);
    }
    append_codepoint(out, unit);
  }
  return true;
}

// "&Jjo-" → "☺"; "&-" → "&"
std::optional<std::string> decode_modified_utf7(std::string_view wire) {
  std::string name;
  while (!wire.empty()) {
    if (wire.front() != '&') {
      name += wire.front();
      wire.remove_prefix(1);
      continue;
    }
    auto end = wire.find('-');
    if (end == std::string_view::npos) return std::nullopt;
    auto shifted = wire.substr(1, end - 1);
    wire.remove_prefix(end + 1);
    if (shifted.empty()) {
      name += '&';
      continue;
    }
    auto units = decode_shift(shifted);
    if (!units || !append_utf16(name, *units)) return std::nullopt;
  }
  return name;
}

void append_shift(std::string& out, std::u16string_view units) {
  std::uint32_t bits = 0;
  int count = 0;
  out += '&';
  for (char16_t unit : units) {
    bits = bits << 16 | unit;
    for (count += 16; count >= 6; count -= 6) out += kMailboxAlphabet[bits >> (count - 6) & 63];
    bits &= (1u << count) - 1;
  }
  if (count > 0) out += kMailboxAlphabet[bits << (6 - count) & 63];
  out += '-';
}

void append_unit(std::u16string& units, std::uint32_t codepoint) {
  if (codepoint < 0x10000) {
    units += static_cast<char16_t>(codepoint);
    return;
  }
  units += static_cast<char16_t>(0xd800 + ((codepoint - 0x10000) >> 10));
  units += static_cast<char16_t>(0xdc00 + ((codepoint - 0x10000) & 0x3ff));
}

std::string encode_modified_utf7(std::string_view name) {
  std::string wire;
  std::u16string shifted;
  auto flush = [&] {
    if (!shifted.empty()) append_shift(wire, shifted);
    shifted.clear();
  };
  while (!name.empty()) {
    utf8proc_int32_t codepoint = 0;
    auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                 static_cast<utf8proc_ssize_t>(name.size()), &codepoint);
    if (size <= 0) {
      codepoint = 0xfffd;
      size = 1;
    }
    if (size == 1 && is_printable(name.front())) {
      flush();
      wire += name.front();
      if (name.front() == '&') wire += '-';
    } else {
      append_unit(shifted, static_cast<std::uint32_t>(codepoint));
    }
    name.remove_prefix(static_cast<std::size_t>(size));
  }
  flush();
  return wire;
}

}  // namespace

std::optional<std::string> decode_mailbox_name(std::string_view wire, NameForm form) {
  if (!is_utf8(wire)) return std::nullopt;
  if (form == NameForm::kUtf8 || !is_ascii(wire)) return std::string(wire);
  return decode_modified_utf7(wire);
}

std::string encode_mailbox_name(std::string_view name, NameForm form) {
  return form == NameForm::kUtf8 ? std::string(name) : encode_modified_utf7(name);
}

std::string canonical_mailbox_name(std::string name) {
  bool is_inbox = same_ignoring_case(std::string_view(name).substr(0, 5), "INBOX") &&
                  (name.size() == 5 || name[5] == '/');
  if (is_inbox) name.replace(0, 5, "INBOX");
  return name;
}

bool mailbox_matches(std::string_view pattern, std::string_view name) {
  // reachable[i]: the pattern so far can have matched name[0, i).
  std::string folded = canonical_mailbox_name(std::string(pattern));
  std::vector<char> reachable(name.size() + 1, 0);
  reachable[0] = 1;
  for (char wanted : folded) {
    if (wanted == '*' || wanted == '%') {
      for (std::size_t i = 0; i < name.size(); ++i) {
        if (reachable[i] && (wanted == '*' || name[i] != '/')) reachable[i + 1] = 1;
      }
      continue;
    }
    for (std::size_t i = name.size(); i > 0; --i) {
      reachable[i] = reachable[i - 1] && name[i - 1] == wanted;
    }
    reachable[0] = 0;
  }
  return reachable[name.size()] != 0;
}

}  // namespace mail
