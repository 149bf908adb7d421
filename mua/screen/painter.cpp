#include "mua/screen/painter.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "mua/rows.hpp"
#include "mua/screen/folder_view.hpp"
#include "mua/screen/hints.hpp"
#include "mua/screen/list_view.hpp"

namespace mua::screen {

namespace {

constexpr int kBarColumns = 10;

std::tm local_time(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  localtime_r(&time, &parts);
  return parts;
}

/// " 21:31", of another day " 14 Nov 21:31"; nothing where there was no look yet.
std::string look_words(const sync::Folder* folder, std::int64_t now) {
  if (!folder || folder->synced_at <= 0) return "";
  const std::tm then = local_time(folder->synced_at), today = local_time(now);
  const bool same_day = then.tm_yday == today.tm_yday && then.tm_year == today.tm_year;
  return " " + (same_day ? fmt::format("{:%H:%M}", then) : short_date(folder->synced_at, now));
}

Pane pane_of(Place place) {
  return place == kInLetter ? Pane::kLetter : place == kInReader ? Pane::kReader : Pane::kList;
}

/// What the right side of a bar may take: half of it, or all that the left leaves.
int room_beside(const std::string& left, Area area) {
  return std::max(area.columns / 2, area.columns - columns(left) - 3);
}

void paint_bar(Canvas& canvas, Area area, const std::string& left, const std::string& right,
               Tone tone) {
  const Style style{tone, false};
  canvas.fill(area, style);
  const int width = std::min(columns(right), room_beside(left, area));
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
  if (layout_.folders.columns > 0) paint_tree();
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

void Painter::paint_tree() {
  const auto& searches = client_.world.saved_searches;
  const auto [folders, below] = split_tree(layout_.folders, searches.size());
  const SavedSearch* shown = client_.shown_search();
  paint(canvas_, folders, client_.folders, shown ? 0 : client_.list.folder());
  std::vector<SearchLine> lines;
  for (const SavedSearch& search : searches) {
    lines.push_back({search.name, client_.search_counts.text(search.name), &search == shown});
  }
  paint_searches(canvas_, below, lines);
}

std::string Painter::title() const {
  if (client_.writing) return "Letter";
  const sync::Folder* folder = client_.shown_folder();
  if (!folder) return "mua";
  std::string out = client_.list.query() && client_.list.scope() == Scope::kEverywhere
                        ? "All folders"
                        : folder->name;
  if (client_.list.query()) {
    const SavedSearch* saved = client_.shown_search();
    out = fmt::format("{}  {}  {}{} found{}", saved ? saved->name : out,
                      saved ? saved->query : "/" + *client_.list.query(), client_.list.count(),
                      client_.found_more_ ? "+" : "", client_.searching() ? ", searching…" : "");
  } else {
    // Counted by the server: of a long folder not all headers may be here yet.
    out += fmt::format("  {} unread of {}", folder->unread, folder->total);
  }
  const bool threads = client_.list.order() == sync::Order::kThreads;
  if (threads && !client_.list.query()) out += "  threads";
  if (!client_.list.marked().empty())
    out += fmt::format("  {} marked", client_.list.marked().size());
  return out;
}

std::string Painter::link_words() const {
  return std::string(name_of(client_.link().link)) +
         look_words(client_.shown_folder(), client_.now());
}

/// "bob@example.test  live 21:31", and of several accounts each whose server is away.
std::string Painter::account_words() const {
  const bool all = client_.list.folder() == sync::kAllInboxes && !client_.writing;
  const std::string& in_hand = client_.world.writer.account.address;
  std::string out;
  if (!all) out = in_hand + "  " + link_words();
  for (const Desk& desk : client_.desks) {
    const std::string& address = desk.writer.account.address;
    const bool told = desk.link.link == sync::Link::kLive || (!all && address == in_hand);
    if (!told)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", address, name_of(desk.link.link));
  }
  if (!out.empty()) return out;
  return fmt::format("{} accounts  live{}", client_.desks.size(),
                     look_words(client_.shown_folder(), client_.now()));
}

void Painter::paint_title() {
  const std::string left = title();
  std::string right = account_words();
  // Rather whether the server is there than whose it is.
  const bool fits = columns(right) <= room_beside(left, layout_.title);
  if (!fits && client_.desks.size() == 1) right = link_words();
  paint_bar(canvas_, layout_.title, left, right, Tone::kBar);
}

void Painter::paint_list() {
  ListPicture picture = client_.list.picture(client_.now());
  const sync::Folder* folder = client_.shown_folder();
  if (client_.lists_recipients()) picture.people = ListPicture::People::kRecipients;
  if (client_.list.query() && client_.list.scope() == Scope::kEverywhere) {
    for (const sync::Folder& each : client_.folders) picture.folders[each.id] = each.name;
  }
  if (client_.list.query() && client_.searching())
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

/// What somebody waits for before what goes on by itself.
std::string Painter::progress_words() const {
  using What = sync::Progress::What;
  for (const What what : {What::kBody, What::kSend, What::kSync}) {
    const auto found = client_.progress_.find(what);
    if (found == client_.progress_.end()) continue;
    const sync::Progress& progress = found->second;
    const std::string doing = what == What::kBody   ? "fetching"
                              : what == What::kSend ? "sending"
                                                    : "syncing " + folder_name(progress.subject);
    if (progress.total == 0) return doing + "…";
    return fmt::format("{} {}", doing, progress_bar(progress.done, progress.total));
  }
  return "";
}

std::string Painter::folder_name(sync::FolderId id) const {
  for (const sync::Folder& folder : client_.folders) {
    if (folder.id == id) return folder.name;
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
    case kInLetter: return letter_hint(client_.world.keys);
    case kInReader:
      if (client_.reader->message().invitation &&
          client_.reader->message().invitation->can_be_answered()) {
        return "I answers the invitation  q back  r reply  d delete  ? keys";
      }
      return reader_hint(client_.world.keys);
    case kInList: break;
  }
  return list_hint(client_.world.keys);
}

std::string Painter::status_words() const {
  if (!client_.keys_.empty()) return client_.keys_ + "…";
  if (!client_.said_.empty()) return client_.said_;
  const std::string outbox = outbox_words();
  if (!outbox.empty()) return outbox;
  for (const Desk& desk : client_.desks) {
    if (desk.link.link != sync::Link::kOffline || desk.link.text.empty()) continue;
    const std::int64_t left = (desk.link.retry_at - client_.world.now_ms() + 999) / 1000;
    return desk.link.text + (left > 1 ? fmt::format("; tries again in {} s", left) : "");
  }
  return hint();
}

/// In the line above the prompt, when there is something to say.
void Painter::paint_hint(const Prompt& prompt) {
  const std::string words = prompt.hint ? prompt.hint(prompt.line.text()) : "";
  if (words.empty() || layout_.status.row < 2) return;
  const Area above{layout_.status.row - 1, 0, 1, canvas_.size().columns};
  canvas_.fill(above, {Tone::kDim, false});
  canvas_.put({above.row, 1}, words, {Tone::kDim, false}, above.columns - 2);
}

void Painter::paint_status() {
  const Area area = layout_.status;
  if (client_.prompt_) {
    const Prompt& prompt = *client_.prompt_;
    paint_hint(prompt);
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
