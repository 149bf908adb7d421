#include "imapd/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "imapd/handlers.hpp"
#include "mail/sasl.hpp"

namespace imapd {

namespace {

using enum Allowed;

constexpr auto kTell = Expunges::kTell;
constexpr auto kHold = Expunges::kHold;
constexpr auto kRung = Look::kWhenRung;
constexpr auto kAlways = Look::kAlways;

constexpr auto kCommands = std::to_array<CommandEntry>({
    {"CAPABILITY", kAnyState, kTell, kRung, cmd_capability},
    {"NOOP", kAnyState, kTell, kAlways, cmd_noop},
    {"LOGOUT", kAnyState, kHold, kRung, cmd_logout},
    {"ID", kAnyState, kTell, kRung, cmd_id},
    {"STARTTLS", kNotAuthenticated, kHold, kRung, cmd_starttls},
    {"LOGIN", kNotAuthenticated, kHold, kRung, cmd_login},
    {"AUTHENTICATE", kNotAuthenticated, kHold, kRung, cmd_authenticate},
    {"UNAUTHENTICATE", kAuthenticated, kHold, kRung, cmd_unauthenticate},
    {"LANGUAGE", kAnyState, kTell, kRung, cmd_language},
    {"ENABLE", kAuthenticated, kHold, kRung, cmd_enable},
    {"COMPRESS", kAuthenticated, kTell, kRung, cmd_compress},
    {"GETMETADATA", kAuthenticated, kTell, kRung, cmd_get_metadata},
    {"SETMETADATA", kAuthenticated, kTell, kRung, cmd_set_metadata},
    {"GETQUOTA", kAuthenticated, kTell, kRung, cmd_get_quota},
    {"GETQUOTAROOT", kAuthenticated, kTell, kRung, cmd_get_quota_root},
    {"SETQUOTA", kAuthenticated, kTell, kRung, cmd_set_quota},
    {"NAMESPACE", kAuthenticated, kTell, kRung, cmd_namespace},
    {"SELECT", kAuthenticated, kHold, kRung, cmd_select},
    {"EXAMINE", kAuthenticated, kHold, kRung, cmd_select},
    {"CREATE", kAuthenticated, kTell, kRung, cmd_create},
    {"DELETE", kAuthenticated, kTell, kRung, cmd_delete},
    {"RENAME", kAuthenticated, kTell, kAlways, cmd_rename},
    {"SUBSCRIBE", kAuthenticated, kTell, kRung, cmd_subscribe},
    {"UNSUBSCRIBE", kAuthenticated, kTell, kRung, cmd_unsubscribe},
    {"LIST", kAuthenticated, kTell, kRung, cmd_list},
    {"LSUB", kAuthenticated, kTell, kRung, cmd_lsub},
    {"STATUS", kAuthenticated, kTell, kRung, cmd_status},
    {"APPEND", kAuthenticated, kTell, kAlways, cmd_append},
    {"IDLE", kAuthenticated, kTell, kAlways, cmd_idle},
    {"NOTIFY", kAuthenticated, kTell, kRung, cmd_notify},
    {"CHECK", kSelected, kTell, kAlways, cmd_noop},
    {"CLOSE", kSelected, kHold, kRung, cmd_close},
    {"UNSELECT", kSelected, kHold, kRung, cmd_unselect},
    {"EXPUNGE", kSelected, kTell, kAlways, cmd_expunge},
    {"UID EXPUNGE", kSelected, kTell, kAlways, cmd_expunge},
    {"FETCH", kSelected, kHold, kRung, cmd_fetch},
    {"UID FETCH", kSelected, kTell, kRung, cmd_fetch},
    {"STORE", kSelected, kHold, kRung, cmd_store},
    {"UID STORE", kSelected, kTell, kRung, cmd_store},
    {"SEARCH", kSelected, kHold, kAlways, cmd_search},
    {"UID SEARCH", kSelected, kTell, kRung, cmd_search},
    {"SORT", kSelected, kHold, kAlways, cmd_sort},
    {"UID SORT", kSelected, kTell, kRung, cmd_sort},
    {"THREAD", kSelected, kHold, kAlways, cmd_thread},
    {"UID THREAD", kSelected, kTell, kRung, cmd_thread},
    {"COPY", kSelected, kTell, kAlways, cmd_copy},
    {"UID COPY", kSelected, kTell, kAlways, cmd_copy},
    {"MOVE", kSelected, kTell, kAlways, cmd_copy},
    {"UID MOVE", kSelected, kTell, kAlways, cmd_copy},
    {"REPLACE", kSelected, kTell, kAlways, cmd_replace},
    {"UID REPLACE", kSelected, kTell, kAlways, cmd_replace},
    {"CANCELUPDATE", kSelected, kTell, kRung, cmd_cancel_update},
    {"ESEARCH", kAuthenticated, kHold, kRung, cmd_esearch},
    {"UIDBATCHES", kSelected, kTell, kRung, cmd_uid_batches},
    {"SETACL", kAuthenticated, kTell, kRung, cmd_set_acl},
    {"DELETEACL", kAuthenticated, kTell, kRung, cmd_delete_acl},
    {"GETACL", kAuthenticated, kTell, kRung, cmd_get_acl},
    {"LISTRIGHTS", kAuthenticated, kTell, kRung, cmd_list_rights},
    {"MYRIGHTS", kAuthenticated, kTell, kRung, cmd_my_rights},
});

constexpr std::string_view kExtensions =
    "SASL-IR ID ENABLE IDLE NAMESPACE CHILDREN LIST-EXTENDED LIST-STATUS SPECIAL-USE "
    "CREATE-SPECIAL-USE UIDPLUS MOVE UNSELECT MULTIAPPEND CONDSTORE QRESYNC ESEARCH SEARCHRES "
    "WITHIN STATUS=SIZE BINARY UTF8=ACCEPT ACL RIGHTS=texk LIST-MYRIGHTS COMPRESS=DEFLATE METADATA "
    "LIST-METADATA QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE QUOTA=RES-MAILBOX I18NLEVEL=1 SORT "
    "SORT=DISPLAY SORT=MODSEQ ESORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES THREAD=REFS "
    "CONTEXT=SEARCH CONTEXT=SORT PARTIAL SEARCH=FUZZY MULTISEARCH UIDBATCHES INPROGRESS NOTIFY "
    "UNAUTHENTICATE LANGUAGE OBJECTID SAVEDATE PREVIEW UIDONLY REPLACE CATENATE URL-PARTIAL";

// Of a greeting: the rest is told with the login, before which nobody can use it, and would be the
// larger part of a short visit. Who asks is told all.
constexpr std::string_view kForLogin = "SASL-IR ID ENABLE IDLE LANGUAGE";

}  // namespace

const CommandEntry* find_command(std::string_view verb) {
  auto found = std::find_if(kCommands.begin(), kCommands.end(),
                            [&](const CommandEntry& entry) { return entry.verb == verb; });
  return found == kCommands.end() ? nullptr : &*found;
}

Numbering numbering_of(const mail::ImapCommand& command) {
  return command.verb.starts_with("UID ") ? Numbering::kUid : Numbering::kSequence;
}

bool uses_sequence_numbers(const CommandEntry& entry) {
  return entry.verb != "EXPUNGE" && find_command("UID " + std::string(entry.verb)) != nullptr;
}

bool is_allowed(Allowed allowed, State state) {
  switch (allowed) {
    case kAnyState: return true;
    case kNotAuthenticated: return state == State::kNotAuthenticated;
    case kAuthenticated: return state == State::kAuthenticated || state == State::kSelected;
    case kSelected: return state == State::kSelected;
  }
  return false;
}

bool may_send_password(const Session& session) {
  const auto& rule = session.settings().imap.plaintext_login;
  if (session.stream().encrypted() || rule == "always") return true;
  return rule == "loopback" && session.stream().peer_is_loopback();
}

// Never both (RFC 7888 §5). Before login, LITERAL- is the truth: large literals are not taken then.
std::string_view literal_extension(State state) {
  return state == State::kNotAuthenticated ? "LITERAL-" : "LITERAL+";
}

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2" *(SP capability)
std::string capabilities(const Session& session, Telling telling) {
  auto line = fmt::format("CAPABILITY IMAP4rev1 IMAP4rev2 {} ", literal_extension(session.state()));
  if (telling == Telling::kOfLogin) {
    line += kForLogin;
  } else {
    line +=
        fmt::format("{} APPENDLIMIT={} MESSAGELIMIT={}", kExtensions,
                    session.settings().imap.max_append_size, session.settings().imap.message_limit);
  }
  if (session.state() != State::kNotAuthenticated) return line;
  const auto& stream = session.stream();
  if (!stream.encrypted()) line += " STARTTLS";
  bool plaintext = may_send_password(session);
  if (!plaintext) line += " LOGINDISABLED";
  mail::ChannelBindings bindings{stream.tls_exporter(), stream.tls_server_end_point()};
  for (const auto& mechanism : mail::sasl_mechanisms(bindings, plaintext)) {
    line += " AUTH=" + mechanism;
  }
  return line;
}

}  // namespace imapd
