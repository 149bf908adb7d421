// What all sessions of imapd share: settings, certificates, the store, the pool that blocking work
// goes to, the hub of changes and the indexer. Made before the server and destroyed after it;
// `finish` ends the pool's work in between. Safe from every thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "conf/settings.hpp"
#include "imapd/hub.hpp"
#include "imapd/indexer.hpp"
#include "mailstore/store.hpp"
#include "tls/context.hpp"
#include "tls/worker_pool.hpp"

namespace imapd {

class Service {
 public:
  /// Reads the certificate and opens the store; throws what they throw.
  explicit Service(const conf::Settings& settings);

  std::shared_ptr<const conf::Settings> settings() const;
  tls::SslCtx tls() const;
  /// Reads the settings file and the certificate again; throws and keeps the old ones.
  void reload();

  mailstore::Store& store() { return store_; }
  tls::WorkerPool& pool() { return *pool_; }
  Hub& hub() { return hub_; }
  Indexer& indexer() { return indexer_; }
  /// Keys the salts invented for users that don't exist.
  const std::string& seed() const { return seed_; }

  /// Waits for the pool's jobs, which refer to the frames of sessions: between the server's end and
  /// its destruction.
  void finish() { pool_.reset(); }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const conf::Settings> settings_;
  std::shared_ptr<const tls::ServerContext> tls_;
  mailstore::Store store_;
  std::unique_ptr<tls::WorkerPool> pool_;
  Hub hub_;
  Indexer indexer_;
  std::string seed_;
};

}  // namespace imapd
