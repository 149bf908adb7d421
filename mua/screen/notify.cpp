#include "mua/screen/notify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "conf/table_reader.hpp"

namespace mua::screen {

namespace {

std::string title_of(const Arrival& arrival) {
  if (arrival.count == 1) return arrival.from.empty() ? "New mail" : arrival.from;
  return fmt::format("{} new in {}", arrival.count, arrival.folder);
}

std::string body_of(const Arrival& arrival) {
  if (arrival.count == 1) return arrival.subject;
  return arrival.from.empty() ? arrival.subject : arrival.from + ": " + arrival.subject;
}

Background note(const Arrival& arrival) {
  return {{"notify-send", "--app-name=mua", "--icon=mail-unread", "--category=email.arrived", "--",
           title_of(arrival), body_of(arrival)},
          {}};
}

Background command_with(const std::string& command, const Arrival& arrival) {
  return {{"/bin/sh", "-c", command},
          {{"MUA_ACCOUNT", arrival.account},
           {"MUA_FOLDER", arrival.folder},
           {"MUA_COUNT", std::to_string(arrival.count)},
           {"MUA_FROM", arrival.from},
           {"MUA_SUBJECT", arrival.subject}}};
}

}  // namespace

NotifySettings read_notify(conf::TableReader section) {
  NotifySettings out;
  section.truth("bell", out.bell);
  section.truth("desktop", out.desktop);
  section.text("command", out.command);
  section.texts("folders", out.folders);
  section.finish();
  return out;
}

std::string arrival_text(const Arrival& arrival) {
  const std::string title = title_of(arrival), body = body_of(arrival);
  const std::string where = arrival.folder == "INBOX" ? "" : " in " + arrival.folder;
  return fmt::format("{}{}{}", arrival.count == 1 ? fmt::format("new{}: {}", where, title) : title,
                     body.empty() ? "" : ": ", body);
}

std::string terminal_note(std::string_view term, std::string title, std::string body) {
  if (term.find("kitty") != std::string_view::npos) {
    return "\033]99;i=mua:d=0;" + title + "\033\\\033]99;i=mua:p=body;" + body + "\033\\";
  }
  // Its fields end at semicolons.
  std::replace(title.begin(), title.end(), ';', ',');
  std::replace(body.begin(), body.end(), ';', ',');
  return "\033]777;notify;" + title + ";" + body + "\033\\";
}

void Notifier::tell(const Arrival& arrival) const {
  const auto& folders = settings_.folders;
  const bool meant = std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
    return folder == "*" || folder == arrival.folder;
  });
  if (!meant) return;
  if (settings_.bell) screen_.ring();
  if (settings_.desktop && has_desktop_) start_(note(arrival));
  if (settings_.desktop && !has_desktop_) screen_.notify(title_of(arrival), body_of(arrival));
  if (!settings_.command.empty()) start_(command_with(settings_.command, arrival));
}

}  // namespace mua::screen
