// mailctl init: a mail domain from nothing. The settings file is written last, so that it stands
// only where all the rest does; after an interruption init simply runs again.
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "conf/endpoint.hpp"
#include "conf/privileges.hpp"
#include "conf/sample.hpp"
#include "mail/address.hpp"
#include "mailctl/commands.hpp"
#include "mailctl/failure.hpp"
#include "mailctl/output.hpp"
#include "mailctl/password.hpp"
#include "mailctl/settings_text.hpp"
#include "mailstore/store.hpp"
#include "tls/context.hpp"
#include "tls/listener.hpp"

namespace mailctl {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kOffsetForUsers = 10000;

struct Port {
  const char* key;
  std::uint16_t number;
};
constexpr Port kPorts[] = {{"smtp.listen", 25},
                           {"smtp.submission", 587},
                           {"smtp.submissions", 465},
                           {"imap.listen", 143},
                           {"imap.imaps", 993}};

struct User {
  std::string address;
  std::string password;
};

bool can_listen(const conf::Endpoint& endpoint) {
  try {
    for (const auto& address : tls::addresses_of(endpoint)) {
      asio::io_context io;
      tls::check_port_is_free(address);
      tls::open_acceptor(io, address);
    }
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

/// What --listen means on this machine.
std::vector<std::string> hosts_of(const std::string& listen) {
  if (listen != "loopback") return {listen};
  std::vector<std::string> hosts{"127.0.0.1"};
  if (can_listen({"::1", 0})) hosts.emplace_back("::1");
  return hosts;
}

unsigned choose_offset(const InitOptions& init, const std::vector<std::string>& hosts) {
  if (init.port_offset) return *init.port_offset;
  for (const auto& port : kPorts)
    for (const auto& host : hosts)
      if (!can_listen({host, port.number})) return kOffsetForUsers;
  return 0;
}

std::string toml_listeners(const std::vector<std::string>& hosts, unsigned port) {
  std::vector<std::string> listeners;
  for (const auto& host : hosts)
    listeners.push_back(
        toml_string(conf::format_endpoint({host, static_cast<std::uint16_t>(port)})));
  return fmt::format("[{}]", fmt::join(listeners, ", "));
}

std::string settings_text(const InitOptions& init, const std::vector<std::string>& hosts,
                          unsigned offset) {
  std::map<std::string, std::string> values{{"hostname", toml_string(init.hostname)},
                                            {"domain", toml_string(init.domain)},
                                            {"tls.ca", toml_string("ca.pem")}};
  for (const auto& port : kPorts) values[port.key] = toml_listeners(hosts, port.number + offset);
  return fill_sample(conf::sample_settings(), values);
}

/// Replaces the file in one step.
void write_file(const fs::path& file, const std::string& text, mode_t mode) {
  const auto fresh = file.string() + ".new";
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  const bool written = fd >= 0 &&
                       ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  const int reason = errno;
  if (fd >= 0) ::close(fd);
  if (!written)
    throw Failure(ExitCode::kFailed,
                  fmt::format("{}: cannot be written: {}", fresh, std::strerror(reason)),
                  "see that the folder is yours and the disk has room");
  fs::rename(fresh, file);
}

// Others may pass, to the settings and to the socket of sendmail, and see nothing: what is theirs
// to read has its own mode.
void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0711) != 0 && errno != EEXIST)
    throw Failure(ExitCode::kFailed,
                  fmt::format("{}: cannot be made: {}", folder.string(), std::strerror(errno)),
                  "choose a folder you may write to with --data DIR");
}

std::vector<User> make_users(mailstore::Store& store, const InitOptions& init) {
  auto& directory = store.directory();
  std::vector<User> users;
  for (const auto& name : init.users) {
    const bool whole = name.find('@') != std::string::npos;
    User user{whole ? name : name + "@" + init.domain, random_password()};
    if (directory.find_account(user.address))  // an earlier init was interrupted
      check(directory.set_password(user.address, user.password), user.address);
    else
      check(directory.add_account(user.address, user.password), user.address);
    store.account(directory.find_account(user.address)->id);  // makes its mailboxes
    users.push_back(std::move(user));
  }
  return users;
}

void keep_passwords(const fs::path& file, const std::vector<User>& users) {
  std::string text;
  for (const auto& user : users) text += fmt::format("{} {}\n", user.address, user.password);
  if (!users.empty()) write_file(file, text, 0600);
}

std::vector<std::string> certificate_names(const InitOptions& init) {
  std::vector<std::string> names{init.hostname};
  for (const std::string name : {"localhost", "127.0.0.1", "::1"})
    if (name != init.hostname) names.push_back(name);
  return names;
}

void report(const Options& options, const fs::path& file, unsigned offset,
            const std::vector<User>& users) {
  boost::json::array addresses;
  for (const auto& user : users) addresses.push_back(user.address.c_str());
  std::string sentence =
      fmt::format("{} is set up in {}", options.init.domain, options.init.data.string());
  if (offset != 0) sentence += fmt::format("; each port is its usual number plus {}", offset);
  if (!users.empty())
    sentence +=
        fmt::format("; the passwords are in {}", (options.init.data / "passwords.txt").string());
  print_outcome(options.format,
                {{"settings", file.string()},
                 {"domain", options.init.domain},
                 {"port_offset", offset},
                 {"users", addresses}},
                sentence);
}

}  // namespace

void init(const Options& options) {
  auto init = options.init;
  init.data = fs::absolute(init.data).lexically_normal();
  if (!init.data.has_filename()) init.data = init.data.parent_path();
  if (init.hostname.empty()) init.hostname = "localhost";
  const auto file = init.data / "pabal.toml";
  if (fs::exists(file))
    throw Failure(ExitCode::kAlreadyExists, file.string() + " is there already",
                  "use it with --config, or choose another folder with --data DIR");
  if (!mail::domain_key(init.domain))
    throw Failure(ExitCode::kUsage, init.domain + " is no domain name",
                  "name one such as --domain example.test");
  conf::become_owner(init.data, conf::Keep::kPorts);
  make_folder(init.data);
  const auto hosts = hosts_of(init.listen);
  const auto offset = choose_offset(init, hosts);
  tls::make_certificates(init.data, certificate_names(init));
  const auto fresh = init.data / "pabal.toml.check";
  write_file(fresh, settings_text(init, hosts, offset), 0644);
  const auto settings = conf::load_settings(fresh);
  mailstore::Store store(settings, mailstore::ChangeFeed::Mode::kRingOnly);
  if (const auto added = store.directory().add_domain(init.domain);
      !added && added.error() != mailstore::Failure::kAlreadyExists)
    throw store_failure(added.error(), init.domain);
  const auto users = make_users(store, init);
  keep_passwords(init.data / "passwords.txt", users);
  fs::rename(fresh, file);
  report(options, file, offset, users);
}

}  // namespace mailctl
