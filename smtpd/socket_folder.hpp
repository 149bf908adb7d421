// The way to the Unix socket of programs: other users must be able to pass the folders above it,
// and see nothing in them.
#pragma once

#include <filesystem>

namespace smtpd {

/// Makes the socket's folder when it is missing, and lets others pass it (0711) when it lies below
/// `data`. Returns the first folder on the way that others still can't pass, "" when there is none:
/// then only its owner and root can send. Throws StoreError when the folder can't be made.
std::filesystem::path open_socket_folder(const std::filesystem::path& socket,
                                         const std::filesystem::path& data);

}  // namespace smtpd
