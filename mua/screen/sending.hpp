// From a letter to a mail in the outbox. Files are read and encoded, signatures made and contents
// encrypted aside of the screen; the letter stays open until all of that has worked.
#pragma once

#include <filesystem>
#include <string>

#include "mail/compose.hpp"
#include "mua/screen/answer.hpp"
#include "mua/sync/actions.hpp"

namespace mua::screen {

class Client;

/// What is attached to a mail at most, in octets: it is whole in memory while it is encoded, and
/// few servers take more.
inline constexpr std::uint64_t kMostAttached = 64u << 20;

/// "" when all fields can be understood, else what can't.
std::string wrong_with(const Letter& letter, const Writer& writer);

/// The letter as a mail; its attachments come from files and from the store. Throws Failure.
mail::Draft whole_draft(const Letter& letter, const Writer& writer, sync::LocalStore& store);

/// Asks for parts of other messages that are attached and not here; false while some are missing.
bool enclosures_here(Client& client, const Letter& letter);

/// Sends the letter that is being written.
void send_written(Client& client, const std::string& passphrase = "");

}  // namespace mua::screen
