// Attachments as files: decoded in a stream from the local store, aside of the screen's thread.
#pragma once

#include <filesystem>
#include <functional>

#include "mua/screen/reader.hpp"

namespace mua::screen {

class Client;

/// Into a file of that name, readable by its owner alone; throws Failure when it can't be written.
void write_part(sync::LocalStore& store, sync::MessageId message, const AttachmentOf& attached,
                const std::filesystem::path& file);

/// Fetches the part if it isn't here, writes it, and goes on on the screen's thread.
void with_part_file(Client& client, sync::MessageId message, const AttachmentOf& attached,
                    const std::filesystem::path& file, std::function<void(Client&)> then);

}  // namespace mua::screen
