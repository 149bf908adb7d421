#include "mua/screen/wrap.hpp"

#include <algorithm>

namespace mua::screen {

namespace {

constexpr unsigned kMaxQuote = 20;

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// ">> text", "> > text"
unsigned take_quote(std::string_view& line, Flow flow) {
  unsigned quote = 0;
  while (!line.empty()) {
    std::size_t at = 0;
    // Flowed text has its ">" together; elsewhere people have blanks between them.
    if (flow == Flow::kFixed && quote > 0 && line[0] == ' ') at = 1;
    if (at >= line.size() || line[at] != '>') break;
    line.remove_prefix(at + 1);
    ++quote;
  }
  if ((quote > 0 || flow != Flow::kFixed) && line.starts_with(' ')) line.remove_prefix(1);
  return std::min(quote, kMaxQuote);
}

bool is_soft(std::string_view line) { return line.ends_with(' ') && line != "-- "; }

bool may_break_between(const Glyph& before, const Glyph& after) {
  return before.width == 2 || after.width == 2;
}

}  // namespace

// flowed-line = *quote-char [stuffing-SP] *text SP CRLF; the paragraph goes on in the next line of
// the same quote depth.
std::vector<Paragraph> paragraphs(std::string_view text, Flow flow) {
  std::vector<Paragraph> out;
  bool open = false;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const unsigned quote = take_quote(line, flow);
    const bool joins = open && flow != Flow::kFixed && out.back().quote == quote && line != "-- ";
    if (!joins) out.push_back({quote, ""});
    out.back().text += line;
    open = flow != Flow::kFixed && is_soft(line);
    if (open && flow == Flow::kFlowedDelSp) out.back().text.pop_back();
  }
  return out;
}

std::vector<Piece> break_line(std::string_view line, int width) {
  const std::vector<Glyph> row = glyphs(line);
  width = std::max(width, 2);
  std::vector<Piece> out;
  std::size_t begin = 0;     // glyph with which the piece begins
  std::size_t break_at = 0;  // glyph before which it may end
  int used = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > begin && may_break_between(row[i - 1], row[i])) break_at = i;
    const bool blank = row[i].text == " ";
    // A blank may stand over the edge: it is not seen.
    while (!blank && used + row[i].width > width && i > begin) {
      if (break_at <= begin) break_at = i;
      out.push_back({row[begin].offset, row[break_at].offset});
      begin = break_at;
      used = 0;
      for (std::size_t k = begin; k < i; ++k) used += row[k].width;
    }
    used += row[i].width;
    if (blank) break_at = i + 1;
  }
  out.push_back({row.empty() ? 0 : row[begin].offset, line.size()});
  return out;
}

std::vector<std::string> wrap(const Paragraph& paragraph, int width) {
  std::string prefix(paragraph.quote, '>');
  if (paragraph.quote > 0) prefix += ' ';
  const int left = std::max(width - static_cast<int>(prefix.size()), 10);
  std::string spaced;
  for (char c : paragraph.text) {
    if (c == '\t') {
      spaced.append(static_cast<std::size_t>(8 - columns(spaced) % 8), ' ');
    } else {
      spaced += c;
    }
  }
  std::vector<std::string> out;
  for (const Piece& piece : break_line(spaced, left)) {
    std::string line = prefix + spaced.substr(piece.begin, piece.end - piece.begin);
    line.erase(line.find_last_not_of(' ') + 1);
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace mua::screen
