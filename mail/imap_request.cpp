#include "mail/imap_request.hpp"

#include <algorithm>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/date.hpp"
#include "mail/imap_lexer.hpp"

namespace mail::imap {

namespace {

// Longer strings go as literals: servers bound the length of a line.
constexpr std::size_t kMaxQuoted = 1024;

Request words(std::string text) { return Request{}.text(std::move(text)); }

std::string flag_list(const FlagSet& flags) {
  std::string out = render_system_flags(flags.system);
  for (const std::string& keyword : flags.keywords) {
    if (!out.empty()) out += ' ';
    out += keyword;
  }
  return "(" + out + ")";
}

// --- Search criteria ---

bool needs_utf8(const SearchKey& key) {
  return !is_ascii(key.text) || !is_ascii(key.field) ||
         std::any_of(key.children.begin(), key.children.end(), needs_utf8);
}

std::string flag_key(std::uint8_t system) {
  switch (system) {
    case kSeen: return "SEEN";
    case kAnswered: return "ANSWERED";
    case kFlagged: return "FLAGGED";
    case kDeleted: return "DELETED";
    default: return "DRAFT";
  }
}

void append_key(Request& out, const SearchKey& key);

void append_all(Request& out, const std::vector<SearchKey>& keys) {
  if (keys.empty()) out.text("ALL");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) out.text(" ");
    append_key(out, keys[i]);
  }
}

/// OR takes two keys: more of them nest to the right.
void append_or(Request& out, const std::vector<SearchKey>& keys, std::size_t begin) {
  if (begin + 1 >= keys.size()) {
    return begin < keys.size() ? append_key(out, keys[begin]) : void(out.text("ALL"));
  }
  out.text("OR ");
  append_key(out, keys[begin]);
  out.text(" ");
  append_or(out, keys, begin + 1);
}

void append_header(Request& out, const SearchKey& key) {
  for (const char* shorthand : {"FROM", "TO", "CC", "BCC", "SUBJECT"}) {
    if (!key.text.empty() && same_ignoring_case(key.field, shorthand)) {
      out.text(std::string(shorthand) + " ").astring(key.text);
      return;
    }
  }
  out.text("HEADER ").astring(key.field).text(" ").astring(key.text);
}

void append_key(Request& out, const SearchKey& key) {
  using Kind = SearchKey::Kind;
  const auto dated = [&](const char* word) {
    out.text(std::string(word) + " " + render_search_date(key.day));
  };
  const auto numbered = [&](const char* word) {
    out.text(std::string(word) + " " + std::to_string(key.number));
  };
  switch (key.kind) {
    case Kind::kAll: out.text("ALL"); return;
    case Kind::kAnd:
      out.text("(");
      append_all(out, key.children);
      out.text(")");
      return;
    case Kind::kOr: return append_or(out, key.children, 0);
    case Kind::kNot:
      out.text("NOT (");
      append_all(out, key.children);
      out.text(")");
      return;
    case Kind::kSequence: out.text(key.set.to_string()); return;
    case Kind::kUid: out.text("UID " + key.set.to_string()); return;
    case Kind::kFlag: out.text(flag_key(key.system)); return;
    case Kind::kRecent: out.text("RECENT"); return;
    case Kind::kKeyword: out.text("KEYWORD ").astring(key.text); return;
    case Kind::kBefore: return dated("BEFORE");
    case Kind::kOn: return dated("ON");
    case Kind::kSince: return dated("SINCE");
    case Kind::kSentBefore: return dated("SENTBEFORE");
    case Kind::kSentOn: return dated("SENTON");
    case Kind::kSentSince: return dated("SENTSINCE");
    case Kind::kSavedBefore: return dated("SAVEDBEFORE");
    case Kind::kSavedOn: return dated("SAVEDON");
    case Kind::kSavedSince: return dated("SAVEDSINCE");
    case Kind::kEmailId: out.text("EMAILID " + key.text); return;
    case Kind::kThreadId: out.text("THREADID " + key.text); return;
    case Kind::kLarger: return numbered("LARGER");
    case Kind::kSmaller: return numbered("SMALLER");
    case Kind::kHeader: return append_header(out, key);
    case Kind::kBody: out.text("BODY ").astring(key.text); return;
    case Kind::kText: out.text("TEXT ").astring(key.text); return;
    case Kind::kModSeq: return numbered("MODSEQ");
    case Kind::kOlder: return numbered("OLDER");
    case Kind::kYounger: return numbered("YOUNGER");
    case Kind::kFuzzy:
      out.text("FUZZY (");
      append_all(out, key.children);
      out.text(")");
      return;
  }
}

// --- The wire ---

class Renderer {
 public:
  explicit Renderer(const WireForm& form) : form_(form) { pieces_.emplace_back(); }

  void text(std::string_view words) { pieces_.back().text += words; }

  void string(std::string_view value) {
    const bool is_atom = !value.empty() && !same_ignoring_case(value, "NIL") &&
                         std::all_of(value.begin(), value.end(), is_atom_char);
    if (is_atom) return text(value);
    const bool fits = value.size() <= kMaxQuoted &&
                      (form_.names == NameForm::kUtf8 || is_ascii(value)) &&
                      value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
    if (!fits) return literal(value, Keep::kCopy);
    std::string quoted = "\"";
    for (char c : value) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    text(quoted + "\"");
  }

  enum class Keep { kCopy, kBorrow };

  void literal(std::string_view octets, Keep keep) {
    const bool waits = octets.size() > form_.nonsynchronizing || form_.nonsynchronizing == 0;
    text("{" + std::to_string(octets.size()) + (waits ? "}\r\n" : "+}\r\n"));
    if (keep == Keep::kBorrow) {
      pieces_.push_back({"", octets, waits});
      pieces_.emplace_back();
      // Nothing to write for an empty literal, so what follows it has to do the waiting.
      if (octets.empty()) pieces_.erase(pieces_.end() - 2);
      if (octets.empty()) pieces_.back().wait = waits;
    } else if (waits) {
      pieces_.push_back({std::string(octets), {}, true});
    } else {
      text(octets);
    }
  }

  void literal(const PieceSource& source) {
    if (source.size == 0) return literal("", Keep::kBorrow);
    const bool waits = source.size > form_.nonsynchronizing;
    text("{" + std::to_string(source.size) + (waits ? "}\r\n" : "+}\r\n"));
    pieces_.push_back({"", {}, waits, source.open()});
    pieces_.emplace_back();
  }

  std::vector<WirePiece> finish() {
    text("\r\n");
    return std::move(pieces_);
  }

 private:
  const WireForm& form_;
  std::vector<WirePiece> pieces_;
};

}  // namespace

Request& Request::text(std::string words) {
  pieces.push_back({Kind::kText, std::move(words), {}});
  return *this;
}

Request& Request::astring(std::string value) {
  pieces.push_back({Kind::kAString, std::move(value), {}});
  return *this;
}

Request& Request::mailbox(std::string name) {
  pieces.push_back({Kind::kMailbox, std::move(name), {}});
  return *this;
}

Request& Request::literal(std::string_view octets) {
  pieces.push_back({Kind::kLiteral, "", octets});
  return *this;
}

Request& Request::literal(PieceSource source) {
  pieces.push_back({Kind::kLiteral, "", {}, std::move(source)});
  return *this;
}

Request capability() { return words("CAPABILITY"); }
Request noop() { return words("NOOP"); }
Request logout() { return words("LOGOUT"); }
Request idle() { return words("IDLE"); }
Request get_namespace() { return words("NAMESPACE"); }

Request id(const std::vector<std::pair<std::string, std::string>>& fields) {
  Request request = words("ID ");
  if (fields.empty()) return request.text("NIL");
  const char* between = "(";
  for (const auto& [name, value] : fields) {
    const auto quote = [](const std::string& s) { return "\"" + s + "\""; };
    request.text(between + quote(name) + " " + quote(value));
    between = " ";
  }
  return request.text(")");
}

Request enable(const std::string& capabilities) { return words("ENABLE " + capabilities); }

Request list(std::string pattern, const std::string& return_options) {
  Request request = words("LIST \"\" ");
  // Wildcards are no atom characters: the pattern is quoted.
  request.mailbox(std::move(pattern));
  if (!return_options.empty()) request.text(" RETURN (" + return_options + ")");
  return request;
}

Request status(std::string mailbox, const std::string& items) {
  return words("STATUS ").mailbox(std::move(mailbox)).text(" (" + items + ")");
}

Request create(std::string mailbox) { return words("CREATE ").mailbox(std::move(mailbox)); }
Request subscribe(std::string mailbox) { return words("SUBSCRIBE ").mailbox(std::move(mailbox)); }

Request select(std::string mailbox, Access access) {
  return words(access == Access::kReadOnly ? "EXAMINE " : "SELECT ").mailbox(std::move(mailbox));
}

Request fetch(const SequenceSet& sequence, const std::string& items) {
  return words("FETCH " + sequence.to_string() + " " + items);
}

Request uid_fetch(const SequenceSet& uids, const std::string& items) {
  return words("UID FETCH " + uids.to_string() + " " + items);
}

Request uid_search(const SearchKey& key) {
  Request request = words("UID SEARCH ");
  if (needs_utf8(key)) request.text("CHARSET UTF-8 ");
  // The outermost AND needs no parentheses, and old servers do better without.
  if (key.kind == SearchKey::Kind::kAnd) {
    append_all(request, key.children);
  } else {
    append_key(request, key);
  }
  return request;
}

Request uid_store(const SequenceSet& uids, FlagChange change, const FlagSet& flags) {
  const char* sign = change == FlagChange::kAdd ? "+" : change == FlagChange::kRemove ? "-" : "";
  return words("UID STORE " + uids.to_string() + " " + sign + "FLAGS " + flag_list(flags));
}

Request uid_copy(const SequenceSet& uids, std::string mailbox) {
  return words("UID COPY " + uids.to_string() + " ").mailbox(std::move(mailbox));
}

Request uid_move(const SequenceSet& uids, std::string mailbox) {
  return words("UID MOVE " + uids.to_string() + " ").mailbox(std::move(mailbox));
}

Request uid_expunge(const SequenceSet& uids) { return words("UID EXPUNGE " + uids.to_string()); }

Request append(std::string mailbox, const FlagSet& flags, std::string_view content) {
  return words("APPEND ")
      .mailbox(std::move(mailbox))
      .text(" " + flag_list(flags) + " ")
      .literal(content);
}

Request append(std::string mailbox, const FlagSet& flags, PieceSource content) {
  return words("APPEND ")
      .mailbox(std::move(mailbox))
      .text(" " + flag_list(flags) + " ")
      .literal(std::move(content));
}

std::vector<WirePiece> render(const std::string& tag, const Request& request,
                              const WireForm& form) {
  Renderer out(form);
  out.text(tag + " ");
  for (const Request::Piece& piece : request.pieces) {
    switch (piece.kind) {
      case Request::Kind::kText: out.text(piece.text); break;
      case Request::Kind::kAString: out.string(piece.text); break;
      case Request::Kind::kMailbox: out.string(encode_mailbox_name(piece.text, form.names)); break;
      case Request::Kind::kLiteral:
        if (piece.source) {
          out.literal(piece.source);
        } else {
          out.literal(piece.octets, Renderer::Keep::kBorrow);
        }
        break;
    }
  }
  return out.finish();
}

}  // namespace mail::imap
