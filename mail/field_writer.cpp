#include "mail/field_writer.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/content_type.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"

namespace mail {
namespace {

constexpr std::size_t kFieldLineLength = 78;

bool is_control(char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }

std::string without_controls(std::string_view text) {
  std::string clean(text);
  std::erase_if(clean, is_control);
  return clean;
}

// A domain goes in A-labels when the local part is ASCII: such mail needs no SMTPUTF8.
std::string address_text(const Address& address) {
  if (is_ascii(address.local)) {
    const auto ascii = domain_to_ascii(address.domain);
    if (ascii && !is_ascii(address.domain)) return Address{address.local, *ascii}.to_string();
  }
  return without_controls(address.to_string());
}

std::size_t last_line_length(std::string_view text) {
  const std::size_t lf = text.rfind('\n');
  return lf == std::string_view::npos ? text.size() : text.size() - lf - 1;
}

// name-addr = [display-name] "<" addr-spec ">", begun at `column`
std::string mailbox_text(const NamedAddress& mailbox, std::size_t column) {
  const std::string address = address_text(mailbox.address);
  if (mailbox.name.empty()) return address;
  std::string text = encode_phrase(unfold(repair_utf8(mailbox.name)), column);
  const std::size_t used =
      text.find('\n') == std::string::npos ? column + text.size() : last_line_length(text);
  return text + (used + address.size() + 3 > kFieldLineLength ? "\r\n <" : " <") + address + '>';
}

}  // namespace

void append_text_field(std::string& out, std::string_view name, std::string_view utf8) {
  out += std::string(name) + ": ";
  out += encode_unstructured(unfold(repair_utf8(utf8)), name.size() + 2);
  out += "\r\n";
}

void append_address_field(std::string& out, std::string_view name,
                          const std::vector<NamedAddress>& list) {
  if (list.empty()) return;
  std::string line = std::string(name) + ": ";
  bool first = true;
  for (const NamedAddress& mailbox : list) {
    if (!first) line += ", ";
    std::string text = mailbox_text(mailbox, last_line_length(line));
    const bool too_long =
        last_line_length(line) + std::min(text.find('\r'), text.size()) + 1 > kFieldLineLength;
    if (!first && too_long) {
      line.back() = '\r';
      line += "\n ";
      text = mailbox_text(mailbox, 1);
    }
    line += text;
    first = false;
  }
  out += line + "\r\n";
}

void append_id_field(std::string& out, std::string_view name, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  out += std::string(name) + ':';
  std::string_view separator = " ";
  for (const std::string& id : ids) {
    out += separator;
    out += without_controls(id);
    separator = "\r\n ";
  }
  out += "\r\n";
}

void append_parameter_line(std::string& out, std::string_view name, std::string_view utf8) {
  const bool simple = is_ascii(utf8) && utf8.size() + name.size() < kFieldLineLength - 8 &&
                      std::none_of(utf8.begin(), utf8.end(),
                                   [](char c) { return is_control(c) || c == '"' || c == '\\'; });
  if (simple) {
    out += ";\r\n " + std::string(name) + "=\"" + std::string(utf8) + '"';
    return;
  }
  const std::string encoded = to_extended_value(repair_utf8(utf8));
  const std::size_t piece = kFieldLineLength - name.size() - 10;
  if (encoded.size() <= piece) {
    out += ";\r\n " + std::string(name) + "*=" + encoded;
    return;
  }
  std::size_t number = 0;
  for (std::size_t at = 0; at < encoded.size();) {
    std::size_t end = std::min(at + piece, encoded.size());
    const std::size_t percent = encoded.rfind('%', end - 1);  // an octet isn't cut
    if (end < encoded.size() && percent != std::string::npos && end - percent < 3) end = percent;
    out += ";\r\n " + std::string(name) + '*' + std::to_string(number++) +
           "*=" + encoded.substr(at, end - at);
    at = end;
  }
}

}  // namespace mail
