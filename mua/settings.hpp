// A person's settings: mua.toml, one checked file. A key that is absent has its default, one that
// is unknown is told with the nearest known one, and a wrong value with its place and what was
// expected. The accounts in it are told in account.hpp.
//
//   [screen]
//   keys = "mutt"          # mutt, aerc, alpine
//   theme = "default"
//   threads = "flat"       # flat, open, collapsed: how a list begins
//   mouse = true
//   undo = "10s"           # how long a mail that is sent waits, 0s to 120s
//   editor = ""            # the command of ^O; "" for $VISUAL or $EDITOR
//
//   [[key]] in screen/key_settings.hpp, [theme.NAME] in screen/theme.hpp, [notify] in
//   screen/notify.hpp, [[saved_search]] in screen/saved_search.hpp
//
//   [[identity]]
//   name = "Alice, Treasurer"
//   address = "treasurer@example.test"
//   account = "alice@example.test"      # whose server it goes out by; default: the account of that
//                                       # address, else the first
//   signature = "Alice\nTreasurer"
//   signature_file = "treasurer.txt"    # instead; relative to this file
//   reply_to = "board@example.test"     # where answers go; default none
//   key = "0123ABCD"                    # of OpenPGP or S/MIME, to sign with; default by the
//   address
//
// A file that was merely found (account.hpp) may not name commands.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "mua/account.hpp"
#include "mua/screen/keymap.hpp"
#include "mua/screen/notify.hpp"
#include "mua/screen/saved_search.hpp"
#include "mua/screen/theme.hpp"

namespace mua {

struct ScreenSettings {
  std::string keys = "mutt";
  std::string theme = "default";
  enum class Threads { kFlat, kOpen, kCollapsed };
  Threads threads = Threads::kFlat;
  bool mouse = true;
  std::chrono::seconds undo{10};
  std::string editor;
};

/// Another From a person writes under.
struct Identity {
  std::string name;
  std::string address;
  std::string account;    ///< an address of Settings::accounts
  std::string signature;  ///< without "-- "; "" for none
  std::string reply_to{};
  std::string key{};
  bool operator==(const Identity&) const = default;
};

struct Settings {
  std::filesystem::path file;  ///< all but the accounts is of it, and saved into it
  ScreenSettings screen;
  std::vector<screen::OwnBinding> keys;                           ///< [[key]]
  std::vector<screen::Theme> themes = screen::built_in_themes();  ///< [theme.NAME] too
  screen::NotifySettings notify;                                  ///< [notify]
  std::vector<screen::SavedSearch> saved_searches;                ///< [[saved_search]]
  std::vector<Identity> identities;
  std::vector<Account> accounts;
};

/// Throws Failure with file, line and column.
Settings read_settings(const std::filesystem::path& file, Trust trust);

/// The accounts of all files that are there, and the rest of the first of them.
Settings find_settings(const CommonOptions& options);

}  // namespace mua
