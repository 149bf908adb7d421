#include "mua/sync/people.hpp"

#include "mail/searchable.hpp"
#include "mua/printable.hpp"

namespace mua::sync {

using mailstore::Statement;

namespace {

/// For LIKE ... ESCAPE '\'.
std::string pattern_of(std::string_view begins) {
  std::string out;
  for (const char c : begins) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

}  // namespace

std::vector<Person> People::complete(std::string_view typed, std::size_t most) {
  std::vector<Person> out;
  const std::string begins = pattern_of(mail::casefold(typed)), word = "% " + begins;
  Statement row = database_.query(
      "SELECT name, written FROM person INDEXED BY person_order WHERE address LIKE ?1 ESCAPE '\\' "
      "OR folded LIKE ?1 ESCAPE '\\' OR folded LIKE ?2 ESCAPE '\\' ORDER BY sent DESC, seen DESC, "
      "last DESC LIMIT ?3",
      begins, word, most);
  while (row.step()) out.push_back({row.string(0), row.string(1)});
  return out;
}

void People::note(const mail::NamedAddress& person, Met met, std::int64_t now) {
  if (person.address.local.empty() || person.address.domain.empty()) return;
  const std::string address = printable(person.address.to_string()), name = printable(person.name);
  const int sent = met == Met::kWrittenTo ? 1 : 0;
  database_.run(
      "INSERT INTO person VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (address) DO UPDATE SET "
      "name = iif(excluded.name = '', name, excluded.name), folded = iif(excluded.name = '', "
      "folded, excluded.folded), sent = sent + excluded.sent, seen = seen + excluded.seen, last = "
      "max(last, excluded.last)",
      mail::casefold(address), address, name, mail::casefold(name), sent, 1 - sent, now);
}

}  // namespace mua::sync
