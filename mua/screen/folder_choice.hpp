// Choosing a folder by some letters of its name.
#pragma once

#include <functional>
#include <string>

#include "mua/screen/client.hpp"

namespace mua::screen {

/// The folder of that name, or the one it fits best; without a name a popup asks.
enum class Whose { kAll, kInHand };  ///< accounts
void choose_folder(Client& client, const std::string& title, const std::string& name,
                   std::function<void(Client&, sync::FolderId)> then, Whose whose = Whose::kAll);

/// Opens a folder or a saved search by its name; without one a popup asks.
void choose_place(Client& client, const std::string& name);

}  // namespace mua::screen
