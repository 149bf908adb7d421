// Where an account's password comes from and how it is kept: a file of its own that only its owner
// reads, a command, stdin, or a prompt without echo. Never an argument, never a log.
#pragma once

#include <filesystem>
#include <string>

#include "mua/account.hpp"

namespace mua {

/// Whether the account's settings give it; otherwise it is asked for.
bool has_password(const Account& account);

/// From the account's keyring, file or command, else from the terminal. Throws Failure when there
/// is none.
std::string password_of(const Account& account);

/// One line from stdin, or without echo from the terminal.
std::string password_from_stdin();
std::string password_from_prompt(const std::string& prompt);
/// A line typed on the terminal, with echo. Throws Failure at its end.
std::string line_from_prompt(const std::string& prompt);
void tell_on_terminal(const std::string& text);
/// Asks on the terminal; yes is "y" or nothing.
bool confirm(const std::string& question);
/// The first line of what the command prints.
std::string password_from_command(const std::string& command);

std::string password_from_keyring(const Account& account);

/// Refuses files that others can read.
std::string password_from_file(const std::filesystem::path& file);
/// Writes it with mode 0600 into a folder of mode 0700, replacing what was there.
void keep_password(const std::filesystem::path& file, const std::string& password);

}  // namespace mua
