#include "mail/charset.hpp"
#include "mua/calendar/invitation.hpp"
#include "mua/commands.hpp"
#include "mua/contents.hpp"
#include "mua/deliver.hpp"
#include "mua/draft.hpp"
#include "mua/local_letter.hpp"
#include "mua/password.hpp"
#include "mua/screen/invitation_commands.hpp"
#include "mua/sender.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

using calendar::Standing;

struct Invited {
  MessageRef ref;
  std::string calendar;  ///< as it came, in UTF-8
  bool encrypted = false;
};

asio::awaitable<Invited> fetch_calendar(Account account, std::string password, MessageRef named) {
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  Invited invited;
  invited.ref = co_await select_mailbox_of(session, named, imap::Access::kReadOnly);
  Contents contents = co_await fetch_contents(session, invited.ref);
  if (contents.is_wrapped()) {
    const crypt::Opened opened = co_await contents.open();
    invited.encrypted = !opened.encryptions.empty();
  }
  const imap::BodyPart* part = contents.reading().calendar;
  if (!part) {
    throw Failure(ExitCode::kNotFound, "there is no invitation in " + invited.ref.brief(),
                  "See mua read for what is in it.");
  }
  const std::string octets = co_await contents.decoded(*part);
  co_await session.close();
  const std::string_view charset = mail::parameter(part->parameters, "charset");
  invited.calendar = mail::to_utf8(octets, charset.empty() ? "utf-8" : charset);
  co_return invited;
}

calendar::Invitation require_invitation(const std::string& text) {
  auto invitation = calendar::read_invitation(text);
  if (!invitation) {
    throw Failure(ExitCode::kFailed, "its calendar can't be read: " + invitation.error());
  }
  if (invitation->can_be_answered()) return std::move(*invitation);
  throw Failure(ExitCode::kFailed, invitation->cancelled
                                       ? "it is cancelled: there is nothing to answer"
                                       : "nobody asks for an answer to it");
}

Standing standing_of(const std::string& word) {
  if (word == "accept") return Standing::kAccepted;
  return word == "tentative" ? Standing::kTentative : Standing::kDeclined;
}

/// The subject, which has the name of what one is invited to, can't be encrypted. What stands for
/// it is that of RFC 9788 §3.2.1.
void seal_alike(mail::Draft& draft, crypt::SealWish& wish) {
  wish.sign = wish.encrypt = true;
  require_keys(wish);
  draft.subject = "[...]";
}

}  // namespace

asio::awaitable<ExitCode> answer(CommonOptions common, AnswerOptions options) {
  const MessageRef ref = require_ref(options.id);
  const Account account = find_account(common);
  const std::string password = password_of(account);
  const Invited invited = co_await fetch_calendar(account, password, ref);
  const calendar::Invitation invitation = require_invitation(invited.calendar);
  auto draft = screen::invitation_reply(invitation, invited.calendar, standing_of(options.answer),
                                        writer_of(common, account), local_now());
  if (!draft) throw Failure(ExitCode::kFailed, "its calendar can't be read");
  crypt::SealWish wish = wish_for(*draft);
  if (invited.encrypted) seal_alike(*draft, wish);
  Mailing mailing;
  mailing.content = compose_mail(*draft, wish);
  mailing.draft = std::move(*draft);
  mailing.mark = Mark{invited.ref, {mail::kAnswered, {}}};
  if (options.to_outbox) co_return queue(account, mailing, std::nullopt, common.format);
  co_return co_await deliver(account, password, std::move(mailing), common.format);
}

}  // namespace mua
