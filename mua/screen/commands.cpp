#include "mua/screen/commands.hpp"

#include <algorithm>
#include <array>

#include "mua/screen/account_commands.hpp"
#include "mua/screen/find_commands.hpp"
#include "mua/screen/general_commands.hpp"
#include "mua/screen/invitation_commands.hpp"
#include "mua/screen/letter_commands.hpp"
#include "mua/screen/list_commands.hpp"
#include "mua/screen/message_commands.hpp"
#include "mua/screen/reader_commands.hpp"
#include "mua/screen/server_drafts.hpp"
#include "mua/screen/unseal.hpp"

namespace mua::screen {

namespace {

constexpr std::array kTable{
    Command{"next", "", "the next message", kInMail, next},
    Command{"previous", "", "the message before", kInMail, previous},
    Command{"page-down", "", "a page on", kInMail, page_down},
    Command{"page-up", "", "a page back", kInMail, page_up},
    Command{"first", "", "to the beginning", kInMail, first},
    Command{"last", "", "to the end", kInMail, last},
    Command{"next-unread", "", "the next unread message", kInMail, next_unread},
    Command{"open", "", "read the message", kInList, open_current},
    Command{"back", "", "back to the list, out of a search", kInMail, back},
    Command{"threads", "", "threads or a flat list", kInList, toggle_threads},
    Command{"fold", "HOW", "fold the thread into one line, or open it; close or open says which",
            kInList, fold},
    Command{"fold-all", "HOW", "fold all threads, or open them; close or open says which", kInList,
            fold_all},
    Command{"mark", "PATTERN", "mark the message, or what fits; the next command is about these",
            kInMail, mark},
    Command{"mark-all", "", "mark all of the list, or none", kInList, mark_all},
    Command{"unmark", "", "take all marks away", kInMail, unmark},
    Command{"search", "WORDS", "find as you type: from:ann has:attachment after:2026-01 is:unread",
            kInMail, search},
    Command{"limit", "WORDS", "show only messages that fit; nothing shows all", kInMail, limit},
    Command{"search-all", "WORDS", "find in all folders", kInMail, search_all},
    Command{"save-search", "NAME", "keep this search among the folders", kInList, save_search},
    Command{"forget-search", "SEARCH", "a saved search goes", kInList, forget_search},
    Command{"next-match", "", "the next message found, or place in the text", kInMail, next_match},
    Command{"folder", "NAME", "open another folder or a saved search", kInMail, folder},
    Command{"delete", "", "move to Trash", kInMail, erase},
    Command{"archive", "", "move to the archive", kInMail, archive},
    Command{"move", "FOLDER", "move to another folder", kInMail, move},
    Command{"flag", "", "flag, or take the flag away", kInMail, flag},
    Command{"unread", "", "mark as unread, or as read", kInMail, unread},
    Command{"undo", "", "take the last deed back: delete, move, flag, send", kInMail, undo},
    Command{"compose", "ADDRESS", "write a mail", kInMail, compose},
    Command{"reply", "", "answer the sender", kInMail, reply_sender},
    Command{"reply-all", "", "answer all", kInMail, reply_all},
    Command{"forward", "", "send it on to somebody, with its attachments", kInMail,
            forward_message},
    Command{"forward-attached", "", "send it on as it came, as an attachment", kInMail,
            forward_attached_message},
    Command{"bounce", "ADDRESS", "send it on as it is, as if it had gone there", kInMail, bounce},
    Command{"edit", "", "go on writing this draft", kInMail, edit_draft},
    Command{"drafts", "", "letters that were begun", kInMail, drafts},
    Command{"outbox", "", "mails that are still to go", kInMail, show_outbox},
    Command{"scroll-down", "", "a line on", kInReader, scroll_down},
    Command{"scroll-up", "", "a line back", kInReader, scroll_up},
    Command{"page-down-or-next", "", "a page on, then the next message", kInReader,
            page_down_or_next},
    Command{"headers", "", "all header fields, or the usual ones", kInReader, headers},
    Command{"invitation", "ANSWER", "answer the invitation: accept, tentative or decline",
            kInReader, answer_invitation},
    Command{"verify", "", "check signatures, open what is encrypted", kInReader, verify},
    Command{"links", "NUMBER", "open a link of the message", kInReader, links},
    Command{"attachments", "NUMBER", "save or open an attachment", kInMail, attachments},
    Command{"pipe", "COMMAND", "give the text to a command of the shell", kInMail, pipe_text},
    Command{"send", "", "send it; u takes it back for a moment", kInLetter, send_letter},
    Command{"attach", "FILE", "attach a file", kInLetter, attach},
    Command{"detach", "", "take an attachment out again", kInLetter, detach},
    Command{"editor", "", "go on in $EDITOR", kInLetter, use_editor},
    Command{"postpone", "", "put it into the folder of drafts", kInLetter, postpone},
    Command{"sign", "", "sign it with OpenPGP, or not", kInLetter, toggle_signing},
    Command{"encrypt", "", "encrypt it with OpenPGP, or not", kInLetter, toggle_encryption},
    Command{"close", "", "stop writing: keep or discard it", kInLetter, close_letter},
    Command{"accounts", "", "each account's server: its state, and what is wrong with it",
            kEverywhere, accounts},
    Command{"refresh", "", "look at the server now", kEverywhere, refresh},
    Command{"commands", "", "all commands, to choose from", kEverywhere, show_commands},
    Command{"command", "", "type a command", kEverywhere, type_command},
    Command{"help", "", "the keys; type to search them", kEverywhere, help},
    Command{"theme", "THEME", "other colours", kEverywhere, choose_theme},
    Command{"redraw", "", "paint the screen anew", kEverywhere, redraw},
    Command{"suspend", "", "back to the shell; fg returns", kEverywhere, suspend},
    Command{"quit", "", "out of what is open, then out of mua", kEverywhere, quit},
};

}  // namespace

std::span<const Command> commands() { return kTable; }

const Command* find_command(std::string_view name) {
  const auto found =
      std::find_if(kTable.begin(), kTable.end(), [&](const Command& c) { return c.name == name; });
  return found == kTable.end() ? nullptr : &*found;
}

std::vector<const Command*> commands_beginning(Place place, std::string_view begun) {
  std::vector<const Command*> out;
  for (const Command& command : kTable) {
    if ((command.places & place) != 0 && command.name.starts_with(begun)) out.push_back(&command);
  }
  return out;
}

}  // namespace mua::screen
