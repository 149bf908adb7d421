#include "tls/context.hpp"

#include <fmt/format.h>
#include <openssl/err.h>

#include "conf/log.hpp"
#include "conf/value_error.hpp"
#include "tls/openssl.hpp"

namespace tls {
namespace {

constexpr auto kLookEvery = std::chrono::seconds(10);
constexpr auto kWarnBefore = std::chrono::hours(14 * 24);
// The keys of tickets live no longer than the process and its certificate.
constexpr long kTicketLife = 24 * 3600;

// Mozilla's "intermediate" configuration, version 5.7; TLS 1.3 has OpenSSL's own list, which is the
// same.
constexpr auto kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305";
constexpr auto kGroups = "X25519:P-256:P-384";

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(fmt::format("{}: {}", what, openssl_reason()));
}

[[noreturn]] void refuse(const std::filesystem::path& file, std::string_view expected) {
  throw conf::ValueError(
      file.string(), fmt::format("{}: {}, expected {}", file.string(), openssl_reason(), expected));
}

SslCtx make(const SSL_METHOD* method) {
  ERR_clear_error();
  SslCtx ctx(SSL_CTX_new(method), SSL_CTX_free);
  if (!ctx || SSL_CTX_set_min_proto_version(ctx.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(ctx.get(), kCiphers) != 1 ||
      SSL_CTX_set1_groups_list(ctx.get(), kGroups) != 1)
    fail("TLS cannot be set up");
  SSL_CTX_set_options(ctx.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     // SMTP and IMAP say themselves where a message ends, so a
                                     // missing close_notify cuts nothing off unnoticed.
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(ctx.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(ctx.get(), 1);
  return ctx;
}

// ProtocolNameList (RFC 7301 §3.1): each name after an octet with its length.
std::string protocol_name_list(const std::vector<std::string>& protocols) {
  std::string list;
  for (const auto& protocol : protocols) {
    list += static_cast<char>(protocol.size());
    list += protocol;
  }
  return list;
}

/// Only a client that names other protocols and none of ours is refused (RFC 7301 §3.2): it means
/// to speak something else, perhaps tricked into it.
int select_protocol(SSL*, const unsigned char** out, unsigned char* length,
                    const unsigned char* offered, unsigned offered_length, void* list) {
  const auto& ours = *static_cast<const std::string*>(list);
  unsigned char* selected = nullptr;
  const int outcome =
      SSL_select_next_proto(&selected, length, reinterpret_cast<const unsigned char*>(ours.data()),
                            static_cast<unsigned>(ours.size()), offered, offered_length);
  *out = selected;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// A ticket that will do for a while is not replaced: a short visit is not made longer by a new one
/// for the next.
SSL_TICKET_RETURN judge_ticket(SSL*, SSL_SESSION* session, const unsigned char*, std::size_t,
                               SSL_TICKET_STATUS status, void*) {
  if (status != SSL_TICKET_SUCCESS && status != SSL_TICKET_SUCCESS_RENEW) {
    return SSL_TICKET_RETURN_IGNORE_RENEW;
  }
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const bool old = now - SSL_SESSION_get_time(session) > kTicketLife / 2;
  return old ? SSL_TICKET_RETURN_USE_RENEW : SSL_TICKET_RETURN_USE;
}

std::filesystem::file_time_type written_at(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::last_write_time(file, error);
}

void warn_of_expiry(const std::filesystem::path& certificate) {
  const auto now = std::chrono::system_clock::now();
  const std::chrono::system_clock::time_point end{
      std::chrono::seconds(certificate_expiry(certificate))};
  if (end > now + kWarnBefore) return;
  const auto days = std::chrono::duration_cast<std::chrono::hours>(end - now).count() / 24;
  if (end <= now)
    conf::log(conf::Level::kError, "certificate expired",
              {{"file", certificate.string()},
               {"days_ago", -days},
               {"what_to_do", "put a new one in its place; it is picked up by itself"}});
  else
    conf::log(conf::Level::kWarning, "certificate expires soon",
              {{"file", certificate.string()}, {"days_left", days}});
}

}  // namespace

struct ServerContext::Loaded {
  std::string protocols;  ///< the callback's argument
  std::filesystem::file_time_type certificate_at, key_at;
  SslCtx ctx;
};

ServerContext::ServerContext(std::filesystem::path certificate, std::filesystem::path key,
                             std::vector<std::string> alpn)
    : certificate_(std::move(certificate)), key_(std::move(key)), alpn_(std::move(alpn)) {
  reload();
}

void ServerContext::reload() {
  auto loaded = load();
  const std::lock_guard lock(mutex_);
  loaded_ = std::move(loaded);
  looked_at_ = std::chrono::steady_clock::now();
}

void ServerContext::reload_if_changed() const {
  const std::lock_guard lock(mutex_);
  looked_at_ = std::chrono::steady_clock::now();
  if (written_at(certificate_) == loaded_->certificate_at && written_at(key_) == loaded_->key_at)
    return;
  try {
    loaded_ = load();
    conf::log(conf::Level::kInfo, "certificate reloaded", {{"file", certificate_.string()}});
  } catch (const std::exception& error) {
    conf::log(conf::Level::kError, "certificate not reloaded", {{"reason", error.what()}});
  }
}

SslCtx ServerContext::current() const {
  std::unique_lock lock(mutex_);
  if (std::chrono::steady_clock::now() - looked_at_ > kLookEvery) {
    lock.unlock();
    reload_if_changed();
    lock.lock();
  }
  // Shares ownership of all that is loaded, because the ALPN callback reads `protocols`.
  return {loaded_, loaded_->ctx.get()};
}

std::shared_ptr<const ServerContext::Loaded> ServerContext::load() const {
  auto loaded = std::make_shared<Loaded>();
  loaded->certificate_at = written_at(certificate_);
  loaded->key_at = written_at(key_);
  loaded->ctx = make(TLS_server_method());
  auto* ctx = loaded->ctx.get();
  if (SSL_CTX_use_certificate_chain_file(ctx, certificate_.c_str()) != 1)
    refuse(certificate_, "a certificate chain in PEM");
  if (SSL_CTX_use_PrivateKey_file(ctx, key_.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(ctx) != 1)
    refuse(key_, "the private key of the certificate, in PEM");
  // The list ends with DHE for RSA certificates; the group is as strong as the key.
  SSL_CTX_set_dh_auto(ctx, 1);
  // Sessions live in tickets (RFC 8446 §4.6.1, RFC 5077), so the server keeps none.
  SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_session_id_context(ctx, reinterpret_cast<const unsigned char*>("pabal"), 5);
  SSL_CTX_set_num_tickets(ctx, 1);
  SSL_CTX_set_timeout(ctx, kTicketLife);
  SSL_CTX_set_session_ticket_cb(ctx, nullptr, judge_ticket, nullptr);
  loaded->protocols = protocol_name_list(alpn_);
  if (!alpn_.empty()) SSL_CTX_set_alpn_select_cb(ctx, select_protocol, &loaded->protocols);
  warn_of_expiry(certificate_);
  return loaded;
}

SslCtx client_context(const std::filesystem::path& ca_file) {
  auto ctx = make(TLS_client_method());
  SSL_CTX_set_verify(ctx.get(), SSL_VERIFY_PEER, nullptr);
  const int loaded = ca_file.empty() ? SSL_CTX_set_default_verify_paths(ctx.get())
                                     : SSL_CTX_load_verify_file(ctx.get(), ca_file.c_str());
  if (loaded != 1 && !ca_file.empty()) refuse(ca_file, "CA certificates in PEM");
  if (loaded != 1) fail("the system's CA certificates cannot be read");
  return ctx;
}

}  // namespace tls
