// Commands of the reader: scrolling, header fields, links, attachments, and the text for other
// programs.
#pragma once

#include <string>

namespace mua::screen {

class Client;

void scroll_down(Client& client, const std::string&);
void scroll_up(Client& client, const std::string&);
void page_down_or_next(Client& client, const std::string&);
void headers(Client& client, const std::string&);
/// A number opens that link at once; without one a popup asks.
void links(Client& client, const std::string& number);
void open_link(Client& client, const std::string& link);
void attachments(Client& client, const std::string& number);
void pipe_text(Client& client, const std::string& command);

}  // namespace mua::screen
