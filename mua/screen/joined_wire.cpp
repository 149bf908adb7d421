#include "mua/screen/joined_wire.hpp"

#include <utility>

#include "mua/sync/local_store.hpp"

namespace mua::screen {

Wire* JoinedWire::end_of(std::int64_t id) const {
  for (const End& end : ends_) {
    if (end.store == sync::store_number(id)) return &end.wire.get();
  }
  return nullptr;
}

void JoinedWire::show(sync::FolderId folder) {
  for (const End& end : ends_) {
    if (folder == sync::kAllInboxes)
      end.wire.get().show(end.inbox);
    else if (end.store == sync::store_number(folder))
      end.wire.get().show(folder);
  }
}

void JoinedWire::want_text(sync::MessageId message) {
  if (Wire* wire = end_of(message)) wire->want_text(message);
}

void JoinedWire::want_part(sync::MessageId message, std::string number) {
  if (Wire* wire = end_of(message)) wire->want_part(message, std::move(number));
}

void JoinedWire::prefetch(std::vector<sync::MessageId> messages) {
  for (const End& end : ends_) {
    std::vector<sync::MessageId> own;
    for (const sync::MessageId message : messages) {
      if (end.store == sync::store_number(message)) own.push_back(message);
    }
    end.wire.get().prefetch(std::move(own));
  }
}

void JoinedWire::journal_changed() {
  for (const End& end : ends_) end.wire.get().journal_changed();
}

void JoinedWire::search(std::uint64_t number, std::optional<sync::FolderId> folder,
                        mail::SearchKey key) {
  for (const End& end : ends_) {
    if (folder == sync::kAllInboxes)
      end.wire.get().search(number, end.inbox, key);
    else if (!folder || end.store == sync::store_number(*folder))
      end.wire.get().search(number, folder, key);
  }
}

void JoinedWire::reconnect() {
  for (const End& end : ends_) end.wire.get().reconnect();
}

void JoinedWire::refresh() {
  for (const End& end : ends_) end.wire.get().refresh();
}

void JoinedWire::there() {
  for (const End& end : ends_) end.wire.get().there();
}

void JoinedWire::away() {
  for (const End& end : ends_) end.wire.get().away();
}

}  // namespace mua::screen
