// A Carrier against a scripted server, and what came of it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "smtpd/carrier.hpp"
#include "tests/smtpd/scripted_server.hpp"
#include "tests/temporary_folder.hpp"
#include "tests/tls/test_authority.hpp"

namespace smtpd {

class CarrierFixture : public testing::Test {
 protected:
  using Stage = mail::smtp::Stage;

  CarrierFixture() {
    authority_.write(folder_ / "ca.pem");
    options_.hostname = "mail.example.test";
    options_.context = tls::client_context(folder_ / "ca.pem");
    options_.connect_timeout = tls::Seconds(5);
    options_.name_source = NameSource::kAuthenticated;
    be_patient_for(tls::Seconds(10));
    message_.sender = {"alice", "example.test"};
    message_.recipients = {{{"bob", "other.test"}, "", ""}};
    message_.content = "Subject: x\r\n\r\n.\r\n";
  }

  /// With every step.
  void be_patient_for(tls::Seconds time) {
    options_.patience = {time, time, time, time, time, time, time, tls::Seconds(60)};
  }
  void lose_patience() { be_patient_for(tls::Seconds(1)); }

  /// Carries the message `times` times over one Carrier; the last outcomes stay.
  void carry(std::uint16_t port, int times = 1) {
    asio::io_context io;
    Carrier carrier(options_, Host{host_}, port);
    asio::co_spawn(io, carry_times(carrier, times), asio::detached);
    io.run();
    outcomes_ = carrier.client().outcomes();
    failure_ = carrier.client().failure();
    tls_ = carrier.tls();
  }
  void carry(const ScriptedServer& server, int times = 1) { carry(server.port(), times); }

  /// Carries the message to all of them at once; the outcomes are those of its only recipient.
  void carry_to_each(const std::vector<std::unique_ptr<ScriptedServer>>& servers) {
    asio::io_context io;
    std::vector<std::unique_ptr<Carrier>> carriers;
    for (const auto& server : servers) {
      carriers.push_back(std::make_unique<Carrier>(options_, Host{host_}, server->port()));
      asio::co_spawn(io, carry_times(*carriers.back(), 1), asio::detached);
    }
    io.run();
    outcomes_.clear();
    for (const auto& carrier : carriers) outcomes_.push_back(carrier->client().outcomes().at(0));
  }

  std::string reply(std::size_t recipient = 0) const {
    return to_line(outcomes_.at(recipient).reply);
  }

  /// Says yes to everything but commands that begin with `command`.
  static ScriptedServer::Script but(std::string command, std::string reply) {
    return [command = std::move(command), reply = std::move(reply)](const std::string& said) {
      const bool this_one = command.empty() ? said.empty() : said.starts_with(command);
      return this_one ? reply : accept_all(said);
    };
  }

  /// Offers STARTTLS, and `extensions` after it.
  static ScriptedServer::Script with_tls(std::string extensions = "PIPELINING") {
    auto encrypted = std::make_shared<std::atomic<bool>>(false);
    return [encrypted, extensions = std::move(extensions)](const std::string& said) -> std::string {
      if (said.empty()) *encrypted = false;
      if (said == "STARTTLS") *encrypted = true;
      if (said == "STARTTLS") return "220 go on";
      if (!said.starts_with("EHLO")) return accept_all(said);
      return *encrypted ? "250-other.test\n250 " + extensions : "250-other.test\n250 STARTTLS";
    };
  }

  tests::TemporaryFolder folder_;
  tls::TestAuthority authority_;
  CarrierOptions options_;
  std::string host_ = "127.0.0.1";
  mail::smtp::OutgoingMessage message_;
  std::vector<mail::smtp::RecipientOutcome> outcomes_;
  std::optional<mail::smtp::SessionFailure> failure_;
  std::string tls_;

 private:
  asio::awaitable<void> carry_times(Carrier& carrier, int times) {
    for (int i = 0; i < times; ++i) co_await carrier.carry(message_);
    co_await carrier.quit();
  }
};

}  // namespace smtpd
