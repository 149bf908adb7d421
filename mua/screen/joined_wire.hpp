// The wires of several accounts as one: what is asked about a folder or message goes to the engine
// of its account, what is asked about all inboxes to each.
#pragma once

#include <functional>
#include <vector>

#include "mua/screen/wire.hpp"

namespace mua::screen {

class JoinedWire : public Wire {
 public:
  struct End {
    std::int64_t store = 0;  ///< its number
    sync::FolderId inbox = 0;
    std::reference_wrapper<Wire> wire;
  };
  /// The wires outlive it.
  explicit JoinedWire(std::vector<End> ends) : ends_(std::move(ends)) {}

  void show(sync::FolderId folder) override;
  void want_text(sync::MessageId message) override;
  void want_part(sync::MessageId message, std::string number) override;
  void prefetch(std::vector<sync::MessageId> messages) override;
  void journal_changed() override;
  void search(std::uint64_t number, std::optional<sync::FolderId> folder,
              mail::SearchKey key) override;
  void reconnect() override;
  void refresh() override;
  void there() override;
  void away() override;

 private:
  Wire* end_of(std::int64_t id) const;

  std::vector<End> ends_;
};

}  // namespace mua::screen
