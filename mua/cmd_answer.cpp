#include <algorithm>
#include <iterator>

#include "mail/charset.hpp"
#include "mua/calendar/invitation.hpp"
#include "mua/commands.hpp"
#include "mua/deliver.hpp"
#include "mua/draft.hpp"
#include "mua/message_text.hpp"
#include "mua/password.hpp"
#include "mua/screen/invitation_commands.hpp"
#include "mua/settings.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

using calendar::Standing;

struct Invited {
  MessageRef ref;
  std::string calendar;  ///< as it came, in UTF-8
};

asio::awaitable<Invited> fetch_calendar(Account account, std::string password, MessageRef ref) {
  ImapSession session(std::move(account), std::move(password));
  co_await session.open();
  const Selection selection = co_await select(session, ref.mailbox, imap::Access::kReadOnly);
  check_validity(selection, ref);
  ref.uid_validity = selection.uid_validity;
  const imap::Fetched message = co_await fetch_one(session, ref, "(UID BODYSTRUCTURE)");
  const Reading reading = message.structure ? plan_reading(*message.structure) : Reading{};
  if (!reading.calendar) {
    throw Failure(ExitCode::kNotFound, "there is no invitation in " + ref.brief(),
                  "See mua read for what is in it.");
  }
  const std::string octets = co_await fetch_section(session, ref, reading.calendar->number);
  co_await session.close();
  const std::string_view charset = mail::parameter(reading.calendar->parameters, "charset");
  Invited invited;
  invited.ref = ref;
  invited.calendar =
      mail::to_utf8(part_octets(*reading.calendar, octets), charset.empty() ? "utf-8" : charset);
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

screen::Writer writer_of(const CommonOptions& common, const Account& account) {
  screen::Writer writer{account, "", {}};
  const Settings settings = find_settings(common);
  std::copy_if(settings.identities.begin(), settings.identities.end(),
               std::back_inserter(writer.identities),
               [&](const Identity& one) { return one.account == account.address; });
  return writer;
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
  Mailing mailing;
  mailing.content = mail::compose(*draft, mail::BccField::kKeep);
  mailing.draft = std::move(*draft);
  mailing.mark = Mark{invited.ref, {mail::kAnswered, {}}};
  co_return co_await deliver(account, password, std::move(mailing), common.format);
}

}  // namespace mua
