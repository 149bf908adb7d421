// Commands that find messages: searches of a folder or of all, marks by pattern, searches that are
// kept among the folders.
#pragma once

#include <string>

namespace mua::screen {

class Client;

void search(Client& client, const std::string& query);
void search_all(Client& client, const std::string& query);
void limit(Client& client, const std::string& query);
void next_match(Client& client, const std::string&);
/// Without a pattern the message under the cursor.
void mark(Client& client, const std::string& query);
void unmark(Client& client, const std::string&);
void mark_all(Client& client, const std::string&);
/// A folder, or a search that was saved.
void folder(Client& client, const std::string& name);
void save_search(Client& client, const std::string& name);
void forget_search(Client& client, const std::string& name);

}  // namespace mua::screen
