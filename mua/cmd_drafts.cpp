#include <fmt/format.h>

#include <charconv>
#include <ctime>

#include "mua/commands.hpp"
#include "mua/deliver.hpp"
#include "mua/outbox_entry.hpp"
#include "mua/output.hpp"
#include "mua/printable.hpp"
#include "mua/rows.hpp"
#include "mua/screen/letter.hpp"
#include "mua/screen/sending.hpp"
#include "mua/seals.hpp"
#include "mua/selection.hpp"
#include "mua/sender.hpp"
#include "mua/server_draft.hpp"
#include "mua/sync/bodies.hpp"
#include "mua/sync/drafts.hpp"

namespace mua {

namespace {

boost::json::object json_of_draft(const sync::LocalDraft& draft) {
  const screen::Letter letter = screen::letter_from_text(draft.content);
  return {{"draft", sync::number_within(draft.id)},
          {"saved", iso_date({draft.saved_at, 0})},
          {"to", letter.to},
          {"cc", letter.cc},
          {"bcc", letter.bcc},
          {"subject", letter.subject},
          {"text", letter.text},
          {"attachments", letter.enclosures.size()}};
}

std::string line_of_draft(const sync::LocalDraft& draft) {
  const screen::Letter letter = screen::letter_from_text(draft.content);
  return fmt::format("{:>5} {} {} {}\n", sync::number_within(draft.id),
                     fit_to_width(short_date(draft.saved_at, std::time(nullptr)), 12),
                     fit_to_width(printable(letter.to), 28),
                     letter.subject.empty() ? "(no subject)" : printable(letter.subject));
}

/// A number is that of a draft here, everything else the id of a message.
sync::DraftId number_of_draft(const std::string& text) {
  sync::DraftId number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && number > 0 ? number : 0;
}

sync::LocalDraft require_draft(sync::LocalStore& store, const std::string& text) {
  constexpr const char* kAdvice = "mua drafts lists them by number.";
  if (text.empty()) throw Failure(ExitCode::kUsage, "which one?", kAdvice);
  const sync::DraftId id = number_of_draft(text);
  if (id == 0) {
    throw Failure(ExitCode::kUsage, fmt::format("\"{}\" is no number of a draft", text), kAdvice);
  }
  for (sync::LocalDraft& draft : sync::Drafts(store).all()) {
    if (draft.id == store.id_of(id)) return std::move(draft);
  }
  throw Failure(ExitCode::kNotFound, fmt::format("there is no draft {}", id), kAdvice);
}

/// Parts of other messages have to be here.
void require_enclosures(const screen::Letter& letter, sync::LocalStore& store) {
  for (const screen::Enclosure& one : letter.enclosures) {
    if (one.message == 0 || sync::Bodies(store).has(one.message, one.number)) continue;
    throw Failure(ExitCode::kFailed, one.name + " is attached and not here yet",
                  "Go on with the draft on the full screen, which fetches it.");
  }
}

sync::Outgoing mail_of(const screen::Letter& letter, const screen::Writer& writer,
                       sync::LocalStore& store) {
  const std::string wrong = screen::wrong_with(letter, writer);
  if (!wrong.empty()) throw Failure(ExitCode::kFailed, "not sent: " + wrong);
  require_enclosures(letter, store);
  const mail::Draft draft = screen::whole_draft(letter, writer, store);
  crypt::SealWish wish = wish_for(draft);
  wish.sign = letter.sign;
  wish.encrypt = letter.encrypt;
  wish.key = signing_key_of(writer, draft.from.address);
  require_keys(wish);
  sync::Outgoing mail = screen::outgoing_of(letter, draft);
  mail.written = sync::write_content(store, compose_mail(draft, wish), std::time(nullptr));
  mail.wait = std::chrono::milliseconds(0);
  return mail;
}

/// It is in the outbox first: from there it is sent once, whatever comes between, and the draft
/// goes with it.
void send_draft(const screen::Writer& writer, sync::LocalStore& store,
                const sync::LocalDraft& draft, Format format) {
  sync::Outgoing mail = mail_of(screen::letter_from_text(draft.content), writer, store);
  mail.draft = draft.id;
  const sync::EntryId entry = sync::Actions(store).send(mail, std::time(nullptr));
  send_entry(writer.account, store, entry, format);
}

}  // namespace

asio::awaitable<ExitCode> drafts(CommonOptions common, DraftsOptions options) {
  const Account account = find_account(common);
  const bool sends = options.action == "send";
  if (sends && !options.draft.empty() && number_of_draft(options.draft) == 0) {
    const Resending resending = options.again ? Resending::kAgain : Resending::kNever;
    co_return co_await send_server_draft(writer_of(common, account), require_ref(options.draft),
                                         resending, common.format);
  }
  sync::LocalStore store(sync::store_file(account.settings, account.address));
  sync::Drafts drafts(store);
  if (options.action.empty()) {
    print_list(drafts.all(), common.format, line_of_draft, json_of_draft);
    co_return ExitCode::kOk;
  }
  const sync::LocalDraft draft = require_draft(store, options.draft);
  if (sends) {
    send_draft(writer_of(common, account), store, draft, common.format);
    co_return ExitCode::kOk;
  }
  if (options.action == "discard") drafts.remove(draft.id);
  if (common.format == Format::kJson) {
    print(json_of_draft(draft));
  } else if (options.action == "show") {
    print(printable_lines(draft.content));
  }
  co_return ExitCode::kOk;
}

}  // namespace mua
