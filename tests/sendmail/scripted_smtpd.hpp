// An smtpd for tests: one session on a Unix socket, each reply by the verb it answers; what came is
// kept.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "tests/temporary_folder.hpp"

namespace sendmail {

using Replies = std::map<std::string, std::string>;

class ScriptedSmtpd {
 public:
  /// Replies by command line, the longest beginning that fits, with their CRLF; "" answers nothing
  /// and closes. "greeting", "EHLO", "MAIL", "RCPT", "DATA", "." (the message) and "QUIT" have one.
  explicit ScriptedSmtpd(Replies replies = {});
  ~ScriptedSmtpd();

  std::filesystem::path folder() const { return folder_.path(); }
  std::filesystem::path socket() const { return folder_.path() / "smtp.sock"; }
  /// Waits for the session's end.
  std::vector<std::string> commands();
  std::string message();

 private:
  void serve();
  std::string reply_to(const std::string& line) const;

  tests::TemporaryFolder folder_;
  Replies replies_;
  std::vector<std::string> commands_;
  std::string message_;
  int listening_;
  std::thread thread_;
};

}  // namespace sendmail
