// Where mailctl has passwords from: the terminal without echo, stdin, or chance. Never the command
// line, which every process of the machine can read.
#pragma once

#include <string>

#include "mailctl/options.hpp"

namespace mailctl {

/// Asks twice at a prompt, or takes the first line of stdin. Throws Failure when there is none.
std::string new_password(PasswordFrom from, const std::string& address);

/// The first line of stdin; throws Failure when there is none.
std::string password_from_stdin();

/// 100 bits, as four groups that can be read aloud: "k7mq2-x4dzt-9hwpa-c3vnb".
std::string random_password();

}  // namespace mailctl
