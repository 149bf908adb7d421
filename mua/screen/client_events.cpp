// What the engine tells, on its way to the screen. An event is a hint: what is shown is read again
// from the local store.
#include <fmt/format.h>

#include <utility>

#include "mua/printable.hpp"
#include "mua/screen/account_commands.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/unseal.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"

namespace mua::screen {

namespace {
constexpr std::size_t kLongAdvice = 200;
}  // namespace

struct Client::Hearing {
  Client& client;
  Desk& desk;

  void operator()(const sync::LinkChanged& e) const {
    if (e.link == sync::Link::kRefused) refuse(e);
    if (e.link == sync::Link::kLive) desk.refusal.clear();
    // Why it went comes before what was said of something else.
    const bool was_there =
        desk.link.link == sync::Link::kLive || desk.link.link == sync::Link::kSyncing;
    const bool went = e.link == sync::Link::kOffline && was_there;
    if (went && !client.alerting_) client.said_.clear();
    desk.link = e;
    // What was under way begins anew.
    if (e.link == sync::Link::kOffline) client.progress_.clear();
  }
  /// Told once, however often it is tried again.
  void refuse(const sync::LinkChanged& e) const {
    if (std::exchange(desk.refusal, e.text) == e.text) return;
    const std::string whose = client.joined() ? desk.writer.account.address + ": " : "";
    // Of a certificate there is much to tell.
    const bool is_long = e.advice.size() > kLongAdvice;
    client.alert(whose + e.text + (is_long ? "; :accounts explains" : ". " + e.advice));
    desk.link = e;
    if (is_long && !client.writing && !client.asking()) accounts(client, "");
  }
  void operator()(const sync::FoldersChanged&) const { reread(); }
  void operator()(const sync::FolderChanged& e) const {
    client.read_folders();
    const bool joined = client.list.folder() == sync::kAllInboxes;
    if (joined || e.folder == client.list.folder()) client.list.reload();
  }
  void operator()(const sync::NewMail& e) const {
    reread();
    const auto folder = sync::Folders(desk.store).find(e.folder);
    Arrival arrival{desk.writer.account.address, folder ? folder->name : "a folder", 0, "", ""};
    std::int64_t newest = 0;
    for (const sync::Row& row : sync::MessageList(desk.store).rows(e.messages)) {
      // Read elsewhere meanwhile, or moved away: nobody needs to hear of it.
      if (!row.unread() || row.folder != e.folder) continue;
      ++arrival.count;
      if (row.date < newest) continue;
      newest = row.date;
      arrival.from = row.from.empty() ? "" : people_text(row.from);
      arrival.subject = printable(row.subject.empty() ? "(no subject)" : row.subject);
    }
    if (arrival.count == 0) return;
    client.say(arrival_text(arrival));
    if (client.world.notify) client.world.notify(arrival);
  }
  void operator()(const sync::Progress& e) const {
    if (e.total > 0 && e.done >= e.total)
      client.progress_.erase(e.what);
    else
      client.progress_[e.what] = e;
  }
  void operator()(const sync::TextReady& e) const {
    if (client.reader && client.reader->id() == e.message) client.reader->load();
    unseal(client);
    if (client.preview_ && client.preview_->id() == e.message) {
      client.preview_->load();
      tell_unchecked(*client.preview_);
    }
    client.list.reload();
    client.run_once_read(e.message);
  }
  void operator()(const sync::PartReady& e) const {
    client.progress_.erase(sync::Progress::What::kBody);
    for (WantedPart& part : take(e.message, e.number)) part.then();
  }
  void operator()(const sync::BodyFailed& e) const {
    client.progress_.erase(sync::Progress::What::kBody);
    const bool waited = !take(e.message, e.number).empty();
    if (waited) client.alert("the attachment could not be fetched: " + e.why);
    const bool meant = e.number.empty() && client.once_read_.message == e.message;
    if (meant) client.alert("the text could not be fetched: " + e.why);
    if (meant) client.once_read_.message = 0;
    if (client.reader && client.reader->id() == e.message) client.reader->failed(e.why);
    if (client.preview_ && client.preview_->id() == e.message) client.preview_->failed(e.why);
  }
  void operator()(const sync::JournalChanged& e) const {
    const auto entry = sync::Journal(client.world.store).find(e.entry);
    const auto before = client.outbox.size();
    reread();
    client.list.reload();
    if (!entry) return;
    const bool under_way =
        entry->state == sync::EntryState::kRunning || entry->state == sync::EntryState::kHanding;
    if (entry->action == sync::Action::kSend && !under_way)
      client.progress_.erase(sync::Progress::What::kSend);
    if (entry->state == sync::EntryState::kFailed) {
      client.leaving = false;
      client.alert(fmt::format("{}: {}{}{}", entry->label, entry->said,
                               entry->advice.empty() ? "" : ". ", entry->advice));
    } else if (entry->action == sync::Action::kSend && client.outbox.size() < before) {
      client.say(fmt::format("sent: {}", entry->label));
    }
  }
  void operator()(const sync::Found& e) const {
    if (e.search == client.marking_ && e.search == client.searches_) return mark_found(e);
    if (e.search != client.searches_ || !client.list.query()) return;
    take_answer(e);
    client.found_more_ = client.found_more_ || e.more;
    if (!e.why.empty()) client.say("only what is here was searched: " + e.why);
    client.list.add_results(e.messages);
  }
  void take_answer(const sync::Found& e) const {
    if (e.from == sync::Found::From::kServer && client.searching()) --client.searching_;
  }
  void mark_found(const sync::Found& e) const {
    std::vector<sync::MessageId> messages;
    for (const sync::MessageId id : e.messages) {
      if (!client.list.query() || client.list.holds(id)) messages.push_back(id);
    }
    client.found_marked_ += client.list.mark_these(messages);
    take_answer(e);
    client.say(fmt::format("{} marked{}{}", client.found_marked_,
                           client.searching() ? ", asking the server…" : "",
                           e.more ? "; there are more" : ""));
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

void Client::hear(const sync::Event& event, std::size_t desk) {
  const std::int64_t before = world.store.get().number();
  take(desks.at(desk));
  search_counts.changed();
  std::visit(Hearing{*this, desks[desk]}, event);
  // What was begun meanwhile (an attachment's `then` may open a letter) is this account's.
  if (!reader && !writing) take_in_hand(before << sync::kStoreShift);
}

}  // namespace mua::screen
