#include "mail/charset.hpp"

#include <iconv.h>
#include <utf8proc.h>

#include <array>
#include <cerrno>
#include <utility>

#include "mail/ascii.hpp"

namespace mail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

using Alias = std::pair<std::string_view, const char*>;

// Names that senders use for a charset or for one it is a subset of; iconv takes all others as they
// are. ISO 8859-1 is read as windows-1252, as every mail client and the WHATWG encoding standard
// do.
constexpr std::array<Alias, 22> kAliases{{
    {"ks_c_5601-1987", "CP949"},
    {"ks_c_5601-1989", "CP949"},
    {"ksc5601", "CP949"},
    {"ks_c_5601", "CP949"},
    {"euc-kr", "CP949"},
    {"x-windows-949", "CP949"},
    {"cseuckr", "CP949"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"x-gbk", "GB18030"},
    {"hz-gb-2312", "HZ"},
    {"big5", "BIG5-HKSCS"},
    {"x-sjis", "CP932"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"iso-2022-jp", "ISO-2022-JP-2"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"tis-620", "WINDOWS-874"},
}};

/// An open iconv descriptor to UTF-8, or none.
class Converter {
 public:
  explicit Converter(const char* from) : descriptor_(iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (*this) iconv_close(descriptor_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  explicit operator bool() const { return descriptor_ != reinterpret_cast<iconv_t>(-1); }

  std::string convert(std::string_view octets);

 private:
  iconv_t descriptor_;
};

std::string Converter::convert(std::string_view octets) {
  std::string text;
  char* in = const_cast<char*>(octets.data());  // iconv's signature; it writes nothing there
  std::size_t left = octets.size();
  std::array<char, 4096> buffer;
  while (left > 0) {
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t result = iconv(descriptor_, &in, &left, &out, &room);
    const int error = result == static_cast<std::size_t>(-1) ? errno : 0;
    text.append(buffer.data(), out);
    if (error == 0 || error == E2BIG) continue;
    text += kReplacement;
    ++in;
    --left;
  }
  char* out = buffer.data();
  std::size_t room = buffer.size();
  iconv(descriptor_, nullptr, nullptr, &out, &room);  // what a stateful charset still holds
  text.append(buffer.data(), out);
  return text;
}

// Length of the valid UTF-8 sequence at the start of `text`, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  utf8proc_int32_t code = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  return length > 0 ? static_cast<std::size_t>(length) : 0;
}

bool means_unknown(std::string_view charset) {
  return charset.empty() || charset == "us-ascii" || charset == "ascii" ||
         charset == "unknown-8bit" || charset == "x-unknown" || charset == "8bit" ||
         charset == "binary" || charset == "default";
}

const char* iconv_name(const std::string& charset) {
  for (const auto& [alias, name] : kAliases) {
    if (charset == alias) return name;
  }
  return charset.c_str();
}

// Charset names are tokens; anything else is not handed to iconv, whose names take options.
bool is_name(std::string_view charset) {
  for (const char c : charset) {
    const bool good =
        is_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
    if (!good) return false;
  }
  return charset.size() <= 40;
}

// ISO 2022 and UTF-7 say everything in 7 bits, so that ASCII octets may be no ASCII text.
bool is_stateful(std::string_view charset) {
  return charset.starts_with("iso-2022") || charset.starts_with("utf-7") ||
         charset.starts_with("hz") || charset.starts_with("utf-16") ||
         charset.starts_with("utf-32") || charset.starts_with("unicode") ||
         charset.starts_with("ucs-") || charset.starts_with("csiso2022");
}

}  // namespace

bool is_utf8(std::string_view octets) {
  std::size_t i = 0;
  while (i < octets.size()) {
    if (!is_8bit(octets[i])) {
      ++i;
      continue;
    }
    const std::size_t length = sequence_length(octets.substr(i));
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string repair_utf8(std::string_view octets) {
  std::string text;
  text.reserve(octets.size());
  std::size_t i = 0;
  while (i < octets.size()) {
    const std::size_t length = is_8bit(octets[i]) ? sequence_length(octets.substr(i)) : 1;
    text += length == 0 ? kReplacement : octets.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return text;
}

std::string guess_utf8(std::string_view octets) {
  if (is_utf8(octets)) return std::string(octets);
  Converter windows("WINDOWS-1252");
  return windows ? windows.convert(octets) : repair_utf8(octets);
}

std::string to_utf8(std::string_view octets, std::string_view charset) {
  const std::string name = ascii_lower(trim(charset));
  if (!is_stateful(name) && is_ascii(octets)) return std::string(octets);
  if (means_unknown(name) || !is_name(name)) return guess_utf8(octets);
  if (name == "utf-8" || name == "utf8") return repair_utf8(octets);
  Converter converter(iconv_name(name));
  if (!converter) return guess_utf8(octets);
  // UCS-4 has numbers that are no characters, and iconv passes them.
  return repair_utf8(converter.convert(octets));
}

}  // namespace mail
