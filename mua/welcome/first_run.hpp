// The first run for an address: finds its servers, asks what is missing, tries each step of both
// logins before the eyes of the person, keeps the password where she says, writes the settings.
#pragma once

#include "mua/options.hpp"
#include "mua/welcome/dialog.hpp"
#include "mua/welcome/discovery.hpp"
#include "tls/asio.hpp"

namespace mua::welcome {

/// Who is asked, and what can be looked up.
struct Surroundings {
  Dialog dialog;
  std::optional<conf::Settings> installation{};
  std::function<asio::awaitable<std::optional<Proposal>>(Asked)> discover;
  std::function<bool()> has_keyring;
};
Surroundings surroundings_of(const CommonOptions& common);

/// The account, written into the settings. Throws Failure when the person gives up, and whenever a
/// step of the login fails otherwise than for the password; then nothing is written.
asio::awaitable<Account> first_run(CommonOptions common, std::string address, Surroundings around);

/// Where the password goes, by the person's choice; the account says it then. Nothing is kept
/// without being asked for.
void keep_password_of(Account& account, const std::string& password, const Surroundings& around);

}  // namespace mua::welcome
