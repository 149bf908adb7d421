// The message list as a picture: marks, date, people, subject; threads indented. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "mua/screen/canvas.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

/// What of a list is on the screen.
struct ListPicture {
  std::vector<sync::Row> rows;  ///< those that are seen, from line `top` on
  std::uint32_t top = 0;
  std::uint32_t cursor = 0;  ///< a line of the whole list
  std::set<sync::MessageId> marked;
  enum class People { kSenders, kRecipients };
  People people = People::kSenders;  ///< recipients in Sent and Drafts
  std::int64_t now = 0;              ///< seconds since 1970
  /// Of a list over several: the names that stand in its lines.
  std::map<sync::FolderId, std::string> folders;
  std::string empty;  ///< what is said when there are none
};

void paint(Canvas& canvas, Area area, const ListPicture& list);

/// "Ann Miller, bob@example.test"
std::string people_text(const std::vector<mail::NamedAddress>& people);

/// N unread, A answered, > forwarded; F flagged; @ attachment; ~ the server hasn't heard of a
/// change yet.
std::string marks_of(const sync::Row& row);

}  // namespace mua::screen
