// What history.db tells of a message: its steps, and which messages had a Message-ID or an address.
// Reads beside whoever writes, and finds nothing where there is no history yet.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailstore/history.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

class HistoryReader {
 public:
  /// Throws StoreError when history.db is damaged or of another version.
  explicit HistoryReader(const std::filesystem::path& data);

  /// The steps of the message of this name, first to last.
  std::vector<Step> steps(std::string_view queue) const;
  /// Names of at most `most` messages, the one with the latest step first. The Message-ID with or
  /// without its angle brackets.
  std::vector<std::string> with_message_id(std::string_view message_id, std::size_t most) const;
  /// Those that came from the address or were for it, as RCPT named it or where that led.
  std::vector<std::string> of_address(std::string_view address, std::size_t most) const;

 private:
  mutable std::optional<Database> database_;
};

}  // namespace mailstore
