// What the engine tells, on its way to the screen. An event is a hint: what is shown is read again
// from the local store.
#include <fmt/format.h>

#include "mua/screen/client.hpp"
#include "mua/sync/folders.hpp"

namespace mua::screen {

struct Client::Hearing {
  Client& client;

  void operator()(const sync::LinkChanged& e) const {
    if (e.link == sync::Link::kRefused && client.link_.link != e.link) {
      client.alert(e.advice.empty() ? e.text : e.text + ". " + e.advice);
    }
    client.link_ = e;
  }
  void operator()(const sync::FoldersChanged&) const { reread(); }
  void operator()(const sync::FolderChanged& e) const {
    client.read_folders();
    if (e.folder == client.list.folder()) client.list.reload();
  }
  void operator()(const sync::NewMail& e) const {
    reread();
    const auto folder = sync::Folders(client.world.store).find(e.folder);
    client.say(fmt::format("{} new in {}", e.messages.size(), folder ? folder->name : "a folder"));
    client.world.screen.ring();
  }
  void operator()(const sync::Progress& e) const {
    if (e.total > 0 && e.done >= e.total)
      client.progress_.erase(e.what);
    else
      client.progress_[e.what] = e;
  }
  void operator()(const sync::TextReady& e) const {
    if (client.reader && client.reader->id() == e.message) client.reader->load();
    if (client.preview_ && client.preview_->id() == e.message) client.preview_->load();
    client.list.reload();
  }
  void operator()(const sync::PartReady& e) const {
    client.progress_.erase(sync::Progress::What::kBody);
    for (WantedPart& part : take(e.message, e.number)) part.then();
  }
  void operator()(const sync::BodyFailed& e) const {
    client.progress_.erase(sync::Progress::What::kBody);
    const bool waited = !take(e.message, e.number).empty();
    if (waited) client.alert("the attachment could not be fetched: " + e.why);
    if (client.reader && client.reader->id() == e.message) client.reader->failed(e.why);
    if (client.preview_ && client.preview_->id() == e.message) client.preview_->failed(e.why);
  }
  void operator()(const sync::JournalChanged& e) const {
    const auto entry = sync::Journal(client.world.store).find(e.entry);
    const auto before = client.outbox.size();
    reread();
    client.list.reload();
    if (!entry) return;
    if (entry->state == sync::EntryState::kFailed) {
      client.leaving = false;
      client.alert(fmt::format("{}: {}{}{}", entry->label, entry->said,
                               entry->advice.empty() ? "" : ". ", entry->advice));
    } else if (entry->action == sync::Action::kSend && client.outbox.size() < before) {
      client.say(fmt::format("sent: {}", entry->label));
    }
  }
  void operator()(const sync::Found& e) const {
    if (e.search != client.searches_ || !client.list.query()) return;
    if (e.from == sync::Found::From::kServer || !e.why.empty()) client.searching_ = false;
    if (!e.why.empty()) client.say("only what is here was searched: " + e.why);
    client.list.add_results(e.messages);
  }
  void operator()(const sync::Notice& e) const { client.alert("the server says: " + e.text); }

  void reread() const {
    client.read_folders();
    client.read_outbox();
    client.list.reload();
  }
  std::vector<WantedPart> take(sync::MessageId message, const std::string& number) const {
    std::vector<WantedPart> out, rest;
    for (WantedPart& part : client.wanted_) {
      const bool meant = part.message == message && part.number == number;
      (meant ? out : rest).push_back(std::move(part));
    }
    client.wanted_ = std::move(rest);
    return out;
  }
};

void Client::hear(const sync::Event& event) { std::visit(Hearing{*this}, event); }

}  // namespace mua::screen
