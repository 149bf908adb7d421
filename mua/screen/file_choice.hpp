// Choosing a file, folder by folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "mua/screen/client.hpp"

namespace mua::screen {

/// A path that was typed in full ("~/x.pdf", "/tmp/x") need not be in the list.
void choose_file(Client& client, const std::string& title, const std::filesystem::path& folder,
                 std::function<void(Client&, const std::string& path)> then);

}  // namespace mua::screen
