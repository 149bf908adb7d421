#include "mail/fuzzy_key.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/ascii.hpp"

namespace mail {

namespace {

using Kind = SearchKey::Kind;

constexpr std::size_t kShortestWithEnding = 5;  // characters

bool is_word_octet(char octet) {
  return is_8bit(octet) || is_digit(octet) || (octet >= 'a' && octet <= 'z') ||
         (octet >= 'A' && octet <= 'Z');
}

bool begins_character(char octet) { return (static_cast<unsigned char>(octet) & 0xC0) != 0x80; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (auto at = text.begin(); at != text.end();) {
    auto begin = std::find_if(at, text.end(), is_word_octet);
    at = std::find_if_not(begin, text.end(), is_word_octet);
    if (begin != at) words.emplace_back(begin, at);
  }
  return words;
}

/// Without its last third: what languages of many kinds inflect.
std::string stem_of(const std::string& word) {
  auto characters =
      static_cast<std::size_t>(std::count_if(word.begin(), word.end(), begins_character));
  if (characters < kShortestWithEnding) return word;
  auto left = characters - characters / 3;
  auto end = std::find_if(word.begin(), word.end(),
                          [&left](char octet) { return begins_character(octet) && left-- == 0; });
  return {word.begin(), end};
}

SearchKey loosened_text(const SearchKey& key, Looseness looseness) {
  auto words = words_of(key.text);
  if (looseness == Looseness::kExact || words.empty()) return key;
  SearchKey all;
  all.kind = Kind::kAnd;
  for (const auto& word : words) {
    all.children.push_back(key);
    all.children.back().text = looseness == Looseness::kStems ? stem_of(word) : word;
  }
  return all;
}

SearchKey loosened_within(SearchKey key, Looseness looseness) {
  switch (key.kind) {
    case Kind::kHeader:
    case Kind::kBody:
    case Kind::kText: return loosened_text(key, looseness);
    // What is looser inside is stricter outside.
    case Kind::kNot: return loosened(std::move(key), Looseness::kExact);
    case Kind::kFuzzy: return loosened_within(std::move(key.children.front()), looseness);
    default: break;
  }
  for (auto& child : key.children) child = loosened_within(std::move(child), looseness);
  return key;
}

}  // namespace

SearchKey loosened(SearchKey key, Looseness looseness) {
  if (key.kind == Kind::kFuzzy) {
    return loosened_within(std::move(key.children.front()), looseness);
  }
  for (auto& child : key.children) child = loosened(std::move(child), looseness);
  return key;
}

int relevancy(Looseness matched) {
  switch (matched) {
    case Looseness::kExact: return 100;
    case Looseness::kWords: return 60;
    case Looseness::kStems: break;
  }
  return 20;
}

}  // namespace mail
