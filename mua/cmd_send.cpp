#include <fmt/format.h>

#include <optional>
#include <utility>

#include "mua/body.hpp"
#include "mua/commands.hpp"
#include "mua/deliver.hpp"
#include "mua/draft.hpp"
#include "mua/filed.hpp"
#include "mua/local_letter.hpp"
#include "mua/original.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/seals.hpp"
#include "mua/sender.hpp"

namespace mua {

namespace {

struct Login {
  Account account;
  std::string password;
};

/// What stands below the text: the signature below what is answered, and above what is sent on, as
/// on the full screen.
std::string text_below(const SendOptions& options, const std::string& quoted,
                       const std::string& signature) {
  if (signature.empty()) return quoted;
  const std::string block = "-- \n" + signature + "\n";
  if (quoted.empty()) return block;
  return options.forward_message.empty() ? quoted + "\n" + block : block + "\n" + quoted;
}

/// What came encrypted is answered and sent on encrypted, as on the full screen.
void seal_alike(const Original& original, SendOptions& options) {
  if (!original.was_encrypted) return;
  if (options.to_drafts) {
    throw Failure(ExitCode::kFailed,
                  original.ref.brief() + " is encrypted, and a draft would not be",
                  "Send it at once, or leave the text out: mua reply --no-quote.");
  }
  options.sign = options.encrypt = true;
}

/// Failure when a key is missing.
crypt::SealWish require_wish(const mail::Draft& draft, const screen::Writer& writer,
                             const SendOptions& options) {
  crypt::SealWish wish = wish_for(draft);
  wish.key = signing_key_of(writer, draft.from.address);
  wish.sign = options.sign;
  wish.encrypt = options.encrypt;
  require_keys(wish);
  return wish;
}

/// Put into Drafts, not sent: it may still be without recipients.
asio::awaitable<ExitCode> keep(Login login, mail::Draft draft, Format format) {
  mail::PieceSource content = compose_mail(draft, {});
  const mail::FlagSet flags{static_cast<std::uint8_t>(mail::kDraft | mail::kSeen), {}};
  ImapSession session(std::move(login.account), std::move(login.password));
  co_await session.open();
  const MessageRef kept = co_await file_message(session, Role::kDrafts, flags, std::move(content));
  co_await session.close();
  const std::string place = kept.uid == 0 ? kept.mailbox : kept.brief();
  if (format == Format::kText) print("put into " + place + "\n");
  boost::json::object out{{"message_id", draft.message_id}, {"draft", nullptr}};
  if (kept.uid != 0) out["draft"] = kept.full();
  if (format == Format::kJson) print(out);
  co_return ExitCode::kOk;
}

/// What was typed is kept, unless it went to somebody.
[[noreturn]] void explain(const Account& account, const screen::Letter& letter, bool typed,
                          const Failure& failure) {
  if (failure.code == ExitCode::kConnection && !typed) {
    throw Failure(failure.code, failure.what(),
                  failure.advice + " With --queue it waits in the outbox.");
  }
  if (failure.code == ExitCode::kPartly || !typed) throw failure;
  const std::int64_t draft = sync::number_within(keep_as_draft(account, letter));
  throw Failure(failure.code, failure.what(),
                fmt::format("{}{}It is kept as draft {}: mua drafts show {}, or go on with it on "
                            "the full screen.",
                            failure.advice, failure.advice.empty() ? "" : "\n  ", draft, draft));
}

asio::awaitable<ExitCode> send_at_last(Login login, Mailing mailing, crypt::SealWish wish,
                                       SendOptions options, Format format) {
  if (options.to_drafts) {
    co_return co_await keep(std::move(login), std::move(mailing.draft), format);
  }
  const screen::Letter letter = letter_of(mailing.draft, options);
  try {
    mailing.content = compose_mail(mailing.draft, wish);
    if (options.to_outbox) co_return queue(login.account, mailing, letter, format);
    co_return co_await deliver(login.account, login.password, std::move(mailing), format);
  } catch (const Failure& failure) {
    explain(login.account, letter, is_typed(options.body), failure);
  }
}

}  // namespace

asio::awaitable<ExitCode> send(CommonOptions common, SendOptions options) {
  Login login{find_account(common), ""};
  const screen::Writer writer = writer_of(common, login.account);
  // Wrong words are told before a password is asked for.
  const mail::NamedAddress from = sender_of(writer, options.from);
  parse_recipients(options.to);
  parse_recipients(options.cc);
  parse_recipients(options.bcc);
  // What is put into the outbox needs no server, but for what it answers.
  if (!options.to_outbox || names_message(options)) login.password = password_of(login.account);
  std::optional<Original> original =
      co_await fetch_original(login.account, login.password, options);
  if (original) seal_alike(*original, options);
  Mailing mailing;
  mailing.draft = make_draft(options, login.account, original ? original->begun : mail::Draft{});
  set_sender(mailing.draft, writer, from);
  crypt::SealWish wish = require_wish(mailing.draft, writer, options);
  const std::string signature = options.signature ? signature_of(writer, from.address) : "";
  mailing.draft.text =
      read_body(options.body, text_below(options, original ? original->quoted : "", signature));
  if (original) mailing.mark = Mark{original->ref, original->mark};
  co_return co_await send_at_last(std::move(login), std::move(mailing), std::move(wish),
                                  std::move(options), common.format);
}

}  // namespace mua
