// IMAP commands as plain structs (RFC 9051 §6, RFC 3501 §6): the line every command begins with,
// and the arguments of those that are about the session or name a mailbox. Mailbox names stay as
// the client wrote them, because how they are encoded depends on what it enabled
// (mailbox_name.hpp). FETCH, SEARCH, STORE, LIST and APPEND have headers of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/imap_lexer.hpp"
#include "mail/seq_match.hpp"

namespace mail {

/// "a1 UID FETCH 1 FLAGS": tag a1, verb "UID FETCH", arguments "1 FLAGS".
struct ImapCommand {
  std::string tag;
  std::string verb;       ///< upper case, "UID " in front where it was given
  std::string arguments;  ///< "" when nothing follows the verb; literals inline
};

/// A line that is no command; `tag` is "" when even that couldn't be read.
struct ImapCommandError {
  std::string tag;
  std::string reason;
};

Result<ImapCommand, ImapCommandError> parse_imap_command(std::string_view text);

/// Commands without arguments.
struct NoArguments {};
ImapResult<NoArguments> parse_no_arguments(std::string_view arguments);

struct LoginArguments {
  std::string user;
  std::string password;
};
ImapResult<LoginArguments> parse_login(std::string_view arguments);

struct AuthenticateArguments {
  std::string mechanism;                        ///< upper case
  std::optional<std::string> initial_response;  ///< base 64 as sent, or "="
};
ImapResult<AuthenticateArguments> parse_authenticate(std::string_view arguments);

/// COMPRESS: the mechanism, upper case.
ImapResult<std::string> parse_compress(std::string_view arguments);

/// The capabilities, upper case.
ImapResult<std::vector<std::string>> parse_enable(std::string_view arguments);

/// The language ranges of LANGUAGE (RFC 5255 §3.2), in order of preference; none asks for a list.
ImapResult<std::vector<std::string>> parse_language(std::string_view arguments);

/// Field names and values of ID (RFC 2971); empty for NIL.
using IdFields = std::vector<std::pair<std::string, std::optional<std::string>>>;
ImapResult<IdFields> parse_id(std::string_view arguments);

/// What a client that reconnects knows of a mailbox (RFC 7162 §3.2.5).
struct QresyncParameters {
  std::uint32_t uid_validity = 0;
  std::uint64_t mod_seq = 0;
  std::optional<SequenceSet> known_uids;
  std::optional<SeqMatch> match;
};

/// SELECT and EXAMINE.
struct SelectArguments {
  std::string mailbox;
  bool condstore = false;
  std::optional<QresyncParameters> qresync;
};
ImapResult<SelectArguments> parse_select(std::string_view arguments);

/// DELETE, SUBSCRIBE, UNSUBSCRIBE: one mailbox.
ImapResult<std::string> parse_mailbox(std::string_view arguments);

/// The tags that CANCELUPDATE names (RFC 5267 §4.3.5).
ImapResult<std::vector<std::string>> parse_cancel_update(std::string_view arguments);

/// UIDBATCHES (RFC 10022): messages a batch, and which batches, counted from the newest.
struct UidBatchesArguments {
  std::uint32_t size = 0;
  std::uint32_t first = 1;
  std::uint32_t last = UINT32_MAX;
};
ImapResult<UidBatchesArguments> parse_uid_batches(std::string_view arguments);

struct CreateArguments {
  std::string mailbox;
  std::vector<std::string> special_use;  ///< RFC 6154 §3
};
ImapResult<CreateArguments> parse_create(std::string_view arguments);

struct RenameArguments {
  std::string from;
  std::string to;
};
ImapResult<RenameArguments> parse_rename(std::string_view arguments);

}  // namespace mail
