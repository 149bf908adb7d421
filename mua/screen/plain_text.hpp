// What the line mode says, as text: lines that are heard, without columns, frames or signs. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mua/screen/letter.hpp"
#include "mua/screen/page.hpp"
#include "mua/screen/picker.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

/// "3. unread, Ann Miller: Ferry on Saturday?, 21 Nov 21:31, with attachment"
std::string plain_row(const sync::Row& row, std::uint32_t line, std::int64_t now, bool marked);

/// The message as it is read, a line each.
std::string plain_page(const ReadMessage& message, int columns);

/// "Open folder\n1. INBOX, 3 unread\n2. ..."
std::string plain_choices(const Picker& picker);

/// Its fields and its text.
std::string plain_letter(const Letter& letter);

/// "3", "2-4", "1,5-7": lines counted from 1; empty when it is something else.
std::vector<std::uint32_t> parse_numbers(const std::string& text);

}  // namespace mua::screen
