// What a daemon keeps from its start until its end, whatever a reload finds in the settings file:
// where it listens, where mail lies, its threads. Changes of it are told, for nothing else shows
// that they wait.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conf/settings.hpp"

namespace conf {

/// The keys that differ and that `program` ("smtpd", "imapd") takes up when it starts again.
std::vector<std::string> wait_for_restart(std::string_view program, const Settings& running,
                                          const Settings& fresh);

/// Logs them as a warning, if there are any.
void tell_of_restart(std::string_view program, const Settings& running, const Settings& fresh);

}  // namespace conf
