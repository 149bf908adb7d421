// Which process listens on a TCP port, as far as /proc tells (proc(5)). Private to the room.
#pragma once

#include <cstdint>
#include <string>

namespace tls {

/// "postfix (process 812)", or "another process" when nobody is found or may be looked at.
std::string port_owner(std::uint16_t port);

}  // namespace tls
