// A mail domain for tests: a real imapd in this process on ports the kernel chose, with a real
// store in a folder of its own, removed at the end.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "conf/settings.hpp"
#include "imapd/daemon.hpp"
#include "mailstore/store.hpp"
#include "tests/temporary_folder.hpp"

namespace imapd {

class ImapDomain {
 public:
  /// Domain example.test exists; nothing runs yet.
  ImapDomain();
  ~ImapDomain();

  conf::Settings settings;  ///< to be changed before start()

  mailstore::AccountId add_user(const std::string& name, const std::string& password);
  /// Puts a message into the user's INBOX as another process does.
  void deliver(const std::string& user, const std::string& octets);

  std::filesystem::path ca() const { return settings.tls.certificate.parent_path() / "ca.pem"; }
  mailstore::Store& store() { return *store_; }

  void start();
  void stop();
  Daemon& daemon() { return *daemon_; }
  /// "imap" (also ""), "imaps"; starts if need be.
  std::uint16_t port(const std::string& listener);

  /// Ends the server and whoever else has the store open, puts the user's folder back to how it was
  /// saved, and lets the machine have booted since.
  void save(const std::string& user);
  void power_cut(const std::string& user);

  /// @user NAME PASSWORD, @setting NAME VALUE, @deliver USER FILE, @corrupt USER, @stop, @restart,
  /// @save USER, @power-cut USER: see
  /// tests/dialogs/README.md.
  void directive(const std::string& name, const std::vector<std::string>& arguments);

 private:
  void open_store();
  std::filesystem::path saved_folder(const std::string& user);
  void set(const std::string& name, const std::string& value);
  void corrupt(const std::string& user);
  mailstore::AccountId id_of(const std::string& user);

  tests::TemporaryFolder folder_;
  std::unique_ptr<mailstore::Store> store_;  ///< the other process
  std::unique_ptr<Daemon> daemon_;
  std::thread thread_;
};

}  // namespace imapd
