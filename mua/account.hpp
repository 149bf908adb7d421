// The settings of a person's accounts: mua.toml. Where it is looked for is told in options.hpp.
//
//   [account."alice@example.test"]
//   name = "Alice"                     # as others see it; default none
//   user = "alice@example.test"        # login name; default the address
//   imap = "127.0.0.1:10993"           # HOST:PORT
//   smtp = "127.0.0.1:10465"
//   security = "tls"                   # tls, starttls, none (loopback only); default tls
//   smtp_security = "starttls"         # where submission has another; default as security
//   ca = "ca.pem"                      # PEM, relative to this file; default the system's CAs
//   password_file = "mua-passwords/alice@example.test"   # one line; readable by the owner alone
//   password_command = "pass mail"     # instead of the line above; its first line is the password
//   password_keyring = true            # instead of both: it lies in the desktop's keyring
//
// The other settings in the same file are told in settings.hpp.
// A file that was merely found beside an installation's settings may not run commands and names
// password files in its own folder only: whoever can make us stand in a folder must not gain more.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "mua/common_options.hpp"
#include "mua/exit_code.hpp"

namespace mua {

enum class Trust { kOwn, kFound };

enum class Security { kTls, kStartTls, kNone };
std::string_view name_of(Security security);
/// Throws Failure (usage) for another word.
Security parse_security(const std::string& word);

struct Host {
  std::string name;
  std::uint16_t port = 0;
  std::string to_string() const;
};
/// "mail.example.test:993", "[::1]:993"; throws Failure (usage).
Host parse_host(const std::string& text);

struct Account {
  std::string address;
  std::string name;
  std::string user;
  Host imap, smtp;
  Security security = Security::kTls;
  std::optional<Security> smtp_security{};  ///< if it is another
  std::filesystem::path ca;                 ///< absolute, or empty
  std::filesystem::path password_file;      ///< absolute, or empty
  std::string password_command;
  bool password_keyring = false;
  std::filesystem::path settings{};  ///< the file it stands in
};

/// The account as its submission server is reached: `security` is that of SMTP.
Account for_submission(Account account);

/// The accounts of a file, which has to be there. Throws Failure with file and line.
std::vector<Account> read_accounts(const std::filesystem::path& file, Trust trust);

/// Adds the account to the file or replaces it; the others stay as they are. Replaces the file in
/// one step.
void write_account(const std::filesystem::path& file, const Account& account);

/// The files in which accounts are looked for, first first.
struct SettingsFile {
  std::filesystem::path path;
  Trust trust = Trust::kOwn;
};
std::vector<SettingsFile> settings_files(const CommonOptions& options);

/// All that are set up; of the same address in several files the first.
std::vector<Account> all_accounts(const CommonOptions& options);

/// The account the options mean; throws Failure that says what there is.
Account find_account(const CommonOptions& options);

}  // namespace mua
