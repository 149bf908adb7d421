#include "mua/deeds.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <sstream>

#include "mail/ascii.hpp"
#include "mua/sync/local_store.hpp"

namespace mua {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr std::size_t kKept = 50;

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& one) { return mail::same_ignoring_case(one, word); });
}

mail::FlagSet without(const mail::FlagSet& flags, const mail::FlagSet& others) {
  mail::FlagSet out{static_cast<std::uint8_t>(flags.system & ~others.system), {}};
  for (const std::string& keyword : flags.keywords) {
    if (!holds(others.keywords, keyword)) out.keywords.push_back(keyword);
  }
  return out;
}

mail::FlagSet in_both(const mail::FlagSet& flags, const mail::FlagSet& others) {
  return without(flags, without(flags, others));
}

mail::FlagSet flags_from(const json::value& list) {
  mail::FlagSet out;
  for (const json::value& one : list.as_array()) {
    const std::string word(one.as_string());
    if (const auto flag = mail::parse_system_flag(word)) {
      out.system = static_cast<std::uint8_t>(out.system | *flag);
    } else {
      out.keywords.push_back(word);
    }
  }
  return out;
}

json::object to_json(const Deed& deed) {
  json::array moved, flagged;
  for (const auto& one : deed.moved) {
    moved.push_back({{"id", one.now.full()}, {"mailbox", one.mailbox}});
  }
  for (const auto& one : deed.flagged) {
    flagged.push_back({{"id", one.message.full()},
                       {"set", flags_json(one.set)},
                       {"clear", flags_json(one.clear)}});
  }
  return {{"made_at", deed.made_at}, {"label", deed.label}, {"moved", moved}, {"flagged", flagged}};
}

MessageRef ref_from(const json::value& object) {
  return parse_message_ref(std::string(object.at("id").as_string())).value_or(MessageRef{});
}

Deed deed_from(const json::value& value) {
  Deed deed;
  deed.made_at = value.at("made_at").as_int64();
  deed.label = value.at("label").as_string();
  for (const json::value& one : value.at("moved").as_array()) {
    deed.moved.push_back({ref_from(one), std::string(one.at("mailbox").as_string())});
  }
  for (const json::value& one : value.at("flagged").as_array()) {
    deed.flagged.push_back({ref_from(one), flags_from(one.at("set")), flags_from(one.at("clear"))});
  }
  return deed;
}

}  // namespace

Deeds::Deeds(const Account& account)
    : file_(sync::store_file(account.settings, account.address).replace_extension(".deeds")) {}

/// A file that can't be read is none: it only held what could have been taken back.
std::vector<Deed> Deeds::read() const {
  std::ostringstream text;
  text << std::ifstream(file_, std::ios::binary).rdbuf();
  std::vector<Deed> out;
  try {
    const json::value all = json::parse(text.str());
    for (const json::value& one : all.as_array()) out.push_back(deed_from(one));
  } catch (const std::exception&) {
    out.clear();
  }
  return out;
}

void Deeds::write(const std::vector<Deed>& deeds) const {
  json::array out;
  for (const Deed& deed : deeds) out.push_back(to_json(deed));
  fs::path fresh = file_;
  fresh += ".new";
  std::ofstream file(fresh, std::ios::trunc | std::ios::binary);
  chmod(fresh.c_str(), S_IRUSR | S_IWUSR);
  file << json::serialize(out) << "\n";
  file.close();
  if (!file) throw Failure(ExitCode::kFailed, "cannot write " + fresh.string());
  fs::rename(fresh, file_);
}

void Deeds::note(Deed deed) {
  std::vector<Deed> all = read();
  all.push_back(std::move(deed));
  if (all.size() > kKept) all.erase(all.begin(), all.end() - kKept);
  write(all);
}

std::optional<Deed> Deeds::last() const {
  const std::vector<Deed> all = read();
  if (all.empty()) return std::nullopt;
  return all.back();
}

void Deeds::forget_last() {
  std::vector<Deed> all = read();
  if (all.empty()) return;
  all.pop_back();
  write(all);
}

void Deeds::follow(const Moves& moves) {
  std::vector<Deed> all = read();
  const auto lead = [&moves](MessageRef& ref) {
    const auto moved = std::find_if(moves.begin(), moves.end(), [&ref](const auto& move) {
      return move.first == ref && move.second.uid != 0;
    });
    if (moved != moves.end()) ref = moved->second;
  };
  for (Deed& deed : all) {
    for (Deed::MovedBack& one : deed.moved) lead(one.now);
    for (Deed::FlaggedBack& one : deed.flagged) lead(one.message);
  }
  write(all);
}

Deed deed_of(const Moves& moves, const std::string& verb) {
  Deed deed;
  for (const auto& [from, to] : moves) {
    if (to.uid != 0) deed.moved.push_back({to, from.mailbox});
  }
  deed.label = fmt::format("{} {} message{}", verb, moves.size(), moves.size() == 1 ? "" : "s");
  return deed;
}

void note(const Account& account, Deed deed, const Moves& moves) {
  if (deed.moved.empty() && deed.flagged.empty()) return;
  deed.made_at = std::time(nullptr);
  try {
    Deeds deeds(account);
    if (!moves.empty()) deeds.follow(moves);
    deeds.note(std::move(deed));
  } catch (const std::exception& error) {
    fmt::print(stderr, "mua: done, but undo won't know of it: {}\n", error.what());
  }
}

asio::awaitable<Moves> move_and_note(ImapSession& session, MessageGroups groups, std::string target,
                                     std::string verb) {
  co_await require_all(session, groups);
  Moves moves;
  for (const auto& [mailbox, refs] : groups) {
    const Moves some = co_await move_messages(session, mailbox, refs, target);
    moves.insert(moves.end(), some.begin(), some.end());
  }
  note(session.account(), deed_of(moves, verb), moves);
  co_return moves;
}

Deed::FlaggedBack flags_back(const MessageRef& message, const mail::FlagSet& before,
                             const mail::FlagSet& add, const mail::FlagSet& remove) {
  return {message, in_both(remove, before), without(add, before)};
}

}  // namespace mua
