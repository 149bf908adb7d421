#include "mua/screen/account_commands.hpp"

#include "mua/screen/client.hpp"
#include "mua/screen/wrap.hpp"

namespace mua::screen {

namespace {

constexpr int kIndent = 2;

void add_text(std::vector<Choice>& lines, const std::string& text, int columns) {
  if (text.empty()) return;
  for (const std::string& line : wrap({0, text}, columns))
    lines.push_back({std::string(kIndent, ' ') + line, "", ""});
}

}  // namespace

void accounts(Client& client, const std::string&) {
  const int columns = std::max(Picker::columns_of(client.world.screen.size()) - kIndent, 10);
  std::vector<Choice> lines;
  for (const Desk& desk : client.desks) {
    lines.push_back({desk.writer.account.address, std::string(name_of(desk.link.link)), ""});
    add_text(lines, desk.link.text, columns);
    add_text(lines, desk.link.advice, columns);
  }
  client.choose(Picker("Accounts", std::move(lines)), [](Client&, const Picker&) {});
}

}  // namespace mua::screen
