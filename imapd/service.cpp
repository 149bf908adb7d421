#include "imapd/service.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "conf/value_error.hpp"

namespace imapd {

namespace {

constexpr std::size_t kSeedOctets = 32;

std::shared_ptr<const tls::ServerContext> load_tls(const conf::Settings& settings) {
  std::vector<std::string> alpn{
      "imap"};  // RFC 7301's registry; clients that name none are served too
  return std::make_shared<const tls::ServerContext>(settings.tls.certificate, settings.tls.key,
                                                    alpn);
}

// Jobs wait for the disk more than they compute, so there are more threads than cores.
unsigned pool_threads() { return std::max(4u, 2 * std::thread::hardware_concurrency()); }

std::string random_seed() {
  std::string seed(kSeedOctets, '\0');
  auto* octets = reinterpret_cast<unsigned char*>(seed.data());
  if (RAND_bytes(octets, static_cast<int>(seed.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random numbers");
  }
  return seed;
}

}  // namespace

Service::Service(const conf::Settings& settings)
    : settings_(std::make_shared<const conf::Settings>(settings)),
      tls_(load_tls(settings)),
      store_(settings, mailstore::ChangeFeed::Mode::kListen),
      pool_(std::make_unique<tls::WorkerPool>(pool_threads())),
      hub_(store_.feed()),
      indexer_(store_, *pool_),
      seed_(random_seed()) {
  hub_.on_change([this](const mailstore::Change& change) { indexer_.changed(change.account); });
}

std::shared_ptr<const conf::Settings> Service::settings() const {
  std::lock_guard lock(mutex_);
  return settings_;
}

tls::SslCtx Service::tls() const {
  std::lock_guard lock(mutex_);
  return tls_->current();
}

void Service::reload() {
  auto settings =
      std::make_shared<const conf::Settings>(conf::load_settings(this->settings()->file));
  auto context = conf::use_values(*settings, [&settings] { return load_tls(*settings); });
  store_.set_quota(settings->quota);
  std::lock_guard lock(mutex_);
  settings_ = std::move(settings);
  tls_ = std::move(context);
}

}  // namespace imapd
