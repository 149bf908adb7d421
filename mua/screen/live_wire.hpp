// The wire to an account's engine.
#pragma once

#include "mua/screen/wire.hpp"
#include "mua/sync/engine.hpp"

namespace mua::screen {

class LiveWire : public Wire {
 public:
  /// `engine` outlives it.
  explicit LiveWire(sync::Engine& engine) : engine_(engine) {}

  void show(sync::FolderId folder) override { engine_.show(folder); }
  void want_text(sync::MessageId message) override { engine_.want_text(message); }
  void want_part(sync::MessageId message, std::string number) override {
    engine_.want_part(message, std::move(number));
  }
  void prefetch(std::vector<sync::MessageId> messages) override {
    engine_.prefetch(std::move(messages));
  }
  void journal_changed() override { engine_.journal_changed(); }
  void search(std::uint64_t number, std::optional<sync::FolderId> folder,
              mail::SearchKey key) override {
    engine_.search(number, folder, std::move(key));
  }
  void reconnect() override { engine_.reconnect(); }
  void refresh() override { engine_.refresh(); }
  void there() override { engine_.set_presence(sync::Engine::Presence::kThere); }
  void away() override { engine_.set_presence(sync::Engine::Presence::kAway); }

 private:
  sync::Engine& engine_;
};

}  // namespace mua::screen
