#include "mua/local_letter.hpp"

#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <exception>
#include <filesystem>

#include "mua/output.hpp"
#include "mua/sync/actions.hpp"
#include "mua/sync/drafts.hpp"
#include "mua/sync/folders.hpp"
#include "mua/sync/message_list.hpp"

namespace mua {

namespace {

sync::LocalStore store_of(const Account& account) {
  return sync::LocalStore(sync::store_file(account.settings, account.address));
}

/// If the store has it.
std::optional<sync::MessageId> find_message(sync::LocalStore& store, const MessageRef& ref) {
  sync::Folders folders(store);
  const auto folder = folders.find(ref.mailbox);
  if (!folder || folders.sync_point(folder->id).uid_validity != ref.uid_validity) {
    return std::nullopt;
  }
  return sync::MessageList(store).find(folder->id, ref.uid);
}

}  // namespace

screen::Letter letter_of(const mail::Draft& draft, const SendOptions& options) {
  screen::Letter letter;
  letter.to = screen::typed_addresses(draft.to);
  letter.cc = screen::typed_addresses(draft.cc);
  letter.bcc = screen::typed_addresses(draft.bcc);
  letter.subject = draft.subject;
  letter.text = draft.text;
  letter.in_reply_to = draft.in_reply_to;
  letter.references = draft.references;
  letter.sign = options.sign;
  letter.encrypt = options.encrypt;
  for (const std::string& path : options.attachments) {
    letter.enclosures.push_back({std::filesystem::absolute(path).string(), 0, "", ""});
  }
  return letter;
}

sync::DraftId keep_as_draft(const Account& account, const screen::Letter& letter) {
  sync::LocalStore store = store_of(account);
  return sync::Drafts(store).save(0, to_text(letter), std::time(nullptr));
}

sync::EntryId put_into_outbox(const Account& account, const Mailing& mailing,
                              const std::optional<screen::Letter>& letter) {
  const std::time_t now = std::time(nullptr);
  sync::LocalStore store = store_of(account);
  sync::Outgoing mail;
  mail.sender = mailing.draft.from.address.to_string();
  for (const mail::Address& one : recipients(mailing.draft)) {
    mail.recipients.push_back(one.to_string());
  }
  mail.written = sync::write_content(store, mailing.content, now);
  mail.message_id = mailing.draft.message_id;
  mail.subject = mailing.draft.subject.empty() ? "(no subject)" : mailing.draft.subject;
  mail.wait = std::chrono::milliseconds(0);
  if (mailing.copy == Mailing::Copy::kNone) mail.copy = sync::Outgoing::Copy::kNone;
  if (letter)
    mail.draft = sync::Drafts(store).save(0, to_text(*letter), now);
  else
    mail.taken_back = sync::Outgoing::TakenBack::kGone;
  if (mailing.mark) {
    const auto original = find_message(store, mailing.mark->ref);
    const bool answers = (mailing.mark->flags.system & mail::kAnswered) != 0;
    (answers ? mail.answered : mail.forwarded) = original;
  }
  return sync::Actions(store).send(mail, now);
}

ExitCode queue(const Account& account, const Mailing& mailing,
               const std::optional<screen::Letter>& letter, Format format) {
  const std::int64_t entry = sync::number_within(put_into_outbox(account, mailing, letter));
  if (format == Format::kText) {
    print(fmt::format("in the outbox as {}; mua sync sends it\n", entry));
  } else {
    print(boost::json::object{{"message_id", mailing.draft.message_id}, {"entry", entry}});
  }
  return ExitCode::kOk;
}

bool file_later(const Account& account, const Mailing& mailing) try {
  sync::LocalStore store = store_of(account);
  const auto sent = sync::Folders(store).find(sync::SpecialUse::kSent);
  if (!sent) return false;
  const std::time_t now = std::time(nullptr);
  const mail::FlagSet seen{mail::kSeen, {}};
  sync::Actions(store).append(sent->id, seen, sync::write_content(store, mailing.content, now),
                              mailing.draft.message_id, now);
  return true;
} catch (const std::exception&) {
  return false;  // what is told is that the mail went
}

}  // namespace mua
