// LANGUAGE (RFC 5255 §3): texts for people are in English here, whoever asks; it goes by the names
// "i-default" and "en", and no other language is claimed.

#include <algorithm>
#include <array>

#include "imapd/handlers.hpp"
#include "mail/ascii.hpp"

namespace imapd {

namespace {

constexpr std::string_view kDefault = "i-default";
constexpr std::array<std::string_view, 2> kLanguages{kDefault, "en"};

// language-range = (1*8ALPHA *("-" 1*8alphanum)) / "*"
bool is_range(std::string_view text) {
  auto may_stand = [](char octet) {
    return mail::is_alphanumeric(octet) || octet == '-' || octet == '*';
  };
  return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), may_stand);
}

// The lookup of RFC 4647 §3.4: "en-GB-oxendict" is also asked for as "en-GB" and "en".
std::optional<std::string_view> language_of(std::string_view range) {
  if (range == "*" || mail::same_ignoring_case(range, "default")) return kDefault;
  for (;;) {
    auto known = std::find_if(kLanguages.begin(), kLanguages.end(), [&](std::string_view language) {
      return mail::same_ignoring_case(language, range);
    });
    if (known != kLanguages.end()) return *known;
    auto hyphen = range.rfind('-');
    if (hyphen == std::string_view::npos) return std::nullopt;
    range = range.substr(0, hyphen);
  }
}

}  // namespace

asio::awaitable<Reply> cmd_language(Session& session, mail::ImapCommand command) {
  auto ranges = mail::parse_language(command.arguments);
  if (!ranges) co_return bad(ranges.error());
  if (!std::all_of(ranges->begin(), ranges->end(), is_range)) co_return bad("no language range");
  if (ranges->empty()) {
    session.out() += "* LANGUAGE (i-default en)\r\n";
    co_return ok("Supported languages have been enumerated");
  }
  for (const auto& range : *ranges) {
    auto language = language_of(range);
    if (!language) continue;
    session.out().append("* LANGUAGE (").append(*language).append(")\r\n");
    co_return ok("Language completed");
  }
  co_return no("CANNOT", "this language is not spoken here");
}

}  // namespace imapd
