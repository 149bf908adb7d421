#include "mua/files/mail_sources.hpp"

#include <algorithm>
#include <fstream>

#include "mua/exit_code.hpp"
#include "mua/files/from_line.hpp"
#include "mua/files/maildir.hpp"

namespace mua::files {

namespace fs = std::filesystem;

namespace {

constexpr std::streamsize kLongestFromLine = 1000;

/// By its first line, as MboxReader has it; an empty file is an empty mbox.
bool begins_as_mbox(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string begin(kLongestFromLine, '\0');
  in.read(begin.data(), kLongestFromLine);
  begin.resize(static_cast<std::size_t>(in.gcount()));
  begin.erase(0, std::min(begin.find_first_not_of("\r\n"), begin.size()));
  begin.resize(std::min(begin.find('\n'), begin.size()));
  return begin.empty() || parse_from_line(begin).has_value();
}

std::string without_end(std::string name, std::string_view end) {
  if (name.size() > end.size() && name.ends_with(end)) name.resize(name.size() - end.size());
  return name;
}

std::string mailbox_of(const fs::path& relative) {
  std::string out;
  for (const fs::path& level : relative) {
    const std::string name = without_end(without_end(level.string(), ".mbox"), ".sbd");
    out += (out.empty() ? "" : "/") + name;
  }
  return out;
}

/// Maildirs are somebody else's to look into.
void walk(const fs::path& folder, const fs::path& top, MailSources& out) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.')) continue;
    if (entry.is_directory()) {
      if (!is_maildir(entry.path())) walk(entry.path(), top, out);
    } else if (entry.is_regular_file() && begins_as_mbox(entry.path())) {
      out.found.push_back({MailSource::Kind::kMbox, entry.path(),
                           mailbox_of(entry.path().lexically_relative(top))});
    } else {
      out.strange.push_back(entry.path());
    }
  }
}

}  // namespace

MailSources find_mail(const fs::path& path) {
  MailSources out;
  if (!fs::exists(path)) {
    throw Failure(ExitCode::kFailed, "there is no " + path.string(), "Name an mbox or a Maildir.");
  }
  if (!fs::is_directory(path)) {
    out.found.push_back({MailSource::Kind::kMbox, path, ""});
    return out;
  }
  for (MaildirFolder& folder : maildir_tree(path)) {
    out.found.push_back(
        {MailSource::Kind::kMaildir, std::move(folder.path), std::move(folder.mailbox)});
  }
  if (!is_maildir(path)) walk(path, path, out);
  std::stable_sort(out.found.begin(), out.found.end(),
                   [](const MailSource& a, const MailSource& b) { return a.mailbox < b.mailbox; });
  if (out.found.empty()) {
    throw Failure(ExitCode::kFailed, path.string() + " has neither mbox nor Maildir in it",
                  "A Maildir has the folders cur, new and tmp; an mbox begins with \"From \".");
  }
  return out;
}

}  // namespace mua::files
