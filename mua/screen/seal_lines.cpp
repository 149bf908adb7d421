#include "mua/screen/seal_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mail/ascii.hpp"
#include "mua/rows.hpp"

namespace mua::screen {

namespace {

using crypt::Encryption;
using crypt::Signature;
using Verdict = Signature::Verdict;

bool is_from(const Signature& signature, const std::vector<mail::NamedAddress>& from) {
  if (from.empty()) return false;
  const std::string author = from.front().address.to_string();
  return std::any_of(
      signature.addresses.begin(), signature.addresses.end(),
      [&](const std::string& address) { return mail::same_ignoring_case(address, author); });
}

/// The key as people compare them: its last 16 digits.
std::string key_words(const Signature& signature) {
  const std::string& key = signature.key;
  const std::string end = key.size() > 16 ? key.substr(key.size() - 16) : key;
  return end.empty() ? crypt::name_of(signature.method)
                     : fmt::format("{} {}", crypt::name_of(signature.method), end);
}

std::string signer_of(const Signature& signature) {
  return signature.signer.empty() ? "somebody" : signature.signer;
}

Line verdict_line(const Signature& signature) {
  const std::string who = signer_of(signature), key = key_words(signature);
  switch (signature.verdict) {
    case Verdict::kGood:
      return {fmt::format("good signature by {} ({})", who, key), Tone::kGood, 0};
    case Verdict::kUntrusted:
      return {
          fmt::format("signed by {}, but nobody you trust says whose the key is ({})", who, key),
          Tone::kDim, 0};
    case Verdict::kExpired:
      return {fmt::format("signed by {}, but the key or the signature has expired ({})", who, key),
              Tone::kAlert, 0};
    case Verdict::kRevoked:
      return {fmt::format("signed by {}, but the key was revoked ({})", who, key), Tone::kAlert, 0};
    case Verdict::kUnknownKey:
      return {fmt::format("signed with a key that is not here; it can't be checked ({})", key),
              Tone::kDim, 0};
    case Verdict::kBad:
      return {fmt::format("BAD SIGNATURE: this is not what {} signed ({})", who, key), Tone::kAlert,
              0};
    case Verdict::kUnchecked: break;
  }
  return {fmt::format("signed ({}), not checked: {}", key, signature.why), Tone::kDim, 0};
}

Line signature_line(const Signature& signature, const std::vector<mail::NamedAddress>& from) {
  Line line = verdict_line(signature);
  const bool fits = signature.verdict == Verdict::kGood || signature.verdict == Verdict::kUntrusted;
  if (fits && !is_from(signature, from)) {
    const std::string author = from.empty() ? "nobody" : address_text(from.front());
    line.text += fmt::format("; but the mail says it is from {}", author);
    line.tone = Tone::kAlert;
  }
  if (!signature.all) line.text += "; only a part of this mail is signed";
  return line;
}

Line encryption_line(const Encryption& encryption) {
  const char* method = crypt::name_of(encryption.method);
  const std::string whose = encryption.key.empty() ? "your key" : "the key of " + encryption.key;
  switch (encryption.state) {
    case Encryption::State::kOpened: return {fmt::format("encrypted ({})", method), Tone::kGood, 0};
    case Encryption::State::kLocked:
      return {fmt::format("encrypted ({}): {} wants its passphrase; :verify asks for it", method,
                          whose),
              Tone::kAlert, 0};
    case Encryption::State::kWrongWord:
      return {fmt::format("encrypted ({}): that was not the passphrase of {}; :verify asks again",
                          method, whose),
              Tone::kAlert, 0};
    case Encryption::State::kNoKey:
      if (encryption.method == crypt::Method::kSmime) {
        return {
            "encrypted (S/MIME): there is no key to it here, or none that opens without a window "
            "to ask for its passphrase",
            Tone::kAlert, 0};
      }
      return {fmt::format("encrypted ({}) for others: you have no key to it", method), Tone::kAlert,
              0};
    case Encryption::State::kFailed:
      return {fmt::format("encrypted ({}), and it can't be read: {}", method, encryption.why),
              Tone::kAlert, 0};
    case Encryption::State::kUnchecked: break;
  }
  return {fmt::format("encrypted ({}), not opened: {}", method, encryption.why), Tone::kAlert, 0};
}

}  // namespace

std::vector<Line> seal_lines(const crypt::Opened& opened,
                             const std::vector<mail::NamedAddress>& from) {
  std::vector<Line> out;
  for (const Encryption& one : opened.encryptions) out.push_back(encryption_line(one));
  for (const Signature& one : opened.signatures) out.push_back(signature_line(one, from));
  return out;
}

}  // namespace mua::screen
