#include "mailstore/search_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "mail/searchable.hpp"
#include "mailstore/derived_file.hpp"
#include "mailstore/sort_columns.hpp"

namespace mailstore {

namespace {

constexpr int kSearchCacheKib = 3072;
// A text this large has most trigrams of its language: finding it by them tells little.
constexpr std::size_t kLargestText = 4u << 20;
// More trigrams than these narrow the candidates little and cost a look-up each.
constexpr std::size_t kMostTrigrams = 12;
// Octets of a row of subjects, so that it fits into a page.
constexpr std::size_t kSubjectsOfRow = 3500;
constexpr std::size_t kSubjectContentSize = 4;

std::filesystem::path search_file(const std::filesystem::path& folder) {
  return folder / "search.db";
}

bool starts_character(char octet) { return (static_cast<unsigned char>(octet) & 0xc0) != 0x80; }

/// Where its characters begin, and its end.
std::vector<std::size_t> boundaries(std::string_view utf8) {
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < utf8.size(); ++i)
    if (starts_character(utf8[i])) at.push_back(i);
  at.push_back(utf8.size());
  return at;
}

/// "abcd" → `"abc" AND "bcd"`, at most kMostTrigrams of them, spread evenly.
std::string match_expression(std::string_view text, const std::vector<std::size_t>& at) {
  const std::size_t all = at.size() - 3, some = std::min(all, kMostTrigrams);
  std::string expression;
  for (std::size_t i = 0; i < some; ++i) {
    const std::size_t first = some == 1 ? 0 : i * (all - 1) / (some - 1);
    std::string trigram(text.substr(at[first], at[first + 3] - at[first]));
    for (std::size_t quote = 0; (quote = trigram.find('"', quote)) != std::string::npos; quote += 2)
      trigram.insert(quote, 1, '"');
    expression += fmt::format("{}\"{}\"", i == 0 ? "" : " AND ", trigram);
  }
  return expression;
}

/// Appends the contents of a row of subjects in which `folded` is found.
void find_in_row(const Statement& row, std::string_view folded, std::vector<std::int64_t>& found) {
  const std::string_view texts = row.text(2), contents = row.text(1);
  std::size_t counted = 0, number = 0;
  for (std::size_t at = 0; (at = texts.find(folded, at)) != texts.npos;) {
    number +=
        static_cast<std::size_t>(std::count(texts.begin() + static_cast<std::ptrdiff_t>(counted),
                                            texts.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    const std::size_t place = number * kSubjectContentSize;
    if (place + kSubjectContentSize > contents.size()) return;
    found.push_back(row.integer(0) + ColumnReader(contents.substr(place)).uid());
    counted = at;
    at = std::min(texts.find('\n', at), texts.size());
  }
}

SearchIndex::Coverage coverage_from(Statement row) {
  if (!row.step()) return {};
  return {static_cast<int>(row.integer(0)), row.integer(1), row.integer(2)};
}

}  // namespace

SearchIndex::SearchIndex(const std::filesystem::path& account_folder)
    : database_(made_usable(search_file(account_folder), search_schema()), Database::Mode::kCreate,
                kSearchCacheKib) {
  if (!is_folded_as_now()) fold_anew();
}

bool SearchIndex::exists(const std::filesystem::path& account_folder) {
  return std::filesystem::exists(search_file(account_folder));
}

bool SearchIndex::is_folded_as_now() {
  Statement row = database_.query("SELECT name FROM folding");
  return row.step() && row.text(0) == mail::casefold_name();
}

void SearchIndex::fold_anew() {
  Transaction transaction(database_, Transaction::Kind::kUnsynced);
  if (is_folded_as_now()) return;  // another was quicker
  clear();
  database_.run("UPDATE folding SET name = ?", mail::casefold_name());
  transaction.commit();
}

SearchIndex::Coverage SearchIndex::answering() {
  return coverage_from(
      database_.query("SELECT slot, to_content, contents FROM coverage ORDER BY to_content DESC, "
                      "contents DESC LIMIT 1"));
}

SearchIndex::Coverage SearchIndex::filling() {
  return coverage_from(database_.query(
      "SELECT slot, to_content, contents FROM coverage ORDER BY to_content, contents LIMIT 1"));
}

std::optional<std::vector<std::int64_t>> SearchIndex::candidates(const Coverage& coverage,
                                                                 std::string_view folded) {
  const std::vector<std::size_t> at = boundaries(folded);
  const std::size_t characters = at.size() - 1;
  // A NUL is not kept, and a single ASCII character is in nearly every message.
  if (folded.find('\0') != std::string_view::npos || folded.size() < 2) return std::nullopt;
  const std::string sql =
      characters >= 3
          ? fmt::format("SELECT rowid FROM trigrams_{0} WHERE trigrams_{0} MATCH ?1", coverage.slot)
          : fmt::format("SELECT doc FROM terms_{} WHERE term >= ?1 AND term <= ?1 || x'ff'",
                        coverage.slot);
  const std::string sought = characters >= 3 ? match_expression(folded, at) : std::string(folded);
  std::vector<std::int64_t> contents;
  for (Statement row = database_.query(sql, sought); row.step();)
    contents.push_back(row.integer(0));
  for (Statement row =
           database_.query("SELECT content FROM too_large WHERE slot = ?", coverage.slot);
       row.step();)
    contents.push_back(row.integer(0));
  std::sort(contents.begin(), contents.end());
  contents.erase(std::unique(contents.begin(), contents.end()), contents.end());
  return contents;
}

void SearchIndex::add(int slot, std::int64_t content, std::string_view folded_text) {
  if (folded_text.size() > kLargestText) {
    database_.run("INSERT OR IGNORE INTO too_large VALUES (?, ?)", slot, content);
    return;
  }
  // The tokenizer ends at a NUL. The line ends give the last characters a trigram that begins with
  // them, by which shorter texts are found.
  std::string text(folded_text);
  std::replace(text.begin(), text.end(), '\0', ' ');
  text += "\n\n";
  database_.run(fmt::format("INSERT INTO trigrams_{} (rowid, text) VALUES (?, ?)", slot), content,
                text);
}

std::optional<std::vector<std::int64_t>> SearchIndex::subject_candidates(const Coverage& coverage,
                                                                         std::string_view folded) {
  // Both stand for something else there.
  constexpr std::string_view kSeparators("\n\0", 2);
  if (folded.empty() || folded.find_first_of(kSeparators) != folded.npos) return std::nullopt;
  std::vector<std::int64_t> contents;
  for (Statement row = database_.query(fmt::format(
           "SELECT first, contents, texts FROM subjects_{} ORDER BY first", coverage.slot));
       row.step();)
    find_in_row(row, folded, contents);
  return contents;
}

void SearchIndex::add_subject(int slot, std::int64_t content, std::string_view folded) {
  std::int64_t first = content;
  std::string contents, texts;
  {
    Statement last = database_.query(fmt::format(
        "SELECT first, contents, texts FROM subjects_{} ORDER BY first DESC LIMIT 1", slot));
    const bool has_room = last.step() &&
                          last.text(1).size() + last.text(2).size() < kSubjectsOfRow &&
                          content - last.integer(0) <= UINT32_MAX;
    if (has_room) {
      first = last.integer(0);
      contents = last.text(1);
      texts = last.text(2);
    }
  }
  append_little_endian(contents, static_cast<std::uint64_t>(content - first), kSubjectContentSize);
  texts.append(folded).append("\n");
  database_.run(fmt::format("INSERT OR REPLACE INTO subjects_{} VALUES (?, ?, ?)", slot), first,
                Blob{contents}, Blob{texts});
}

void SearchIndex::save(const Coverage& coverage) {
  database_.run("INSERT OR REPLACE INTO coverage VALUES (?, ?, ?)", coverage.slot,
                coverage.to_content, coverage.contents);
}

void SearchIndex::begin_anew() {
  const int other = 1 - answering().slot;
  retire_other(1 - other);
  save({other, 0, 0});
}

void SearchIndex::retire_other(int slot) {
  const int other = 1 - slot;
  database_.run(
      fmt::format("INSERT INTO trigrams_{0} (trigrams_{0}) VALUES ('delete-all')", other));
  database_.run(fmt::format("DELETE FROM subjects_{}", other));
  database_.run("DELETE FROM too_large WHERE slot = ?", other);
  database_.run("DELETE FROM coverage WHERE slot = ?", other);
}

void SearchIndex::clear() {
  retire_other(0);
  retire_other(1);
  save({0, 0, 0});
}

}  // namespace mailstore
