#include "mail/address_list.hpp"

#include <utility>

#include "mail/ascii.hpp"

namespace mail {
namespace {

/// Reads one list. Words gather until a special tells what they were: a display name before "<", a
/// group's name before ":", an addr-spec otherwise.
class ListReader {
 public:
  explicit ListReader(std::string_view text) : text_(text) {}

  std::vector<AddressEntry> read() {
    while (at_ < text_.size()) step(text_[at_]);
    end_mailbox();
    if (in_group_) end_group();
    return std::move(entries_);
  }

 private:
  void step(char c) {
    switch (c) {
      case ',': ++at_; return end_mailbox();
      case ':': ++at_; return begin_group();
      case ';':
        ++at_;
        end_mailbox();
        return end_group();
      case '<': ++at_; return angle_address();
      case '(': return append_comment();
      case '"': return append_quoted(words_);
      case '@': ++at_; return begin_domain();
      case '>': ++at_; return;
      default: is_space(c) ? space() : append_atom(words_);
    }
  }

  void space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    blank_pending_ = !words_.empty();
  }

  void take_blank(std::string& into) {
    if (std::exchange(blank_pending_, false) && !into.empty()) into += ' ';
  }

  // atom, dots and 8-bit octets included
  void append_atom(std::string& into) {
    constexpr std::string_view kSpecials = "()<>@,;:\" \t\r\n";
    take_blank(into);
    const std::size_t begin = at_++;
    while (at_ < text_.size() && kSpecials.find(text_[at_]) == std::string_view::npos) ++at_;
    into += text_.substr(begin, at_ - begin);
  }

  // quoted-string = DQUOTE *(qtext / quoted-pair) DQUOTE
  void append_quoted(std::string& into) {
    take_blank(into);
    quoted_ = true;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      if (text_[at_] != '\r' && text_[at_] != '\n') into += text_[at_];
    }
    if (at_ < text_.size()) ++at_;
  }

  // comment = "(" *(ctext / quoted-pair / comment) ")". The last one is the name of a mailbox that
  // has no other: joe@example.com (Joe).
  void append_comment() {
    std::string comment;
    std::size_t depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == ')' && --depth == 0) break;
      if (c == '(' && depth++ == 0) continue;
      if (c == '\\' && at_ + 1 < text_.size()) ++at_;
      if (text_[at_] != '\r' && text_[at_] != '\n') comment += text_[at_];
    }
    if (at_ < text_.size()) ++at_;
    comment_ = trim(comment);
    blank_pending_ = !words_.empty();
  }

  // domain = dot-atom / domain-literal, white space and comments between its atoms dropped
  void append_domain(std::string& into) {
    constexpr std::string_view kEnd = "<>@,;:\"";
    while (at_ < text_.size() && kEnd.find(text_[at_]) == std::string_view::npos) {
      const char c = text_[at_];
      if (c == '(') {
        append_comment();
        continue;
      }
      if (c == '[') {
        const std::size_t close = text_.find_first_of("],", at_);
        const std::size_t end = close == std::string_view::npos ? text_.size() : close;
        for (; at_ < end; ++at_) {
          if (!is_space(text_[at_])) into += text_[at_];
        }
        continue;
      }
      if (!is_space(c)) into += c;
      ++at_;
    }
  }

  void begin_domain() {
    blank_pending_ = false;
    if (!quoted_ && !has_at_) drop_blanks_at_dots();
    has_at_ = true;
    append_domain(domain_);
  }

  // obs-local-part = word *("." word), white space between them
  void drop_blanks_at_dots() {
    std::string local;
    for (const char c : words_) {
      if (c == '.' && local.ends_with(' ')) local.pop_back();
      if (c != ' ' || !local.ends_with('.')) local += c;
    }
    words_ = std::move(local);
  }

  // angle-addr = "<" [obs-route] addr-spec ">"; obs-route = "@" domain *("," "@" domain) ":"
  void angle_address() {
    std::string name = std::exchange(words_, {});
    if (has_at_) name += '@' + domain_;  // joe@example.com <joe@example.com>
    domain_.clear();
    read_route();
    blank_pending_ = false;
    read_angle();
    name_ = std::move(name);
    has_angle_ = true;
  }

  void read_route() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (at_ >= text_.size() || text_[at_] != '@') return;
    const std::size_t end = text_.find_first_of(":<>\"", at_);
    if (end == std::string_view::npos || text_[end] != ':') return;
    route_ = trim(text_.substr(at_, end - at_));
    at_ = end + 1;
  }

  void read_angle() {
    while (at_ < text_.size() && text_[at_] != '>') {
      const char c = text_[at_];
      if (c == '"') {
        append_quoted(words_);
      } else if (c == '(') {
        append_comment();
        blank_pending_ = false;
      } else if (c == '@') {
        ++at_;
        append_domain(domain_);
      } else if (c == ',' || c == ';') {
        return;  // the ">" is missing
      } else if (is_space(c) || c == '<' || c == ':' || c == ')') {
        ++at_;
      } else {
        append_atom(words_);
      }
    }
    if (at_ < text_.size()) ++at_;
  }

  void end_mailbox() {
    const bool something = has_angle_ || has_at_ || !words_.empty();
    if (name_.empty()) name_ = comment_;
    if (something && !(words_.empty() && domain_.empty() && name_.empty())) {
      entries_.push_back({AddressEntry::Kind::kMailbox, std::move(name_), std::move(words_),
                          std::move(domain_), std::move(route_)});
    }
    clear();
  }

  // group = display-name ":" [group-list] ";"
  void begin_group() {
    if (in_group_) return end_mailbox();  // no group in a group; a stray colon divides
    entries_.push_back({AddressEntry::Kind::kGroupBegin, words_, {}, {}, {}});
    in_group_ = true;
    clear();
  }

  void end_group() {
    if (in_group_) entries_.push_back({AddressEntry::Kind::kGroupEnd, {}, {}, {}, {}});
    in_group_ = false;
  }

  void clear() {
    name_.clear(), words_.clear(), domain_.clear(), comment_.clear(), route_.clear();
    has_at_ = has_angle_ = blank_pending_ = quoted_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<AddressEntry> entries_;
  std::string name_, words_, domain_, comment_, route_;
  bool has_at_ = false, has_angle_ = false, blank_pending_ = false, quoted_ = false;
  bool in_group_ = false;
};

}  // namespace

// address-list = (address *("," address)) / obs-addr-list
// Alice <alice@example.test>, Friends: bob@example.test, carol@example.test;
std::vector<AddressEntry> parse_address_entries(std::string_view value) {
  return ListReader(value).read();
}

}  // namespace mail
