#include "tests/smtpd/mail_domain.hpp"

#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "conf/log.hpp"
#include "mailstore/account.hpp"
#include "mailstore/mailboxes.hpp"
#include "mailstore/messages.hpp"
#include "tls/context.hpp"

namespace smtpd {

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

}  // namespace

bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

MailDomain::MailDomain(const std::string& name) : name_(name) {
  settings.data = folder_.path();
  settings.file = folder_.path() / "pabal.toml";
  settings.hostname = "mail." + name;
  settings.domain = name;
  settings.threads = 1;
  settings.log.level = "error";
  settings.tls.certificate = certificates() / "cert.pem";
  settings.tls.key = certificates() / "key.pem";
  settings.smtp.listen = {{"127.0.0.1", 0}};
  settings.smtp.submission = {{"127.0.0.1", 0}};
  settings.smtp.submissions = {{"127.0.0.1", 0}};
  settings.lmtp.listen = {{"127.0.0.1", 0}};
  settings.lmtp.sockets = {folder_.path() / "lmtp.sock"};
  settings.relay.smarthost = conf::Endpoint{"127.0.0.1", 1};  // nobody there
  directory_ = std::make_unique<mailstore::Directory>(folder_.path() / "domain.db");
  if (!directory_->add_domain(name)) throw std::runtime_error("no domain " + name);
}

MailDomain::~MailDomain() { stop(); }

mailstore::AccountId MailDomain::add_user(const std::string& name, const std::string& password) {
  const std::string address = name.find('@') == std::string::npos ? name + "@" + name_ : name;
  const auto account = directory_->add_account(address, password);
  if (!account) throw std::runtime_error("no account " + address);
  return account->id;
}

void MailDomain::start() {
  conf::start_log("smtpd", settings.log);
  daemon_ = std::make_unique<Daemon>(settings);
  thread_ = std::thread([this] { daemon_->run(); });
}

void MailDomain::stop() {
  if (!daemon_) return;
  daemon_->stop();
  thread_.join();
  daemon_.reset();
}

std::uint16_t MailDomain::port(const std::string& listener) {
  if (!daemon_) start();
  const std::vector<std::uint16_t> ports = daemon_->ports();
  if (listener.empty() || listener == "mx") return ports.at(0);
  if (listener == "submission") return ports.at(1);
  if (listener == "submissions") return ports.at(2);
  if (listener == "lmtp") return ports.at(3);
  throw std::runtime_error("no listener " + listener);
}

std::filesystem::path MailDomain::socket(const std::string& listener) {
  if (listener != "lmtp-socket" && listener != "local") return {};
  if (!daemon_) start();
  return listener == "local" ? conf::local_socket(settings) : settings.lmtp.sockets.at(0);
}

std::vector<std::string> MailDomain::inbox(const std::string& user) {
  const auto info = directory_->find_account(user + "@" + name_);
  if (!info) throw std::runtime_error("no user " + user);
  const auto folder = settings.data / "accounts" / std::to_string(info->id);
  if (!std::filesystem::exists(folder / "mail.db")) return {};
  mailstore::Account account(info->id, folder, settings.store.inline_limit, nullptr);
  const auto mailbox = mailstore::find_mailbox(account, "INBOX");
  const auto view =
      mailstore::open_mailbox(account, mailbox.value().id, mailstore::RecentClaim::kLeave);
  std::vector<std::string> contents;
  for (const mailstore::MessageState& message : view->messages) {
    contents.push_back(mailstore::read_content(account, mailbox->id, message.uid).value());
  }
  return contents;
}

std::string MailDomain::wait_for_message(const std::string& user, std::size_t count) {
  if (!eventually([&] { return inbox(user).size() >= count; })) {
    throw std::runtime_error(user + " has not got " + std::to_string(count) + " messages");
  }
  return inbox(user).at(count - 1);
}

std::vector<mailstore::QueuedMessage> MailDomain::queue() {
  return mailstore::list_queue(settings.data);
}

bool MailDomain::wait_for_queue(std::size_t count) {
  return eventually([&] { return queue().size() == count; });
}

void MailDomain::set(const std::string& name, const std::string& value) {
  if (name == "max_message_size") {
    settings.smtp.max_message_size = std::stoull(value);
  } else if (name == "max_recipients") {
    settings.smtp.max_recipients = static_cast<std::uint32_t>(std::stoul(value));
  } else if (name == "command_timeout") {
    settings.smtp.command_timeout = conf::seconds(std::stoi(value));
  } else if (name == "data_timeout") {
    settings.smtp.data_timeout = conf::seconds(std::stoi(value));
  } else if (name == "inline_limit") {
    settings.store.inline_limit = std::stoull(value);
  } else if (name == "quota_storage") {
    settings.quota.storage = std::stoull(value);
  } else if (name == "quota_messages") {
    settings.quota.messages = std::stoull(value);
  } else {
    throw std::runtime_error("no setting " + name);
  }
}

std::optional<std::string> MailDomain::directive(const std::string& name,
                                                 const std::vector<std::string>& arguments) {
  if (name == "domain") {
    if (!directory_->add_domain(arguments.at(0))) throw std::runtime_error("domain not added");
  } else if (name == "user") {
    add_user(arguments.at(0), arguments.at(1));
  } else if (name == "alias") {
    const std::vector<std::string> targets(arguments.begin() + 1, arguments.end());
    if (!directory_->add_alias(arguments.at(0), targets)) throw std::runtime_error("not added");
  } else if (name == "forward") {
    using Copy = mailstore::Forwarding::Copy;
    const Copy copy = arguments.at(1) == "keep" ? Copy::kKept : Copy::kNone;
    const std::vector<std::string> targets(arguments.begin() + 2, arguments.end());
    const std::string address = arguments.at(0) + "@" + name_;
    if (!directory_->set_forwarding(address, {targets, copy})) throw std::runtime_error("not set");
  } else if (name == "setting") {
    set(arguments.at(0), arguments.at(1));
  } else if (name == "message") {
    return wait_for_message(arguments.at(0), std::stoul(arguments.at(1)));
  } else if (name == "mailbox") {
    const std::size_t count = std::stoul(arguments.at(1));
    if (!wait_for_queue(0)) throw std::runtime_error("the queue isn't empty");
    const std::size_t there = inbox(arguments.at(0)).size();
    if (there != count) throw std::runtime_error("there are " + std::to_string(there));
  } else if (name == "queue") {
    if (!wait_for_queue(std::stoul(arguments.at(0)))) throw std::runtime_error("it hasn't");
  } else if (name == "stop") {
    daemon_->stop();
  } else {
    throw std::runtime_error("no directive @" + name);
  }
  return std::nullopt;
}

}  // namespace smtpd
