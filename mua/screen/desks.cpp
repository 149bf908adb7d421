#include "mua/screen/desks.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>

#include "mua/password.hpp"
#include "mua/screen/joined_wire.hpp"
#include "mua/screen/live_wire.hpp"
#include "mua/sender.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/local_store.hpp"

namespace mua::screen {

namespace fs = std::filesystem;

namespace {

/// Asked for before the screen is there, when nothing gives it.
std::function<std::string()> password_source(const Account& account) {
  if (has_password(account)) return [account] { return password_of(account); };
  return [password = password_of(account)] { return password; };
}

}  // namespace

struct Desks::Work {
  Work(const Account& account, Writer for_writer)
      : file(sync::store_file(account.settings, account.address)),
        store(file),
        writer(std::move(for_writer)) {}

  void start() {
    engine.emplace(writer.account, password, file, events);
    wire.emplace(*engine);
  }

  fs::path file;
  sync::LocalStore store;
  Writer writer;
  std::function<std::string()> password;
  sync::Events events;
  std::optional<sync::Engine> engine;
  std::optional<LiveWire> wire;
};

Desks::Desks(const Settings& settings) {
  for (const Account& account : settings.accounts) {
    try {
      open(account, settings);
    } catch (const std::exception& error) {
      if (settings.accounts.size() == 1) throw;
      trouble_ +=
          fmt::format("{}{}: {}", trouble_.empty() ? "" : "; ", account.address, error.what());
    }
  }
  if (works_.empty()) throw Failure(ExitCode::kFailed, trouble_);
}

Desks::~Desks() = default;

void Desks::start() {
  for (const auto& work : works_) work->start();
  std::vector<JoinedWire::End> ends;
  for (const auto& work : works_) {
    const auto inbox = sync::Folders(work->store).find(sync::SpecialUse::kInbox);
    ends.push_back({work->store.number(), inbox ? inbox->id : 0, *work->wire});
  }
  wire_ = std::make_unique<JoinedWire>(std::move(ends));
}

void Desks::open(const Account& account, const Settings& settings) {
  auto work = std::make_unique<Work>(account, writer_of(account, settings));
  for (const auto& other : works_) {
    if (other->store.number() != work->store.number()) continue;
    throw Failure(ExitCode::kFailed,
                  fmt::format("{} can't be told from {}; removed, it is filled again",
                              work->file.string(), other->file.string()));
  }
  work->password = password_source(account);
  works_.push_back(std::move(work));
}

std::vector<Desk> Desks::all() const {
  std::vector<Desk> out;
  for (const auto& work : works_) out.push_back({work->store, work->writer});
  return out;
}

Wire& Desks::wire() { return *wire_; }

std::vector<int> Desks::files() const {
  std::vector<int> out;
  for (const auto& work : works_) out.push_back(work->events.fd());
  return out;
}

void Desks::tell(Client& client) {
  for (std::size_t i = 0; i < works_.size(); ++i) {
    for (const sync::Event& event : works_[i]->events.take()) client.hear(event, i);
  }
}

Settings settings_to_show(const CommonOptions& common) {
  Settings settings = find_settings(common);
  if (common.account.empty() && !settings.accounts.empty()) return settings;
  settings.accounts = {find_account(common)};
  return settings;
}

}  // namespace mua::screen
