// A name server on a port of 127.0.0.1, UDP and TCP, that says what a test wants: records of its
// own, or nothing, failures, lies. It answers for every name, as a resolver and as an authority
// alike.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "conf/settings.hpp"

namespace smtpd {

class NameServer {
 public:
  enum class Manner {
    kTruthful,
    kFails,         ///< SERVFAIL
    kRefuses,       ///< REFUSED
    kSilent,        ///< no answer
    kWrongId,       ///< each answer under another question's id, with the liar's address
    kWrongIdFirst,  ///< so, and then the right one
    kWrongName,     ///< right id, another question
    kTruncates      ///< cut short by UDP, whole by TCP
  };

  NameServer();
  ~NameServer();
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  conf::Endpoint endpoint() const { return {"127.0.0.1", port_}; }

  void mx(const std::string& name, std::uint16_t preference, const std::string& host);
  void address(const std::string& name, const std::string& address);
  void cname(const std::string& name, const std::string& target);
  /// Of the questions for `name`, all types.
  void behave(const std::string& name, Manner manner);
  /// Seconds that what it says may be kept.
  void ttl(std::uint32_t seconds) { ttl_ = seconds; }
  /// How often it was asked for `name`, all types.
  unsigned asked(const std::string& name) const;

  /// Where a liar wants the mail to go.
  static constexpr const char* kLie = "192.0.2.66";

 private:
  struct Asked;
  using Records = std::multimap<std::pair<std::string, int>, std::string>;  ///< RDATA

  void add(const std::string& name, int type, std::string data);
  void serve();
  void serve_udp();
  void serve_tcp();
  Manner note(const Asked& asked);
  std::vector<std::string> datagrams(const Asked& asked, Manner manner) const;
  std::string answer(const Asked& asked) const;
  bool exists(const std::string& name) const;

  int udp_ = -1, tcp_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopped_{false};
  std::atomic<std::uint32_t> ttl_{60};
  mutable std::mutex mutex_;
  Records records_;
  std::map<std::string, Manner> manners_;
  std::map<std::string, unsigned> asked_;
  std::thread thread_;
};

}  // namespace smtpd
