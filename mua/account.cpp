#include "mua/account.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "conf/table_reader.hpp"
#include "mail/ascii.hpp"
#include "mua/settings.hpp"

namespace mua {

namespace fs = std::filesystem;

namespace {

void replace_file(const fs::path& file, const std::string& text) {
  fs::path fresh = file;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw Failure(ExitCode::kFailed, "cannot write " + fresh.string());
  fs::rename(fresh, file);
}

fs::path relative_to(const fs::path& path, const fs::path& folder) {
  const fs::path inside = fs::absolute(path).lexically_relative(fs::absolute(folder));
  return !inside.empty() && *inside.begin() != ".." ? inside : fs::absolute(path);
}

fs::path own_settings_file() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  const fs::path base =
      config && *config ? fs::path(config) : fs::path(home && *home ? home : ".") / ".config";
  return base / "pabal" / "mua.toml";
}

[[noreturn]] void no_account(const CommonOptions& options, const std::vector<Account>& known,
                             const std::vector<SettingsFile>& files) {
  std::vector<std::string> names, places;
  for (const Account& account : known) names.push_back(account.address);
  for (const SettingsFile& file : files) places.push_back(file.path.string());
  if (!known.empty() && options.account.empty()) {
    throw Failure(ExitCode::kUsage,
                  fmt::format("there are several accounts: {}", fmt::join(names, ", ")),
                  "Say which one with --account ADDRESS.");
  }
  throw Failure(
      ExitCode::kNotFound,
      options.account.empty() ? "no account is set up"
                              : fmt::format("no account {} is set up", options.account),
      fmt::format("Looked in {}{}{}. To set it up: mua you@example.test finds the servers and asks "
                  "what is missing; mua setup --help is for scripts",
                  fmt::join(places, ", "), known.empty() ? "" : ", which know ",
                  fmt::join(names, ", ")));
}

}  // namespace

std::string_view name_of(Security security) {
  switch (security) {
    case Security::kTls: return "tls";
    case Security::kStartTls: return "starttls";
    case Security::kNone: return "none";
  }
  return "";
}

Security parse_security(const std::string& word) {
  for (Security security : {Security::kTls, Security::kStartTls, Security::kNone}) {
    if (word == name_of(security)) return security;
  }
  throw Failure(ExitCode::kUsage, "security is tls, starttls or none, not " + word);
}

std::string Host::to_string() const {
  return name.find(':') == std::string::npos ? fmt::format("{}:{}", name, port)
                                             : fmt::format("[{}]:{}", name, port);
}

// host ":" port / "[" IPv6 "]:" port
Host parse_host(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  std::string_view name = std::string_view(text).substr(0, colon);
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  Host host{std::string(name), 0};
  const char* end = text.data() + text.size();
  if (colon != std::string::npos && !name.empty()) {
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, host.port);
    if (error == std::errc() && stop == end && host.port != 0) return host;
  }
  throw Failure(ExitCode::kUsage,
                fmt::format("\"{}\" is no HOST:PORT, such as mail.example.test:993", text));
}

Account for_submission(Account account) {
  account.security = account.smtp_security.value_or(account.security);
  return account;
}

std::vector<Account> read_accounts(const fs::path& file, Trust trust) {
  return read_settings(file, trust).accounts;
}

void write_account(const fs::path& file, const Account& account) {
  toml::table root;
  if (fs::exists(file)) root = conf::parse_file(file);
  toml::table settings;
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) settings.insert_or_assign(key, value);
  };
  const auto put_path = [&](const char* key, const fs::path& path) {
    if (!path.empty()) put(key, relative_to(path, file.parent_path()).string());
  };
  put("name", account.name);
  if (account.user != account.address) put("user", account.user);
  put("imap", account.imap.to_string());
  put("smtp", account.smtp.to_string());
  put("security", std::string(name_of(account.security)));
  if (account.smtp_security) put("smtp_security", std::string(name_of(*account.smtp_security)));
  put_path("ca", account.ca);
  put_path("password_file", account.password_file);
  put("password_command", account.password_command);
  if (account.password_keyring) settings.insert_or_assign("password_keyring", true);
  if (!root["account"].is_table()) root.insert_or_assign("account", toml::table{});
  root["account"].as_table()->insert_or_assign(account.address, std::move(settings));
  std::ostringstream text;
  text << toml::toml_formatter(root, toml::toml_formatter::default_flags &
                                         ~toml::format_flags::allow_literal_strings)
       << "\n";
  if (file.has_parent_path()) fs::create_directories(file.parent_path());
  replace_file(file, text.str());
}

std::vector<SettingsFile> settings_files(const CommonOptions& options) {
  if (!options.settings.empty()) return {{fs::absolute(options.settings), Trust::kOwn}};
  std::vector<SettingsFile> files{{own_settings_file(), Trust::kOwn}};
  try {
    const fs::path installation =
        fs::absolute(conf::find_settings(options.config)).lexically_normal();
    files.push_back({installation.parent_path() / "mua.toml", Trust::kFound});
  } catch (const conf::SettingsError&) {
    // No installation here: then there are a person's own settings only.
    if (!options.config.empty()) throw;
  }
  return files;
}

std::vector<Account> all_accounts(const CommonOptions& options) {
  std::vector<Account> known;
  for (const SettingsFile& file : settings_files(options)) {
    if (!fs::exists(file.path)) continue;
    for (Account& account : read_accounts(file.path, file.trust)) {
      const bool is_known = std::any_of(known.begin(), known.end(), [&](const Account& one) {
        return mail::same_ignoring_case(one.address, account.address);
      });
      if (!is_known) known.push_back(std::move(account));
    }
  }
  return known;
}

Account find_account(const CommonOptions& options) {
  const std::vector<Account> known = all_accounts(options);
  for (const Account& account : known) {
    if (mail::same_ignoring_case(account.address, options.account)) return account;
  }
  if (options.account.empty() && known.size() == 1) return known.front();
  no_account(options, known, settings_files(options));
}

}  // namespace mua
