// The words of an HTML text, without its markup: for a line of preview, where nobody sees
// paragraphs, lists or links. It knows of HTML what it takes to leave out what is not read (tags,
// comments, styles, scripts) and to keep words apart; anything else of any input is text. Who shows
// a whole message parses it properly. Pure; linear in size.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// `html` is UTF-8, and so is the result, with any amount of white space between words.
std::string markup_text(std::string_view html);

}  // namespace mail
