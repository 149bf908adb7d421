#include "mua/screen/invitation_commands.hpp"

#include <fmt/format.h>

#include "mua/draft.hpp"
#include "mua/screen/client.hpp"
#include "mua/screen/invitation_card.hpp"
#include "mua/sync/actions.hpp"

namespace mua::screen {

namespace {

using calendar::Standing;

struct Words {
  const char *subject, *text;
};

Words words_of(Standing answer) {
  switch (answer) {
    case Standing::kAccepted: return {"Accepted", "accepts"};
    case Standing::kTentative: return {"Tentative", "perhaps comes to"};
    default: return {"Declined", "declines"};
  }
}

std::optional<Standing> standing_of(const std::string& word) {
  if (word == "accept" || word == "a") return Standing::kAccepted;
  if (word == "tentative" || word == "t") return Standing::kTentative;
  if (word == "decline" || word == "d") return Standing::kDeclined;
  return std::nullopt;
}

/// As the organizer knows the person: by whichever of her addresses was invited.
calendar::Attendee self_in(const calendar::Invitation& invitation, const Writer& writer) {
  const auto* invited = calendar::find_attendee(invitation, addresses_of(writer));
  calendar::Attendee self = invited ? *invited : calendar::Attendee{};
  if (!invited) self.address = writer.account.address;
  if (self.name.empty()) self.name = writer.account.name;
  return self;
}

void send_answer(Client& client, Standing answer) {
  const Reader& reader = *client.reader;
  const calendar::Invitation& invitation = *reader.message().invitation;
  const auto draft =
      invitation_reply(invitation, reader.calendar(), answer, client.world.writer, local_now());
  if (!draft) return client.alert("its calendar can't be read");
  sync::Outgoing mail;
  mail.sender = draft->from.address.to_string();
  mail.recipients = {draft->to.front().address.to_string()};
  mail.content = mail::compose(*draft, mail::BccField::kKeep);
  mail.message_id = draft->message_id;
  mail.subject = draft->subject;
  mail.taken_back = sync::Outgoing::TakenBack::kGone;
  mail.answered = reader.id();
  mail.wait = client.world.undo;
  sync::Actions(client.world.store).send(mail, client.now());
  client.acted();
  client.say("");
}

void ask(Client& client) {
  Prompt prompt;
  prompt.label = "a accepts, t perhaps, d declines, Esc leaves it: ";
  prompt.answers = "atd";
  prompt.done = [&client](const std::string& key) {
    if (const auto answer = standing_of(key); answer && client.reader) send_answer(client, *answer);
  };
  client.ask(std::move(prompt));
}

}  // namespace

std::optional<mail::Draft> invitation_reply(const calendar::Invitation& invitation,
                                            std::string_view text, Standing answer,
                                            const Writer& writer, mail::DateTime now) {
  const calendar::Attendee self = self_in(invitation, writer);
  const auto from = mail::parse_address(self.address);
  const auto to = mail::parse_address(invitation.organizer.address);
  auto calendar = calendar::make_reply(text, self, answer, now.seconds);
  if (!from || !to || !calendar) return std::nullopt;
  mail::Draft draft;
  draft.from = {self.name, *from};
  draft.to = {{invitation.organizer.name, *to}};
  draft.subject = fmt::format("{}: {}", words_of(answer).subject, invitation.summary);
  draft.text = fmt::format("{} {} \"{}\", {}.\n", self.name.empty() ? self.address : self.name,
                           words_of(answer).text, invitation.summary, when_words(invitation.when));
  draft.alternatives = {{"text/calendar; charset=utf-8; method=REPLY", std::move(*calendar)}};
  draft.date = now;
  draft.message_id = mail::make_message_id(from->domain);
  return draft;
}

void answer_invitation(Client& client, const std::string& answer) {
  const auto& invitation = client.reader->message().invitation;
  if (!invitation) return client.say("there is no invitation in this message");
  if (!invitation->can_be_answered()) {
    return client.say(invitation->cancelled ? "it is cancelled: there is nothing to answer"
                                            : "nobody asks for an answer to it");
  }
  if (answer.empty()) return ask(client);
  const auto standing = standing_of(answer);
  if (!standing) return client.alert("answer accept, tentative or decline");
  send_answer(client, *standing);
}

}  // namespace mua::screen
