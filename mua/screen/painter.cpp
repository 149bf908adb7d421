#include "mua/screen/painter.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "mua/screen/folder_view.hpp"
#include "mua/screen/list_view.hpp"

namespace mua::screen {

namespace {

constexpr int kBarColumns = 10;

std::string time_of_day(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  localtime_r(&time, &parts);
  return fmt::format("{:%H:%M}", parts);
}

Pane pane_of(Place place) {
  return place == kInLetter ? Pane::kLetter : place == kInReader ? Pane::kReader : Pane::kList;
}

const sync::Folder* folder_of(const Client& client) {
  const auto found =
      std::find_if(client.folders.begin(), client.folders.end(),
                   [&](const sync::Folder& f) { return f.id == client.list.folder(); });
  return found == client.folders.end() ? nullptr : &*found;
}

/// The right half wins where both don't fit.
void paint_bar(Canvas& canvas, Area area, const std::string& left, const std::string& right,
               Tone tone) {
  const Style style{tone, false};
  canvas.fill(area, style);
  const int width = std::min(columns(right), area.columns / 2);
  canvas.put({area.row, area.column + 1}, left, style, area.columns - width - 3);
  canvas.put({area.row, area.column + area.columns - width - 1}, right, style, width);
}

}  // namespace

std::string progress_bar(std::uint64_t done, std::uint64_t total) {
  const auto full =
      static_cast<std::size_t>(std::min(done * kBarColumns / total, std::uint64_t{kBarColumns}));
  return fmt::format("[{}{}] {}%", std::string(full, '#'), std::string(kBarColumns - full, '.'),
                     std::min(done * 100 / total, std::uint64_t{100}));
}

Painter::Painter(Client& client)
    : client_(client),
      canvas_(client.world.screen.size()),
      layout_(layout_of(client.world.screen.size(), pane_of(client.place()))) {}

Canvas Painter::picture() {
  paint_title();
  if (layout_.folders.columns > 0) {
    paint(canvas_, layout_.folders, client_.folders, client_.list.folder());
  }
  if (layout_.list.columns > 0) paint_list();
  if (layout_.list.columns > 0 && layout_.reader.columns > 0) {
    for (int row = 0; row < layout_.reader.rows; ++row) {
      canvas_.put({layout_.reader.row + row, layout_.reader.column - 1}, "│",
                  {Tone::kBorder, false}, 1);
    }
  }
  if (client_.writing)
    client_.writing->composer.paint(canvas_, layout_.letter);
  else if (client_.reader)
    client_.reader->paint(canvas_, layout_.reader);
  else if (client_.preview_ && layout_.reader.columns > 0)
    client_.preview_->paint(canvas_, layout_.reader);
  paint_status();
  if (client_.choosing_) client_.choosing_->picker.paint(canvas_);
  return canvas_;
}

std::string Painter::title() const {
  if (client_.writing) return "Letter";
  const sync::Folder* folder = folder_of(client_);
  if (!folder) return "mua";
  std::string out = folder->name;
  if (client_.list.query()) {
    out += fmt::format("  /{}  {} found{}", *client_.list.query(), client_.list.count(),
                       client_.searching_ ? ", searching…" : "");
  } else {
    // Counted by the server: of a long folder not all headers may be here yet.
    out += fmt::format("  {} unread of {}", folder->unread, folder->total);
  }
  if (client_.list.order() == sync::Order::kThreads && !client_.list.query()) out += "  threads";
  if (!client_.list.marked().empty())
    out += fmt::format("  {} marked", client_.list.marked().size());
  return out;
}

std::string Painter::link_words() const {
  const sync::Folder* folder = folder_of(client_);
  const std::string since =
      folder && folder->synced_at > 0 ? " " + time_of_day(folder->synced_at) : std::string();
  switch (client_.link_.link) {
    case sync::Link::kOffline: return "offline" + since;
    case sync::Link::kConnecting: return "connecting" + since;
    case sync::Link::kSyncing: return "syncing" + since;
    case sync::Link::kLive: return "live" + since;
    case sync::Link::kRefused: return "refused" + since;
  }
  return "";
}

void Painter::paint_title() {
  const std::string account = client_.world.writer.account.address;
  paint_bar(canvas_, layout_.title, title(), account + "  " + link_words(), Tone::kBar);
}

void Painter::paint_list() {
  ListPicture picture = client_.list.picture(client_.now());
  const sync::Folder* folder = folder_of(client_);
  const bool ours = folder && (folder->use == sync::SpecialUse::kSent ||
                               folder->use == sync::SpecialUse::kDrafts);
  if (ours) picture.people = ListPicture::People::kRecipients;
  if (client_.searching_)
    picture.empty = "searching…";
  else if (client_.list.query())
    picture.empty = "nothing found";
  else if (!folder)
    picture.empty = "no folders yet: " + link_words();
  else if (folder->total > 0)
    picture.empty = "fetching the list…";
  else
    picture.empty = "no messages";
  paint(canvas_, layout_.list, picture);
}

std::string Painter::progress_words() const {
  for (const auto& [what, progress] : client_.progress_) {
    const char* doing = what == sync::Progress::What::kSync   ? "syncing"
                        : what == sync::Progress::What::kSend ? "sending"
                                                              : "fetching";
    if (progress.total == 0) return fmt::format("{}…", doing);
    return fmt::format("{} {}", doing, progress_bar(progress.done, progress.total));
  }
  return "";
}

/// "sending "Hello" in 7 s, u takes it back"
std::string Painter::outbox_words() const {
  for (const sync::Entry& entry : client_.outbox) {
    const std::int64_t left = entry.not_before - client_.world.now_ms();
    if (entry.state == sync::EntryState::kFailed)
      return fmt::format("not sent: {}; o shows why", entry.label);
    if (entry.state == sync::EntryState::kWaiting && left > 0) {
      return fmt::format("sending \"{}\" in {} s; u takes it back", entry.label,
                         (left + 999) / 1000);
    }
  }
  return client_.outbox.empty() ? "" : fmt::format("{} to send", client_.outbox.size());
}

std::string Painter::hint() const {
  switch (client_.place()) {
    case kInLetter: return "^X send  ^T attach  ^O $EDITOR  ^S postpone  Esc close  ^G keys";
    case kInReader: return "q back  r reply  g all  f forward  d delete  ? keys";
    case kInList: break;
  }
  return "Enter read  m write  r reply  d delete  / find  c folder  ? keys";
}

std::string Painter::status_words() const {
  if (!client_.keys_.empty()) return client_.keys_ + "…";
  if (!client_.said_.empty()) return client_.said_;
  const std::string outbox = outbox_words();
  if (!outbox.empty()) return outbox;
  if (client_.link_.link == sync::Link::kOffline && !client_.link_.text.empty())
    return client_.link_.text;
  return hint();
}

void Painter::paint_status() {
  const Area area = layout_.status;
  if (client_.prompt_) {
    const Prompt& prompt = *client_.prompt_;
    canvas_.fill(area, {});
    const int label =
        canvas_.put({area.row, 1}, prompt.label, {Tone::kField, false}, area.columns - 2);
    const Area rest{area.row, 1 + label, 1, area.columns - label - 2};
    if (prompt.echo == Prompt::Echo::kHidden)
      canvas_.cursor = Position{rest.row, rest.column};
    else if (prompt.answers.empty())
      canvas_.cursor = prompt.line.paint(canvas_, rest, {});
    else
      canvas_.cursor = Position{rest.row, rest.column};
    return;
  }
  const bool alerting = client_.alerting_ && !client_.said_.empty();
  paint_bar(canvas_, area, status_words(), progress_words(), alerting ? Tone::kAlert : Tone::kBar);
}

}  // namespace mua::screen
