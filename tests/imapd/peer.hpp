// A client for tests of imapd: one connection, blocking, over tls::Stream. And the scene most tests
// of commands play in: a domain with alice.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/imapd/imap_domain.hpp"
#include "tls/stream.hpp"

namespace imapd {

class Peer {
 public:
  /// Connects and reads the greeting.
  explicit Peer(std::uint16_t port);
  void start_tls(const std::filesystem::path& ca);
  void compress() { stream_->compress(); }

  /// Sends "x command" and gives the answer up to the tagged line, its lines ended by LF.
  std::string ask(const std::string& command);
  void send(const std::string& octets);
  std::string line();
  /// Lines up to one that begins so.
  std::string until(const std::string& beginning);
  const tls::Stream& stream() const { return *stream_; }

 private:
  template <class Value>
  Value wait(asio::awaitable<Value> work);

  asio::io_context io_;
  std::unique_ptr<tls::Stream> stream_;
};

class CommandTest : public testing::Test {
 protected:
  CommandTest() { domain_.add_user("alice", "secret"); }

  std::unique_ptr<Peer> connect() { return std::make_unique<Peer>(domain_.port("")); }
  /// A session of alice.
  std::unique_ptr<Peer> log_in();
  /// With the INBOX selected.
  std::unique_ptr<Peer> open();
  void deliver(const std::string& octets) { domain_.deliver("alice", octets); }

  ImapDomain domain_;
};

}  // namespace imapd
