// A message as lines of a terminal: header fields, attachments as numbered chips, text with its
// quote levels. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mua/calendar/invitation.hpp"
#include "mua/html_text.hpp"
#include "mua/screen/line.hpp"
#include "mua/screen/wrap.hpp"
#include "mua/sync/model.hpp"

namespace mua::screen {

struct ReadText {
  std::string text;  ///< mua::part_text
  Flow flow = Flow::kFixed;
};

/// An attachment as it is listed.
struct Chip {
  std::string name, type;
  std::uint64_t size = 0;  ///< octets as sent
};

struct ReadMessage {
  sync::Header header;
  std::string all_fields;  ///< the whole header as sent, to show it instead of the usual fields
  std::vector<ReadText> texts;
  std::vector<Chip> attachments;
  std::vector<Line> seals;  ///< of signatures and encryption
  std::optional<calendar::Invitation> invitation;
  std::string calendar_trouble;  ///< why a calendar that came with it is not shown
  Remote remote;                 ///< what was not loaded
  std::string missing;           ///< said in place of a text that isn't here
};

std::vector<Line> make_page(const ReadMessage& message, int columns);

/// Addresses of the web and of mail in the text, each once, in order.
std::vector<std::string> links_in(std::string_view text);

/// "205 KB"
std::string size_text(std::uint64_t octets);

}  // namespace mua::screen
