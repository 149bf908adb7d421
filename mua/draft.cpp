#include "mua/draft.hpp"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

#include "mail/ascii.hpp"
#include "mua/printable.hpp"

namespace mua {

namespace {

constexpr std::size_t kFilePiece = 256 << 10;

/// Cut at the commas that stand outside quotes and angle brackets.
std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> out(1);
  bool quoted = false;
  bool escaped = false;
  int angles = 0;
  for (char c : list) {
    if (c == ',' && !quoted && angles == 0) {
      out.emplace_back();
      continue;
    }
    if (c == '"' && !escaped) quoted = !quoted;
    if (!quoted && c == '<') ++angles;
    if (!quoted && c == '>') --angles;
    escaped = c == '\\' && !escaped;
    out.back() += c;
  }
  return out;
}

// addr-spec / [phrase] "<" addr-spec ">", the address read as strictly as SMTP does: a typing error
// must not become somebody else's address.
mail::NamedAddress parse_recipient(const std::string& text) {
  std::string_view spec = mail::trim(text);
  std::string name;
  const std::size_t angle = spec.rfind('<');
  if (spec.ends_with('>') && angle != std::string_view::npos) {
    const auto named = mail::parse_address_list(spec);
    if (named.size() == 1) name = named.front().name;
    spec = spec.substr(angle + 1, spec.size() - angle - 2);
  }
  const auto address = mail::parse_address(spec);
  if (address && !address->is_null()) return {name, *address};
  throw Failure(ExitCode::kUsage, "\"" + printable(text) + "\" is no mail address",
                "Write bob@example.test or \"Bob <bob@example.test>\".");
}

void append(std::vector<mail::NamedAddress>& to, std::vector<mail::NamedAddress> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

[[noreturn]] void cannot_read(const std::string& path, int error) {
  throw Failure(ExitCode::kFailed, "cannot read " + path + ": " + std::strerror(error));
}

std::ifstream open_file(const std::string& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (std::filesystem::is_directory(path)) cannot_read(path, EISDIR);
  if (!in) cannot_read(path, errno == 0 ? ENOENT : errno);
  return in;
}

mail::PieceReader file_pieces(const std::string& path) {
  const auto in = std::make_shared<std::ifstream>(open_file(path));
  return [path, in] {
    std::string piece(kFilePiece, '\0');
    errno = 0;
    in->read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (in->bad()) cannot_read(path, errno == 0 ? EIO : errno);
    piece.resize(static_cast<std::size_t>(in->gcount()));
    return piece;
  };
}

}  // namespace

std::vector<mail::NamedAddress> parse_recipients(const std::vector<std::string>& options) {
  std::vector<mail::NamedAddress> out;
  for (const std::string& option : options) {
    for (const std::string& one : split_list(option)) out.push_back(parse_recipient(one));
  }
  return out;
}

mail::Attachment read_attachment(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  std::ifstream in = open_file(path);
  if (std::filesystem::is_regular_file(path)) {
    return {name, "", "", [path] { return file_pieces(path); }};
  }
  // A pipe can be read but once, and now.
  std::ostringstream content;
  content << in.rdbuf();
  return {name, "", std::move(content).str()};
}

mail::Draft make_draft(const SendOptions& options, const Account& account, mail::Draft begun) {
  const auto address = mail::parse_address(account.address);
  if (!address) throw Failure(ExitCode::kFailed, account.address + " is no mail address");
  mail::Draft draft = std::move(begun);
  draft.from = {account.name, *address};
  append(draft.to, parse_recipients(options.to));
  append(draft.cc, parse_recipients(options.cc));
  append(draft.bcc, parse_recipients(options.bcc));
  if (recipients(draft).empty() && !options.to_drafts) {
    throw Failure(ExitCode::kUsage, "nobody to send to", "Name recipients: --to ADDRESS");
  }
  if (!options.subject.empty()) draft.subject = options.subject;
  for (const std::string& path : options.attachments) {
    draft.attachments.push_back(read_attachment(path));
  }
  draft.date = local_now();
  draft.message_id = mail::make_message_id(address->domain);
  return draft;
}

std::string quote(std::string_view text, std::string_view author, std::string_view date) {
  std::string out = "On " + printable(date) + ", " + printable(author) + " wrote:\n";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    out += line.empty() || line.front() == '>' ? ">" : "> ";
    out += line;
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

mail::DateTime local_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  return {now, static_cast<std::int32_t>(parts.tm_gmtoff / 60)};
}

}  // namespace mua
