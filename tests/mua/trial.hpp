// A person at the command line and the servers of her account, all of it in the test: mua's own
// main runs against servers that play transcripts on loopback.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "mua/account.hpp"
#include "tests/temporary_folder.hpp"

namespace mua {

/// Accepts one connection for each transcript, one after the other. "S: " lines are sent with CRLF,
/// "C: " lines are expected; a line that differs is a test failure.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> transcripts);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  void serve(const std::vector<std::string>& transcripts) const;

  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

/// The transcript of an IMAP session of ann@x.test with her login before and LOGOUT after
/// `dialogue`, whose first command is tagged A2; `last` is LOGOUT's tag.
std::string imap_session(const std::string& dialogue, const std::string& last,
                         const std::string& capabilities = "UIDPLUS MOVE");
/// EHLO and login before, QUIT after.
std::string smtp_session(const std::string& dialogue);

/// The account of ann@x.test with servers on loopback, without TLS.
Account loopback_account(std::uint16_t imap, std::uint16_t smtp);

struct Ended {
  int code = 0;
  std::string out, err;
};

/// An account ann@x.test in a folder of its own.
class Trial {
 public:
  Trial();
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  /// Runs mua with these arguments against servers that play these transcripts.
  Ended mua(std::vector<std::string> arguments, std::vector<std::string> imap,
            std::vector<std::string> smtp = {});
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path write(const std::string& name, const std::string& content) const;

 private:
  tests::TemporaryFolder folder_;
};

}  // namespace mua
