// Rows of the table `message` as values. Private to the folder.
#pragma once

#include <string>
#include <string_view>

#include "mailstore/sqlite.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// What `row_from` reads, from column 0 on.
inline constexpr std::string_view kRowColumns =
    "id, folder, uid, thread, flags, keywords, pending, date, size, attachment, sender, "
    "recipients, subject";

Row row_from(const mailstore::Statement& statement);

/// "$Junk work" and back.
std::string stored_keywords(const std::vector<std::string>& keywords);
std::vector<std::string> split_words(std::string_view words);

}  // namespace mua::sync
