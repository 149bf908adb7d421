// Root only where it must be: a program that root starts on another user's mail goes on as that
// user, so that it leaves no file there that the owner can't write. credentials(7),
// capabilities(7).
#pragma once

#include <filesystem>

namespace conf {

/// What is kept of root. kPorts: binding ports below 1024, for daemons.
enum class Keep { kNothing, kPorts };

/// Becomes the owner of `folder`, with his groups, for good. Does nothing unless this is root and
/// the folder is there and another user's. Throws std::runtime_error when the system refuses.
/// Before the first thread.
void become_owner(const std::filesystem::path& folder, Keep keep);

}  // namespace conf
