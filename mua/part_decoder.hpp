// The transfer encoding of a part taken off piece by piece, so that a large attachment is never
// whole in memory (RFC 2045 §6).
#pragma once

#include <string>
#include <string_view>

namespace mua {

class PartDecoder {
 public:
  /// `encoding`: lower case, as BodyPart has it.
  explicit PartDecoder(std::string encoding) : encoding_(std::move(encoding)) {}

  /// What can be decoded by now.
  std::string feed(std::string_view piece);
  /// The rest.
  std::string end();

 private:
  std::string encoding_;
  std::string held_;  ///< not decodable alone
};

}  // namespace mua
