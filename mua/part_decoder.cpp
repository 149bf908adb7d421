#include "mua/part_decoder.hpp"

#include <utility>

#include "mail/transfer_encoding.hpp"

namespace mua {

std::string PartDecoder::feed(std::string_view piece) {
  if (mail::is_identity(encoding_)) return std::string(piece);
  held_ += piece;
  const std::size_t whole = mail::decodable_prefix(held_, encoding_);
  std::string out = mail::decode_transfer(std::string_view(held_).substr(0, whole), encoding_);
  held_.erase(0, whole);
  return out;
}

std::string PartDecoder::end() {
  return mail::decode_transfer(std::exchange(held_, ""), encoding_);
}

}  // namespace mua
