#include "mua/message_text.hpp"

namespace mua {

namespace imap = mail::imap;

asio::awaitable<std::string> fetch_section(ImapSession& session, MessageRef ref,
                                           std::string section) {
  std::string items = "(UID BODY.PEEK[" + section + "])";
  const imap::Fetched fetched = co_await fetch_one(session, ref, std::move(items));
  const imap::Section* found = fetched.section(section);
  if (!found) {
    throw Failure(ExitCode::kRefused,
                  "the server did not send part " + section + " of " + ref.brief());
  }
  co_return found->octets;
}

asio::awaitable<std::string> fetch_text(ImapSession& session, MessageRef ref, Reading reading) {
  std::string text;
  for (const imap::BodyPart* part : reading.texts) {
    const std::string octets = co_await fetch_section(session, ref, part->number);
    if (!text.empty()) text += "\n";
    text += part_text(*part, octets);
    if (!text.empty() && text.back() != '\n') text += "\n";
  }
  co_return text;
}

}  // namespace mua
