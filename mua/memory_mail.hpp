// A message in memory, asked for like one in the local store: what was decrypted is read from here
// and never written anywhere.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "mail/imap_fetched.hpp"
#include "mail/part_scanner.hpp"

namespace mua {

class MemoryMail {
 public:
  explicit MemoryMail(std::string octets);

  const mail::imap::BodyPart& structure() const { return structure_; }
  /// By the number of a part (its octets are as they came, encoded), or "HEADER", "2.HEADER" of an
  /// attached message; nullopt when there is no such part.
  std::optional<std::string> octets(const std::string& number) const;

 private:
  mail::imap::BodyPart read(const mail::Part& part, const std::string& number);
  void read_message(const mail::Part& part, const std::string& prefix,
                    mail::imap::BodyPart& structure);

  std::string octets_;
  std::map<std::string, mail::Span> places_;
  mail::imap::BodyPart structure_;
};

}  // namespace mua
