#include "mailstore/schema.hpp"

namespace mailstore {

namespace {

// Two slots, so that a new index can be built beside the one in use. `terms_n` lists the trigrams
// of `trigrams_n` in order, for texts shorter than one. No positions (detail), no copy of the text
// (content), no sizes: what is found is verified on the message anyway.
constexpr std::string_view kSearchVersion1 = R"sql(
CREATE TABLE coverage (
  slot       INTEGER PRIMARY KEY,
  to_content INTEGER NOT NULL,   -- contents up to this id are covered
  contents   INTEGER NOT NULL    -- how many were put in, those gone since among them
) STRICT;
INSERT INTO coverage VALUES (0, 0, 0);

CREATE TABLE folding (name TEXT NOT NULL) STRICT;  -- under which the texts are folded
INSERT INTO folding VALUES ('');

CREATE TABLE too_large (          -- covered, but not in the index: always a candidate
  slot    INTEGER NOT NULL,
  content INTEGER NOT NULL,
  PRIMARY KEY (slot, content)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE trigrams_0 USING fts5 (
  text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE trigrams_1 USING fts5 (
  text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE terms_0 USING fts5vocab (trigrams_0, instance);
CREATE VIRTUAL TABLE terms_1 USING fts5vocab (trigrams_1, instance);
)sql";

// Subjects as they are searched, some dozens a row in the order of content ids. There are few
// octets of them beside the bodies: looking through all is quicker than intersecting the contents
// that have each trigram of a word somewhere.
constexpr std::string_view kSearchVersion2 = R"sql(
CREATE TABLE subjects_0 (
  first    INTEGER PRIMARY KEY,  -- the first content of the row
  contents BLOB NOT NULL,        -- four octets each, little-endian: their ids, less the first
  texts    BLOB NOT NULL         -- each ends in a line end
) STRICT;
CREATE TABLE subjects_1 (
  first    INTEGER PRIMARY KEY,
  contents BLOB NOT NULL,
  texts    BLOB NOT NULL
) STRICT;
)sql";

constexpr std::int32_t kSearchId = 0x50424d53;  // "PBMS"

}  // namespace

const Schema& search_schema() {
  static const Schema schema{"search index", kSearchId, {kSearchVersion1, kSearchVersion2}};
  return schema;
}

}  // namespace mailstore
