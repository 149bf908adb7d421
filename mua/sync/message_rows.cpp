#include "mua/sync/message_rows.hpp"

#include "mua/sync/stored_addresses.hpp"

namespace mua::sync {

namespace {

constexpr std::size_t kShownRecipients = 3;

}  // namespace

Row row_from(const mailstore::Statement& statement) {
  Row row;
  row.id = statement.integer(0);
  row.folder = statement.integer(1);
  row.uid = static_cast<std::uint32_t>(statement.integer(2));
  row.thread = statement.integer(3);
  row.flags.system = static_cast<std::uint8_t>(statement.integer(4));
  row.flags.keywords = split_words(statement.text(5));
  row.pending = statement.integer(6) > 0;
  row.date = statement.integer(7);
  row.size = static_cast<std::uint64_t>(statement.integer(8));
  row.has_attachment = statement.integer(9) != 0;
  row.from = read_addresses(statement.text(10));
  row.to = read_addresses(statement.text(11), kShownRecipients);
  row.subject = statement.string(12);
  return row;
}

std::string stored_keywords(const std::vector<std::string>& keywords) {
  std::string out;
  for (const std::string& keyword : keywords) out += (out.empty() ? "" : " ") + keyword;
  return out;
}

std::vector<std::string> split_words(std::string_view words) {
  std::vector<std::string> out;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) out.emplace_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return out;
}

}  // namespace mua::sync
