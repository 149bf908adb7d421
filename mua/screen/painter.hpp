// The whole picture of a client: title, panes, status line, and what lies over them.
#pragma once

#include <string>

#include "mua/screen/client.hpp"
#include "mua/screen/layout.hpp"

namespace mua::screen {

class Painter {
 public:
  explicit Painter(Client& client);
  Canvas picture();

 private:
  void paint_title();
  void paint_tree();
  void paint_list();
  void paint_hint(const Prompt& prompt);
  void paint_status();
  std::string title() const;
  std::string link_words() const;
  std::string account_words() const;
  std::string status_words() const;
  std::string progress_words() const;
  std::string folder_name(sync::FolderId id) const;
  std::string outbox_words() const;
  std::string hint() const;

  Client& client_;
  Canvas canvas_;
  Layout layout_;
};

/// "[####......] 40%"
std::string progress_bar(std::uint64_t done, std::uint64_t total);

}  // namespace mua::screen
