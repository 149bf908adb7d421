#include "tests/mua/trial.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "mua/commands.hpp"
#include "mua/password.hpp"

namespace mua {

namespace {

std::string read_line(int peer) {
  std::string line;
  for (char c = 0; ::recv(peer, &c, 1, 0) == 1;) {
    if (c == '\n') {
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    line += c;
  }
  return line + " (no line end)";
}

/// Ends at the first difference: what follows would only repeat it.
void play(int peer, const std::string& transcript) {
  std::istringstream in(transcript);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("S: ")) {
      const std::string octets = line.substr(3) + "\r\n";
      ::send(peer, octets.data(), octets.size(), MSG_NOSIGNAL);
    } else if (line.starts_with("C: ")) {
      const std::string got = read_line(peer);
      const bool same = line == "C: ..." || got == line.substr(3);
      EXPECT_TRUE(same) << "expected " << line.substr(3) << "\n     got " << got;
      if (!same) return;
    }
  }
}

}  // namespace

ScriptedServer::ScriptedServer(std::vector<std::string> transcripts)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  ::listen(listener_, 4);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, all = std::move(transcripts)] { serve(all); });
}

ScriptedServer::~ScriptedServer() {
  // Ends an accept for a connection that never came; what was expected of it then fails.
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void ScriptedServer::serve(const std::vector<std::string>& transcripts) const {
  for (const std::string& transcript : transcripts) {
    const int peer = ::accept(listener_, nullptr, nullptr);
    EXPECT_GE(peer, 0) << "nobody connected for:\n" << transcript;
    if (peer < 0) return;
    const timeval patience{30, 0};
    ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    play(peer, transcript);
    ::close(peer);
  }
}

std::string imap_session(const std::string& dialogue, const std::string& last,
                         const std::string& capabilities) {
  const std::string words = "IMAP4rev1 SASL-IR LITERAL+ AUTH=PLAIN " + capabilities;
  return "S: * OK [CAPABILITY " + words + "] ready\n" +
         "C: A1 AUTHENTICATE PLAIN AGFubkB4LnRlc3QAc2VjcmV0\n" + "S: A1 OK [CAPABILITY " + words +
         "] in\n" + dialogue + "C: " + last + " LOGOUT\nS: * BYE bye\nS: " + last + " OK bye\n";
}

std::string smtp_session(const std::string& dialogue) {
  return "S: 220 ready\nC: EHLO [127.0.0.1]\nS: 250-hi\nS: 250 AUTH PLAIN\n"
         "C: AUTH PLAIN AGFubkB4LnRlc3QAc2VjcmV0\nS: 235 in\n" +
         dialogue + "C: QUIT\nS: 221 bye\n";
}

Account loopback_account(std::uint16_t imap, std::uint16_t smtp) {
  Account account;
  account.address = account.user = "ann@x.test";
  account.name = "Ann";
  account.imap = {"127.0.0.1", imap};
  account.smtp = {"127.0.0.1", smtp};
  account.security = Security::kNone;
  return account;
}

Trial::Trial() { keep_password(folder_ / "passwords" / "ann", "secret"); }

std::filesystem::path Trial::write(const std::string& name, const std::string& content) const {
  std::ofstream(folder_ / name, std::ios::binary) << content;
  return folder_ / name;
}

Ended Trial::mua(std::vector<std::string> arguments, std::vector<std::string> imap,
                 std::vector<std::string> smtp) {
  const ScriptedServer imap_server(std::move(imap));
  const ScriptedServer smtp_server(std::move(smtp));
  Account account = loopback_account(imap_server.port(), smtp_server.port());
  account.password_file = folder_ / "passwords" / "ann";
  write_account(folder_ / "mua.toml", account);
  arguments.insert(arguments.begin(), {"mua", "--settings", (folder_ / "mua.toml").string()});
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Ended ended;
  ended.code = run(static_cast<int>(argv.size()), argv.data());
  ended.out = testing::internal::GetCapturedStdout();
  ended.err = testing::internal::GetCapturedStderr();
  return ended;
}

}  // namespace mua
