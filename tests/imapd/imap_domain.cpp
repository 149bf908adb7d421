#include "tests/imapd/imap_domain.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "conf/log.hpp"
#include "mailstore/append.hpp"
#include "mailstore/sqlite.hpp"
#include "tls/context.hpp"

namespace imapd {

namespace {

/// One pair for the whole test program: making keys takes longer than most tests.
const std::filesystem::path& certificates() {
  static const tests::TemporaryFolder folder;
  static const bool made = [] {
    tls::make_certificates(folder.path(), {"mail.example.test", "localhost", "127.0.0.1"});
    return true;
  }();
  (void)made;
  return folder.path();
}

// Samples are kept with the line ends of an editor; on the wire they are CRLF.
std::string sample(const std::string& name) {
  std::ifstream file(std::string(PABAL_SOURCE_DIR "/tests/dialogs/messages/") + name);
  if (!file) throw std::runtime_error("no sample message " + name);
  std::string octets;
  for (std::string line; std::getline(file, line);) octets += line + "\r\n";
  return octets;
}

}  // namespace

ImapDomain::ImapDomain() {
  settings.data = folder_.path();
  settings.file = folder_.path() / "pabal.toml";
  settings.hostname = "mail.example.test";
  settings.domain = "example.test";
  settings.threads = 1;
  settings.log.level = "error";
  settings.tls.certificate = certificates() / "cert.pem";
  settings.tls.key = certificates() / "key.pem";
  settings.imap.listen = {{"127.0.0.1", 0}};
  settings.imap.imaps = {{"127.0.0.1", 0}};
  open_store();
  if (!store_->directory().add_domain("example.test")) throw std::runtime_error("no domain");
}

ImapDomain::~ImapDomain() { stop(); }

void ImapDomain::open_store() {
  store_ = std::make_unique<mailstore::Store>(settings, mailstore::ChangeFeed::Mode::kRingOnly);
}

std::filesystem::path ImapDomain::saved_folder(const std::string& user) {
  return folder_.path() / ("saved-" + user);
}

void ImapDomain::save(const std::string& user) {
  std::filesystem::copy(store_->account_folder(id_of(user)), saved_folder(user),
                        std::filesystem::copy_options::recursive);
}

void ImapDomain::power_cut(const std::string& user) {
  stop();
  const auto folder = store_->account_folder(id_of(user));
  store_.reset();
  std::filesystem::remove_all(folder);
  std::filesystem::copy(saved_folder(user), folder, std::filesystem::copy_options::recursive);
  std::filesystem::remove(folder / "mail.db-shm");
  {
    mailstore::Database database(folder / "mail.db", mailstore::Database::Mode::kExisting);
    database.run("UPDATE counter SET boot = 'the one before'");
  }
  open_store();
}

mailstore::AccountId ImapDomain::add_user(const std::string& name, const std::string& password) {
  auto account = store_->directory().add_account(name + "@example.test", password);
  if (!account) throw std::runtime_error("no account " + name);
  return account->id;
}

mailstore::AccountId ImapDomain::id_of(const std::string& user) {
  auto account = store_->directory().find_account(user + "@example.test");
  if (!account) throw std::runtime_error("no user " + user);
  return account->id;
}

void ImapDomain::deliver(const std::string& user, const std::string& octets) {
  mailstore::NewMessage message;
  message.content = mailstore::Content::of(octets);
  message.internal_date = 1000000000;
  mailstore::deliver(*store_->account(id_of(user)), {message});
}

void ImapDomain::start() {
  conf::start_log("imapd", settings.log);
  daemon_ = std::make_unique<Daemon>(settings);
  thread_ = std::thread([this] { daemon_->run(); });
}

void ImapDomain::stop() {
  if (!daemon_) return;
  daemon_->server().stop();
  thread_.join();
  daemon_.reset();
}

std::uint16_t ImapDomain::port(const std::string& listener) {
  if (!daemon_) start();
  auto listening = daemon_->server().listening();
  if (listener.empty() || listener == "imap") return listening.at(0).port();
  if (listener == "imaps") return listening.at(1).port();
  throw std::runtime_error("no listener " + listener);
}

void ImapDomain::set(const std::string& name, const std::string& value) {
  if (name == "max_append_size")
    settings.imap.max_append_size = std::stoull(value);
  else if (name == "message_limit")
    settings.imap.message_limit = static_cast<std::uint32_t>(std::stoul(value));
  else if (name == "plaintext_login")
    settings.imap.plaintext_login = value;
  else if (name == "login_timeout")
    settings.imap.login_timeout = conf::seconds(std::stoi(value));
  else if (name == "idle_timeout")
    settings.imap.idle_timeout = conf::seconds(std::stoi(value));
  else if (name == "progress_interval")
    settings.imap.progress_interval = conf::seconds(std::stoi(value));
  else if (name == "inline_limit")
    settings.store.inline_limit = std::stoull(value);
  else if (name == "quota_storage")
    settings.quota.storage = std::stoull(value);
  else if (name == "quota_messages")
    settings.quota.messages = std::stoull(value);
  else if (name == "quota_mailboxes")
    settings.quota.mailboxes = std::stoull(value);
  else
    throw std::runtime_error("no setting " + name);
}

void ImapDomain::corrupt(const std::string& user) {
  auto folder = store_->account_folder(id_of(user));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "mail.db") << std::string(8192, 'x');
}

void ImapDomain::directive(const std::string& name, const std::vector<std::string>& arguments) {
  if (name == "user")
    add_user(arguments.at(0), arguments.at(1));
  else if (name == "setting")
    set(arguments.at(0), arguments.at(1));
  else if (name == "deliver")
    deliver(arguments.at(0), sample(arguments.at(1)));
  else if (name == "corrupt")
    corrupt(arguments.at(0));
  else if (name == "stop")
    daemon_->server().stop();
  else if (name == "restart")
    stop();
  else if (name == "save")
    save(arguments.at(0));
  else if (name == "power-cut")
    power_cut(arguments.at(0));
  else
    throw std::runtime_error("no directive @" + name);
}

}  // namespace imapd
