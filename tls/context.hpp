// TLS contexts on OpenSSL 3: TLS 1.2 and 1.3 with Mozilla's "intermediate" suites. A server context
// can be reloaded while connections live: they keep the SSL_CTX they began with.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tls {

using SslCtx = std::shared_ptr<SSL_CTX>;

class ServerContext {
 public:
  /// Throws conf::ValueError that names the file and OpenSSL's reason. `alpn` is empty or the
  /// protocols accepted.
  ServerContext(std::filesystem::path certificate, std::filesystem::path key,
                std::vector<std::string> alpn);

  /// Reads certificate and key again; on failure throws and keeps the old ones.
  void reload();
  /// Reloads when a file is another than the one in use; a failure is logged and keeps the old
  /// ones.
  void reload_if_changed() const;
  /// For the next connection. Looks after changed files by itself, at most every ten seconds.
  SslCtx current() const;

 private:
  struct Loaded;
  std::shared_ptr<const Loaded> load() const;

  const std::filesystem::path certificate_, key_;
  const std::vector<std::string> alpn_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Loaded> loaded_;
  mutable std::chrono::steady_clock::time_point looked_at_;
};

/// A client context that verifies peers against the system's CAs, or against `ca_file` when it
/// isn't empty; throws conf::ValueError when that can't be used. Verification of the host name is
/// set on the connection (`Stream::handshake_client`).
SslCtx client_context(const std::filesystem::path& ca_file = {});

/// When the leaf certificate in the PEM file ends, seconds since 1970; throws conf::ValueError.
std::int64_t certificate_expiry(const std::filesystem::path& certificate);

/// Makes a CA (10 years) and a server certificate signed by it (825 days) for the DNS names and IP
/// addresses given: ca.pem, ca.key, cert.pem (with chain) and key.pem in `folder`, keys 0600, ECDSA
/// P-256. Keeps an existing CA.
void make_certificates(const std::filesystem::path& folder, const std::vector<std::string>& names);

}  // namespace tls
