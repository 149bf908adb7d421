#include <algorithm>

#include "mail/searchable.hpp"
#include "mailstore/content_files.hpp"
#include "mailstore/search.hpp"
#include "mailstore/search_index.hpp"
#include "mailstore/search_text.hpp"
#include "mailstore/sqlite.hpp"

namespace mailstore {

namespace {

// A new index is built when more than half of this one, and more than this, is of contents gone.
constexpr std::int64_t kWorthRebuilding = 1000;

/// The first `most` contents with ids in (after, last]; those that nobody has any more are left
/// out.
std::vector<std::int64_t> contents_between(Database& mail, std::int64_t after, std::int64_t last,
                                           std::size_t most) {
  std::vector<std::int64_t> ids;
  for (Statement row =
           mail.query("SELECT id FROM content WHERE id > ? AND id <= ?"
                      " AND NOT EXISTS (SELECT 1 FROM released WHERE released.content = content.id)"
                      " ORDER BY id LIMIT ?",
                      after, last, most);
       row.step();)
    ids.push_back(row.integer(0));
  return ids;
}

/// "" when it went meanwhile. Nothing is held open between two of them: indexing takes long, and
/// the log of mail.db must not grow with it.
std::string octets_of(Account& account, std::int64_t content) {
  Statement row = account.database().query("SELECT octets FROM octets WHERE content = ?", content);
  if (!row.step()) return "";
  std::string octets = row.string(0);
  if (auto rest = content_files(account).read(content, 0, UINT64_MAX)) octets += *rest;
  return octets;
}

std::int64_t highest_content_ever(Database& mail) {
  return mail
      .integer(
          "SELECT max((SELECT content_floor FROM counter),"
          " (SELECT coalesce(max(id), 0) FROM content))")
      .value_or(0);
}

bool mostly_gone(Database& mail, const SearchIndex::Coverage& coverage) {
  const std::int64_t messages = mail.integer("SELECT sum(messages) FROM mailbox").value_or(0);
  return coverage.contents - messages > std::max(messages, kWorthRebuilding);
}

/// A new index is filled as far as the old one goes, which answers meanwhile.
std::size_t fill(Account& account, SearchIndex& index, std::size_t most) {
  SearchIndex::Coverage coverage = index.filling();
  const SearchIndex::Coverage answering = index.answering();
  const std::int64_t last = coverage.slot == answering.slot ? INT64_MAX : answering.to_content;
  const auto ids = contents_between(account.database(), coverage.to_content, last, most);
  for (std::int64_t id : ids) {
    const std::string octets = octets_of(account, id);
    index.add(coverage.slot, id, searchable_text(octets));
    if (const auto subject = searchable_subjects(octets))
      index.add_subject(coverage.slot, id, *subject);
    coverage.to_content = id;
    ++coverage.contents;
  }
  if (!ids.empty()) index.save(coverage);
  return ids.size();
}

/// Nothing is left to fill: ends a rebuild, or begins one when it is worth it. True: there may be
/// more to fill now.
bool tend(Account& account, SearchIndex& index) {
  const SearchIndex::Coverage filled = index.filling(), answering = index.answering();
  if (filled.slot != answering.slot) {
    index.save({filled.slot, answering.to_content, filled.contents});
    index.retire_other(filled.slot);
    return true;
  }
  if (!mostly_gone(account.database(), answering)) return false;
  index.begin_anew();
  return true;
}

}  // namespace

std::size_t index_more(Account& account, std::size_t most) {
  SearchIndex index(account.folder());
  Transaction transaction(index.database(), Transaction::Kind::kUnsynced);
  // mail.db was restored from a time when these ids were still to come.
  if (index.answering().to_content > highest_content_ever(account.database())) index.clear();
  std::size_t done = fill(account, index, most);
  while (done == 0 && most > 0 && tend(account, index)) done = fill(account, index, most);
  transaction.commit();
  return done;
}

}  // namespace mailstore
