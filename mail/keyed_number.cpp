#include "mail/keyed_number.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstring>
#include <new>
#include <string>

namespace mail {

std::uint64_t keyed_number(std::string_view secret, std::string_view text) {
  if (text.empty()) return 0;
  const std::string keyed = std::string(secret) + std::string(text);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  if (EVP_Digest(keyed.data(), keyed.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::bad_alloc();
  std::uint64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return number == 0 ? 1 : number;
}

}  // namespace mail
