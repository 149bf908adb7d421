#include "mail/thread_number.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <string>

#include "mail/header.hpp"

namespace mail {

namespace {

// Cut to 63 bits, so that any database holds it: two conversations of an account are as good as
// never taken for one.
std::int64_t number_of(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL has no SHA-256");
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | digest[i];
  number &= INT64_MAX;
  return number == 0 ? 1 : static_cast<std::int64_t>(number);
}

// msg-id = "<" id-left "@" id-right ">"      the first of the field's value, "" if there is none
std::string first_id(std::string_view header, std::string_view field) {
  const std::string value = field_value(header, field);
  const std::size_t begin = value.find('<');
  if (begin == std::string::npos) return {};
  const std::size_t end = value.find('>', begin);
  if (end == std::string::npos) return {};
  return value.substr(begin, end - begin + 1);
}

}  // namespace

std::int64_t thread_number(std::string_view header) {
  for (const auto field : {"references", "in-reply-to", "message-id"}) {
    const std::string id = first_id(header, field);
    if (!id.empty()) return number_of(id);
  }
  return number_of(header);
}

}  // namespace mail
