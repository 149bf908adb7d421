#include "mua/contents.hpp"

#include <fmt/format.h>

#include <utility>

#include "mua/part_decoder.hpp"

namespace mua {

namespace imap = mail::imap;

namespace {

constexpr std::uint64_t kFetchedPiece = 1 << 20;

Failure not_sent(const std::string& section, const MessageRef& ref) {
  return Failure(ExitCode::kRefused,
                 "the server did not send part " + section + " of " + ref.brief());
}

}  // namespace

asio::awaitable<std::string> fetch_section(ImapSession& session, MessageRef ref,
                                           std::string section) {
  std::string items = "(UID BODY.PEEK[" + section + "])";
  const imap::Fetched fetched = co_await fetch_one(session, ref, std::move(items));
  const imap::Section* found = fetched.section(section);
  if (!found) throw not_sent(section, ref);
  co_return found->octets;
}

// A piece that is shorter than it might be is the last one.
asio::awaitable<void> fetch_pieces(ImapSession& session, MessageRef ref, std::string section,
                                   mail::PieceWriter write) {
  std::uint64_t begin = 0, got = kFetchedPiece;
  while (got == kFetchedPiece) {
    std::string items = fmt::format("(UID BODY.PEEK[{}]<{}.{}>)", section, begin, kFetchedPiece);
    const imap::Fetched fetched = co_await fetch_one(session, ref, std::move(items));
    const imap::Section* found = fetched.section(section);
    if (!found) throw not_sent(section, ref);
    write(found->octets);
    got = found->octets.size();
    begin += got;
  }
}

Contents::Contents(ImapSession& session, MessageRef ref, std::optional<imap::BodyPart> structure)
    : session_(session), ref_(std::move(ref)) {
  if (structure) {
    structure_ = std::make_shared<const imap::BodyPart>(std::move(*structure));
    reading_ = plan_reading(*structure_);
  } else {
    structure_ = std::make_shared<const imap::BodyPart>();
  }
}

asio::awaitable<crypt::Opened> Contents::open() {
  std::string octets = co_await fetch_section(session_, ref_, "");
  crypt::Opened opened = open_seals(octets);
  if (is_shut(opened)) {
    throw Failure(ExitCode::kFailed, ref_.brief() + " can't be opened",
                  "mua verify " + ref_.brief() + " says why.");
  }
  if (!opened.octets.empty()) octets = std::exchange(opened.octets, "");
  opened_ = std::make_shared<const MemoryMail>(std::move(octets));
  reading_ = plan_reading(opened_->structure());
  co_return opened;
}

asio::awaitable<std::string> Contents::section(std::string name) {
  if (opened_) co_return opened_->octets(name).value_or("");
  std::string octets = co_await fetch_section(session_, ref_, std::move(name));
  co_return octets;
}

asio::awaitable<std::string> Contents::text() {
  std::string text;
  for (const imap::BodyPart* part : reading_.texts) {
    const std::string octets = co_await section(part->number);
    if (!text.empty()) text += "\n";
    text += part_text(*part, octets);
    if (!text.empty() && text.back() != '\n') text += "\n";
  }
  co_return text;
}

asio::awaitable<std::string> Contents::decoded(imap::BodyPart part) {
  const std::string octets = co_await section(part.number);
  co_return part_octets(part, octets);
}

asio::awaitable<void> Contents::decode_into(imap::BodyPart part, mail::PieceWriter write) {
  if (opened_ || part.size <= kFetchedPiece) {
    const std::string octets = co_await decoded(part);
    co_return write(octets);
  }
  PartDecoder decoder(part.encoding);
  mail::PieceWriter decode = [&](std::string_view piece) { write(decoder.feed(piece)); };
  co_await fetch_pieces(session_, ref_, part.number, std::move(decode));
  write(decoder.end());
}

asio::awaitable<Contents> fetch_contents(ImapSession& session, MessageRef ref) {
  imap::Fetched message = co_await fetch_one(session, ref, "(UID BODYSTRUCTURE)");
  co_return Contents(session, std::move(ref), std::move(message.structure));
}

}  // namespace mua
