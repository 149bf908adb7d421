#include <optional>

#include "mua/body.hpp"
#include "mua/commands.hpp"
#include "mua/deliver.hpp"
#include "mua/draft.hpp"
#include "mua/filed.hpp"
#include "mua/original.hpp"
#include "mua/output.hpp"
#include "mua/password.hpp"
#include "mua/seals.hpp"

namespace mua {

namespace {

crypt::SealWish wish_of(const SendOptions& options, const mail::Draft& draft) {
  crypt::SealWish wish{options.sign, options.encrypt, draft.from.address.to_string(), {}, ""};
  for (const mail::Address& one : recipients(draft)) wish.recipients.push_back(one.to_string());
  return wish;
}

/// Put into Drafts, not sent: it may still be without recipients.
asio::awaitable<ExitCode> keep(Account account, std::string password, mail::Draft draft,
                               Format format) {
  std::string content = compose(draft, mail::BccField::kKeep);
  const mail::FlagSet flags{static_cast<std::uint8_t>(mail::kDraft | mail::kSeen), {}};
  ImapSession session(std::move(account), std::move(password));
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

}  // namespace

asio::awaitable<ExitCode> send(CommonOptions common, SendOptions options) {
  const Account account = find_account(common);
  // Wrong words are told before a password is asked for.
  parse_recipients(options.to);
  parse_recipients(options.cc);
  parse_recipients(options.bcc);
  const std::string password = password_of(account);
  std::optional<Original> original = co_await fetch_original(account, password, options);
  mail::Draft draft = make_draft(options, account, original ? original->begun : mail::Draft{});
  const crypt::SealWish wish = wish_of(options, draft);
  require_keys(wish);
  draft.text = read_body(options.body, original ? original->quoted : "");
  if (options.to_drafts) {
    co_return co_await keep(account, password, std::move(draft), common.format);
  }
  if (wish.sign) draft.form = mail::TextForm::kExact;
  Mailing mailing;
  mailing.content = seal_message(compose(draft, mail::BccField::kKeep), wish);
  mailing.draft = std::move(draft);
  if (original) mailing.mark = Mark{original->ref, original->mark};
  co_return co_await deliver(account, password, std::move(mailing), common.format);
}

}  // namespace mua
