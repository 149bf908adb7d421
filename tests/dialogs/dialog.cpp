#include "tests/dialogs/dialog.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "tests/dialogs/client.hpp"

namespace dialogs {

namespace {

std::string place(const Dialog& dialog, const Step& step) {
  return dialog.file.filename().string() + ":" + std::to_string(step.line) + ": ";
}

std::string base64(const std::string& octets) {
  std::string out(4 * ((octets.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(octets.data()),
                                   static_cast<int>(octets.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

// "\r" / "\n" / "\t" / "\0" / "\xHH" / "\" any
std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    if (c == 'x' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c == '0' ? '\0' : c;
    }
  }
  return out;
}

// {base64:TEXT}  {repeat:COUNT:TEXT}
std::string expand_brace(std::string_view inside) {
  const std::size_t colon = inside.find(':');
  const std::string_view word = inside.substr(0, colon);
  if (word == "base64") return base64(unescape(inside.substr(colon + 1)));
  const std::string_view rest = inside.substr(colon + 1);
  const std::size_t second = rest.find(':');
  const std::string unit = unescape(rest.substr(second + 1));
  std::string out;
  for (int i = std::stoi(std::string(rest.substr(0, second))); i > 0; --i) out += unit;
  return out;
}

bool is_brace(std::string_view text) {
  return (text.starts_with("{base64:") || text.starts_with("{repeat:")) &&
         text.find('}') != std::string_view::npos;
}

std::optional<Step> parse_step(std::string_view line) {
  Step step;
  if (line.starts_with('@')) {
    step.text = line.substr(1);
    return step;
  }
  std::size_t mark = 1;
  while (mark < line.size() && line[mark] >= '0' && line[mark] <= '9') ++mark;
  if (mark > 3 || mark >= line.size()) return std::nullopt;
  if (mark > 1) step.connection = static_cast<unsigned>(std::stoul(std::string(line.substr(1))));
  const std::string_view rest = line.substr(mark + 1);
  step.text = rest.starts_with(' ') ? rest.substr(1) : rest;
  static const std::map<std::pair<char, char>, Step::Kind> kinds = {
      {{'C', ':'}, Step::Kind::kSend},   {{'C', '='}, Step::Kind::kSendRaw},
      {{'S', ':'}, Step::Kind::kExpect}, {{'S', '~'}, Step::Kind::kExpectLater},
      {{'M', ':'}, Step::Kind::kText},   {{'M', '~'}, Step::Kind::kTextLater},
  };
  const auto kind = kinds.find({line[0], line[mark]});
  if (kind == kinds.end()) return std::nullopt;
  step.kind = kind->second;
  return step;
}

std::vector<std::string> split_words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(expand(word));
  return words;
}

/// What `{keep:NAME}` lines have kept.
using Kept = std::map<std::string, std::string>;

constexpr std::string_view kKeep = "{keep:";

// {kept:NAME} replaced by what was kept.
std::string with_kept(std::string text, const Kept& kept) {
  for (const auto& [name, value] : kept) {
    const std::string mark = "{kept:" + name + "}";
    for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + value.size()))
      text.replace(at, mark.size(), value);
  }
  return text;
}

// Like `matches`; what stands where the pattern has {keep:NAME} is kept, the shortest that fits.
bool matches_and_keeps(const std::string& pattern, const std::string& text, Kept& kept) {
  const std::size_t begin = pattern.find(kKeep);
  if (begin == pattern.npos) return matches(pattern, text);
  const std::size_t end = pattern.find('}', begin);
  const std::string name = pattern.substr(begin + kKeep.size(), end - begin - kKeep.size());
  for (std::size_t from = 0; from <= text.size(); ++from) {
    if (!matches(pattern.substr(0, begin), text.substr(0, from))) continue;
    for (std::size_t to = from; to <= text.size(); ++to) {
      if (!matches_and_keeps(pattern.substr(end + 1), text.substr(to), kept)) continue;
      kept[name] = text.substr(from, to - from);
      return true;
    }
  }
  return false;
}

/// One playing of a dialogue: the connections it has open and the text M: lines look at.
class Player {
 public:
  explicit Player(const Stage& stage) : stage_(stage) {}

  void take(Step step, const Step* next) {
    step.text = with_kept(std::move(step.text), kept_);
    switch (step.kind) {
      case Step::Kind::kSend: queue(step, expand(step.text) + "\r\n", next); break;
      case Step::Kind::kSendRaw: queue(step, expand(step.text), next); break;
      case Step::Kind::kExpect: expect_line(step); break;
      case Step::Kind::kExpectLater: expect_later(step); break;
      case Step::Kind::kText: expect_text(step); break;
      case Step::Kind::kTextLater: expect_text_later(step); break;
      case Step::Kind::kDirective: direct(step.text); break;
    }
  }

 private:
  Client& client(unsigned number) {
    auto& slot = clients_[number];
    if (!slot) slot = connect("");
    return *slot;
  }

  std::unique_ptr<Client> connect(const std::string& listener) {
    const auto socket = stage_.socket ? stage_.socket(listener) : std::filesystem::path();
    return socket.empty() ? std::make_unique<Client>(stage_.port(listener))
                          : std::make_unique<Client>(socket);
  }

  // Lines of a client that follow each other go out in one write, as a pipelining client does it.
  void queue(const Step& step, const std::string& octets, const Step* next) {
    pending_ += octets;
    const bool more = next && next->connection == step.connection &&
                      (next->kind == Step::Kind::kSend || next->kind == Step::Kind::kSendRaw);
    if (more) return;
    client(step.connection).send(pending_);
    pending_.clear();
  }

  void expect_line(const Step& step) {
    const auto line = client(step.connection).read_line();
    if (!line) throw std::runtime_error("expected: " + step.text + "\n  but the server closed");
    if (!matches_and_keeps(step.text, *line, kept_)) {
      throw std::runtime_error("expected: " + step.text + "\n  but came: " + *line);
    }
  }

  void expect_later(const Step& step) {
    std::string seen;
    while (const auto line = client(step.connection).read_line()) {
      if (matches_and_keeps(step.text, *line, kept_)) return;
      seen += "\n    " + *line;
    }
    throw std::runtime_error("never came: " + step.text + "\n  until the server closed:" + seen);
  }

  std::optional<std::string> text_line() {
    if (text_.empty()) return std::nullopt;
    const std::size_t end = text_.find("\r\n");
    std::string line = text_.substr(0, end);
    text_.erase(0, end == std::string::npos ? text_.size() : end + 2);
    return line;
  }

  void expect_text(const Step& step) {
    const auto line = text_line();
    if (!line) throw std::runtime_error("the text ends before: " + step.text);
    if (!matches(step.text, *line)) {
      throw std::runtime_error("expected: " + step.text + "\n  but is:   " + *line);
    }
  }

  void expect_text_later(const Step& step) {
    const std::string all = text_;
    while (const auto line = text_line()) {
      if (matches(step.text, *line)) return;
    }
    throw std::runtime_error("not in the text: " + step.text + "\n" + all);
  }

  void expect_closed(unsigned number) {
    if (const auto line = client(number).read_line()) {
      throw std::runtime_error("expected the server to close, but came: " + *line);
    }
    clients_.erase(number);
  }

  // @connect [N] [LISTENER]   @tls [N]   @close [N]   @closed [N]   @text-end
  void direct(const std::string& text) {
    std::vector<std::string> words = split_words(text);
    if (words.empty()) throw std::runtime_error("a directive needs a name");
    const std::string name = words.front();
    words.erase(words.begin());
    const bool own = name == "connect" || name == "tls" || name == "close" || name == "closed";
    unsigned number = 1;
    if (own && !words.empty() && words.front().find_first_not_of("0123456789") == words[0].npos) {
      number = static_cast<unsigned>(std::stoul(words.front()));
      words.erase(words.begin());
    }
    if (name == "connect") {
      clients_[number] = connect(words.empty() ? "" : words.front());
    } else if (name == "tls") {
      client(number).start_tls();
    } else if (name == "close") {
      clients_.erase(number);
    } else if (name == "closed") {
      expect_closed(number);
    } else if (name == "text-end") {
      if (!text_.empty()) throw std::runtime_error("the text goes on: " + text_);
    } else if (auto found = stage_.directive(name, words)) {
      text_ = *found;
    }
  }

  const Stage& stage_;
  std::map<unsigned, std::unique_ptr<Client>> clients_;
  std::string pending_;
  std::string text_;
  Kept kept_;
};

}  // namespace

Dialog read_dialog(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file.string() + ": can't be read");
  Dialog dialog{file, {}};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    std::optional<Step> step = parse_step(line);
    if (!step) {
      throw std::runtime_error(file.string() + ":" + std::to_string(number) +
                               ": not C:, C=, S:, S~, M:, M~, @ or #: " + line);
    }
    step->line = number;
    dialog.steps.push_back(std::move(*step));
  }
  return dialog;
}

std::vector<std::filesystem::path> find_dialogs(const std::filesystem::path& folder,
                                                std::string_view extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool matches(std::string_view pattern, std::string_view text) {
  std::size_t wild = pattern.find("...");
  while (wild != std::string_view::npos && wild > 0 && pattern[wild - 1] == '\\') {
    wild = pattern.find("...", pattern.find_first_not_of('.', wild));
  }
  if (wild == std::string_view::npos) return expand(pattern) == text;
  const std::string front = expand(pattern.substr(0, wild));
  if (!text.starts_with(front)) return false;
  const std::string_view rest = pattern.substr(wild + 3);
  for (std::size_t at = front.size(); at <= text.size(); ++at) {
    if (matches(rest, text.substr(at))) return true;
  }
  return false;
}

std::string expand(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (is_brace(text)) {
      const std::size_t end = text.find('}');
      out += expand_brace(text.substr(1, end - 1));
      text.remove_prefix(end + 1);
      continue;
    }
    std::size_t next = text.find('{', 1);
    next = std::min(next, text.size());
    out += unescape(text.substr(0, next));
    text.remove_prefix(next);
  }
  return out;
}

void play(const Dialog& dialog, const Stage& stage) {
  Player player(stage);
  for (std::size_t i = 0; i < dialog.steps.size(); ++i) {
    const Step& step = dialog.steps[i];
    const Step* next = i + 1 < dialog.steps.size() ? &dialog.steps[i + 1] : nullptr;
    try {
      player.take(step, next);
    } catch (const std::exception& error) {
      throw std::runtime_error(place(dialog, step) + error.what());
    }
  }
}

}  // namespace dialogs
