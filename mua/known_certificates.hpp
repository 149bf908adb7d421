// Which certificate each server of an account showed when it was last accepted, so that a change
// can be told when one is refused. It never makes one accepted. One line a server, beside the
// account's local store:
//
//   mail.example.test:993 2026-11-21 3f1c...(64 hexadecimal digits)
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "mua/account.hpp"

namespace mua {

struct KnownCertificate {
  std::string seen;    ///< the day it was first accepted
  std::string sha256;  ///< 64 hexadecimal digits
};

class KnownCertificates {
 public:
  /// Of an account that stands in no file nothing is kept.
  explicit KnownCertificates(const Account& account);

  std::optional<KnownCertificate> find(const Host& host) const;
  /// `digest`: the SHA-256 of the certificate, 32 octets; anything else is passed over.
  void keep(const Host& host, const std::string& digest) const;

 private:
  std::filesystem::path file_;
};

}  // namespace mua
