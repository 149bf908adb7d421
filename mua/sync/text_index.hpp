// The two indexes of trigrams over folded text (mail::casefold): header fields of all messages, and
// texts that were read. They give candidates, which are looked at before they are believed. Private
// to the folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mua/sync/local_store.hpp"
#include "mua/sync/model.hpp"

namespace mua::sync {

/// What of a header is searched.
struct HeaderTexts {
  std::string sender, recipients, subject;
};
void index_header(mailstore::Database& database, MessageId message, const HeaderTexts& texts);
void index_body(mailstore::Database& database, MessageId message, std::string_view text);
/// The opposite, with the same texts.
void forget_header(mailstore::Database& database, MessageId message, const HeaderTexts& texts);
void forget_body(mailstore::Database& database, MessageId message, std::string_view text);

/// What MATCH takes to find every text that has `folded` in it, and some others; nullopt for what
/// an index of trigrams can't narrow: fewer than three characters. `column`: of header_text, ""
/// all.
std::optional<std::string> match_expression(std::string_view folded, std::string_view column = "");

}  // namespace mua::sync
