// A mail domain for tests: a real smtpd in this process on ports the kernel chose, with a real
// store in a folder of its own, removed at the end.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "conf/settings.hpp"
#include "mailstore/directory.hpp"
#include "mailstore/queue.hpp"
#include "smtpd/daemon.hpp"
#include "tests/temporary_folder.hpp"

namespace smtpd {

/// Waits for it, ten seconds at most; false when it never came true.
bool eventually(const std::function<bool()>& condition);

class MailDomain {
 public:
  /// Domain `name` exists; nothing runs yet.
  explicit MailDomain(const std::string& name = "example.test");
  ~MailDomain();

  conf::Settings settings;  ///< to be changed before start()
  mailstore::Directory& directory() { return *directory_; }
  mailstore::AccountId add_user(const std::string& name, const std::string& password);

  void start();
  void stop();
  /// "mx" (also ""), "submission", "submissions", "lmtp"; starts if need be.
  std::uint16_t port(const std::string& listener);
  /// "lmtp-socket", "local" (sendmail's); "" for any other.
  std::filesystem::path socket(const std::string& listener);

  /// Octets of the messages in the user's INBOX.
  std::vector<std::string> inbox(const std::string& user);
  /// Waits until there are `count` and returns the last of them; throws when it never happens.
  std::string wait_for_message(const std::string& user, std::size_t count);
  std::vector<mailstore::QueuedMessage> queue();
  bool wait_for_queue(std::size_t count);

  /// @user and so on of tests/dialogs/README.md.
  std::optional<std::string> directive(const std::string& name,
                                       const std::vector<std::string>& arguments);

 private:
  void set(const std::string& name, const std::string& value);

  tests::TemporaryFolder folder_;
  std::string name_;
  std::unique_ptr<mailstore::Directory> directory_;
  std::unique_ptr<Daemon> daemon_;
  std::thread thread_;
};

}  // namespace smtpd
