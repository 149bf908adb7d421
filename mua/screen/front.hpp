// What the full screen and the line mode have in common: of the settings and the command line what
// a client's world is made of.
#pragma once

#include <cstdint>
#include <string>

#include "mua/screen/client.hpp"
#include "mua/settings.hpp"

namespace mua::screen {

/// Milliseconds since 1970.
std::int64_t now_ms();

/// The keys of `profile`, else the settings' profile, and a person's own.
Keymap keymap_of(const Settings& settings, const std::string& profile);

/// Themes and saved searches.
void furnish(World& world, const Settings& settings);

/// How the settings want lists to begin: flat, by threads, folded.
void arrange(Client& client, const Settings& settings);

/// Of that name, else the settings' own; throws Failure (usage) when there is none.
const Theme& theme_of(const Settings& settings, const std::string& wanted);

}  // namespace mua::screen
