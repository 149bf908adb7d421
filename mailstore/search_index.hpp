// The trigram index of an account, search.db beside mail.db: which contents may hold a text. It is
// derived from mail.db and behind it, so nothing is lost with it: writes are not synced, and a
// damaged file is made anew, as is what a Pabal that folded otherwise left. In a file of its own
// because building it takes long and must not hold the lock that deliveries need.
//
// Contents are covered in the order of their ids, which are never given twice; those that were
// expunged stay in the index until most of it is such, then a new one is built in the other slot.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "mailstore/sqlite.hpp"

namespace mailstore {

class SearchIndex {
 public:
  /// Makes it when it is missing or damaged.
  explicit SearchIndex(const std::filesystem::path& account_folder);
  static bool exists(const std::filesystem::path& account_folder);

  struct Coverage {
    int slot = 0;
    std::int64_t to_content = 0;
    std::int64_t contents = 0;
  };
  /// The slot that covers most, which answers; and the one that is being filled, often the same.
  Coverage answering();
  Coverage filling();

  /// Covered contents that may hold the casefolded text, ascending; nullopt: it can't tell.
  std::optional<std::vector<std::int64_t>> candidates(const Coverage& coverage,
                                                      std::string_view folded);

  /// The same of those whose Subject: holds it.
  std::optional<std::vector<std::int64_t>> subject_candidates(const Coverage& coverage,
                                                              std::string_view folded);

  Database& database() { return database_; }

  // Inside a transaction of `database`:
  void add(int slot, std::int64_t content, std::string_view folded_text);
  /// `folded`: as searchable_subjects gives it. Contents ascend.
  void add_subject(int slot, std::int64_t content, std::string_view folded);
  void save(const Coverage& coverage);
  /// Empties the other slot and begins to fill it.
  void begin_anew();
  /// The slot being filled covers what the other does: the other is emptied.
  void retire_other(int slot);
  void clear();

 private:
  bool is_folded_as_now();
  void fold_anew();

  Database database_;
};

}  // namespace mailstore
