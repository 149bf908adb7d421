#include "mua/html_text.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "mail/ascii.hpp"
#include "mua/printable.hpp"

namespace mua {

namespace {

// Deeper nesting than any mail needs and than recursion should follow.
constexpr int kMaxDepth = 400;

constexpr unsigned kMaxEmptyLines = 2;

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found ? std::string_view(found->value) : std::string_view{};
}

bool contains(std::string_view text, std::string_view piece) {
  return text.find(piece) != std::string_view::npos;
}

/// Preheaders hide text for the list of an inbox from the reader.
bool is_hidden(const GumboElement& element) {
  std::string style = mail::ascii_lower(attribute(element, "style"));
  std::erase_if(style, mail::is_space);
  return gumbo_get_attribute(&element.attributes, "hidden") != nullptr ||
         contains(style, "display:none") || contains(style, "visibility:hidden") ||
         contains(style, "mso-hide:all") || contains(style, "font-size:0;") ||
         style.ends_with("font-size:0") || contains(style, "font-size:0px") ||
         contains(style, "max-height:0;") || contains(style, "max-height:0px") ||
         contains(style, "max-width:0;") || contains(style, "max-width:0px") ||
         contains(style, "opacity:0;") || style.ends_with("opacity:0");
}

bool is_skipped(GumboTag tag) {
  constexpr std::array kSkipped{GUMBO_TAG_HEAD,   GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,
                                GUMBO_TAG_TITLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                                GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT,   GUMBO_TAG_SVG};
  return std::find(kSkipped.begin(), kSkipped.end(), tag) != kSkipped.end();
}

bool starts_line(GumboTag tag) {
  constexpr std::array kBlocks{
      GUMBO_TAG_DIV,     GUMBO_TAG_TR,     GUMBO_TAG_LI,      GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,
      GUMBO_TAG_HEADER,  GUMBO_TAG_FOOTER, GUMBO_TAG_ADDRESS, GUMBO_TAG_DT,      GUMBO_TAG_DD,
      GUMBO_TAG_CAPTION, GUMBO_TAG_CENTER, GUMBO_TAG_FORM,    GUMBO_TAG_FIGURE,  GUMBO_TAG_NAV};
  return std::find(kBlocks.begin(), kBlocks.end(), tag) != kBlocks.end();
}

bool starts_paragraph(GumboTag tag) {
  constexpr std::array kBlocks{GUMBO_TAG_P,    GUMBO_TAG_H1, GUMBO_TAG_H2,         GUMBO_TAG_H3,
                               GUMBO_TAG_H4,   GUMBO_TAG_H5, GUMBO_TAG_H6,         GUMBO_TAG_UL,
                               GUMBO_TAG_OL,   GUMBO_TAG_DL, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE,
                               GUMBO_TAG_TABLE};
  return std::find(kBlocks.begin(), kBlocks.end(), tag) != kBlocks.end();
}

bool holds(const GumboElement& element, GumboTag tag, int depth) {
  if (depth > kMaxDepth) return true;
  for (unsigned i = 0; i < element.children.length; ++i) {
    const auto& child = *static_cast<const GumboNode*>(element.children.data[i]);
    if (child.type != GUMBO_NODE_ELEMENT) continue;
    if (child.v.element.tag == tag || holds(child.v.element, tag, depth + 1)) return true;
  }
  return false;
}

using Cells = std::vector<std::string>;

/// Cells of one line each, side by side: what people see as a table rather than as a page's frame.
bool is_grid(const std::vector<Cells>& rows) {
  std::size_t most = 0;
  for (const Cells& row : rows) {
    most = std::max(most, row.size());
    for (const std::string& cell : row) {
      if (cell.find('\n') != std::string::npos) return false;
    }
  }
  return rows.size() >= 2 && most >= 2;
}

std::vector<std::size_t> widths_of(const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths;
  for (const Cells& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  return widths;
}

/// Gathers text: white space collapses, line ends are asked for and written only before more text.
class Page {
 public:
  void text(std::string_view words) {
    for (char c : words) {
      if (preformatted > 0 && c == '\n') {
        want_lines(1);
      } else if (preformatted == 0 && mail::is_space(c)) {
        space_ = space_ || !at_line_start_;
      } else {
        put(c);
      }
    }
  }

  /// Right behind what is there, whatever lines are wanted after it.
  void behind(std::string_view words) {
    if (lines_ == 0)
      text(words);
    else
      out_ += words;
  }
  std::size_t size() const { return out_.size(); }

  /// Ignored right after a bullet: its paragraph goes on the same line.
  void want_lines(unsigned lines) {
    if (!after_bullet_) lines_ = std::max(lines_, std::min(lines, kMaxEmptyLines + 1));
  }
  void bullet(const std::string& mark) {
    text(mark);
    space();
    after_bullet_ = true;
  }
  void space() { space_ = space_ || !at_line_start_; }

  std::string take() && { return std::move(out_); }

  std::string prefix;  ///< of every line: "> " in quotes, spaces in lists
  int preformatted = 0;

 private:
  void put(char c) {
    if (lines_ > 0) {
      if (!out_.empty()) out_.append(lines_, '\n');
      lines_ = 0;
      space_ = false;
      at_line_start_ = true;
    }
    if (at_line_start_) out_ += prefix;
    if (space_) out_ += ' ';
    space_ = at_line_start_ = after_bullet_ = false;
    out_ += c;
  }

  std::string out_;
  unsigned lines_ = 0;
  bool space_ = false;
  bool at_line_start_ = true;
  bool after_bullet_ = false;
};

class Walker {
 public:
  std::string text(const GumboNode& root) {
    node(root, 0);
    std::string out = std::move(page_).take();
    if (!out.empty()) out += '\n';
    for (std::size_t i = 0; i < links_.size(); ++i) {
      out += (i == 0 ? "\n[" : "[") + std::to_string(i + 1) + "] " + links_[i] + "\n";
    }
    return out;
  }

 private:
  void node(const GumboNode& n, int depth) {
    if (depth > kMaxDepth) return;
    switch (n.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
        breaks_ = 0;
        page_.text(n.v.text.text);
        break;
      case GUMBO_NODE_WHITESPACE: page_.text(n.v.text.text); break;
      case GUMBO_NODE_ELEMENT: element(n.v.element, depth); break;
      case GUMBO_NODE_DOCUMENT: children(n.v.document.children, depth); break;
      default: break;
    }
  }

  void children(const GumboVector& nodes, int depth) {
    for (unsigned i = 0; i < nodes.length; ++i) {
      node(*static_cast<const GumboNode*>(nodes.data[i]), depth + 1);
    }
  }

  void element(const GumboElement& e, int depth) {
    if (is_skipped(e.tag) || is_hidden(e)) return;
    const unsigned lines = starts_paragraph(e.tag) ? 2 : starts_line(e.tag) ? 1 : 0;
    page_.want_lines(lines);
    switch (e.tag) {
      case GUMBO_TAG_BR: page_.want_lines(++breaks_); return;
      case GUMBO_TAG_HR: rule(); return;
      case GUMBO_TAG_IMG: page_.text(attribute(e, "alt")); return;
      case GUMBO_TAG_A: link(e, depth); break;
      case GUMBO_TAG_OL:
      case GUMBO_TAG_UL: list(e, depth); break;
      case GUMBO_TAG_LI: item(e, depth); break;
      case GUMBO_TAG_TABLE:
        if (!grid(e, depth)) children(e.children, depth);
        break;
      case GUMBO_TAG_BLOCKQUOTE: indented(e, depth, "> "); break;
      case GUMBO_TAG_PRE:
        ++page_.preformatted;
        children(e.children, depth);
        --page_.preformatted;
        break;
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        page_.space();
        children(e.children, depth);
        page_.space();
        break;
      default: children(e.children, depth);
    }
    page_.want_lines(lines);
    breaks_ = 0;
  }

  void rule() {
    page_.want_lines(1);
    page_.text("----");
    page_.want_lines(1);
  }

  void indented(const GumboElement& e, int depth, const char* by) {
    const std::string before = page_.prefix;
    page_.prefix += by;
    children(e.children, depth);
    page_.prefix = before;
  }

  void list(const GumboElement& e, int depth) {
    const int before = number_;
    number_ = e.tag == GUMBO_TAG_OL ? 1 : 0;
    children(e.children, depth);
    number_ = before;
  }

  void item(const GumboElement& e, int depth) {
    page_.bullet(number_ > 0 ? std::to_string(number_++) + "." : "*");
    const int before = std::exchange(number_, 0);
    indented(e, depth, "  ");
    number_ = before;
  }

  std::string cell(const GumboElement& e, int depth) {
    Page around = std::exchange(page_, Page{});
    children(e.children, depth);
    std::string text = std::move(page_).take();
    page_ = std::move(around);
    return text;
  }

  void rows(const GumboElement& e, int depth, std::vector<Cells>& out) {
    for (unsigned i = 0; i < e.children.length; ++i) {
      const auto& child = *static_cast<const GumboNode*>(e.children.data[i]);
      if (child.type != GUMBO_NODE_ELEMENT || is_hidden(child.v.element)) continue;
      const GumboElement& element = child.v.element;
      if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) {
        if (out.empty()) out.emplace_back();
        out.back().push_back(cell(element, depth + 1));
      } else {
        if (element.tag == GUMBO_TAG_TR) out.emplace_back();
        rows(element, depth + 1, out);
      }
    }
  }

  /// A table whose cells fit side by side, in columns. Tables with others in them are frames: they
  /// are read cell by cell, and only once.
  bool grid(const GumboElement& e, int depth) {
    constexpr std::size_t kWidest = 100;
    if (holds(e, GUMBO_TAG_TABLE, depth) || holds(e, GUMBO_TAG_CAPTION, depth)) return false;
    std::vector<Cells> all;
    rows(e, depth, all);
    if (!is_grid(all)) return false;
    const std::vector<std::size_t> widths = widths_of(all);
    std::size_t whole = 0;
    for (const std::size_t width : widths) whole += width + 2;
    if (whole > kWidest) return false;
    ++page_.preformatted;
    for (const Cells& row : all) {
      page_.want_lines(1);
      for (std::size_t i = 0; i < row.size(); ++i) {
        const bool last = i + 1 == row.size();
        page_.text(last ? row[i] : fit_to_width(row[i], widths[i]) + "  ");
      }
    }
    --page_.preformatted;
    return true;
  }

  void link(const GumboElement& e, int depth) {
    const std::size_t before = page_.size();
    children(e.children, depth);
    const std::string_view target = attribute(e, "href");
    if (target.empty() || target.front() == '#') return;
    auto known = std::find(links_.begin(), links_.end(), target);
    if (known == links_.end()) known = links_.insert(links_.end(), std::string(target));
    const std::string number = "[" + std::to_string(known - links_.begin() + 1) + "]";
    page_.size() > before ? page_.behind(number) : page_.text(number);
  }

  Page page_;
  std::vector<std::string> links_;
  unsigned breaks_ = 0;  ///< <br> in a row
  int number_ = 0;       ///< of the next item; 0: it gets no number
};

using Parsed = std::unique_ptr<GumboOutput, void (*)(GumboOutput*)>;

Parsed parse(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  return Parsed(gumbo_parse_with_options(&options, html.data(), html.size()),
                [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); });
}

bool is_remote(std::string_view address) {
  const std::string lower = mail::ascii_lower(address.substr(0, 8));
  return lower.starts_with("http:") || lower.starts_with("https:") || lower.starts_with("//");
}

/// "0", "1", "1px"
bool is_tiny(std::string_view length) {
  const std::string_view number = length.substr(0, length.find("px"));
  return number == "0" || number == "1";
}

bool is_unseen(const GumboElement& image) {
  std::string style = mail::ascii_lower(attribute(image, "style"));
  std::erase_if(style, mail::is_space);
  return is_hidden(image) || is_tiny(attribute(image, "width")) ||
         is_tiny(attribute(image, "height")) || contains(style, "width:1px") ||
         contains(style, "height:1px") || contains(style, "width:0") || contains(style, "height:0");
}

void count_pictures(const GumboNode& node, int depth, Remote& counted) {
  if (node.type != GUMBO_NODE_ELEMENT || depth > kMaxDepth) return;
  const GumboElement& element = node.v.element;
  if (element.tag == GUMBO_TAG_IMG && is_remote(attribute(element, "src"))) {
    ++counted.pictures;
    if (is_unseen(element)) ++counted.trackers;
  }
  for (unsigned i = 0; i < element.children.length; ++i) {
    count_pictures(*static_cast<const GumboNode*>(element.children.data[i]), depth + 1, counted);
  }
}

}  // namespace

std::string html_to_text(std::string_view html) {
  const Parsed parsed = parse(html);
  return parsed ? Walker().text(*parsed->document) : std::string(html);
}

Remote remote_pictures(std::string_view html) {
  Remote counted;
  const Parsed parsed = parse(html);
  if (parsed) count_pictures(*parsed->root, 0, counted);
  return counted;
}

}  // namespace mua
