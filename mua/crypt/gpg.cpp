#include "mua/crypt/gpg.hpp"

#include <fmt/format.h>
#include <gpgme.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <utility>

#include "mail/ascii.hpp"
#include "mua/printable.hpp"

namespace mua::crypt {

namespace {

// What decrypted mail may come to: a few KB can hold gigabytes of compressed zeros.
constexpr std::size_t kMostOctets = 256u << 20;

struct Deleter {
  void operator()(gpgme_context* context) const { gpgme_release(context); }
  void operator()(gpgme_data* octets) const { gpgme_data_release(octets); }
  void operator()(_gpgme_key* key) const { gpgme_key_unref(key); }
};
using Context = std::unique_ptr<gpgme_context, Deleter>;
using Octets = std::unique_ptr<gpgme_data, Deleter>;
using Key = std::unique_ptr<_gpgme_key, Deleter>;

gpgme_protocol_t protocol_of(Method method) {
  return method == Method::kOpenPgp ? GPGME_PROTOCOL_OpenPGP : GPGME_PROTOCOL_CMS;
}

void begin() {
  static const char* const version = gpgme_check_version(nullptr);
  (void)version;
}

std::string words_of(gpgme_error_t error) { return printable(gpgme_strerror(error)); }

Context make_context(Method method) {
  begin();
  gpgme_ctx_t made = nullptr;
  if (gpgme_new(&made) != 0) throw std::bad_alloc();
  Context context(made);
  gpgme_set_protocol(made, protocol_of(method));
  gpgme_set_offline(made, 1);
  gpgme_set_ctx_flag(made, "auto-key-retrieve", "0");
  gpgme_set_armor(made, 1);
  return context;
}

/// Views the octets, which outlive it.
Octets view_of(std::string_view octets) {
  gpgme_data_t made = nullptr;
  if (gpgme_data_new_from_mem(&made, octets.data(), octets.size(), 0) != 0) throw std::bad_alloc();
  return Octets(made);
}

/// Takes what comes, up to kMostOctets.
class Sink {
 public:
  Sink() {
    gpgme_data_t made = nullptr;
    if (gpgme_data_new_from_cbs(&made, &callbacks_, this) != 0) throw std::bad_alloc();
    octets_.reset(made);
  }
  gpgme_data_t get() const { return octets_.get(); }
  std::string take() { return std::move(text_); }

 private:
  static ssize_t write(void* self, const void* octets, size_t size) {
    std::string& text = static_cast<Sink*>(self)->text_;
    if (text.size() + size > kMostOctets) {
      errno = EFBIG;
      return -1;
    }
    text.append(static_cast<const char*>(octets), size);
    return static_cast<ssize_t>(size);
  }

  gpgme_data_cbs callbacks_{nullptr, write, nullptr, nullptr};
  std::string text_;
  Octets octets_;
};

/// Gives the passphrase once, and remembers what was asked.
class Passphrase {
 public:
  Passphrase(gpgme_ctx_t context, Method method, const std::string& word) : word_(word) {
    if (method == Method::kOpenPgp) {
      gpgme_set_pinentry_mode(context, GPGME_PINENTRY_MODE_LOOPBACK);
      gpgme_set_passphrase_cb(context, give, this);
    } else if (!std::getenv("DISPLAY") && !std::getenv("WAYLAND_DISPLAY")) {
      // gpgsm takes none from us, and the agent's own question would write over the screen.
      gpgme_set_pinentry_mode(context, GPGME_PINENTRY_MODE_ERROR);
    }
  }
  Passphrase(const Passphrase&) = delete;
  Passphrase& operator=(const Passphrase&) = delete;

  bool asked() const { return asked_; }
  const std::string& key() const { return key_; }

 private:
  /// `hint`: "0123456789ABCDEF Ann Miller <ann@x.test>"
  static gpgme_error_t give(void* hook, const char* hint, const char*, int was_bad, int file) {
    auto& self = *static_cast<Passphrase*>(hook);
    self.asked_ = true;
    const std::string_view words = hint ? hint : "";
    self.key_ = printable(words.substr(std::min(words.find(' ') + 1, words.size())));
    if (self.word_.empty() || was_bad) return gpgme_error(GPG_ERR_CANCELED);
    const std::string line = self.word_ + "\n";
    gpgme_io_writen(file, line.data(), line.size());
    return 0;
  }

  const std::string& word_;
  bool asked_ = false;
  std::string key_;
};

std::string address_in(const char* text) {
  std::string_view address = text ? text : "";
  if (address.starts_with('<')) address.remove_prefix(1);
  if (address.ends_with('>')) address.remove_suffix(1);
  return printable(address);
}

/// "CN=Ann Miller,O=Harbour" → "Ann Miller"
std::string common_name(std::string_view distinguished) {
  const std::size_t begin = distinguished.find("CN=");
  if (begin == std::string_view::npos) return "";
  const std::string_view rest = distinguished.substr(begin + 3);
  return printable(rest.substr(0, rest.find(',')));
}

/// Only what somebody vouches for where anything of it is vouched for: a key can claim any address.
void take_owner(const Key& key, Signature& out) {
  gpgme_validity_t best = GPGME_VALIDITY_UNKNOWN;
  for (gpgme_user_id_t id = key->uids; id; id = id->next) best = std::max(best, id->validity);
  std::string name;
  for (gpgme_user_id_t id = key->uids; id; id = id->next) {
    const bool vouched = best < GPGME_VALIDITY_MARGINAL || id->validity >= GPGME_VALIDITY_MARGINAL;
    if (id->revoked || id->invalid || !vouched) continue;
    if (name.empty() && id->name) name = printable(id->name);
    if (name.empty() && id->uid) name = common_name(id->uid);
    const std::string address = address_in(id->email);
    if (!address.empty()) out.addresses.push_back(address);
  }
  const std::string address = out.addresses.empty() ? "" : out.addresses.front();
  if (name.empty())
    out.signer = address;
  else
    out.signer = address.empty() ? name : fmt::format("{} <{}>", name, address);
}

Signature::Verdict verdict_of(gpgme_signature_t signature) {
  using Verdict = Signature::Verdict;
  switch (gpgme_err_code(signature->status)) {
    case GPG_ERR_NO_ERROR: break;
    case GPG_ERR_BAD_SIGNATURE: return Verdict::kBad;
    case GPG_ERR_NO_PUBKEY: return Verdict::kUnknownKey;
    case GPG_ERR_SIG_EXPIRED:
    case GPG_ERR_KEY_EXPIRED: return Verdict::kExpired;
    case GPG_ERR_CERT_REVOKED: return Verdict::kRevoked;
    default: return Verdict::kUnchecked;
  }
  if ((signature->summary & GPGME_SIGSUM_KEY_REVOKED) != 0) return Verdict::kRevoked;
  if ((signature->summary & (GPGME_SIGSUM_KEY_EXPIRED | GPGME_SIGSUM_SIG_EXPIRED)) != 0) {
    return Verdict::kExpired;
  }
  return signature->validity >= GPGME_VALIDITY_MARGINAL ? Verdict::kGood : Verdict::kUntrusted;
}

Signature read_signature(const Context& context, gpgme_signature_t signature, Method method) {
  Signature out;
  out.method = method;
  out.verdict = verdict_of(signature);
  out.key = printable(signature->fpr ? signature->fpr : "");
  out.made_at = static_cast<std::int64_t>(signature->timestamp);
  if (out.verdict == Signature::Verdict::kUnchecked) out.why = words_of(signature->status);
  gpgme_key_t found = nullptr;
  if (signature->fpr && gpgme_get_key(context.get(), signature->fpr, &found, 0) == 0 && found) {
    take_owner(Key(found), out);
  }
  return out;
}

std::vector<Signature> read_signatures(const Context& context, Method method) {
  std::vector<Signature> out;
  const gpgme_verify_result_t result = gpgme_op_verify_result(context.get());
  // The keys are looked up with another context: that one's result would go.
  const Context keys = make_context(method);
  for (gpgme_signature_t one = result ? result->signatures : nullptr; one; one = one->next) {
    out.push_back(read_signature(keys, one, method));
  }
  return out;
}

std::vector<Signature> unchecked(Method method, const std::string& why) {
  Signature out;
  out.method = method;
  out.why = why;
  return {out};
}

Encryption read_trouble(gpgme_error_t error, const Passphrase& passphrase, bool word_given) {
  Encryption out;
  out.key = passphrase.key();
  const gpgme_err_code_t code = gpgme_err_code(error);
  if (code == GPG_ERR_NO_SECKEY) {
    out.state = Encryption::State::kNoKey;
  } else if (passphrase.asked() || code == GPG_ERR_CANCELED || code == GPG_ERR_BAD_PASSPHRASE) {
    out.state = word_given ? Encryption::State::kWrongWord : Encryption::State::kLocked;
  } else {
    out.state = Encryption::State::kFailed;
    out.why = words_of(error);
  }
  return out;
}

enum class Use { kSign, kEncrypt };

/// The best key of that address, or of that fingerprint or number, that can be used so; nullptr
/// when there is none.
Key find_key(const Context& context, const std::string& address, Use use) {
  Key best;
  const bool is_address = address.find('@') != std::string::npos;
  const std::string pattern = is_address ? "<" + address + ">" : address;
  const int secret = use == Use::kSign ? 1 : 0;
  if (gpgme_op_keylist_start(context.get(), pattern.c_str(), secret) != 0) return best;
  gpgme_key_t next = nullptr;
  while (gpgme_op_keylist_next(context.get(), &next) == 0) {
    Key key(next);
    const bool usable = !key->revoked && !key->expired && !key->disabled && !key->invalid &&
                        (use == Use::kSign ? key->can_sign : key->can_encrypt);
    const bool better =
        !best || (best->uids && key->uids && key->uids->validity > best->uids->validity);
    if (usable && better) best = std::move(key);
  }
  gpgme_op_keylist_end(context.get());
  return best;
}

Refused no_program(Method method) { return {unavailable(method), false, ""}; }

}  // namespace

const char* name_of(Method method) { return method == Method::kOpenPgp ? "OpenPGP" : "S/MIME"; }

std::string unavailable(Method method) {
  begin();
  if (gpgme_engine_check_version(protocol_of(method)) == 0) return "";
  return method == Method::kOpenPgp ? "gpg is not installed" : "gpgsm is not installed";
}

std::vector<Signature> verify(Method method, std::string_view signed_octets,
                              std::string_view signature) {
  if (const std::string why = unavailable(method); !why.empty()) return unchecked(method, why);
  const Context context = make_context(method);
  const Octets made = view_of(signature), over = view_of(signed_octets);
  const gpgme_error_t error = gpgme_op_verify(context.get(), made.get(), over.get(), nullptr);
  std::vector<Signature> out = read_signatures(context, method);
  if (!out.empty()) return out;
  return unchecked(method, error ? words_of(error) : "there is no signature in it");
}

Inside unwrap(Method method, std::string_view octets) {
  Inside out;
  if (const std::string why = unavailable(method); !why.empty()) {
    out.signatures = unchecked(method, why);
    return out;
  }
  const Context context = make_context(method);
  const Octets wrapped = view_of(octets);
  Sink plain;
  const gpgme_error_t error = gpgme_op_verify(context.get(), wrapped.get(), nullptr, plain.get());
  out.signatures = read_signatures(context, method);
  if (out.signatures.empty()) out.signatures = unchecked(method, words_of(error));
  out.octets = plain.take();
  return out;
}

Inside decrypt(Method method, std::string_view octets, const std::string& passphrase) {
  Inside out;
  out.encryption.method = method;
  out.encryption.why = unavailable(method);
  if (!out.encryption.why.empty()) return out;
  const Context context = make_context(method);
  const Passphrase asked(context.get(), method, passphrase);
  const Octets cipher = view_of(octets);
  Sink plain;
  const gpgme_error_t error =
      method == Method::kOpenPgp ? gpgme_op_decrypt_verify(context.get(), cipher.get(), plain.get())
                                 : gpgme_op_decrypt(context.get(), cipher.get(), plain.get());
  if (error != 0) {
    // What came so far is nothing to show: it may have been changed on the way.
    out.encryption = read_trouble(error, asked, !passphrase.empty());
    out.encryption.method = method;
    return out;
  }
  out.encryption.state = Encryption::State::kOpened;
  if (method == Method::kOpenPgp) out.signatures = read_signatures(context, method);
  out.octets = plain.take();
  return out;
}

mail::Result<SignedWith, Refused> sign(std::string_view octets, const std::string& address,
                                       const std::string& passphrase) {
  constexpr Method kMethod = Method::kOpenPgp;
  if (!unavailable(kMethod).empty()) return tl::unexpected(no_program(kMethod));
  const Context context = make_context(kMethod);
  const Key key = find_key(context, address, Use::kSign);
  if (!key)
    return tl::unexpected(Refused{"there is no key to sign with for " + address, false, ""});
  gpgme_signers_add(context.get(), key.get());
  const Passphrase asked(context.get(), kMethod, passphrase);
  const Octets text = view_of(octets);
  Sink signature;
  const gpgme_error_t error =
      gpgme_op_sign(context.get(), text.get(), signature.get(), GPGME_SIG_MODE_DETACH);
  if (error != 0) {
    const bool locked = asked.asked();
    const std::string why =
        locked && !passphrase.empty() ? "that is not the passphrase" : words_of(error);
    return tl::unexpected(Refused{why, locked, asked.key()});
  }
  const gpgme_sign_result_t result = gpgme_op_sign_result(context.get());
  const char* hash =
      result && result->signatures ? gpgme_hash_algo_name(result->signatures->hash_algo) : nullptr;
  return SignedWith{signature.take(), "pgp-" + mail::ascii_lower(hash ? hash : "sha256")};
}

std::vector<std::string> without_key(const std::vector<std::string>& addresses) {
  if (!unavailable(Method::kOpenPgp).empty()) return addresses;
  const Context context = make_context(Method::kOpenPgp);
  std::vector<std::string> out;
  for (const std::string& address : addresses) {
    if (!find_key(context, address, Use::kEncrypt)) out.push_back(address);
  }
  return out;
}

mail::Result<std::string, Refused> encrypt(std::string_view octets,
                                           const std::vector<std::string>& addresses) {
  constexpr Method kMethod = Method::kOpenPgp;
  if (!unavailable(kMethod).empty()) return tl::unexpected(no_program(kMethod));
  const Context context = make_context(kMethod);
  std::vector<Key> keys;
  std::vector<gpgme_key_t> list;
  for (const std::string& address : addresses) {
    Key key = find_key(context, address, Use::kEncrypt);
    if (!key) return tl::unexpected(Refused{"there is no key for " + address, false, ""});
    list.push_back(key.get());
    keys.push_back(std::move(key));
  }
  list.push_back(nullptr);
  const Octets text = view_of(octets);
  Sink cipher;
  const auto flags =
      static_cast<gpgme_encrypt_flags_t>(GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_THROW_KEYIDS);
  const gpgme_error_t error =
      gpgme_op_encrypt(context.get(), list.data(), flags, text.get(), cipher.get());
  if (error != 0) return tl::unexpected(Refused{words_of(error), false, ""});
  return cipher.take();
}

}  // namespace mua::crypt
