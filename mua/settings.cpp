#include "mua/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "conf/table_reader.hpp"
#include "mail/address.hpp"
#include "mail/ascii.hpp"
#include "mua/screen/key_settings.hpp"

namespace mua {

namespace fs = std::filesystem;
using conf::TableReader;

namespace {

/// Whether `path` lies in the folder of `file`, links followed.
bool lies_beside(const fs::path& path, const fs::path& file) {
  const fs::path folder = fs::weakly_canonical(file).parent_path();
  const fs::path inside = fs::weakly_canonical(path).lexically_relative(folder);
  return !inside.empty() && *inside.begin() != "..";
}

void refuse_commands(const TableReader& reader, std::string_view key, const std::string& command) {
  if (command.empty()) return;
  reader.fail(key, fmt::format("\"{}\"", command),
              "nothing: commands are run only from your own settings, or with --settings");
}

void check_trust(const TableReader& reader, const Account& account, const fs::path& file) {
  refuse_commands(reader, "password_command", account.password_command);
  if (!account.password_file.empty() && !lies_beside(account.password_file, file)) {
    reader.fail("password_file", "outside of this folder",
                "a file in it; to use another name the settings with --settings");
  }
}

void host(TableReader& reader, std::string_view key, Host& value) {
  std::string text;
  reader.text(key, text);
  reader.require(key);
  try {
    value = parse_host(text);
  } catch (const Failure&) {
    reader.fail(key, fmt::format("\"{}\"", text), "\"HOST:PORT\", as \"mail.example.test:993\"");
  }
}

std::string security(TableReader& reader, std::string_view key) {
  std::string word;
  reader.choice(key, word, {"tls", "starttls", "none"});
  return word;
}

void read_security(TableReader& reader, Account& account) {
  const std::string all = security(reader, "security");
  const std::string smtp = security(reader, "smtp_security");
  if (!all.empty()) account.security = parse_security(all);
  if (!smtp.empty()) account.smtp_security = parse_security(smtp);
}

Account read_account(TableReader::Named section, const SettingsFile& from) {
  TableReader& reader = section.reader;
  Account account;
  account.address = section.name;
  account.settings = from.path;
  reader.text("name", account.name);
  reader.text("user", account.user);
  if (account.user.empty()) account.user = account.address;
  host(reader, "imap", account.imap);
  host(reader, "smtp", account.smtp);
  read_security(reader, account);
  reader.path("ca", account.ca);
  reader.path("password_file", account.password_file);
  reader.text("password_command", account.password_command);
  reader.truth("password_keyring", account.password_keyring);
  reader.finish();
  if (from.trust == Trust::kFound) check_trust(reader, account, from.path);
  return account;
}

void read(TableReader reader, Trust trust, ScreenSettings& screen) {
  using Threads = ScreenSettings::Threads;
  reader.choice("keys", screen.keys, {"mutt", "aerc", "alpine"});
  reader.text("theme", screen.theme);
  std::string threads = "flat";
  reader.choice("threads", threads, {"flat", "open", "collapsed"});
  screen.threads = threads == "flat"   ? Threads::kFlat
                   : threads == "open" ? Threads::kOpen
                                       : Threads::kCollapsed;
  reader.truth("mouse", screen.mouse);
  reader.duration("undo", screen.undo, {0, 120});
  reader.text("editor", screen.editor);
  reader.finish();
  if (trust == Trust::kFound) refuse_commands(reader, "editor", screen.editor);
}

std::string signature_from(const fs::path& file) {
  std::ostringstream text;
  std::ifstream in(file, std::ios::binary);
  if (in) text << in.rdbuf();
  std::string out = std::move(text).str();
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

/// Without a word about it: the account of that address, else the first.
std::string account_of(const Identity& identity, const std::vector<Account>& accounts) {
  for (const Account& account : accounts) {
    if (mail::same_ignoring_case(account.address, identity.address)) return account.address;
  }
  return accounts.empty() ? "" : accounts.front().address;
}

void address(TableReader& reader, std::string_view key, std::string& value) {
  reader.text(key, value);
  if (reader.has(key) && !mail::parse_address(value))
    reader.fail(key, fmt::format("\"{}\"", value), "a mail address");
}

void read_signature(TableReader& reader, std::string& signature) {
  reader.text("signature", signature);
  fs::path file;
  reader.path("signature_file", file);
  if (!file.empty() && !fs::exists(file))
    reader.fail("signature_file", file.string() + ", which is not there", "a file");
  if (!file.empty()) signature = signature_from(file);
}

Identity read_identity(TableReader& reader, const std::vector<Account>& accounts) {
  Identity identity;
  reader.text("name", identity.name);
  address(reader, "address", identity.address);
  reader.require("address");
  address(reader, "reply_to", identity.reply_to);
  reader.text("key", identity.key);
  identity.account = account_of(identity, accounts);
  reader.text("account", identity.account);
  const bool known = std::any_of(accounts.begin(), accounts.end(), [&](const Account& account) {
    return account.address == identity.account;
  });
  if (reader.has("account") && !known)
    reader.fail("account", fmt::format("\"{}\"", identity.account), "the address of an account");
  read_signature(reader, identity.signature);
  reader.finish();
  return identity;
}

void check_theme(const TableReader& reader, const Settings& settings) {
  if (screen::find_theme(settings.themes, settings.screen.theme)) return;
  std::string known;
  for (const screen::Theme& theme : settings.themes)
    known += (known.empty() ? "" : ", ") + theme.name;
  reader.fail("theme", fmt::format("\"{}\"", settings.screen.theme), known);
}

/// No command by a way round about either.
void check_found(TableReader& top, const Settings& settings) {
  const TableReader notify = top.section("notify");
  refuse_commands(notify, "command", settings.notify.command);
  for (const screen::OwnBinding& binding : settings.keys) {
    if (binding.command.starts_with("pipe ")) refuse_commands(top, "key", binding.command);
  }
}

Settings read_all(const SettingsFile& from) {
  const toml::table table = conf::parse_file(from.path);
  conf::Source source{from.path};
  TableReader top(&table, "", source);
  Settings settings;
  settings.file = from.path;
  for (TableReader::Named& section : top.named_sections("account"))
    settings.accounts.push_back(read_account(std::move(section), from));
  read(top.section("screen"), from.trust, settings.screen);
  for (TableReader& section : top.sections("identity"))
    settings.identities.push_back(read_identity(section, settings.accounts));
  settings.keys = screen::read_keys(top);
  settings.themes = screen::read_themes(top);
  check_theme(top.section("screen"), settings);
  settings.notify = screen::read_notify(top.section("notify"));
  settings.saved_searches = screen::read_saved_searches(top);
  top.finish();
  if (from.trust == Trust::kFound) check_found(top, settings);
  return settings;
}

}  // namespace

Settings read_settings(const fs::path& file, Trust trust) {
  if (fs::is_directory(file)) {
    throw Failure(ExitCode::kFailed, file.string() + " is a folder, and no file of settings");
  }
  try {
    return read_all({fs::absolute(file), trust});
  } catch (const conf::SettingsError& error) {
    throw Failure(ExitCode::kFailed, error.what());
  }
}

Settings find_settings(const CommonOptions& options) {
  Settings settings;
  for (const SettingsFile& file : settings_files(options)) {
    if (!fs::exists(file.path)) continue;
    settings = read_settings(file.path, file.trust);
    break;
  }
  settings.accounts = all_accounts(options);
  return settings;
}

}  // namespace mua
