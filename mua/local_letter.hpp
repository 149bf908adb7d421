// A mail that a command is not to send yet, or could not send, in the account's local store: there
// `mua drafts`, `mua outbox` and the full screen have it, and `mua sync` sends what is in the
// outbox.
#pragma once

#include <optional>

#include "mua/deliver.hpp"
#include "mua/options.hpp"
#include "mua/screen/letter.hpp"
#include "mua/sync/model.hpp"

namespace mua {

/// As one goes on writing it; of its attachments, those that the options name.
screen::Letter letter_of(const mail::Draft& draft, const SendOptions& options);

sync::DraftId keep_as_draft(const Account& account, const screen::Letter& letter);

/// Taken back (`mua outbox edit`) it is that letter again; without one it is then gone.
sync::EntryId put_into_outbox(const Account& account, const Mailing& mailing,
                              const std::optional<screen::Letter>& letter);

/// The same, and tells of it.
ExitCode queue(const Account& account, const Mailing& mailing,
               const std::optional<screen::Letter>& letter, Format format);

/// The copy of a mail that is sent already. False when the store can't take it or
/// doesn't know the mailbox.
bool file_later(const Account& account, const Mailing& mailing);

}  // namespace mua
