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

/// What is attached at most to a mail that is signed or encrypted, in octets: it is whole in memory
/// for that, several times. Everything else is written piece by piece.
inline constexpr std::uint64_t kMostSealed = 64u << 20;
/// What is encoded between two keys without being felt.
inline constexpr std::uint64_t kAtOnce = 1u << 20;

/// "" when all fields can be understood, else what can't.
std::string wrong_with(const Letter& letter, const Writer& writer);

/// The letter as a mail; its attachments are read from files and from the store when it is
/// composed. Throws Failure.
mail::Draft whole_draft(const Letter& letter, const Writer& writer, sync::LocalStore& store);
/// Who gets the mail and what is done once it is sent; its content is still missing.
sync::Outgoing outgoing_of(const Letter& letter, const mail::Draft& draft);
/// Composes it into the store (content.hpp). Throws Failure when an attachment can't be read.
sync::ContentId write_mail(const mail::Draft& draft, sync::LocalStore& store);
std::uint64_t octets_attached(const Letter& letter, sync::LocalStore& store);

/// Asks for parts of other messages that are attached and not here; false while some are missing.
bool enclosures_here(Client& client, const Letter& letter);

/// Sends the letter that is being written.
void send_written(Client& client, const std::string& passphrase = "");

}  // namespace mua::screen
