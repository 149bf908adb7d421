// Choosing a file, folder by folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "mua/screen/client.hpp"

namespace mua::screen {

/// A path that was typed in full ("~/x.pdf", "/tmp/x") need not be in the list.
void choose_file(Client& client, const std::string& title, const std::filesystem::path& folder,
                 std::function<void(Client&, const std::string& path)> then);

/// The file that was typed; of what is no file's name those in its folder can be chosen.
void take_file(Client& client, const std::string& title, const std::string& typed,
               std::function<void(Client&, const std::string& path)> then);

/// "~/x" as the shell understands it; what is relative is so to the folder mua was started in.
std::filesystem::path path_of(const std::string& typed);

/// What of a path can be completed to, in the words it was begun with; folders end in a slash.
std::vector<std::string> paths_beginning(const std::string& begun);

}  // namespace mua::screen
