#include "mua/seals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mua/exit_code.hpp"
#include "mua/password.hpp"
#include "mua/screen/seal_lines.hpp"

namespace mua {

using crypt::Encryption;
using crypt::Signature;

namespace {

const char* name_of(Signature::Verdict verdict) {
  using Verdict = Signature::Verdict;
  switch (verdict) {
    case Verdict::kGood: return "good";
    case Verdict::kUntrusted: return "untrusted";
    case Verdict::kExpired: return "expired";
    case Verdict::kRevoked: return "revoked";
    case Verdict::kUnknownKey: return "unknown-key";
    case Verdict::kBad: return "bad";
    case Verdict::kUnchecked: break;
  }
  return "unchecked";
}

const char* name_of(Encryption::State state) {
  using State = Encryption::State;
  switch (state) {
    case State::kOpened: return "opened";
    case State::kLocked: return "locked";
    case State::kWrongWord: return "wrong-passphrase";
    case State::kNoKey: return "no-key";
    case State::kFailed: return "failed";
    case State::kUnchecked: break;
  }
  return "unchecked";
}

std::string passphrase_of(const std::string& key) {
  return password_from_prompt(fmt::format("Passphrase of {}: ", key.empty() ? "your key" : key));
}

const Encryption* find_state(const crypt::Opened& opened, Encryption::State state) {
  const auto found = std::find_if(opened.encryptions.begin(), opened.encryptions.end(),
                                  [state](const Encryption& one) { return one.state == state; });
  return found == opened.encryptions.end() ? nullptr : &*found;
}

/// What the reader on the screen says of this signature alone.
screen::Line line_of(const Signature& signature, const std::vector<mail::NamedAddress>& from) {
  return screen::seal_lines({{signature}, {}, ""}, from).front();
}

boost::json::object signature_json(const Signature& one,
                                   const std::vector<mail::NamedAddress>& from) {
  boost::json::array addresses;
  for (const std::string& address : one.addresses)
    addresses.push_back(boost::json::string(address));
  const screen::Line line = line_of(one, from);
  return {{"method", crypt::name_of(one.method)},
          {"verdict", name_of(one.verdict)},
          {"signer", one.signer},
          {"addresses", addresses},
          {"key", one.key},
          {"made_at", one.made_at},
          {"whole", one.all},
          {"good", line.tone == screen::Tone::kGood && one.all},
          {"words", line.text}};
}

}  // namespace

crypt::SealWish wish_for(const mail::Draft& draft) {
  crypt::SealWish wish;
  wish.sender = draft.from.address.to_string();
  for (const mail::Address& one : recipients(draft)) wish.recipients.push_back(one.to_string());
  return wish;
}

void require_keys(const crypt::SealWish& wish) {
  if (!wish.sign && !wish.encrypt) return;
  const std::string trouble = crypt::unavailable(crypt::Method::kOpenPgp);
  if (!trouble.empty()) throw Failure(ExitCode::kFailed, trouble);
  if (!wish.encrypt) return;
  std::vector<std::string> readers = wish.recipients;
  readers.push_back(wish.sender);
  const std::vector<std::string> missing = crypt::without_key(readers);
  if (missing.empty()) return;
  throw Failure(ExitCode::kFailed, fmt::format("there is no key for {}", fmt::join(missing, ", ")),
                "Take it into gpg's keys with gpg --import, or send it without --encrypt.");
}

std::string seal_message(std::string message, crypt::SealWish wish) {
  if (!wish.sign && !wish.encrypt) return message;
  auto sealed = crypt::seal(message, wish);
  if (!sealed && sealed.error().locked) {
    wish.passphrase = passphrase_of(sealed.error().key);
    sealed = crypt::seal(message, wish);
  }
  if (!sealed) {
    throw Failure(ExitCode::kFailed, "not sent: " + sealed.error().why,
                  "See gpg --list-secret-keys for the keys that can sign.");
  }
  return std::move(*sealed);
}

crypt::Opened open_seals(const std::string& octets) {
  crypt::Opened opened = crypt::open_message(octets, "");
  const Encryption* locked = find_state(opened, Encryption::State::kLocked);
  if (!locked) return opened;
  const std::string passphrase = passphrase_of(locked->key);
  opened = crypt::open_message(octets, passphrase);
  if (find_state(opened, Encryption::State::kWrongWord)) {
    throw Failure(ExitCode::kFailed, "that was not the passphrase", "Try again.");
  }
  return opened;
}

bool has_seals(const crypt::Opened& opened) {
  return !opened.signatures.empty() || !opened.encryptions.empty();
}

bool is_shut(const crypt::Opened& opened) {
  return std::any_of(opened.encryptions.begin(), opened.encryptions.end(),
                     [](const Encryption& one) { return one.state != Encryption::State::kOpened; });
}

bool all_good(const crypt::Opened& opened, const std::vector<mail::NamedAddress>& from) {
  return !is_shut(opened) &&
         std::all_of(opened.signatures.begin(), opened.signatures.end(), [&](const Signature& one) {
           const auto line = line_of(one, from);
           return line.tone == screen::Tone::kGood && one.all;
         });
}

std::string seals_text(const crypt::Opened& opened, const std::vector<mail::NamedAddress>& from) {
  std::string out;
  for (const screen::Line& line : screen::seal_lines(opened, from)) out += line.text + "\n";
  return out;
}

boost::json::object seals_json(const crypt::Opened& opened,
                               const std::vector<mail::NamedAddress>& from) {
  boost::json::array signatures, encryptions;
  for (const Signature& one : opened.signatures) signatures.push_back(signature_json(one, from));
  for (const Encryption& one : opened.encryptions) {
    encryptions.push_back({{"method", crypt::name_of(one.method)},
                           {"state", name_of(one.state)},
                           {"key", one.key},
                           {"why", one.why}});
  }
  return {{"signatures", signatures}, {"encryptions", encryptions}};
}

}  // namespace mua
