// What the mouse does: a click on a message chooses it and a second one reads it, one on a folder,
// a saved search, an attachment or a link opens it; the wheel turns what is under it.
#include <algorithm>

#include "mua/screen/client.hpp"
#include "mua/screen/folder_view.hpp"
#include "mua/screen/layout.hpp"
#include "mua/screen/reader_commands.hpp"

namespace mua::screen {

namespace {
constexpr int kWheel = 3;
}

void Client::click(const Mouse& mouse) {
  list.hold();
  if (mouse.action != Mouse::Action::kClick) return turn_wheel(mouse);
  if (choosing_) return settle_picker(choosing_->picker.click(mouse.at, world.screen.size()));
  if (prompt_ || writing) return;
  const Layout layout = layout_of(world.screen.size(), reader ? Pane::kReader : Pane::kList);
  const TreeAreas tree = split_tree(layout.folders, world.saved_searches.size());
  if (const sync::FolderId folder = folder_at(folders, list.folder(), tree.folders, mouse.at)) {
    return open_folder(folder);
  }
  if (const auto saved = search_at(tree.searches, world.saved_searches.size(), mouse.at)) {
    return open_saved(SavedSearch(world.saved_searches[*saved]));
  }
  if (layout.reader.contains(mouse.at)) return click_in_text(mouse.at);
  if (!layout.list.contains(mouse.at)) return;
  const std::uint32_t line =
      list.top() + static_cast<std::uint32_t>(mouse.at.row - layout.list.row);
  if (line >= list.count()) return;
  if (line == list.cursor() && list.current() && !reader) return command("open");
  list.go_to(line);
  if (reader && list.current()) open_message(list.current()->id);
}

void Client::turn_wheel(const Mouse& mouse) {
  const int lines = mouse.action == Mouse::Action::kWheelDown ? kWheel : -kWheel;
  if (choosing_) return choosing_->picker.scroll(lines);
  if (prompt_ || writing) return;
  const Layout layout = layout_of(world.screen.size(), reader ? Pane::kReader : Pane::kList);
  if (layout.reader.contains(mouse.at) && reader)
    reader->scroll(lines);
  else if (layout.reader.contains(mouse.at) && preview_)
    preview_->scroll(lines);
  else
    list.move(lines);
}

/// Of a message that is read what stands there is opened; the preview becomes what is read.
void Client::click_in_text(Position at) {
  if (!reader && list.current()) return command("open");
  if (!reader) return;
  const Spot spot = reader->spot(at);
  if (const auto chip = chip_at(reader->page(), spot)) {
    return command("attachments " + std::to_string(*chip));
  }
  if (const auto link = link_at(reader->page(), spot, reader->links())) open_link(*this, *link);
}

}  // namespace mua::screen
